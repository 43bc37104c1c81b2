-- name: recoded
-- about: Names that stand under another code than in the month before.
-- table: ledger
-- table: pairs
WITH members AS (
    SELECT
        year * 12 + month AS place,
        year,
        month,
        credit_code,
        sha256(name) AS name_hash,
        filename,
        file_row_number
    FROM ledger
)

SELECT
    n.year,
    n.month,
    min(n.filename) AS filename,
    min(n.file_row_number) AS file_row_number,
    count(*) AS times
FROM members AS n
INNER JOIN members AS b
    ON b.name_hash = n.name_hash AND b.place = n.place - 1 AND b.credit_code <> n.credit_code
INNER JOIN pairs AS p ON p.year = n.year AND p.month = n.month
GROUP BY n.year, n.month
