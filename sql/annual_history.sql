-- name: annual_history
-- about: Best row of every year of one indicator (of all where none is named) in one region: an exact value before a bound, then vintage.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- returns: indicator_id VARCHAR
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
    o.indicator_id,
    o.year,
    o.value,
    o.status,
    o.lower_bound,
    o.confidence,
    o.source_id,
    coalesce(s.title, '') AS source_title,
    coalesce(s.url, '') AS source_url,
    coalesce(s.published_text, '') AS published_text,
    coalesce(o.note, '') AS note
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = coalesce($indicator_id, o.indicator_id)
  AND o.region = $region
  AND o.period_kind = 'year'
QUALIFY row_number() OVER (PARTITION BY o.indicator_id, o.year ORDER BY o.lower_bound, o.vintage) = 1
ORDER BY o.indicator_id, o.year
