-- check: 单位与指标目录一致，同一序列单位唯一
SELECT o.origin, o.indicator_id, o.unit, coalesce(i.unit, s.unit) AS expected
FROM observations AS o
LEFT JOIN indicators AS i ON i.id = o.indicator_id
LEFT JOIN series AS s ON s.indicator_id = o.indicator_id
WHERE o.unit IS DISTINCT FROM coalesce(i.unit, s.unit)
