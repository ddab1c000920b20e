-- What people type to find a name is seldom how it is written. Both become the same plain form: no accents and marks,
-- one width, one case. Letters that have no accent to lose in Unicode (ø, ß) are named one by one.
CREATE FUNCTION search_form(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN octet_length(words) = char_length(words) THEN lower(words)
        ELSE replace(replace(replace(replace(translate(
            lower(regexp_replace(normalize(words, NFKD),
                -- Latin and Greek accents, Hebrew points, Arabic vowels and hamzas, selectors and joiners of emoji.
                '[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F]',
                '', 'g')),
            'øłđðıħŧ', 'olddiht'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
        END
$$;

-- Each word as a part of what is looked through, the longest first: it is the one that an index finds best.
CREATE FUNCTION search_patterns(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        ORDER BY char_length(word) DESC), ARRAY['%'])
    FROM regexp_split_to_table(search_form(words), '\s+') AS word WHERE word <> ''
$$;

ALTER TABLE "leads" ADD COLUMN "search_text" TEXT NOT NULL GENERATED ALWAYS AS (
    search_form(coalesce("name", '') || ' ' || coalesce("profile_name", '') || ' ' || coalesce("username", ''))
) STORED;
DROP INDEX "leads_search_idx";
CREATE INDEX "leads_search_idx" ON "leads" USING gin ("tenant_id", "search_text" gin_trgm_ops);

-- Replaced and made by their later owner; taking its place needs membership and the right to create, for this moment only.
GRANT parley_platform TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO parley_platform;

-- At most so many leads whose names hold each of the words, or whose number holds the digits.
CREATE OR REPLACE FUNCTION search_leads(needle text, digits text, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    tenant uuid := current_setting('app.tenant_id')::uuid;
    patterns text[] := search_patterns(needle);
    longest text := patterns[1];
BEGIN
    RETURN QUERY
    (SELECT l.id FROM leads l
     WHERE l.tenant_id = tenant AND l.search_text LIKE longest AND l.search_text LIKE ALL (patterns) LIMIT most)
    UNION
    (SELECT a.lead_id FROM addresses a
     WHERE digits <> '' AND a.tenant_id = tenant AND a.kind = 'phone' AND a.value || ' ' || a.raw LIKE '%' || digits || '%'
     LIMIT most);
END $$;

-- The conversations of those leads, newest first, from before a place in that order. Few leads are found by the index;
-- where there are many, the newest conversations soon have enough of them.
CREATE FUNCTION search_conversations(needle text, digits text, before_at timestamptz, before_id uuid, most integer)
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
               AND (l.search_text LIKE ALL (patterns) OR digits <> '' AND EXISTS (
                   SELECT FROM addresses a WHERE a.tenant_id = c.tenant_id AND a.lead_id = c.lead_id AND a.kind = 'phone'
                     AND a.value || ' ' || a.raw LIKE '%' || digits || '%'))
             ORDER BY c.last_at DESC, c.id DESC LIMIT most)
            UNION ALL
            (SELECT c.id, c.last_at FROM conversations c JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.lead_id
             WHERE c.tenant_id = tenant AND NOT c.open AND (c.last_at, c.id) < (place, before_id)
               AND (l.search_text LIKE ALL (patterns) OR digits <> '' AND EXISTS (
                   SELECT FROM addresses a WHERE a.tenant_id = c.tenant_id AND a.lead_id = c.lead_id AND a.kind = 'phone'
                     AND a.value || ' ' || a.raw LIKE '%' || digits || '%'))
             ORDER BY c.last_at DESC, c.id DESC LIMIT most)
        ) newest ORDER BY newest.last_at DESC, newest.id DESC LIMIT most;
    END IF;
END $$;
REVOKE ALL ON FUNCTION search_conversations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_conversations TO parley_tenant;
ALTER FUNCTION search_conversations OWNER TO parley_platform;

REVOKE CREATE ON SCHEMA public FROM parley_platform;
REVOKE parley_platform FROM CURRENT_USER;
