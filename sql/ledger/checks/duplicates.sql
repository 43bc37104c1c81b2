-- name: duplicates
-- about: Enterprises that stand more than once in a month, by the place of their first row.
-- table: ledger
SELECT
    year,
    month,
    min(filename) AS filename,
    min(file_row_number) AS file_row_number,
    count(*) AS times
FROM ledger
GROUP BY year, month, credit_code
HAVING count(*) > 1
