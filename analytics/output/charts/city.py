"""Charts of the district against the city."""

from functools import lru_cache
from typing import Any

import altair as alt

from analytics.output.charts.fan import fan_spec
from analytics.output.charts.palette import palette
from analytics.output.charts.styling import Spec, finish, titled

SAME_PACE = "与全市同速"


@lru_cache(maxsize=32)
def ratio_spec(
    title: str,
    unit: str,
    level: float,
    *,
    dark: bool,
    demo: bool,
    height: int = 360,
    shown: tuple[str, ...] | None = None,
) -> Spec:
    """Build a fan chart of a ratio, on a log scale, with the line of equal growth."""
    colours = palette(dark=dark)
    spec = fan_spec(title, unit, dark=dark, demo=demo, height=height, shown=shown)
    base = alt.Chart().encode(y=alt.datum(level))
    rule = base.mark_rule(color=colours.text, strokeWidth=1.2, strokeDash=[1, 3])
    label = base.mark_text(text=SAME_PACE, color=colours.text, align="left", dx=4, dy=-7)
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
    return {**layer, "encoding": {**layer["encoding"], "y": {**y, "scale": scale}}}


@lru_cache(maxsize=16)
def growth_spec(title: str, unit: str, *, dark: bool, height: int = 340) -> Spec:
    """Build the bars of a published growth series, which is never joined with levels."""
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("growth")).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None),
        tooltip=[
            alt.Tooltip("year:O", title="年份"),
            alt.Tooltip("value:Q", title="公布同比增速（%）", format=".1f"),
            alt.Tooltip("nature:N", title="性质"),
        ],
    )
    bars = base.mark_bar(color=colours.projection, opacity=0.75)
    above = alt.datum.value >= 0
    labels = base.mark_text(color=colours.text, baseline="bottom", dy=-4).transform_filter(above)
    below = base.mark_text(color=colours.text, baseline="top", dy=4).transform_filter(~above)
    layers = [bars, *(x.encode(text=alt.Text("value:Q", format=".1f")) for x in (labels, below))]
    return finish(titled(alt.layer(*layers), title, unit, demo=False, height=height), colours)
