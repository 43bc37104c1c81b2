-- check: 演示数据中1—2月与3—12月各月之和等于全年
WITH parts AS (
    SELECT indicator_id, region, year, value
    FROM observations
    WHERE status = 'illustrative'
      AND (period_kind = 'month' OR (period_kind = 'cumulative' AND month = 2))
),

totals AS (
    SELECT indicator_id, region, year, sum(value) AS months, count(*) AS periods
    FROM parts
    GROUP BY indicator_id, region, year
)

SELECT o.indicator_id, o.year, o.value, t.months, t.periods
FROM observations AS o
INNER JOIN totals AS t
    ON t.indicator_id = o.indicator_id AND t.region = o.region AND t.year = o.year
WHERE o.status = 'illustrative'
  AND o.period_kind = 'year'
  AND (t.periods <> 11 OR abs(o.value - t.months) > 1e-6)
