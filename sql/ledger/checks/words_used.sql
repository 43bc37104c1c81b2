-- name: words_used
-- about: The words of the text columns in every file, and whether its names are marked as illustrative.
-- table: ledger
SELECT
    filename,
    park_level,
    cluster,
    featured,
    coalesce(starts_with(name, '演示'), FALSE) AS illustrative,
    count(*) AS times,
    min(file_row_number) AS file_row_number
FROM ledger
GROUP BY ALL
