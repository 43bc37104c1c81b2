-- name: steps
-- about: Enterprises that enter, leave or change between a month and the one before.
-- table: ledger
-- table: pairs
-- kept: two statements read it, the months are joined once
{% macro members(months_before) %}
    SELECT
        p.year,
        p.month,
        l.credit_code,
        l.industry,
        l.operates_at,
        l.output,
        l.output_to_date,
        l.filename,
        l.file_row_number
    FROM ledger AS l
    INNER JOIN pairs AS p ON p.year * 12 + p.month = l.year * 12 + l.month + {{ months_before }}
{% endmacro %}
WITH members AS (
{{ members(0) }}
),

members_before AS (
{{ members(1) }}
),

judged AS (
    SELECT
        coalesce(n.year, b.year) AS year,
        coalesce(n.month, b.month) AS month,
        coalesce(n.credit_code, b.credit_code) AS credit_code,
        n.filename,
        n.file_row_number,
        b.year IS NULL AS entering,
        n.year IS NULL AS leaving,
        coalesce(n.industry <> b.industry, FALSE) AS industry_changed,
        coalesce(n.operates_at <> b.operates_at, FALSE) AS place_changed,
        coalesce(n.month > 1 AND n.output_to_date <> b.output_to_date + n.output, FALSE)
            AS total_revised
    FROM members AS n
    FULL OUTER JOIN members_before AS b
        ON b.credit_code = n.credit_code AND b.year = n.year AND b.month = n.month
)

SELECT *
FROM judged
WHERE entering OR leaving OR industry_changed OR place_changed OR total_revised
