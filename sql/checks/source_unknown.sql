-- check: 每个数值的来源都在来源表中
SELECT o.origin, o.indicator_id, o.source_id
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE s.id IS NULL
