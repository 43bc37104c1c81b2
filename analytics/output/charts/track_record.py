"""Charts of how projections have done: an indicator's own past, coverage beside other methods."""

from functools import lru_cache

import altair as alt

from analytics.output.charts.fan import SERIES, named
from analytics.output.charts.palette import CATEGORIES, palette
from analytics.output.charts.styling import Spec, finish, legend, titled, value_axis

SAID, CAME = "当时会给出的80%区间", "后来的实际值"
_DOT = "M-0.4,0A0.4,0.4,0,1,1,0.4,0A0.4,0.4,0,1,1,-0.4,0Z"
_BACKTEST_YEARS = (("origin", "作出时已知至"), ("year", "年份"))


@lru_cache(maxsize=64)
def backtest_spec(title: str, unit: str, *, dark: bool, demo: bool, height: int = 300) -> Spec:
    """Build the chart of what would have been said of a series' past, and what came."""
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("backtest")).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    )
    said = named(base, SAID).mark_rule(strokeWidth=6, opacity=0.5)
    said = said.encode(y=value_axis("lower_80"), y2="upper_80:Q", color=SERIES, xOffset="horizon:O")
    actual = named(base, CAME).mark_point(filled=True, size=290, opacity=1)
    actual = actual.encode(
        y=value_axis("actual"),
        color=SERIES,
        shape=SERIES,
        xOffset="horizon:O",
        tooltip=_backtest_tooltip(),
    )
    names = [SAID, CAME]
    colour = alt.Scale(domain=names, range=[colours.projection, colours.history])
    shape = alt.Scale(domain=names, range=["stroke", _DOT])
    chart = alt.layer(said, actual).encode(
        color=alt.Color(scale=colour, legend=legend()),
        shape=alt.Shape(scale=shape, legend=legend()),
    )
    return finish(titled(chart, title, unit, demo=demo, height=height), colours)


@lru_cache(maxsize=16)
def coverage_spec(
    title: str, methods: tuple[str, ...], nominal: float, *, dark: bool, height: int = 320
) -> Spec:
    """Build the chart of measured coverage by history length; the first method is ours."""
    colours = palette(dark=dark)
    widths = [4.0] + [1.6] * (len(methods) - 1)
    dashes = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3], [10, 4]][: len(methods)]
    domain = list(methods)
    base = alt.Chart(alt.NamedData("coverage")).encode(
        x=alt.X("points:O", title="历史长度（年）", axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "coverage:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
        ),
        color=alt.Color(
            "method:N",
            scale=alt.Scale(
                domain=domain, range=[colours.projection, *CATEGORIES[1 : len(methods)]]
            ),
            legend=legend(),
        ),
        tooltip=[
            alt.Tooltip("method:N", title="方法"),
            alt.Tooltip("points:O", title="历史长度（年）"),
            alt.Tooltip("coverage:Q", title="实测覆盖率", format=".1%"),
        ],
    )
    lines = base.mark_line().encode(
        strokeDash=alt.StrokeDash(
            "method:N", scale=alt.Scale(domain=domain, range=dashes), legend=None
        ),
        strokeWidth=alt.StrokeWidth(
            "method:N", scale=alt.Scale(domain=domain, range=widths), legend=None
        ),
    )
    points = base.mark_point(filled=True, size=40, opacity=1)
    rule = alt.Chart(alt.NamedData("coverage")).mark_rule(strokeDash=[4, 4], color=colours.target)
    rule = rule.encode(y=alt.datum(nominal))
    chart = alt.layer(lines, points, rule)
    return finish(titled(chart, title, "占比，虚线为名义值", demo=False, height=height), colours)


def _backtest_tooltip() -> list[alt.Tooltip]:
    fields = (("lower_80", "区间下沿"), ("upper_80", "区间上沿"), ("actual", CAME))
    years = [alt.Tooltip(f"{x}:Q", title=t, format="d") for x, t in _BACKTEST_YEARS]
    return years + [alt.Tooltip(f"{x}:Q", title=t, format=",.2f") for x, t in fields]
