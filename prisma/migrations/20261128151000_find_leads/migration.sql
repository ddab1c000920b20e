-- Finding leads. LIKE, && and the operators of jsonb are not leakproof, so under row-level security no index answers them
-- (35 to 60 times slower, measured). These functions run as parley_platform, filter by the tenant themselves, take a
-- filter's fields from a list of their own and quote every value. What a filter looks like: server/people/lead-filter.ts.

-- One condition of a filter, as SQL over a lead called l.
CREATE FUNCTION lead_condition(condition jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
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
    WHEN 'wrote' THEN said := format('EXISTS (SELECT FROM conversations x WHERE %s AND x.inbound_count > 0)', of_lead);
    WHEN 'window' THEN said := format('EXISTS (SELECT FROM conversations x WHERE %s AND x.window_closes_at > now())', of_lead);
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

-- What was typed: part of a name, of an e-mail address or of an own field, digits of a number, or a label's name.
CREATE FUNCTION lead_digits(search text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN search ~ '^[\d\s()+./-]+$' THEN regexp_replace(regexp_replace(search, '\D', '', 'g'), '^0+', '') ELSE '' END
$$;
CREATE FUNCTION labels_named(tenant uuid, patterns text[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT id FROM labels WHERE tenant_id = tenant AND search_form(name) LIKE ALL (patterns) ORDER BY name LIMIT 200)
$$;

-- The whole filter, as SQL over a lead called l: those who are there, of this tenant, that match.
CREATE FUNCTION lead_conditions(tenant uuid, filter jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    search text := coalesce(filter ->> 'search', '');
    patterns text[] := search_patterns(search);
    digits text := lead_digits(search);
    said text := format('l.tenant_id = %L AND l.deleted_at IS NULL AND l.merged_into IS NULL', tenant);
    conditions text;
BEGIN
    -- No name is longer; whoever pastes a letter into the search finds nobody.
    IF char_length(search) > 200 THEN RETURN 'false'; END IF;
    IF search <> '' THEN
        said := said || format(' AND (l.search_text LIKE ALL (%L::text[]) OR l.label_ids && %L::uuid[]', patterns,
            labels_named(tenant, patterns));
        IF digits <> '' THEN
            said := said || format(' OR EXISTS (SELECT FROM addresses a WHERE a.tenant_id = l.tenant_id AND a.lead_id = l.id '
                'AND a.kind = ''phone'' AND a.value || '' '' || a.raw LIKE %L)', '%' || digits || '%');
        END IF;
        said := said || ')';
    END IF;
    SELECT string_agg('(' || lead_condition(c) || ')', CASE filter ->> 'join' WHEN 'any' THEN ' OR ' ELSE ' AND ' END)
        INTO conditions FROM jsonb_array_elements(coalesce(filter -> 'conditions', '[]')) AS c;
    RETURN said || coalesce(' AND (' || conditions || ')', '');
END $$;

-- Conditions that all have to hold, whatever the others say.
CREATE FUNCTION lead_musts(filter jsonb) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT c FROM jsonb_array_elements(coalesce(filter -> 'conditions', '[]')) AS c
    WHERE (filter ->> 'join' IS DISTINCT FROM 'any' OR jsonb_array_length(filter -> 'conditions') = 1)
      AND NOT coalesce((c -> 'not')::boolean, false)
$$;

-- Those among whom all must be that an index finds: at most so many; null where none is good for it.
CREATE FUNCTION lead_candidates(tenant uuid, filter jsonb, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    search text := coalesce(filter ->> 'search', '');
    patterns text[] := search_patterns(search);
    digits text := lead_digits(search);
    must jsonb;
BEGIN
    -- Three letters make a trigram.
    IF char_length(search) <= 200 AND char_length(patterns[1]) >= 5 THEN
        RETURN ARRAY(
            (SELECT l.id FROM leads l
             WHERE l.tenant_id = tenant AND l.search_text LIKE patterns[1] AND l.search_text LIKE ALL (patterns) LIMIT most)
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

-- One part of a page, as SQL: the known ones among `ids`; by their newest conversation those who have one; those who have
-- none, or all, by when they came.
CREATE FUNCTION leads_query(part text, tenant uuid, filter jsonb, sort text, ids uuid[], before_rank integer,
    before_at timestamptz, before_id uuid, most integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
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
        -- Open and closed ones have an index each. OFFSET 0 keeps the walk in the index's order: the planner cannot know
        -- how soon a filter is satisfied. A lead stands where its newest conversation is.
        walk := '(SELECT l.id, 1 AS rank, c.last_at AS at, c.id AS key FROM conversations c CROSS JOIN LATERAL ('
            'SELECT l.id FROM leads l WHERE l.id = c.lead_id AND ' || replace(conditions, '%', '%%') || ' OFFSET 0) l '
            'WHERE c.tenant_id = %1$L AND %2$s AND (c.last_at, c.id) < ' || place || ' %3$s AND NOT EXISTS ('
            'SELECT FROM conversations n WHERE n.tenant_id = c.tenant_id AND n.lead_id = c.lead_id '
            'AND (n.last_at, n.id) > (c.last_at, c.id)) ORDER BY c.last_at DESC, c.id DESC LIMIT %4$s)';
        IF EXISTS (SELECT FROM lead_musts(filter) c WHERE c ->> 'field' = 'window') THEN
            recent := 'AND c.last_at > now() - interval ''25 hours''';
        END IF;
        RETURN 'SELECT w.id, w.rank, w.at, w.key FROM (' || format(walk, tenant, 'c.open', recent, most)
            || ' UNION ALL ' || format(walk, tenant, 'NOT c.open', recent, most)
            || ') w ORDER BY w.at DESC, w.key DESC LIMIT ' || most;
    END IF;
    RETURN 'SELECT l.id, 0 AS rank, l.created_at AS at, l.id AS key FROM leads l WHERE ' || conditions
        || ' AND (l.created_at, l.id) < ' || place
        || CASE part WHEN 'silent' THEN ' AND NOT EXISTS (SELECT FROM conversations c WHERE c.tenant_id = l.tenant_id AND c.lead_id = l.id OFFSET 0)' ELSE '' END
        || ' ORDER BY l.created_at DESC, l.id DESC LIMIT ' || most;
END $$;

-- A page of leads from a place on. `last`: those with conversations first, by the newest message; then the others by when
-- they came. `added`: by when they came.
CREATE FUNCTION find_leads(filter jsonb, sort text, before_rank integer, before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (id uuid, rank integer, at timestamptz, key uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_sort = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = on SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    few integer := 500;
    found uuid[] := lead_candidates(tenant, filter, few + 1);
    given integer := 0;
    others boolean := sort = 'last' AND NOT EXISTS (SELECT FROM lead_musts(filter) c WHERE c ->> 'field' IN ('wrote', 'window'));
BEGIN
    IF cardinality(found) <= few THEN
        RETURN QUERY EXECUTE leads_query('known', tenant, filter, sort, found, before_rank, before_at, before_id, most);
        RETURN;
    END IF;
    IF sort = 'last' AND before_rank > 0 THEN
        RETURN QUERY EXECUTE leads_query('wrote', tenant, filter, sort, NULL, 1, before_at, before_id, most);
        GET DIAGNOSTICS given = ROW_COUNT;
        before_at := 'infinity';
        before_id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    END IF;
    IF given < most AND (others OR sort <> 'last') THEN
        RETURN QUERY EXECUTE leads_query(CASE sort WHEN 'last' THEN 'silent' ELSE 'added' END, tenant, filter, sort, NULL, 0,
            before_at, before_id, most - given);
    END IF;
END $$;

-- How many match, at most so many.
CREATE FUNCTION count_leads(filter jsonb, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    few integer := 500;
    found uuid[] := lead_candidates(tenant, filter, few + 1);
    among text := '';
    counted integer;
BEGIN
    IF cardinality(found) <= few THEN
        among := format('l.id = ANY (%L::uuid[]) AND ', found);
    ELSIF EXISTS (SELECT FROM lead_musts(filter) c WHERE c ->> 'field' = 'window') THEN
        among := format('l.id IN (SELECT c.lead_id FROM conversations c WHERE c.tenant_id = %1$L AND c.open AND c.last_at > now() - interval ''25 hours'' '
            'UNION ALL SELECT c.lead_id FROM conversations c WHERE c.tenant_id = %1$L AND NOT c.open AND c.last_at > now() - interval ''25 hours'') AND ', tenant);
    END IF;
    EXECUTE 'SELECT count(*)::int FROM (SELECT FROM leads l WHERE ' || among || lead_conditions(tenant, filter)
        || format(' LIMIT %s) AS counted', most) INTO counted;
    RETURN counted;
END $$;

-- Those that match and were there at that time, in the order of their ids: for what goes through them all, piece by piece.
CREATE FUNCTION leads_after(filter jsonb, after_id uuid, until timestamptz, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_sort = off
SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT l.id FROM leads l WHERE ' || lead_conditions(current_setting('app.tenant_id')::uuid, filter)
        || format(' AND l.id > %L AND l.created_at <= %L ORDER BY l.id LIMIT %s', after_id, until, most);
END $$;

-- Made by their later owner; handing them over takes membership and the right to create, for this moment only.
GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proname IN ('lead_condition', 'lead_digits', 'labels_named', 'lead_conditions', 'lead_musts', 'lead_candidates',
            'leads_query', 'find_leads', 'count_leads', 'leads_after')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
        IF one::text ~ '^(find_leads|count_leads|leads_after)' THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO parley_tenant', one);
        END IF;
        EXECUTE format('ALTER FUNCTION %s OWNER TO parley_platform', one);
    END LOOP;
END $$;
-- The inbox's search finds nobody who is deleted or was merged into somebody else.
CREATE OR REPLACE FUNCTION search_leads(needle text, digits text, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    patterns text[] := search_patterns(needle);
    longest text := patterns[1];
BEGIN
    RETURN QUERY
    (SELECT l.id FROM leads l
     WHERE l.tenant_id = tenant AND l.search_text LIKE longest AND l.search_text LIKE ALL (patterns)
       AND l.deleted_at IS NULL AND l.merged_into IS NULL LIMIT most)
    UNION
    (SELECT a.lead_id FROM addresses a JOIN leads l ON l.tenant_id = a.tenant_id AND l.id = a.lead_id
     WHERE digits <> '' AND a.tenant_id = tenant AND a.kind = 'phone' AND a.value || ' ' || a.raw LIKE '%' || digits || '%'
       AND l.deleted_at IS NULL AND l.merged_into IS NULL LIMIT most);
END $$;

-- And the conversations of those leads, newest first, from before a place in that order. Few leads are found by the index;
-- where there are many, the newest conversations soon have enough of them.
CREATE OR REPLACE FUNCTION search_conversations(needle text, digits text, before_at timestamptz, before_id uuid, most integer)
RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    few integer := 500;
    found uuid[] := ARRAY(SELECT search_leads(needle, digits, few + 1));
    patterns text[] := search_patterns(needle);
    place timestamptz := coalesce(before_at, 'infinity');
BEGIN
    IF cardinality(found) <= few THEN
        RETURN QUERY
        SELECT c.id FROM conversations c
        WHERE c.tenant_id = tenant AND c.lead_id = ANY (found) AND (c.last_at, c.id) < (place, before_id)
        ORDER BY c.last_at DESC, c.id DESC LIMIT most;
    ELSE
        RETURN QUERY
        SELECT newest.id FROM (
            (SELECT c.id, c.last_at FROM conversations c JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
             WHERE c.tenant_id = tenant AND c.open AND (c.last_at, c.id) < (place, before_id)
               AND l.deleted_at IS NULL AND l.merged_into IS NULL AND (l.search_text LIKE ALL (patterns) OR digits <> '' AND EXISTS (
                   SELECT FROM addresses a WHERE a.tenant_id = c.tenant_id AND a.lead_id = c.lead_id AND a.kind = 'phone'
                     AND a.value || ' ' || a.raw LIKE '%' || digits || '%'))
             ORDER BY c.last_at DESC, c.id DESC LIMIT most)
            UNION ALL
            (SELECT c.id, c.last_at FROM conversations c JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
             WHERE c.tenant_id = tenant AND NOT c.open AND (c.last_at, c.id) < (place, before_id)
               AND l.deleted_at IS NULL AND l.merged_into IS NULL AND (l.search_text LIKE ALL (patterns) OR digits <> '' AND EXISTS (
                   SELECT FROM addresses a WHERE a.tenant_id = c.tenant_id AND a.lead_id = c.lead_id AND a.kind = 'phone'
                     AND a.value || ' ' || a.raw LIKE '%' || digits || '%'))
             ORDER BY c.last_at DESC, c.id DESC LIMIT most)
        ) newest ORDER BY newest.last_at DESC, newest.id DESC LIMIT most;
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;

