-- check: 演示值通过同一键的公布值，并高于公布的下限
SELECT d.indicator_id, d.period_kind, d.period_end, d.value, p.value AS published
FROM observations AS d
INNER JOIN observations AS p
    ON p.indicator_id = d.indicator_id
   AND p.region = d.region
   AND p.period_kind = d.period_kind
   AND p.period_start = d.period_start
   AND p.period_end = d.period_end
WHERE d.status = 'illustrative'
  AND p.status <> 'illustrative'
  AND (
      (p.lower_bound AND d.value <= p.value)
      OR (NOT p.lower_bound AND p.vintage = 1 AND abs(d.value - p.value) > 1e-6)
  )
