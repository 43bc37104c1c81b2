-- check: 公布数据版本不含演示数据
SELECT o.origin, o.indicator_id
FROM observations AS o
CROSS JOIN metadata AS m
WHERE m.name = 'published' AND o.status = 'illustrative'
