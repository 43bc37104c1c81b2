-- check: 同一键的版本从1起连续编号
SELECT
    indicator_id,
    region,
    period_kind,
    period_end,
    count(*) AS rows_held,
    max(vintage) AS last_vintage
FROM observations
GROUP BY indicator_id, region, period_kind, period_start, period_end
HAVING count(DISTINCT vintage) <> count(*) OR max(vintage) <> count(*)
