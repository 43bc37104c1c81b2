-- name: cells
-- about: Sums, sizes, numbers and largest amounts of rows alike in place and flags, and holders of flags.
-- about: yearly_cells of December; monthly_cells of the other months, for what is published monthly.
-- table: placed
-- kept: several statements read it, the ledger is read once
SELECT
    year,
    month,
    {% for key in keys %}
    {{ key }},
    {% endfor %}
    {% for flag in held %}
    count(CASE WHEN {{ flag }} <= last_day(make_date(year, month, 1)) THEN 1 END) AS {{ flag }}_held,
    {% endfor %}
    {% for flag in new %}
    count(CASE WHEN year({{ flag }}) = year THEN 1 END) AS {{ flag }}_new,
    {% endfor %}
    {% for measure in measures %}
    sum({{ measure }}) AS {{ measure }},
    sum(abs({{ measure }})) AS {{ measure }}_size,
    count(nullif({{ measure }}, 0)) AS {{ measure }}_units,
    max(abs({{ measure }})) AS {{ measure }}_first{{ "" if loop.last else "," }}
    {% endfor %}
FROM placed
WHERE operates_here AND month {{ "=" if period == "yearly" else "<>" }} 12
GROUP BY ALL
