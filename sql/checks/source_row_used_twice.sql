-- check: 来源文件的一行只用一次
WITH accounted AS (
    SELECT origin FROM observations WHERE status <> 'illustrative'
    UNION ALL
    SELECT origin FROM rejections
)

SELECT origin, count(*) AS times
FROM accounted
GROUP BY origin
HAVING count(*) > 1
