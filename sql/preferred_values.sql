-- name: preferred_values
-- about: The preferred value of every key of every outcome: what an import is compared with.
-- returns: indicator_id VARCHAR
-- returns: region VARCHAR
-- returns: period_kind VARCHAR
-- returns: period_start DATE
-- returns: period_end DATE
-- returns: year INTEGER
-- returns: month INTEGER
-- returns: value DOUBLE
-- returns: status VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: published_on DATE
SELECT
    indicator_id,
    region,
    period_kind,
    period_start,
    period_end,
    year,
    month,
    value,
    status,
    lower_bound,
    published_on
FROM observations
WHERE vintage = 1
  AND period_kind <> 'plan'
ORDER BY indicator_id, region, period_kind, period_end, period_start
