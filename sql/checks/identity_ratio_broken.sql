-- check: 演示数据中比率等于分子除以分母
SELECT o.indicator_id, o.year, o.value, n.value AS numerator, d.value AS denominator
FROM observations AS o
INNER JOIN identities AS tn
    ON tn.indicator_id = o.indicator_id AND tn.op = 'ratio' AND tn.place = 1
INNER JOIN identities AS td
    ON td.indicator_id = o.indicator_id AND td.op = 'ratio' AND td.place = 2
INNER JOIN observations AS n
    ON n.indicator_id = tn.part_id
   AND n.region = o.region
   AND n.period_kind = o.period_kind
   AND n.period_end = o.period_end
   AND n.vintage = 1
INNER JOIN observations AS d
    ON d.indicator_id = td.part_id
   AND d.region = o.region
   AND d.period_kind = o.period_kind
   AND d.period_end = o.period_end
   AND d.vintage = 1
WHERE o.status = 'illustrative'
  AND o.period_kind = 'year'
  AND abs(o.value * d.value - n.value) > 1e-6
