"""A reader's notes on a chart over years: a thin line at the year, the words beside it."""

from analytics.output.charts.palette import palette
from analytics.output.charts.styling import LABELS, Spec, year_axis

_ROW = 17  # pixels between two notes


def with_notes(spec: Spec, *, dark: bool) -> Spec:
    """Add the notes to a layered specification; they come as the data ``notes``.

    Each has ``year``, ``text``, ``row`` counted from the bottom, and ``side``: how its
    words are aligned to the line.
    """
    colours = palette(dark=dark)
    year = year_axis().to_dict()
    line = {"type": "rule", "color": colours.text, "strokeDash": [2, 2], "strokeWidth": 1}
    words = {
        "type": "text",
        "color": colours.history,
        "fontSize": LABELS,
        "baseline": "bottom",
        "align": {"expr": "datum.side"},
        "dx": {"expr": "datum.side == 'left' ? 5 : -5"},
    }
    low = {"value": {"expr": f"height - 6 - {_ROW} * datum.row"}}
    text = {"field": "text", "type": "nominal"}
    data = {"name": "notes"}
    layers = [
        {"data": data, "mark": line, "encoding": {"x": year}},
        {"data": data, "mark": words, "encoding": {"x": year, "y": low, "text": text}},
    ]
    return {**spec, "layer": [*spec["layer"], *layers]}
