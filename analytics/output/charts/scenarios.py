"""Charts of scenarios: side by side, sensitivity and gap.

Scenarios differ by colour and dash, directions by fill and sign, so
that a grey copy can be read. Bars carry their names above them, so that they
keep their width on a narrow screen.
"""

from functools import lru_cache

import altair as alt

from analytics.output.charts.fan import HISTORY, TARGET
from analytics.output.charts.palette import Palette, palette
from analytics.output.charts.styling import Spec, finish, titled, value_axis

# 基准 comes first and in grey; the others are told apart by the colour-blind, in grey by dash
DASHES = [[1, 0], [8, 3], [2, 2], [9, 3, 2, 3], [14, 4]]
COLOURS = ["#5B6770", "#0072B2", "#B45F06", "#009E73", "#AA4499"]
COLOURS_DARK = ["#A9B7C3", "#56B4E9", "#E69F00", "#2DC79A", "#D98CC0"]
UP, DOWN = "上调", "下调"
RISE, FALL, LEVEL = "提高", "降低", "水平"
PRESENT, ENOUGH = "当前", "达标线"
_ROW = 44  # pixels of one bar with its name
_AROUND = 110  # pixels of title, axis and margins
_LEGEND = 56


@lru_cache(maxsize=64)
def scenarios_spec(
    title: str, unit: str, names: tuple[str, ...], *, dark: bool, demo: bool, height: int = 380
) -> Spec:
    """Build 基准 and up to four scenarios on one scale, medians in 80 % fans.

    Data come in ``scenarios``; ``names`` fixes their order.
    """
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("scenarios")).encode(x=_years())
    colour, dash = _by_scenario(names, dark=dark)
    fans = base.mark_area(opacity=0.13, clip=True).encode(
        y=value_axis("low80"), y2="high80:Q", color=colour
    )
    lines = base.mark_line(strokeWidth=2.2, clip=True).encode(
        y=value_axis("median"), color=colour, strokeDash=dash
    )
    points = base.mark_point(filled=True, size=52, opacity=1, clip=True).encode(
        y=value_axis("median"), color=colour, tooltip=_scenario_tooltip()
    )
    layers = [fans, lines, points, *_history(base, colours), *_target(base, colours)]
    return finish(titled(alt.layer(*layers), title, unit, demo=demo, height=height), colours)


def _years() -> alt.X:
    axis = alt.Axis(format="d", tickMinStep=1, title=None, grid=False)
    return alt.X("year:Q", axis=axis, scale=alt.Scale(nice=False, zero=False, padding=14))


def _by_scenario(names: tuple[str, ...], *, dark: bool) -> tuple[alt.Color, alt.StrokeDash]:
    """Give each scenario colour and dash; the legend shows the line."""
    kept, domain = len(names), list(names)
    colours = (COLOURS_DARK if dark else COLOURS)[:kept]
    legend = alt.Legend(
        orient="bottom",
        title=None,
        columns=2,
        offset=8,
        symbolType="stroke",
        symbolSize=400,
        symbolOpacity=1,
        labelLimit=220,
    )
    return (
        alt.Color("scenario:N", scale=alt.Scale(domain=domain, range=colours), legend=legend),
        alt.StrokeDash(
            "scenario:N", scale=alt.Scale(domain=domain, range=DASHES[:kept]), legend=legend
        ),
    )


def _scenario_tooltip() -> list[alt.Tooltip]:
    fields = (("median", "预测中位数"), ("low80", "80%区间下沿"), ("high80", "80%区间上沿"))
    return [
        alt.Tooltip("scenario:N", title="情景"),
        alt.Tooltip("year:Q", title="年份", format="d"),
        *(alt.Tooltip(f"{field}:Q", title=label, format=",.2f") for field, label in fields),
    ]


def _history(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    line = base.mark_line(color=colours.history, strokeWidth=2.4).encode(y=value_axis("observed"))
    points = base.mark_point(filled=True, color=colours.history, size=40, opacity=1).encode(
        y=value_axis("observed"),
        tooltip=[
            alt.Tooltip("year:Q", title="年份", format="d"),
            alt.Tooltip("observed:Q", title=HISTORY, format=",.2f"),
        ],
    )
    return [line, points]


def _target(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    mark = base.mark_point(
        filled=True, shape="diamond", size=150, color=colours.target, opacity=1
    ).encode(
        y=value_axis("target"),
        tooltip=[
            alt.Tooltip("year:Q", title="年份", format="d"),
            alt.Tooltip("target:Q", title=TARGET, format=",.2f"),
        ],
    )
    label = base.mark_text(
        text=TARGET, color=colours.target, fontSize=12, align="right", dx=-11, dy=-9
    ).encode(
        y=value_axis("target"),
        opacity=alt.condition("isValid(datum.target)", alt.value(1), alt.value(0)),
    )
    return [mark, label]


@lru_cache(maxsize=64)
def tornado_spec(title: str, unit: str, rows: int, *, dark: bool, demo: bool) -> Spec:
    """Build the bars of one move of each lever; data in ``tornado``, the longest first.

    The full line is the present median, the dashed one the target.
    """
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("tornado")).encode(y=_rows())
    bars = base.mark_bar(height=13, dy=0, stroke=colours.projection, strokeWidth=1).encode(
        x=_x("value"),
        x2="median:Q",
        color=alt.Color(
            "side:N",
            scale=alt.Scale(domain=[DOWN, UP], range=[colours.grid, colours.projection]),
            legend=_legend("square"),
        ),
        tooltip=_tornado_tooltip(),
    )
    names = _names(base.transform_filter(alt.datum.side == UP), colours)
    layers = [bars, *_rules(colours), names]
    height = rows * _ROW + _AROUND + _LEGEND
    return finish(titled(alt.layer(*layers), title, unit, demo=demo, height=height), colours)


def _rows() -> alt.Y:
    return alt.Y("order:O", axis=None, sort="ascending", scale=alt.Scale(paddingInner=0.2))


def _x(field: str) -> alt.X:
    axis = alt.Axis(format=",.10~g", title=None, tickCount=5)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False, nice=True, padding=16))


def _legend(symbol: str) -> alt.Legend:
    return alt.Legend(orient="bottom", title=None, symbolType=symbol, columns=3, offset=8)


def _names(base: alt.Chart, colours: Palette) -> alt.Chart:
    """Write each row's name above its bar, from the left edge."""
    text = base.mark_text(
        align="left", baseline="bottom", dy=-9, fontSize=12, color=colours.text, limit=680
    )
    named: alt.Chart = text.encode(x=alt.value(0), text="name:N")
    return named


def _rules(colours: Palette) -> list[alt.Chart]:
    """Draw the present median and the target, each where ``marks`` has it."""
    return [
        *_rule("median", PRESENT, colours.history, [1, 0]),
        *_rule("limit", ENOUGH, colours.target, [5, 4]),
    ]


def _rule(field: str, label: str, colour: str, dash: list[int]) -> list[alt.Chart]:
    """Draw one labelled vertical line at a number that is the same in every row."""
    one = alt.Chart(alt.NamedData("marks")).transform_filter(f"isValid(datum.{field})")
    rule = one.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.6).encode(x=_x(field))
    text = one.mark_text(
        text=label, color=colour, fontSize=11, baseline="bottom", dy=-3, align="center"
    ).encode(x=_x(field), y=alt.value(0))
    return [rule, text]


def _tornado_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="调节项"),
        alt.Tooltip("side:N", title="方向"),
        alt.Tooltip("value:Q", title="预测中位数", format=",.2f"),
        alt.Tooltip("probability:Q", title="达成概率", format=".1%"),
    ]


@lru_cache(maxsize=64)
def gap_spec(title: str, unit: str, rows: int, *, dark: bool, demo: bool) -> Spec:
    """Build the steps from 基准 to the scenario; data in ``gap`` and ``marks``.

    Filled steps raise the outlook, hollow ones lower it; the dashed line is
    the target.
    """
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("gap")).encode(y=_rows())
    fill = alt.Scale(
        domain=[LEVEL, RISE, FALL],
        range=[colours.history, colours.projection, colours.grid],
    )
    bars = (
        base.mark_bar(height=13, stroke=colours.projection, strokeWidth=1)
        .encode(
            x=_x("start"),
            x2="end:Q",
            color=alt.Color("kind:N", scale=fill, legend=None),
            tooltip=[
                alt.Tooltip("name:N", title="项目"),
                alt.Tooltip("text:N", title="作用"),
                alt.Tooltip("share:N", title="占缺口"),
            ],
        )
        .transform_filter(alt.datum.kind != LEVEL)
    )
    levels = base.mark_tick(thickness=3, height=20, color=colours.history).encode(x=_x("end"))
    levels = levels.transform_filter(alt.datum.kind == LEVEL)
    layers = [bars, levels, *_rules(colours), _names(base, colours)]
    height = rows * _ROW + _AROUND
    return finish(titled(alt.layer(*layers), title, unit, demo=demo, height=height), colours)
