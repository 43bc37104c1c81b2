-- check: 同一序列不混用现价与不变价
WITH bases AS (
    SELECT
        indicator_id,
        origin,
        CASE
            WHEN basis LIKE '%不变价%' OR basis LIKE '%可比%' THEN 'constant'
            WHEN basis LIKE '%现价%' OR basis LIKE '%现行价格%' OR basis LIKE '%当年价格%'
                OR basis LIKE '%名义%' THEN 'current'
        END AS family
    FROM observations
)

SELECT indicator_id, count(*) AS rows_held, min(origin) AS one_origin
FROM bases
WHERE family IS NOT NULL
GROUP BY indicator_id
HAVING count(DISTINCT family) > 1
