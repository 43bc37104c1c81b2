-- check: 演示数据中合计等于各部分之和
SELECT o.indicator_id, o.year, o.value, sum(p.value) AS parts
FROM observations AS o
INNER JOIN identities AS t ON t.indicator_id = o.indicator_id AND t.op IN ('sum', 'same')
INNER JOIN observations AS p
    ON p.indicator_id = t.part_id
   AND p.region = o.region
   AND p.period_kind = o.period_kind
   AND p.period_end = o.period_end
   AND p.vintage = 1
WHERE o.status = 'illustrative' AND o.period_kind = 'year'
GROUP BY o.indicator_id, o.year, o.value
HAVING abs(o.value - sum(p.value)) > 1e-6
