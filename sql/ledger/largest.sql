-- name: largest
-- about: The two largest amounts, counted from 1, of sums whose safety their largest amount leaves open.
-- table: placed
-- table: sums
-- table: doubtful
{% from "measured.sql" import measured %}
WITH contributions AS (
    SELECT
        s.sum_id,
        c.year,
        c.month,
        abs({{ measured(measures) }}) AS amount,
        c.credit_code
    FROM placed AS c
    INNER JOIN doubtful AS d ON d.year = c.year AND d.month = c.month
    INNER JOIN sums AS s
        ON s.sum_id = d.sum_id AND c.operates_here AND {% include "belongs.sql" %}
)

SELECT
    sum_id,
    year,
    month,
    amount,
    row_number() OVER (
        PARTITION BY sum_id, year, month ORDER BY amount DESC, credit_code
    ) AS place
FROM contributions
WHERE amount <> 0
QUALIFY place <= 2
