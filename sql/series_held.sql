-- name: series_held
-- about: Every indicator with rows in one region, and whether those are yearly or of months.
-- param: region VARCHAR
-- returns: indicator_id VARCHAR
-- returns: yearly BOOLEAN
-- returns: monthly BOOLEAN
SELECT
    indicator_id,
    bool_or(period_kind = 'year') AS yearly,
    bool_or(period_kind IN ('month', 'cumulative')) AS monthly
FROM observations
WHERE region = $region
GROUP BY indicator_id
ORDER BY indicator_id
