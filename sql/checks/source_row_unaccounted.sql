-- check: 来源文件的每一行要么载入、要么退回
WITH accounted AS (
    SELECT origin FROM observations WHERE status <> 'illustrative'
    UNION ALL
    SELECT origin FROM rejections
)

SELECT f.file, f.rows, count(DISTINCT a.origin) AS accounted
FROM source_rows AS f
LEFT JOIN accounted AS a ON a.origin LIKE f.file || ':%'
GROUP BY f.file, f.rows
HAVING count(DISTINCT a.origin) <> f.rows
