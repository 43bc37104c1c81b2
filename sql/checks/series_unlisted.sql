-- check: 序列表列出每个指标及其行数
SELECT o.indicator_id, o.held, s.rows
FROM (
    SELECT indicator_id, count(*) AS held FROM observations GROUP BY indicator_id
) AS o
FULL JOIN series AS s ON s.indicator_id = o.indicator_id
WHERE o.held IS DISTINCT FROM s.rows
