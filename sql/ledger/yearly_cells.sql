-- name: yearly_cells
-- about: Sums, sizes, numbers and largest amounts of December rows alike in place and flags.
-- table: placed
SELECT
    year,
    month,
    registered_here,
    operates_here,
    above_scale,
    emerging,
    park_level,
    cluster,
    featured,
    sum(output_to_date) AS output_to_date,
    sum(output_to_date) AS output_to_date_size,
    count(nullif(output_to_date, 0)) AS output_to_date_units,
    max(abs(output_to_date)) AS output_to_date_first,
    sum(revenue) AS revenue,
    sum(revenue) AS revenue_size,
    count(nullif(revenue, 0)) AS revenue_units,
    max(abs(revenue)) AS revenue_first,
    sum(profit) AS profit,
    sum(abs(profit)) AS profit_size,
    count(nullif(profit, 0)) AS profit_units,
    max(abs(profit)) AS profit_first,
    sum(tax) AS tax,
    sum(abs(tax)) AS tax_size,
    count(nullif(tax, 0)) AS tax_units,
    max(abs(tax)) AS tax_first,
    sum(rd) AS rd,
    sum(rd) AS rd_size,
    count(nullif(rd, 0)) AS rd_units,
    max(abs(rd)) AS rd_first,
    sum(investment) AS investment,
    sum(investment) AS investment_size,
    count(nullif(investment, 0)) AS investment_units,
    max(abs(investment)) AS investment_first,
    sum(land) AS land,
    sum(land) AS land_size,
    count(nullif(land, 0)) AS land_units,
    max(abs(land)) AS land_first
FROM placed
WHERE month = 12
GROUP BY ALL
