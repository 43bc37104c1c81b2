-- name: counts
-- about: How many enterprises hold a flag at the end of December, and how many earned it in the year.
-- table: yearly_cells
SELECT
    year,
    month,
    above_scale,
    {% for flag in flags %}
    sum({{ flag }}_held) AS {{ flag }}_held,
    sum({{ flag }}_new) AS {{ flag }}_new{{ "" if loop.last else "," }}
    {% endfor %}
FROM yearly_cells
GROUP BY ALL
