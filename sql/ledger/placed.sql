-- name: placed
-- about: Ledger rows with every flag as it stood at the end of their month.
-- table: ledger
{% set month_end = "last_day(make_date(l.year, l.month, 1))" %}
SELECT
    l.year,
    l.month,
    l.credit_code,
    starts_with(l.registered_at, '{{ region }}') AS registered_here,
    starts_with(l.operates_at, '{{ region }}') AS operates_here,
    coalesce(l.above_scale_since <= {{ month_end }}, FALSE) AS above_scale,
    coalesce(l.emerging_since <= {{ month_end }}, FALSE) AS emerging,
    CASE WHEN l.park_since <= {{ month_end }} THEN l.park_level END AS park_level,
    CASE WHEN l.cluster_since <= {{ month_end }} THEN l.cluster END AS cluster,
    CASE WHEN l.featured_since <= {{ month_end }} THEN l.featured END AS featured,
    l.high_tech_since,
    l.srdi_since,
    l.little_giant_since,
    l.green_since,
    l.smart_factory_since,
    l.service_since,
    l.headquarters_since,
    l.listed_since,
    l.output_to_date,
    l.revenue,
    l.profit,
    l.tax,
    l.rd,
    l.investment,
    l.land
FROM ledger AS l
