-- name: steps
-- about: Every enterprise of a month beside itself in the month before, where either ledger has it.
-- table: ledger
-- table: pairs
WITH members AS (
    SELECT
        year * 12 + month AS place,
        year,
        credit_code,
        industry,
        operates_at,
        output,
        output_to_date,
        filename,
        file_row_number
    FROM ledger
)

SELECT
    p.year,
    p.month,
    n.credit_code,
    b.credit_code AS credit_code_before,
    n.filename,
    n.file_row_number,
    coalesce(n.industry <> b.industry, FALSE) AS industry_changed,
    coalesce(n.operates_at <> b.operates_at, FALSE) AS place_changed,
    coalesce(n.year = b.year AND n.output_to_date <> b.output_to_date + n.output, FALSE)
        AS total_revised
FROM members AS n
FULL OUTER JOIN members AS b ON b.credit_code = n.credit_code AND b.place = n.place - 1
INNER JOIN pairs AS p ON p.year * 12 + p.month = coalesce(n.place, b.place + 1)
