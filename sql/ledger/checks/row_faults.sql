-- name: row_faults
-- about: Rows that break a rule by themselves, one truth a rule.
-- table: ledger
-- kept: two statements read it, the rules are held once
WITH judged AS (
    SELECT
        filename,
        file_row_number,
        coalesce(NOT regexp_matches(credit_code, '^[0-9A-HJ-NPQRTUWXY]{18}$'), TRUE)
            AS code_malformed,
        coalesce(
            NOT (
                regexp_matches(registered_at, '^[0-9]{6}$')
                AND regexp_matches(operates_at, '^[0-9]{6}$')
            ),
            TRUE
        ) AS place_malformed,
        -- GB/T 4754: mining 06-12, manufacturing 13-43, electricity, heat, gas and water 44-46
        coalesce(
            NOT (regexp_matches(industry, '^[0-9]{4}$') AND industry BETWEEN '0600' AND '4699'),
            TRUE
        ) AS industry_malformed,
        output IS NULL OR output_to_date IS NULL OR revenue IS NULL OR profit IS NULL
        OR tax IS NULL OR rd IS NULL OR investment IS NULL OR land IS NULL OR employees IS NULL
            AS amount_missing,
        coalesce(least(output, output_to_date, revenue, rd, investment, land, employees) < 0, FALSE)
            AS amount_negative,
        coalesce(output > output_to_date, FALSE) AS month_above_total,
        coalesce(
            greatest(
                above_scale_since, park_since, cluster_since, featured_since, emerging_since,
                high_tech_since, srdi_since, little_giant_since, green_since,
                smart_factory_since, service_since, headquarters_since, listed_since
            ) > last_day(make_date(year, month, 1)),
            FALSE
        ) AS flag_in_future,
        (park IS NULL) <> (park_since IS NULL)
        OR (cluster IS NULL) <> (cluster_since IS NULL)
        OR (featured IS NULL) <> (featured_since IS NULL)
            AS flag_undated
    FROM ledger
)

SELECT *
FROM judged
WHERE {{ faults | join("\n   OR ") }}
