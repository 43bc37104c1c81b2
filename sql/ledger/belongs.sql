{# Whether a row or cell c, which operates here, is in the declared sum s. #}
(s.place = '在地' OR c.registered_here)
   AND (c.above_scale OR NOT s.above_scale)
{% if narrowed %}
   AND (s.emerging = '' OR c.emerging = (s.emerging = '是'))
   AND (s.cluster = '' OR s.cluster = c.cluster)
   AND (s.outside = '' OR c.cluster IS NULL OR strpos(s.outside, c.cluster) = 0)
   AND (s.featured = '' OR s.featured = c.featured)
   AND (s.park = '' OR s.park = '任一园区' AND c.park_level IS NOT NULL
        OR s.park = '特色园区' AND c.park_level IN ('市级特色', '区级特色')
        OR s.park = '一般园区' AND c.park_level = '一般')
{% endif %}
