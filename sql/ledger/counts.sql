-- name: counts
-- about: How many enterprises hold a flag at the end of December, and how many earned it in the year.
-- table: yearly_cells
SELECT
    year,
    month,
    {% for flag in held %}
    sum({{ flag }}_held) AS {{ flag }}_held,
    {% endfor %}
    {% for flag in new %}
    sum({{ flag }}_new) AS {{ flag }}_new,
    {% endfor %}
    above_scale
FROM yearly_cells
GROUP BY year, month, above_scale
