-- check: 演示数据中1月与2月合并，不单列
SELECT origin, indicator_id, period_start, period_end
FROM observations
WHERE status = 'illustrative'
  AND ((period_kind = 'month' AND month <= 2) OR (period_kind = 'cumulative' AND month = 1))
