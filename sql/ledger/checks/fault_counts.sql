-- name: fault_counts
-- about: How many rows of every file break each rule.
-- table: checks/row_faults
SELECT
    filename,
    count(CASE WHEN code_malformed THEN 1 END) AS code_malformed,
    count(CASE WHEN place_malformed THEN 1 END) AS place_malformed,
    count(CASE WHEN industry_malformed THEN 1 END) AS industry_malformed,
    count(CASE WHEN amount_missing THEN 1 END) AS amount_missing,
    count(CASE WHEN amount_negative THEN 1 END) AS amount_negative,
    count(CASE WHEN month_above_total THEN 1 END) AS month_above_total,
    count(CASE WHEN flag_in_future THEN 1 END) AS flag_in_future,
    count(CASE WHEN flag_undated THEN 1 END) AS flag_undated
FROM row_faults
GROUP BY filename
