-- name: recoded
-- about: Entering enterprises with the name of one that leaves in the same month.
-- table: ledger
-- table: checks/steps
WITH named AS (
    SELECT
        s.year,
        s.month,
        s.entering,
        s.filename,
        s.file_row_number,
        sha256(l.name) AS name_hash
    FROM steps AS s
    INNER JOIN ledger AS l
        ON l.credit_code = s.credit_code
       AND l.year * 12 + l.month = s.year * 12 + s.month - CASE WHEN s.leaving THEN 1 ELSE 0 END
    WHERE s.entering OR s.leaving
)

SELECT
    n.year,
    n.month,
    n.filename,
    min(n.file_row_number) AS file_row_number,
    count(*) AS times
FROM named AS n
INNER JOIN named AS b
    ON b.name_hash = n.name_hash AND b.year = n.year AND b.month = n.month
   AND n.entering AND NOT b.entering
GROUP BY n.year, n.month, n.filename
