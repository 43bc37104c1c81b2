-- name: counts
-- about: How many enterprises hold a flag at the end of December, and how many earned it in the year.
-- table: placed
SELECT
    year,
    month,
    above_scale,
    count(CASE WHEN high_tech_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS high_tech_held,
    count(CASE WHEN year(high_tech_since) = year THEN 1 END) AS high_tech_new,
    count(CASE WHEN srdi_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS srdi_held,
    count(CASE WHEN year(srdi_since) = year THEN 1 END) AS srdi_new,
    count(CASE WHEN little_giant_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS little_giant_held,
    count(CASE WHEN year(little_giant_since) = year THEN 1 END) AS little_giant_new,
    count(CASE WHEN green_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS green_held,
    count(CASE WHEN year(green_since) = year THEN 1 END) AS green_new,
    count(CASE WHEN smart_factory_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS smart_factory_held,
    count(CASE WHEN year(smart_factory_since) = year THEN 1 END) AS smart_factory_new,
    count(CASE WHEN service_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS service_held,
    count(CASE WHEN year(service_since) = year THEN 1 END) AS service_new,
    count(CASE WHEN headquarters_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS headquarters_held,
    count(CASE WHEN year(headquarters_since) = year THEN 1 END) AS headquarters_new,
    count(CASE WHEN listed_since <= last_day(make_date(year, month, 1)) THEN 1 END) AS listed_held,
    count(CASE WHEN year(listed_since) = year THEN 1 END) AS listed_new
FROM placed
WHERE month = 12 AND operates_here
GROUP BY ALL
