-- name: monthly_sums
-- about: The declared sums that are published monthly, from January to each month but the last.
-- table: monthly_cells
-- table: sums
SELECT
    s.sum_id,
    c.year,
    c.month,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date
            WHEN 'investment' THEN c.investment
        END) AS total,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_size
            WHEN 'investment' THEN c.investment_size
        END) AS size,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_units
            WHEN 'investment' THEN c.investment_units
        END) AS units,
    max(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_first
            WHEN 'investment' THEN c.investment_first
        END) AS first
FROM monthly_cells AS c
INNER JOIN sums AS s
    ON s.monthly
   AND c.operates_here AND (s.place = '在地' OR c.registered_here)
   AND (c.above_scale OR NOT s.above_scale)
GROUP BY ALL
