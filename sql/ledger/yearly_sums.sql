-- name: yearly_sums
-- about: Every declared sum of a year, with the enterprises that contribute to it and its largest amount.
-- table: yearly_cells
-- table: sums
SELECT
    s.sum_id,
    c.year,
    c.month,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date
            WHEN 'revenue' THEN c.revenue
            WHEN 'profit' THEN c.profit
            WHEN 'tax' THEN c.tax
            WHEN 'rd' THEN c.rd
            WHEN 'investment' THEN c.investment
            WHEN 'land' THEN c.land
        END) AS total,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_size
            WHEN 'revenue' THEN c.revenue_size
            WHEN 'profit' THEN c.profit_size
            WHEN 'tax' THEN c.tax_size
            WHEN 'rd' THEN c.rd_size
            WHEN 'investment' THEN c.investment_size
            WHEN 'land' THEN c.land_size
        END) AS size,
    sum(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_units
            WHEN 'revenue' THEN c.revenue_units
            WHEN 'profit' THEN c.profit_units
            WHEN 'tax' THEN c.tax_units
            WHEN 'rd' THEN c.rd_units
            WHEN 'investment' THEN c.investment_units
            WHEN 'land' THEN c.land_units
        END) AS units,
    max(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date_first
            WHEN 'revenue' THEN c.revenue_first
            WHEN 'profit' THEN c.profit_first
            WHEN 'tax' THEN c.tax_first
            WHEN 'rd' THEN c.rd_first
            WHEN 'investment' THEN c.investment_first
            WHEN 'land' THEN c.land_first
        END) AS first
FROM yearly_cells AS c
INNER JOIN sums AS s
    ON c.operates_here AND (s.place = '在地' OR c.registered_here)
   AND (c.above_scale OR NOT s.above_scale)
   AND (s.emerging = '' OR c.emerging = (s.emerging = '是'))
   AND (s.cluster = '' OR s.cluster = c.cluster)
   AND (s.outside = '' OR c.cluster IS NULL OR strpos(s.outside, c.cluster) = 0)
   AND (s.featured = '' OR s.featured = c.featured)
   AND (s.park = '' OR s.park = '任一园区' AND c.park_level IS NOT NULL
        OR s.park = '特色园区' AND c.park_level IN ('市级特色', '区级特色')
        OR s.park = '一般园区' AND c.park_level = '一般')
GROUP BY ALL
