-- name: source_rows_by_status
-- about: Rows of the release per nature of the data.
-- returns: status VARCHAR
-- returns: observations BIGINT
-- returns: indicators BIGINT
SELECT
    status,
    count(*) AS observations,
    count(DISTINCT indicator_id) AS indicators
FROM observations
GROUP BY status
ORDER BY status
