"""Charts of how projections have done: an indicator's own past, coverage beside other methods."""

from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import CATEGORIES, palette
from analytics.output.charts.styling import (
    LABELS,
    STEPS,
    Spec,
    finish,
    shown,
    titled,
    value_axis,
)

CAME = "后来的实际值"
_NAME = 130  # pixels of a name in a legend


@lru_cache(maxsize=64)
def backtest_spec(title: str, unit: str, *, dark: bool, demo: bool, height: int = 300) -> Spec:
    """Build the chart of what would have been said of a series' past, and what came."""
    colours = palette(dark=dark)
    sentence = (
        f"datum.year + '年，{CAME}' + {shown('actual')} + '{unit}；' + datum.origin + "
        f"'年时会给出的80%区间' + {shown('lower_80')} + '—' + {shown('upper_80')} + '{unit}'"
    )
    base = (
        alt.Chart(alt.NamedData("backtest"))
        .transform_calculate(sentence=sentence)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            xOffset="horizon:O",
            tooltip="sentence:N",
        )
    )
    said = base.mark_rule(strokeWidth=6, opacity=0.5, color=colours.projection).encode(
        y=value_axis("lower_80", unit), y2="upper_80:Q"
    )
    actual = base.mark_point(filled=True, size=52, opacity=1, color=colours.history).encode(
        y=value_axis("actual", unit)
    )
    told = f"竖条为当时会给出的80%区间，圆点为{CAME}"  # a phone would cut it off beside the unit
    chart = titled(alt.layer(said, actual), title, unit, demo=demo, height=height, reading=told)
    return finish(chart, colours)


@lru_cache(maxsize=16)
def coverage_spec(
    title: str, methods: tuple[str, ...], nominal: float, *, dark: bool, height: int = 320
) -> Spec:
    """Build the chart of measured coverage by history length; the first method is ours."""
    colours = palette(dark=dark)
    ours = alt.datum.method == methods[0]
    sentence = "datum.method + '，历史' + datum.points + '年，实测覆盖' + " + shown(
        "coverage", ".1%"
    )
    base = (
        alt.Chart(alt.NamedData("coverage"))
        .transform_calculate(sentence=sentence)
        .encode(
            x=alt.X("points:O", title="历史长度（年）", axis=alt.Axis(labelAngle=0)),
            y=_share("coverage"),
            color=alt.condition(ours, alt.value(colours.projection), alt.value(colours.baseline)),
            detail="method:N",
        )
    )
    wide = alt.condition(ours, alt.value(4), alt.value(1.4))
    lines = base.mark_line().encode(strokeWidth=wide)
    points = base.mark_point(filled=True, size=40, opacity=1).encode(tooltip="sentence:N")
    names = (
        alt.Chart(alt.NamedData("labels"))
        .mark_text(align="left", dx=9, fontSize=LABELS)
        .encode(
            x="points:O",
            y=_share("place"),
            text="text:N",
            color=alt.condition(ours, alt.value(colours.projection), alt.value(colours.text)),
        )
    )
    across = alt.Chart(alt.NamedData("coverage")).mark_line(strokeDash=[4, 4], strokeWidth=1)
    rule = across.encode(  # no further than the points, beside which the names stand
        x="points:O", y=alt.datum(nominal), color=alt.value(colours.target)
    )
    chart = alt.layer(lines, points, rule, names)
    return finish(titled(chart, title, "占比，虚线为名义值", demo=False, height=height), colours)


def _share(field: str) -> alt.Y:
    axis = alt.Axis(format="%", tickCount=STEPS, labelFlush=False)
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))


def _in_lines() -> alt.Legend:
    """Set a legend in as many columns as there is room for: a phone cuts what is beside it."""
    columns = alt.ExprRef(f"max(1, floor(width / {_NAME}))")
    return alt.Legend(title=None, orient="bottom", symbolSize=100, columns=columns)


@lru_cache(maxsize=16)
def odds_spec(title: str, panels: tuple[str, ...], *, dark: bool, height: int = 360) -> Spec:
    """Build the reliability diagram: how often what was said to be so likely came true."""
    colours = palette(dark=dark)
    told = (
        "datum.panel + '：说' + "
        + shown("said", ".0%")
        + " + '，实际达到' + "
        + shown("met", ".0%")
        + " + '（' + datum.n + '次）'"
    )
    scale, share = alt.Scale(domain=[0, 1]), alt.Axis(format="%", tickCount=STEPS)
    hues = alt.Scale(domain=list(panels), range=list(CATEGORIES[: len(panels)]))
    base = (
        alt.Chart(alt.NamedData("odds"))
        .transform_calculate(sentence=told)
        .encode(
            x=alt.X("said:Q", title="所说的概率", axis=share, scale=scale),
            y=alt.Y("met:Q", title=None, axis=share, scale=scale),
            color=alt.Color("panel:N", scale=hues, legend=_in_lines()),
        )
    )
    even = alt.Chart(alt.NamedData("even")).encode(x="said:Q", y="met:Q", tooltip=alt.value(None))
    diagonal = even.mark_line(strokeDash=[4, 4], color=colours.target)
    points = base.mark_point(filled=True, size=50, opacity=1).encode(tooltip="sentence:N")
    lines = base.mark_line(strokeWidth=1.6).encode(tooltip=alt.value(None))
    titles = titled(
        alt.layer(diagonal, lines, points),
        title,
        "实际达到，虚线为名实相符",
        demo=False,
        height=height,
    )
    return finish(titles, colours)
