-- name: district_values
-- about: Published yearly and part-year values of one series for the other districts of Shanghai.
-- param: indicator_id VARCHAR
-- returns: region VARCHAR
-- returns: period_kind VARCHAR
-- returns: year INTEGER
-- returns: value DOUBLE
-- returns: unit VARCHAR
-- returns: status VARCHAR
-- returns: lower_bound BOOLEAN
-- returns: confidence VARCHAR
-- returns: source_title VARCHAR
-- returns: source_url VARCHAR
-- returns: published_text VARCHAR
-- returns: note VARCHAR
SELECT
    o.region,
    o.period_kind,
    o.year,
    o.value,
    o.unit,
    o.status,
    o.lower_bound,
    o.confidence,
    s.title AS source_title,
    s.url AS source_url,
    s.published_text,
    o.note
FROM observations AS o
LEFT JOIN sources AS s ON s.id = o.source_id
WHERE o.indicator_id = $indicator_id
  AND o.status <> 'illustrative'
  AND o.period_kind IN ('year', 'cumulative', 'month')
  AND o.region IN ( -- zones and parks are no districts
      '黄浦区', '徐汇区', '长宁区', '静安区', '普陀区', '虹口区', '杨浦区', '浦东新区',
      '闵行区', '宝山区', '嘉定区', '松江区', '青浦区', '奉贤区', '崇明区'
  )
QUALIFY row_number() OVER (
    PARTITION BY o.region, o.period_kind, o.period_start, o.period_end
    ORDER BY o.lower_bound, o.vintage
) = 1
ORDER BY o.region, o.period_end, o.period_start, o.period_kind
