-- name: annual_history
-- about: Best row of every year of one indicator in one region: an exact value before a bound, then vintage.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- returns: year INTEGER
-- returns: value DOUBLE
-- returns: status VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: confidence VARCHAR
-- returns: source_id VARCHAR
-- returns: source_title VARCHAR
-- returns: source_url VARCHAR
-- returns: published_text VARCHAR
-- returns: note VARCHAR
SELECT
    o.year,
    o.value,
    o.status,
    o.lower_bound,
    o.confidence,
    o.source_id,
    s.title AS source_title,
    s.url AS source_url,
    s.published_text,
    o.note
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = $indicator_id
  AND o.region = $region
  AND o.period_kind = 'year'
QUALIFY row_number() OVER (PARTITION BY o.year ORDER BY o.lower_bound, o.vintage) = 1
ORDER BY o.year
