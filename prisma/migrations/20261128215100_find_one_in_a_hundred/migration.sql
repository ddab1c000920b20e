-- A search that fits about one in a hundred was walked to where its page is full, ten thousand places (50 ms). Where the
-- index knows each of its words, it is asked before such a walk.

-- Whether the index knows every word that is looked for: one or two, of three letters or more.
CREATE FUNCTION lead_words_known(filter jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(filter ->> 'search', '') <> '' AND cardinality(patterns) <= 2
        AND (SELECT min(char_length(pattern)) >= 5 FROM unnest(patterns) AS pattern)
    FROM search_patterns(filter ->> 'search') AS patterns
$$;

GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;

CREATE OR REPLACE FUNCTION find_leads(filter jsonb, sort text, before_rank integer, before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (id uuid, rank integer, at timestamptz, key uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_sort = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = on SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    few integer := 2000;
    -- Walked to begin with; as many who fit among them make it likely that a page is full within the longer walk.
    soon integer := 800;
    later integer := 15000;
    often integer := 6;
    -- Fewer than so many among the first are about one in sixty: an index that knows all of the words finds them sooner.
    usual integer := 13;
    reach integer;
    found uuid[];
    given integer := 0;
    others text := CASE WHEN sort <> 'last' THEN 'added'
        WHEN NOT EXISTS (SELECT FROM lead_musts(filter) c WHERE c ->> 'field' IN ('wrote', 'window')) THEN 'silent' END;
    part text := CASE WHEN sort = 'last' AND before_rank > 0 THEN 'wrote' ELSE others END;
    ids uuid[];
    ranks integer[];
    ats timestamptz[];
    keys uuid[];
    nowhere CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    walked CONSTANT text := 'SELECT $1 || array_agg(p.id), $2 || array_agg(p.rank), $3 || array_agg(p.at), $4 || array_agg(p.key) FROM (%s) p';
BEGIN
    IF part IS NULL THEN RETURN; END IF;
    IF lead_words(filter) THEN
        FOREACH reach IN ARRAY ARRAY[soon, later] LOOP
            ids := NULL; ranks := NULL; ats := NULL; keys := NULL;
            EXECUTE format(walked, leads_query(part, tenant, filter, sort, NULL, 1, before_at, before_id, most, reach))
                INTO ids, ranks, ats, keys USING ids, ranks, ats, keys;
            given := coalesce(cardinality(ids), 0);
            -- Where all conversations were walked the others come next.
            IF given < most AND part = 'wrote' AND others IS NOT NULL
                AND NOT EXISTS (SELECT FROM conversations c WHERE c.tenant_id = tenant OFFSET reach) THEN
                EXECUTE format(walked, leads_query(others, tenant, filter, sort, NULL, 0, 'infinity', nowhere, most - given, reach))
                    INTO ids, ranks, ats, keys USING ids, ranks, ats, keys;
            END IF;
            IF cardinality(ids) = most THEN
                RETURN QUERY SELECT * FROM unnest(ids, ranks, ats, keys);
                RETURN;
            END IF;
            EXIT WHEN coalesce(cardinality(ids), 0) < often;
            IF reach = soon AND cardinality(ids) < usual AND lead_words_known(filter) THEN
                found := lead_candidates(tenant, filter, few + 1);
                EXIT WHEN cardinality(found) <= few;
            END IF;
        END LOOP;
    END IF;
    found := coalesce(found, lead_candidates(tenant, filter, few + 1));
    IF cardinality(found) <= few THEN
        RETURN QUERY EXECUTE leads_query('known', tenant, filter, sort, found, before_rank, before_at, before_id, most);
        RETURN;
    END IF;
    given := 0;
    IF part = 'wrote' THEN
        RETURN QUERY EXECUTE leads_query('wrote', tenant, filter, sort, NULL, 1, before_at, before_id, most);
        GET DIAGNOSTICS given = ROW_COUNT;
        before_at := 'infinity';
        before_id := nowhere;
    END IF;
    IF given < most AND others IS NOT NULL THEN
        RETURN QUERY EXECUTE leads_query(others, tenant, filter, sort, NULL, 0, before_at, before_id, most - given);
    END IF;
END $$;

REVOKE ALL ON FUNCTION lead_words_known FROM PUBLIC;
ALTER FUNCTION lead_words_known OWNER TO parley_platform;

REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
