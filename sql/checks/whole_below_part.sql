-- check: 在地口径不小于属地口径（目录中声明 at_least 的指标）
SELECT
    o.indicator_id,
    o.region,
    o.period_kind,
    o.period_end,
    o.value,
    p.value AS part
FROM observations AS o
INNER JOIN identities AS t ON t.indicator_id = o.indicator_id AND t.op = 'at_least'
INNER JOIN observations AS p
    ON p.indicator_id = t.part_id
   AND p.region = o.region
   AND p.period_kind = o.period_kind
   AND p.period_start = o.period_start
   AND p.period_end = o.period_end
WHERE o.vintage = 1
  AND p.vintage = 1
  AND NOT o.lower_bound
  AND (o.status = 'illustrative') = (p.status = 'illustrative') -- invented is not held against real
  AND o.value < p.value
