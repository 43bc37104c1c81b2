-- check: 演示数据中达标个数等于达到门槛的部分个数
SELECT
    o.indicator_id,
    o.year,
    o.value,
    count(*) FILTER (WHERE p.value >= t.threshold) AS reached
FROM observations AS o
INNER JOIN identities AS t
    ON t.indicator_id = o.indicator_id AND t.op = 'count_over_threshold'
INNER JOIN observations AS p
    ON p.indicator_id = t.part_id
   AND p.region = o.region
   AND p.period_kind = o.period_kind
   AND p.period_end = o.period_end
   AND p.vintage = 1
WHERE o.status = 'illustrative' AND o.period_kind = 'year'
GROUP BY o.indicator_id, o.year, o.value
HAVING o.value <> count(*) FILTER (WHERE p.value >= t.threshold)
