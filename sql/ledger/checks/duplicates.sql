-- name: duplicates
-- about: Enterprises that stand more than once in a month, by the place of their first row.
-- table: ledger
WITH repeated AS (
    SELECT
        year,
        month,
        credit_code,
        count(*) AS times
    FROM ledger
    GROUP BY year, month, credit_code
    HAVING count(*) > 1
)

SELECT
    l.filename,
    l.file_row_number,
    r.times
FROM ledger AS l
INNER JOIN repeated AS r
    ON r.credit_code = l.credit_code AND r.year = l.year AND r.month = l.month
QUALIFY row_number() OVER (
    PARTITION BY r.year, r.month, r.credit_code ORDER BY l.filename, l.file_row_number
) = 1
