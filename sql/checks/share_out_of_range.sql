-- check: 占比在0与1之间
SELECT o.origin, o.indicator_id, o.region, o.value
FROM observations AS o
INNER JOIN indicators AS i ON i.id = o.indicator_id
WHERE i.kind = 'share' AND (o.value < 0 OR o.value > 1)
