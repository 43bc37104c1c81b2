-- name: first_row_faults
-- about: The first faulty rows of every file.
-- table: checks/row_faults
SELECT *
FROM row_faults
QUALIFY row_number() OVER (PARTITION BY filename ORDER BY file_row_number) <= 20
