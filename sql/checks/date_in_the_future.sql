-- check: 除规划目标外，数据期与发布日不晚于数据截止日
SELECT o.origin, o.indicator_id, o.period_end, o.published_on, m.as_of
FROM observations AS o
CROSS JOIN metadata AS m
WHERE o.published_on > m.as_of
   OR (o.period_kind <> 'plan' AND o.period_end > m.as_of)
