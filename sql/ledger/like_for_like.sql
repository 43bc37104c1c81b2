-- name: like_for_like
-- about: One declared sum of a month and of the same month a year before, by enterprises staying, entering and leaving.
-- table: placed
-- table: sums
-- table: pairs
WITH members AS (
    SELECT
        c.year,
        c.month,
        c.credit_code,
        c.output_to_date AS amount
    FROM placed AS c
    INNER JOIN sums AS s
        ON s.compared AND c.operates_here AND {% include "belongs.sql" %}
),

sides AS (
    SELECT
        coalesce(n.year, b.year + 1) AS year,
        coalesce(n.month, b.month) AS month,
        CASE
            WHEN b.credit_code IS NULL THEN 'entering'
            WHEN n.credit_code IS NULL THEN 'leaving'
            ELSE 'staying'
        END AS side,
        coalesce(n.amount, 0) AS amount,
        coalesce(b.amount, 0) AS amount_before
    FROM members AS n
    FULL OUTER JOIN members AS b
        ON b.credit_code = n.credit_code
       AND b.month = n.month
       AND b.year = n.year - 1
)

SELECT
    d.year,
    d.month,
    d.side,
    sum(d.amount) AS amount,
    sum(d.amount_before) AS amount_before,
    count(*) AS units,
    max(greatest(abs(d.amount), abs(d.amount_before))) AS first
FROM sides AS d
INNER JOIN pairs AS p ON p.year = d.year AND p.month = d.month
GROUP BY ALL
