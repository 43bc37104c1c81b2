{% macro measured(measures, ending="") %}
CASE s.measure
        {% for measure in measures %}
        WHEN '{{ measure }}' THEN c.{{ measure }}{{ ending }}
        {% endfor %}
    END
{%- endmacro %}
