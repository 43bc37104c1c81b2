-- name: largest
-- about: The two largest amounts, counted from 1, of sums whose safety their largest amount leaves open.
-- table: placed
-- table: sums
-- table: doubtful
WITH contributions AS (
    SELECT
        s.sum_id,
        c.year,
        c.month,
        abs(CASE s.measure
            WHEN 'output_to_date' THEN c.output_to_date
            WHEN 'revenue' THEN c.revenue
            WHEN 'profit' THEN c.profit
            WHEN 'tax' THEN c.tax
            WHEN 'rd' THEN c.rd
            WHEN 'investment' THEN c.investment
            WHEN 'land' THEN c.land
        END) AS amount,
        c.credit_code
    FROM placed AS c
    INNER JOIN doubtful AS d ON d.year = c.year AND d.month = c.month
    INNER JOIN sums AS s
        ON s.sum_id = d.sum_id
       AND c.operates_here AND (s.place = '在地' OR c.registered_here)
       AND (c.above_scale OR NOT s.above_scale)
       AND (s.emerging = '' OR c.emerging = (s.emerging = '是'))
       AND (s.cluster = '' OR s.cluster = c.cluster)
       AND (s.outside = '' OR c.cluster IS NULL OR strpos(s.outside, c.cluster) = 0)
       AND (s.featured = '' OR s.featured = c.featured)
       AND (s.park = '' OR s.park = '任一园区' AND c.park_level IS NOT NULL
            OR s.park = '特色园区' AND c.park_level IN ('市级特色', '区级特色')
        OR s.park = '一般园区' AND c.park_level = '一般')
)

SELECT
    sum_id,
    year,
    month,
    amount,
    row_number() OVER (
        PARTITION BY sum_id, year, month ORDER BY amount DESC, credit_code
    ) AS place
FROM contributions
WHERE amount <> 0
QUALIFY place <= 2
