-- A closed conversation opens when its lead writes. That belongs into its history, below what they wrote; noted here, it
-- costs the write of messages nothing but a look at the row, and cannot be missed.
CREATE FUNCTION note_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- A UUIDv7, as all ids are: 48 bits of milliseconds, then chance.
    stamp text := lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0');
    chance text := gen_random_uuid()::text;
BEGIN
    INSERT INTO conversation_events (tenant_id, id, conversation_id, at, kind, detail)
    VALUES (NEW.tenant_id, overlay(chance PLACING left(stamp, 8) || '-' || right(stamp, 4) || '-7' FROM 1 FOR 15)::uuid,
            NEW.id, greatest(clock_timestamp(), NEW.last_at), 'reopened', 'lead-wrote');
    RETURN NULL;
END $$;

CREATE TRIGGER conversations_reopened AFTER UPDATE OF "open" ON "conversations" FOR EACH ROW
    WHEN (NEW."open" AND NOT OLD."open" AND NEW."inbound_count" > OLD."inbound_count") EXECUTE FUNCTION note_reopening();
