-- check: 演示数据只用于金山区，不编造全市对标
SELECT origin, indicator_id, region
FROM observations
WHERE status = 'illustrative' AND region <> '金山区'
