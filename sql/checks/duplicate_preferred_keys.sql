-- check: 同一键有且只有一个首选值
SELECT
    indicator_id,
    region,
    period_kind,
    period_start,
    period_end,
    count(*) FILTER (WHERE vintage = 1) AS preferred
FROM observations
GROUP BY indicator_id, region, period_kind, period_start, period_end
HAVING count(*) FILTER (WHERE vintage = 1) <> 1
