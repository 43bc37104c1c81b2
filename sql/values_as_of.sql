-- name: values_as_of
-- about: What was known of one indicator in one region on a day: rows published or handed in by then, undated ones included.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- param: as_of DATE
-- returns: period_kind VARCHAR
-- returns: period_start DATE
-- returns: period_end DATE
-- returns: value DOUBLE
-- returns: unit VARCHAR
-- returns: status VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: confidence VARCHAR
-- returns: published_on DATE
-- returns: preferred BOOLEAN
-- returns: source_title VARCHAR
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
    o.published_on,
    row_number() OVER (
        PARTITION BY o.period_kind, o.period_start, o.period_end ORDER BY o.vintage
    ) = 1 AS preferred,
    s.title AS source_title,
    s.url AS source_url,
    o.note,
    o.origin
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = $indicator_id
  AND o.region = $region
  AND (o.published_on IS NULL OR o.published_on <= $as_of)
ORDER BY o.period_end DESC, o.period_start, o.vintage
