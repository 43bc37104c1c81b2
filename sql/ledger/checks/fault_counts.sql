-- name: fault_counts
-- about: How many rows of every file break each rule.
-- table: checks/row_faults
SELECT
    {% for fault in faults %}
    count(CASE WHEN {{ fault }} THEN 1 END) AS {{ fault }},
    {% endfor %}
    filename
FROM row_faults
GROUP BY filename
