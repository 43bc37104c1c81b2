-- check: 数值在指标目录给出的上下限之内
SELECT o.origin, o.indicator_id, o.region, o.value, i.lower, i.upper
FROM observations AS o
INNER JOIN indicators AS i ON i.id = o.indicator_id
WHERE o.value < i.lower OR o.value > i.upper
