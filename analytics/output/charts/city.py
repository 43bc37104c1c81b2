"""Charts of the district against the city."""

from functools import lru_cache
from typing import Any

import altair as alt

from analytics.output.charts.fan import fan_spec
from analytics.output.charts.palette import palette
from analytics.output.charts.styling import LABELS, STEPS, Spec, finish, shown, titled, year_axis

SAME_PACE = "与全市同速"
# ticks of a log axis: round numbers that lie about evenly
_TICKS = [
    step * 10**power for power in range(-1, 4) for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
]


@lru_cache(maxsize=32)
def ratio_spec(
    title: str,
    unit: str,
    level: float,
    *,
    dark: bool,
    demo: bool,
    height: int = 360,
) -> Spec:
    """Build a fan chart of a ratio, on a log scale, with the line of equal growth."""
    colours = palette(dark=dark)
    spec = fan_spec(title, unit, dark=dark, demo=demo, height=height)
    base = alt.Chart().encode(y=alt.datum(level))
    rule = base.mark_rule(color=colours.text, strokeWidth=1.2, strokeDash=[1, 3])
    label = base.mark_text(
        text=SAME_PACE, color=colours.text, align="left", dx=4, dy=11, fontSize=LABELS
    )
    same_pace = [_bare(rule), _bare(label.encode(x=alt.value(0)))]
    return {**spec, "layer": [_on_log_scale(layer) for layer in (*spec["layer"], *same_pace)]}


def _bare(chart: alt.Chart) -> dict[str, Any]:
    """Return a layer for another specification; its one row draws the mark once."""
    spec = chart.to_dict()
    return {"data": {"values": [{}]}, "mark": spec["mark"], "encoding": spec["encoding"]}


def _on_log_scale(layer: dict[str, Any]) -> dict[str, Any]:
    """Let equal growth be equal distance: a lead and a lag of one size look alike."""
    y = layer.get("encoding", {}).get("y")
    if y is None:
        return layer
    scale = {"type": "log", "zero": False, "nice": False, "padding": 8}
    axis = {**y["axis"], "values": _TICKS} if y.get("axis") else None
    logarithmic = {**y, "scale": scale} | ({"axis": axis} if axis else {})
    return {**layer, "encoding": {**layer["encoding"], "y": logarithmic}}


@lru_cache(maxsize=16)
def growth_spec(title: str, unit: str, *, dark: bool, height: int = 340) -> Spec:
    """Build the bars of a published growth series, which is never joined with levels."""
    colours = palette(dark=dark)
    axis = alt.Axis(tickCount=STEPS, labelFlush=False)
    base = (
        alt.Chart(alt.NamedData("growth"))
        .transform_calculate(
            sentence=f"datum.year + '年，公布的同比增速' + {shown('value')} + '%，' + datum.nature"
        )
        .encode(x=year_axis(), y=alt.Y("value:Q", title=None, axis=axis), tooltip="sentence:N")
    )
    bars = base.mark_bar(color=colours.projection, opacity=0.75, width={"band": 0.7}, size=18)
    above = alt.datum.value >= 0
    look: dict[str, Any] = {"color": colours.text, "fontSize": LABELS}
    labels = base.mark_text(**look, baseline="bottom", dy=-4).transform_filter(above)
    below = base.mark_text(**look, baseline="top", dy=4).transform_filter(~above)
    layers = [bars, *(x.encode(text=alt.Text("value:Q", format=".1f")) for x in (labels, below))]
    return finish(titled(alt.layer(*layers), title, unit, demo=False, height=height), colours)
