-- name: monthly_cells
-- about: The same of the other months, for what is published monthly: output and investment.
-- table: placed
SELECT
    year,
    month,
    registered_here,
    operates_here,
    above_scale,
    sum(output_to_date) AS output_to_date,
    sum(output_to_date) AS output_to_date_size,
    count(nullif(output_to_date, 0)) AS output_to_date_units,
    max(abs(output_to_date)) AS output_to_date_first,
    sum(investment) AS investment,
    sum(investment) AS investment_size,
    count(nullif(investment, 0)) AS investment_units,
    max(abs(investment)) AS investment_first
FROM placed
WHERE month <> 12
GROUP BY ALL
