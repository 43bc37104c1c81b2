-- check: 演示数据中企业存量不减少
WITH stocks AS (
    SELECT
        o.indicator_id,
        o.year,
        o.value,
        lag(o.value) OVER (PARTITION BY o.indicator_id ORDER BY o.year) AS earlier
    FROM observations AS o
    INNER JOIN indicators AS i ON i.id = o.indicator_id
    WHERE o.status = 'illustrative'
      AND o.period_kind = 'year'
      AND i.kind = 'count'
      AND NOT i.accumulates
)

SELECT indicator_id, year, value, earlier
FROM stocks
WHERE value < earlier
