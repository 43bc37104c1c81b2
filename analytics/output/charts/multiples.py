"""One sheet of small fan charts on a fixed grid."""

from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import palette
from analytics.output.charts.styling import LABELS, Spec, finish
from analytics.text_zh import DEMO_MARK

WIDTH, HEIGHT = 190, 84  # of one panel, in pixels
_AXIS = 52  # of its value axis


@lru_cache(maxsize=16)
def multiples_spec(titles: tuple[str, ...], *, dark: bool, demo: bool, columns: int = 4) -> Spec:
    """Build one sheet of small fan charts; ``titles`` fixes their order."""
    colours = palette(dark=dark)
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=3, grid=False))
    base = alt.Chart().encode(x=x)
    scale = alt.Scale(zero=False)
    axis = alt.Axis(format=",.10~g", tickCount=3)
    layers = alt.layer(
        base.mark_area(opacity=0.3, color=colours.projection).encode(
            y=alt.Y("low80:Q", title=None, scale=scale, axis=axis), y2="high80:Q"
        ),
        base.mark_line(color=colours.projection, strokeDash=[4, 2]).encode(y="median:Q"),
        base.mark_line(color=colours.history, strokeWidth=1.8).encode(y="observed:Q"),
        base.mark_point(
            filled=True, shape="diamond", size=70, color=colours.target, opacity=1
        ).encode(y="target:Q"),
    ).properties(width=WIDTH, height=HEIGHT)
    header = alt.Header(
        title=None,
        labelFontSize=LABELS,
        labelColor=colours.history,
        labelLimit=WIDTH + _AXIS,
        labelExpr="split(replace(datum.label, '（', '|（'), '|')",  # the unit on its own line
        labelLineHeight=15,
        labelAnchor="start",
    )
    chart = (
        layers.facet(
            data=alt.NamedData("multiples"),
            facet=alt.Facet("title:N", sort=list(titles), header=header),
            columns=columns,
            bounds="flush",  # else each panel stands where the words of its axis leave it
            spacing={"row": 68, "column": _AXIS},
        )
        .resolve_scale(y="independent", x="independent")
        .resolve_axis(y="independent", x="independent")
    )
    mark = f"（{DEMO_MARK}）" if demo else ""
    heading = alt.Title(f"历史、预测中位数与80%区间、目标（◆）{mark}", anchor="start", fontSize=14)
    edges = {"left": _AXIS, "right": 8, "top": 8, "bottom": 24}
    return finish(chart.properties(title=heading, padding=edges), colours)
