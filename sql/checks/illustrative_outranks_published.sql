-- check: 演示值不优先于同一键的公布值（公布的下限不是值）
SELECT d.indicator_id, d.region, d.period_kind, d.period_end, d.vintage
FROM observations AS d
INNER JOIN observations AS p
    ON p.indicator_id = d.indicator_id
   AND p.region = d.region
   AND p.period_kind = d.period_kind
   AND p.period_start = d.period_start
   AND p.period_end = d.period_end
WHERE d.status = 'illustrative'
  AND p.status <> 'illustrative'
  AND NOT p.lower_bound
  AND d.vintage < p.vintage
