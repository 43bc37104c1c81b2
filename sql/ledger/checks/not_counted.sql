-- name: not_counted
-- about: How many enterprises of every month the region's sums leave out, since they operate elsewhere.
-- table: placed
SELECT
    year,
    month,
    count(CASE WHEN registered_here THEN 1 END) AS registered_here,
    count(CASE WHEN NOT registered_here THEN 1 END) AS elsewhere
FROM placed
WHERE NOT operates_here
GROUP BY year, month
