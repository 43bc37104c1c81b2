-- check: 数值不为空且为有限数
SELECT origin, indicator_id, value
FROM observations
WHERE value IS NULL OR isnan(value) OR isinf(value)
