-- name: month_changes
-- about: How many enterprises enter or change in every file, and how many leave (in no file).
-- table: checks/steps
SELECT
    year,
    month,
    filename,
    count(CASE WHEN entering THEN 1 END) AS entering,
    count(CASE WHEN leaving THEN 1 END) AS leaving,
    count(CASE WHEN industry_changed THEN 1 END) AS industry_changed,
    min(CASE WHEN industry_changed THEN file_row_number END) AS industry_row,
    count(CASE WHEN place_changed THEN 1 END) AS place_changed,
    min(CASE WHEN place_changed THEN file_row_number END) AS place_row,
    count(CASE WHEN total_revised THEN 1 END) AS total_revised,
    min(CASE WHEN total_revised THEN file_row_number END) AS total_row
FROM steps
GROUP BY year, month, filename
