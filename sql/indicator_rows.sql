-- name: indicator_rows
-- about: Every row held of one indicator in one region, all periods and vintages.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- returns: period_kind VARCHAR
-- returns: period_start DATE
-- returns: period_end DATE
-- returns: value DOUBLE
-- returns: unit VARCHAR
-- returns: status VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: confidence VARCHAR
-- returns: vintage INTEGER
-- returns: source_title VARCHAR
-- returns: published_text VARCHAR
-- returns: source_url VARCHAR
-- returns: note VARCHAR
-- returns: origin VARCHAR
SELECT
    o.period_kind,
    o.period_start,
    o.period_end,
    o.value,
    o.unit,
    o.status,
    o.lower_bound,
    o.confidence,
    o.vintage,
    s.title AS source_title,
    s.published_text,
    s.url AS source_url,
    o.note,
    o.origin
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = $indicator_id
  AND o.region = $region
ORDER BY o.period_end DESC, o.period_start, o.vintage
