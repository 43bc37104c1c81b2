-- check: 演示数据中累计值等于上期累计加当月
SELECT c.indicator_id, c.period_end, c.value, b.value AS before, m.value AS month_value
FROM observations AS c
INNER JOIN observations AS m
    ON m.indicator_id = c.indicator_id
   AND m.region = c.region
   AND m.year = c.year
   AND m.month = c.month
   AND m.period_kind = 'month'
   AND m.status = 'illustrative'
INNER JOIN observations AS b
    ON b.indicator_id = c.indicator_id
   AND b.region = c.region
   AND b.year = c.year
   AND b.month = c.month - 1
   AND b.period_kind = 'cumulative'
   AND b.status = 'illustrative'
WHERE c.status = 'illustrative'
  AND c.period_kind = 'cumulative'
  AND abs(c.value - b.value - m.value) > 1e-6
