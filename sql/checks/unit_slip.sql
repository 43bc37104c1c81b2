-- check: 相邻年度值相差不到千倍（疑似万元误作亿元）
WITH yearly AS (
    SELECT
        o.origin,
        o.indicator_id,
        o.region,
        o.year,
        o.value,
        o.status,
        lag(o.value) OVER (
            PARTITION BY o.indicator_id, o.region ORDER BY o.year
        ) AS earlier,
        lag(o.status) OVER (
            PARTITION BY o.indicator_id, o.region ORDER BY o.year
        ) AS earlier_status
    FROM observations AS o
    WHERE o.period_kind = 'year' AND o.vintage = 1 AND o.unit <> '1' AND o.value > 0
)

SELECT origin, indicator_id, region, year, value, earlier
FROM yearly
WHERE (value >= 1000 * earlier OR earlier >= 1000 * value)
  AND 'submitted' NOT IN (status, earlier_status) -- a person has confirmed it
  AND 'derived' NOT IN (status, earlier_status)
