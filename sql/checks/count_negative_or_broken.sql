-- check: 个数为非负整数
SELECT o.origin, o.indicator_id, o.region, o.value
FROM observations AS o
LEFT JOIN indicators AS i ON i.id = o.indicator_id
WHERE (i.kind = 'count' OR o.unit IN ('家', '个'))
  AND (o.value < 0 OR o.value <> round(o.value))
