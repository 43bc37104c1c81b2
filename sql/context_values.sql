-- name: context_values
-- about: Preferred published values of one series in one region, newest first.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- returns: name_zh VARCHAR
-- returns: period_kind VARCHAR
-- returns: period_start DATE
-- returns: period_end DATE
-- returns: value DOUBLE
-- returns: unit VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: status VARCHAR
-- returns: confidence VARCHAR
-- returns: source_title VARCHAR
SELECT
    n.name_zh,
    o.period_kind,
    o.period_start,
    o.period_end,
    o.value,
    o.unit,
    o.lower_bound,
    o.status,
    o.confidence,
    s.title AS source_title
FROM observations AS o
JOIN series AS n ON n.indicator_id = o.indicator_id
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = $indicator_id
  AND o.region = $region
  AND o.status <> 'illustrative'
  AND o.vintage = 1
ORDER BY o.period_end DESC, o.period_start
