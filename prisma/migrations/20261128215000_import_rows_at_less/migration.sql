-- Whose row is written has its import's row locked, in the same transaction: a key's look at it for each of a hundred
-- thousand rows finds nothing out. What the key did when an import goes, this does.
ALTER TABLE "import_rows" DROP CONSTRAINT "import_rows_tenant_id_import_id_fkey";
CREATE FUNCTION forget_import_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM import_rows WHERE tenant_id = OLD.tenant_id AND import_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_rows AFTER DELETE ON "imports" FOR EACH ROW EXECUTE FUNCTION forget_import_rows();

-- An index of trigrams keeps new rows in a list beside it, which each search reads, and sorts them in when it is full.
-- An import lets the list grow and has it sorted in by another connection meanwhile. Only an index's owner may.
CREATE FUNCTION sort_in_leads() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT gin_clean_pending_list('leads_search_idx'), gin_clean_pending_list('addresses_search_idx')
$$;
REVOKE ALL ON FUNCTION sort_in_leads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sort_in_leads TO parley_tenant;
