-- What many fit is found by walking, what few fit by an index. Which of the two it is, the first of the walk tell: where
-- hardly any of them fit, an index is asked. Before, an index collected all whom a frequent word fits (12,500 of 150,000 in
-- 54 ms, those of two such words in 190 ms), only to say that they are many.

-- What few leads have: a language, a consent, a way of coming that most others have not; a conversation in which they
-- never wrote. None of these indexes holds what an import makes or a message changes each time.
CREATE INDEX "leads_language_idx" ON "leads" ("tenant_id", "language") WHERE "language" IS NOT NULL;
CREATE INDEX "leads_consent_idx" ON "leads" ("tenant_id", "consent") WHERE "consent" <> 'unknown';
CREATE INDEX "leads_source_idx" ON "leads" ("tenant_id", "source") WHERE "source" <> 'import';
CREATE INDEX "conversations_unheard_idx" ON "conversations" ("tenant_id", "last_at" DESC, "id" DESC)
    WHERE "inbound_count" = 0;

GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;

-- OFFSET 0 keeps the planner from hashing everybody's conversations to look into them for a page.
CREATE OR REPLACE FUNCTION lead_condition(condition jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    field text := condition ->> 'field';
    op text := condition ->> 'op';
    value text := condition ->> 'value';
    wanted text[] := ARRAY(SELECT jsonb_array_elements_text(coalesce(condition -> 'is', '[]')));
    of_lead text := 'x.tenant_id = l.tenant_id AND x.lead_id = l.id';
    what text;
    said text;
BEGIN
    CASE field
    WHEN 'language' THEN said := format('coalesce(l.language, '''') = ANY (%L::text[])', wanted);
    WHEN 'consent' THEN said := format('l.consent = ANY (%L::text[])', wanted);
    WHEN 'source' THEN said := format('l.source = ANY (%L::text[])', wanted);
    WHEN 'label' THEN
        -- The empty one is none.
        said := format('l.label_ids && %L::uuid[]', array_remove(wanted, ''));
        IF '' = ANY (wanted) THEN said := said || ' OR l.label_ids = ''{}'''; END IF;
    WHEN 'holder' THEN
        -- Whoever looks after them; otherwise who holds the newest of their conversations.
        said := format('coalesce(l.assignee_id::text, (SELECT CASE x.holder WHEN ''member'' THEN x.assignee_id::text ELSE x.holder END '
            'FROM conversations x WHERE %s ORDER BY x.last_at DESC, x.id DESC LIMIT 1), ''nobody'') = ANY (%L::text[])', of_lead, wanted);
    WHEN 'wrote' THEN said := format('EXISTS (SELECT FROM conversations x WHERE %s AND x.inbound_count > 0 OFFSET 0)', of_lead);
    WHEN 'window' THEN said := format('EXISTS (SELECT FROM conversations x WHERE %s AND x.window_closes_at > now() OFFSET 0)', of_lead);
    WHEN 'name', 'email', 'own' THEN
        IF field = 'own' AND coalesce(condition ->> 'key', '') !~ '^[a-z0-9_]{1,60}$' THEN RAISE 'no such field'; END IF;
        what := CASE field WHEN 'name' THEN 'coalesce(l.name, l.profile_name)' WHEN 'email' THEN 'l.email'
            ELSE format('l.fields ->> %L', condition ->> 'key') END;
        CASE op
        WHEN 'is' THEN said := format('search_form(%s) = search_form(%L)', what, value);
        WHEN 'contains' THEN said := format('search_form(%s) LIKE ALL (%L::text[])', what, search_patterns(value));
        WHEN 'filled' THEN said := format('coalesce(%s, '''') <> ''''', what);
        WHEN 'at-least', 'at-most' THEN
            said := format(CASE WHEN jsonb_typeof(condition -> 'value') = 'number'
                THEN 'CASE WHEN jsonb_typeof(l.fields -> %1$L) = ''number'' THEN (l.fields ->> %1$L)::numeric %2$s %3$L::numeric END'
                ELSE '(l.fields ->> %1$L) COLLATE "C" %2$s %3$L' END,
                condition ->> 'key', CASE op WHEN 'at-least' THEN '>=' ELSE '<=' END, value);
        ELSE RAISE 'no such comparison'; END CASE;
    ELSE RAISE 'no such field'; END CASE;
    said := format('coalesce(%s, false)', said);
    RETURN CASE WHEN (condition -> 'not')::boolean THEN 'NOT ' || said ELSE said END;
END $$;

-- Whether all have to be such as never wrote.
CREATE FUNCTION lead_never_wrote(filter jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (filter ->> 'join' IS DISTINCT FROM 'any' OR jsonb_array_length(filter -> 'conditions') = 1) AND EXISTS (
        SELECT FROM jsonb_array_elements(coalesce(filter -> 'conditions', '[]')) AS c
        WHERE c ->> 'field' = 'wrote' AND (c -> 'not')::boolean)
$$;

-- Whether words are looked for, which may be anything from everybody's to nobody's. Many digits are somebody's.
CREATE FUNCTION lead_words(filter jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(filter ->> 'search', '') <> '' AND char_length(lead_digits(filter ->> 'search')) < 6 OR EXISTS (
        SELECT FROM lead_musts(filter) AS c
        WHERE c ->> 'field' IN ('own', 'email', 'name') AND c ->> 'op' IN ('is', 'contains'))
$$;

CREATE OR REPLACE FUNCTION lead_candidates(tenant uuid, filter jsonb, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan
SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_seqscan = off AS $$
DECLARE
    search text := coalesce(filter ->> 'search', '');
    patterns text[] := search_patterns(search);
    digits text := lead_digits(search);
    must jsonb;
    wanted text[];
    wordy uuid[];
BEGIN
    -- Three letters make a trigram.
    IF char_length(search) <= 200 AND char_length(patterns[1]) >= 5 THEN
        -- LIKE ALL is in no index. Of two words both are asked for: a rare one is rarely the longest.
        IF char_length(patterns[2]) >= 5 THEN
            wordy := ARRAY(SELECT l.id FROM leads l
                WHERE l.tenant_id = tenant AND l.search_text LIKE patterns[1] AND l.search_text LIKE patterns[2]
                    AND l.search_text LIKE ALL (patterns) LIMIT most);
        ELSE
            wordy := ARRAY(SELECT l.id FROM leads l
                WHERE l.tenant_id = tenant AND l.search_text LIKE patterns[1] AND l.search_text LIKE ALL (patterns) LIMIT most);
        END IF;
        RETURN ARRAY(
            SELECT * FROM unnest(wordy)
            UNION (SELECT a.lead_id FROM addresses a
             WHERE char_length(digits) >= 3 AND a.tenant_id = tenant AND a.kind = 'phone'
               AND a.value || ' ' || a.raw LIKE '%' || digits || '%' LIMIT most)
            UNION (SELECT l.id FROM leads l
             WHERE l.tenant_id = tenant AND l.label_ids && labels_named(tenant, patterns) AND l.label_ids <> '{}' LIMIT most));
    END IF;
    SELECT c INTO must FROM lead_musts(filter) AS c WHERE c ->> 'field' = 'label' AND NOT c -> 'is' ? '' LIMIT 1;
    IF must IS NOT NULL THEN
        RETURN ARRAY(SELECT l.id FROM leads l WHERE l.tenant_id = tenant AND l.label_ids <> '{}'
            AND l.label_ids && ARRAY(SELECT jsonb_array_elements_text(must -> 'is')::uuid) LIMIT most);
    END IF;
    -- What few speak, have said or came by. The values that most of a tenant's leads have are in no index.
    SELECT c INTO must FROM lead_musts(filter) AS c
    WHERE c ->> 'field' = 'language' AND NOT c -> 'is' ? '' OR c ->> 'field' = 'consent' AND NOT c -> 'is' ? 'unknown'
       OR c ->> 'field' = 'source' AND NOT c -> 'is' ? 'import' LIMIT 1;
    IF must IS NOT NULL THEN
        wanted := ARRAY(SELECT jsonb_array_elements_text(must -> 'is'));
        CASE must ->> 'field'
        WHEN 'language' THEN
            RETURN ARRAY(SELECT l.id FROM leads l
                WHERE l.tenant_id = tenant AND l.language = ANY (wanted) AND l.language IS NOT NULL LIMIT most);
        WHEN 'consent' THEN
            RETURN ARRAY(SELECT l.id FROM leads l
                WHERE l.tenant_id = tenant AND l.consent = ANY (wanted) AND l.consent <> 'unknown' LIMIT most);
        ELSE
            RETURN ARRAY(SELECT l.id FROM leads l
                WHERE l.tenant_id = tenant AND l.source = ANY (wanted) AND l.source <> 'import' LIMIT most);
        END CASE;
    END IF;
    -- What an own field or the e-mail address holds is in the text that is looked through.
    SELECT c INTO must FROM lead_musts(filter) AS c
    WHERE c ->> 'field' IN ('own', 'email', 'name') AND c ->> 'op' IN ('is', 'contains')
      AND char_length((search_patterns(c ->> 'value'))[1]) >= 5 LIMIT 1;
    IF must IS NOT NULL THEN
        patterns := search_patterns(must ->> 'value');
        RETURN ARRAY(SELECT l.id FROM leads l
            WHERE l.tenant_id = tenant AND l.search_text LIKE patterns[1] AND l.search_text LIKE ALL (patterns) LIMIT most);
    END IF;
    RETURN NULL;
END $$;

-- `reach`: how far to walk at most; null to the end.
DROP FUNCTION leads_query(text, uuid, jsonb, text, uuid[], integer, timestamptz, uuid, integer);
CREATE FUNCTION leads_query(part text, tenant uuid, filter jsonb, sort text, ids uuid[], before_rank integer,
    before_at timestamptz, before_id uuid, most integer, reach integer DEFAULT NULL) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    conditions text := lead_conditions(tenant, filter);
    place text := format('(%L::timestamptz, %L::uuid)', before_at, before_id);
    walk text;
    recent text := '';
BEGIN
    IF part = 'known' THEN
        RETURN format('SELECT f.id, f.rank, f.at, f.key FROM ('
            'SELECT l.id, %s AS rank, %s AS at, %s AS key FROM leads l '
            'LEFT JOIN LATERAL (SELECT c.id, c.last_at FROM conversations c WHERE c.tenant_id = l.tenant_id AND c.lead_id = l.id '
            'ORDER BY c.last_at DESC, c.id DESC LIMIT 1) c ON true '
            'WHERE l.id = ANY (%L::uuid[]) AND %s) f '
            'WHERE (f.rank, f.at, f.key) < (%s, %L::timestamptz, %L::uuid) '
            'ORDER BY f.rank DESC, f.at DESC, f.key DESC LIMIT %s',
            CASE sort WHEN 'last' THEN 'CASE WHEN c.id IS NULL THEN 0 ELSE 1 END' ELSE '0' END,
            CASE sort WHEN 'last' THEN 'coalesce(c.last_at, l.created_at)' ELSE 'l.created_at' END,
            CASE sort WHEN 'last' THEN 'coalesce(c.id, l.id)' ELSE 'l.id' END,
            ids, conditions, before_rank, before_at, before_id, most);
    END IF;
    IF part = 'wrote' THEN
        -- A lead stands where its newest conversation is. OFFSET 0 keeps the walk in the index's order: the planner cannot
        -- know how soon a filter is satisfied.
        walk := format('SELECT c.id, c.lead_id, c.last_at FROM conversations c WHERE c.tenant_id = %L AND (c.last_at, c.id) < ',
            tenant) || place;
        IF EXISTS (SELECT FROM lead_musts(filter) c WHERE c ->> 'field' = 'window') THEN
            walk := walk || ' AND c.last_at > now() - interval ''25 hours''';
        END IF;
        -- Whoever never wrote has no conversation in which they did; these are few. Otherwise open and closed ones have an
        -- index each.
        IF lead_never_wrote(filter) THEN
            walk := walk || ' AND c.inbound_count = 0';
        ELSE
            walk := format('SELECT * FROM ((%1$s AND c.open %2$s) UNION ALL (%1$s AND NOT c.open %2$s)) c', walk,
                'ORDER BY c.last_at DESC, c.id DESC OFFSET 0');
        END IF;
        RETURN 'SELECT l.id, 1 AS rank, c.last_at AS at, c.id AS key FROM (' || walk || ' ORDER BY last_at DESC, id DESC'
            || coalesce(' LIMIT ' || reach, '') || ') c CROSS JOIN LATERAL (SELECT l.id FROM leads l WHERE l.id = c.lead_id AND '
            || conditions || ' OFFSET 0) l WHERE NOT EXISTS (SELECT FROM conversations n WHERE '
            -- Only of those who match; without OFFSET 0 it would be a join before that.
            || format('n.tenant_id = %L AND n.lead_id = c.lead_id AND (n.last_at, n.id) > (c.last_at, c.id) OFFSET 0) ', tenant)
            || 'ORDER BY c.last_at DESC, c.id DESC LIMIT ' || most;
    END IF;
    walk := format('SELECT l.* FROM leads l WHERE l.tenant_id = %L AND l.deleted_at IS NULL AND l.merged_into IS NULL '
        'AND (l.created_at, l.id) < ', tenant) || place || ' ORDER BY l.created_at DESC, l.id DESC';
    RETURN 'SELECT l.id, 0 AS rank, l.created_at AS at, l.id AS key FROM '
        || CASE WHEN reach IS NULL THEN 'leads' ELSE '(' || walk || ' LIMIT ' || reach || ')' END
        || ' l WHERE ' || conditions || ' AND (l.created_at, l.id) < ' || place
        || CASE part WHEN 'silent' THEN ' AND NOT EXISTS (SELECT FROM conversations c WHERE c.tenant_id = l.tenant_id AND c.lead_id = l.id OFFSET 0)' ELSE '' END
        || ' ORDER BY l.created_at DESC, l.id DESC LIMIT ' || most;
END $$;

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
        END LOOP;
    END IF;
    found := lead_candidates(tenant, filter, few + 1);
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

DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proname IN ('lead_never_wrote', 'lead_words', 'leads_query')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
        EXECUTE format('ALTER FUNCTION %s OWNER TO parley_platform', one);
    END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
