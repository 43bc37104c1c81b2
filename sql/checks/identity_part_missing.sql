-- check: 演示数据中每个恒等式的各部分齐全
SELECT o.indicator_id, o.year, t.part_id
FROM observations AS o
INNER JOIN identities AS t ON t.indicator_id = o.indicator_id
LEFT JOIN observations AS p
    ON p.indicator_id = t.part_id
   AND p.region = o.region
   AND p.period_kind = o.period_kind
   AND p.period_end = o.period_end
   AND p.vintage = 1
WHERE o.status = 'illustrative'
  AND o.period_kind = 'year'
  AND t.op <> 'area_moved_by'  -- its parts move the area only from now on
  AND p.indicator_id IS NULL
