-- check: 每条退回记录都写明原因
SELECT origin, indicator
FROM rejections
WHERE trim(reason_zh) = ''
