-- Who is looked for by a common word is many, so the planner may hope to come upon 501 of them soon by walking the
-- tenant. A bitmap of the index knows them all before it reads the first.
GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;
ALTER FUNCTION lead_candidates(uuid, jsonb, integer) SET enable_indexscan = off;
ALTER FUNCTION lead_candidates(uuid, jsonb, integer) SET enable_indexonlyscan = off;
ALTER FUNCTION lead_candidates(uuid, jsonb, integer) SET enable_seqscan = off;
REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
