-- What own fields hold, for the search: the same words as before, but as one expression that PostgreSQL takes into the
-- column's. A subquery was a call of its own for each lead that was written, half of what its search text cost. Texts
-- that are there stay as they are: they hold the same words.
CREATE OR REPLACE FUNCTION words_in(fields jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN fields = '{}' THEN ''
        ELSE replace(replace(jsonb_path_query_array(fields, '$.* ? (@ != null)')::text, '\"', '"'), '\\', '\')
        END
$$;
