"""How a chart looks: Vega-Lite specifications apart from their numbers."""
