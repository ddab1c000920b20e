-- Whoever looks at a tenant's conversations holds a stream open. What lets them (a session, a place in the tenant, the
-- tenant itself) may be taken away by any hand, so the tables themselves tell it, to the channel of the live news.
CREATE FUNCTION tell_lost_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_live', json_build_object('access', to_jsonb(OLD) ->> TG_ARGV[0])::text);
    RETURN NULL;
END $$;

CREATE TRIGGER sessions_revoked AFTER UPDATE OF "revoked_at" ON "sessions" FOR EACH ROW
    WHEN (OLD."revoked_at" IS NULL AND NEW."revoked_at" IS NOT NULL) EXECUTE FUNCTION tell_lost_access('id');
CREATE TRIGGER sessions_deleted AFTER DELETE ON "sessions" FOR EACH ROW
    WHEN (OLD."revoked_at" IS NULL AND OLD."expires_at" > now()) EXECUTE FUNCTION tell_lost_access('id');
CREATE TRIGGER members_removed AFTER DELETE ON "members" FOR EACH ROW EXECUTE FUNCTION tell_lost_access('user_id');
CREATE TRIGGER tenants_closed AFTER UPDATE OF "state" ON "tenants" FOR EACH ROW
    WHEN (NEW."state" <> OLD."state") EXECUTE FUNCTION tell_lost_access('id');
