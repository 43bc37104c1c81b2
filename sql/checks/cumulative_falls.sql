-- check: 非负的总量指标，年内累计值不减少
WITH running AS (
    SELECT
        o.origin,
        o.indicator_id,
        o.region,
        o.period_end,
        o.lower_bound,
        o.status,
        o.value,
        max(o.value) OVER (
            PARTITION BY o.indicator_id, o.region, o.year
            ORDER BY o.period_end
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM observations AS o
    INNER JOIN indicators AS i ON i.id = o.indicator_id
    WHERE o.period_kind = 'cumulative'
      AND o.vintage = 1
      AND i.kind IN ('level', 'flow')
      AND i.lower >= 0
)

SELECT origin, indicator_id, region, period_end, value, reached
FROM running
WHERE value < reached
  AND NOT lower_bound -- a bound may be lower than what was reached
  AND status <> 'submitted' -- the import has asked for the revision's reason
