-- name: like_for_like
-- about: One declared sum of a month and of the same month a year before, by enterprises staying, entering and leaving.
-- table: placed
-- table: sums
-- table: pairs
{% macro members(years_before) %}
    SELECT
        p.year,
        p.month,
        c.credit_code,
        c.output_to_date AS amount
    FROM placed AS c
    INNER JOIN pairs AS p ON p.year = c.year + {{ years_before }} AND p.month = c.month
    INNER JOIN sums AS s
        ON s.compared AND c.operates_here AND {% include "belongs.sql" %}
{% endmacro %}
WITH members AS (
{{ members(0) }}
),

members_before AS (
{{ members(1) }}
),

sides AS (
    SELECT
        coalesce(n.year, b.year) AS year,
        coalesce(n.month, b.month) AS month,
        CASE
            WHEN b.year IS NULL THEN 'entering'
            WHEN n.year IS NULL THEN 'leaving'
            ELSE 'staying'
        END AS side,
        coalesce(n.amount, 0) AS amount,
        coalesce(b.amount, 0) AS amount_before
    FROM members AS n
    FULL OUTER JOIN members_before AS b
        ON b.credit_code = n.credit_code AND b.year = n.year AND b.month = n.month
)

SELECT
    year,
    month,
    side,
    sum(amount) AS amount,
    sum(amount_before) AS amount_before,
    count(*) AS units,
    max(greatest(abs(amount), abs(amount_before))) AS first
FROM sides
GROUP BY year, month, side
