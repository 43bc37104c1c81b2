-- name: sums
-- about: Every declared sum, with the enterprises that contribute to it and its largest amount.
-- about: yearly_sums of a year; monthly_sums from January to each month but the last.
-- table: {{ period }}_cells
-- table: sums
{% from "measured.sql" import measured %}
SELECT
    s.sum_id,
    c.year,
    c.month,
    sum({{ measured(measures) }}) AS total,
    sum({{ measured(measures, "_size") }}) AS size,
    sum({{ measured(measures, "_units") }}) AS units,
    max({{ measured(measures, "_first") }}) AS first
FROM {{ period }}_cells AS c
INNER JOIN sums AS s
    ON {% if period == "monthly" %}s.monthly AND {% endif %}{% include "belongs.sql" %}
GROUP BY ALL
