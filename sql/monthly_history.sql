-- name: monthly_history
-- about: Preferred single-month and cumulative values of one indicator (of all where none is named) in one region.
-- param: indicator_id VARCHAR
-- param: region VARCHAR
-- returns: indicator_id VARCHAR
-- returns: year INTEGER
-- returns: month_from INTEGER
-- returns: month_to INTEGER
-- returns: value DOUBLE
-- returns: status VARCHAR
-- returns: source_id VARCHAR
SELECT
    indicator_id,
    year,
    month(period_start)::INTEGER AS month_from,
    month(period_end)::INTEGER AS month_to,
    value,
    status,
    source_id
FROM observations
WHERE indicator_id = coalesce($indicator_id, indicator_id)
  AND region = $region
  AND period_kind IN ('month', 'cumulative')
  AND vintage = 1
  AND NOT lower_bound
ORDER BY indicator_id, year, month_to, month_from
