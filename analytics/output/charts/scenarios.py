"""Charts of scenarios: side by side, sensitivity and gap.

Scenarios differ by colour and dash, directions by fill and sign, so
that a grey copy can be read. Lines are named where they end; the fan is that of
the scenario under the pointer, at first of the last one.
"""

from functools import lru_cache

import altair as alt

from analytics.output.charts.fan import HISTORY, TARGET, years_ahead
from analytics.output.charts.palette import Palette, palette
from analytics.output.charts.styling import (
    LABELS,
    Spec,
    TopLevel,
    finish,
    shown,
    titled,
    value_axis,
    year_axis,
)

# 基准 comes first and in grey; the others are told apart by the colour-blind, in grey by dash
DASHES = [[1, 0], [8, 3], [2, 2], [9, 3, 2, 3], [14, 4]]
COLOURS = ["#5B6770", "#0072B2", "#B45F06", "#009E73", "#AA4499"]
COLOURS_DARK = ["#A9B7C3", "#56B4E9", "#E69F00", "#2DC79A", "#D98CC0"]
UP, DOWN = "上调", "下调"
RISE, FALL, LEVEL = "提高", "降低", "水平"
PRESENT, ENOUGH = "当前", "达标线"
NEW_LINE = "|"  # between the lines of a bar's name
_ROW = 64  # pixels of one bar, which four lines of its name need
_AROUND = 120  # pixels of title, axis and margins


@lru_cache(maxsize=64)
def scenarios_spec(
    title: str, unit: str, names: tuple[str, ...], *, dark: bool, demo: bool, height: int = 380
) -> Spec:
    """Build 基准 and up to four scenarios on one scale, medians with one 80 % fan.

    Data come in ``scenarios``, ``labels`` and ``span``; ``names`` fixes their order.
    """
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("scenarios")).encode(x=year_axis())
    colour, dash = _by_scenario(names, dark=dark)
    pointed = alt.selection_point(
        name="pointed",
        fields=["scenario"],
        on="pointerover",
        nearest=True,
        clear=False,
        value=[{"scenario": names[-1]}],
    )
    fan = base.transform_filter(pointed).mark_area(opacity=0.2, clip=True)
    fan = fan.encode(y=value_axis("low80", unit), y2="high80:Q", color=colour)
    lines = base.mark_line(strokeWidth=2.2, clip=True).encode(
        y=value_axis("median", unit), color=colour, strokeDash=dash
    )
    drawn = base.transform_filter("isValid(datum.median)")
    points = drawn.transform_calculate(sentence=_scenario_sentence(unit)).mark_point(
        filled=True, size=52, opacity=1, clip=True
    )
    points = points.encode(y=value_axis("median", unit), color=colour, tooltip="sentence:N")
    layers = [
        *years_ahead(colours, unit),
        fan,
        lines,
        points.add_params(pointed),
        *_history(base, colours, unit),
        *_target(base, colours, unit),
        _ends(colour, unit),
        _target_name(colours, unit),
    ]
    chart = alt.layer(*layers)
    return finish(titled(chart, title, unit, demo=demo, height=height), colours)


def _by_scenario(names: tuple[str, ...], *, dark: bool) -> tuple[alt.Color, alt.StrokeDash]:
    """Give each scenario colour and dash."""
    kept, domain = len(names), list(names)
    colours = (COLOURS_DARK if dark else COLOURS)[:kept]
    return (
        alt.Color("scenario:N", scale=alt.Scale(domain=domain, range=colours), legend=None),
        alt.StrokeDash(
            "scenario:N", scale=alt.Scale(domain=domain, range=DASHES[:kept]), legend=None
        ),
    )


def _scenario_sentence(unit: str) -> str:
    return (
        f"datum.scenario + '，' + datum.year + '年，预测中位数' + {shown('median')} + '{unit}"
        f"（80%区间' + {shown('low80')} + '—' + {shown('high80')} + '{unit}）'"
    )


def _history(base: alt.Chart, colours: Palette, unit: str) -> list[alt.Chart]:
    known = base.transform_filter("isValid(datum.observed)")
    line = known.mark_line(color=colours.history, strokeWidth=2.4)
    sentence = f"datum.year + '年，{HISTORY}' + {shown('observed')} + '{unit}'"
    points = known.transform_calculate(sentence=sentence).mark_point(
        filled=True, color=colours.history, size=40, opacity=1
    )
    y = value_axis("observed", unit)
    return [line.encode(y=y), points.encode(y=y, tooltip="sentence:N")]


def _target(base: alt.Chart, colours: Palette, unit: str) -> list[alt.Chart]:
    sentence = f"datum.year + '年，{TARGET}' + {shown('target')} + '{unit}'"
    due = base.transform_filter("isValid(datum.target)").transform_calculate(sentence=sentence)
    mark = due.mark_point(filled=True, shape="diamond", size=150, color=colours.target, opacity=1)
    return [mark.encode(y=value_axis("target", unit), tooltip="sentence:N")]


def _ends(colour: alt.Color, unit: str) -> alt.Chart:
    """Name each scenario where its line ends."""
    labels = alt.Chart(alt.NamedData("labels")).transform_filter(alt.datum.scenario != TARGET)
    text = labels.mark_text(align="left", dx=9, fontSize=LABELS)
    named: alt.Chart = text.encode(
        x=year_axis(), y=value_axis("value", unit), text="text:N", color=colour
    )
    return named


def _target_name(colours: Palette, unit: str) -> alt.Chart:
    labels = alt.Chart(alt.NamedData("labels")).transform_filter(alt.datum.scenario == TARGET)
    text = labels.mark_text(align="left", dx=9, fontSize=LABELS, color=colours.target)
    named: alt.Chart = text.encode(x=year_axis(), y=value_axis("value", unit), text="text:N")
    return named


@lru_cache(maxsize=64)
def tornado_spec(title: str, unit: str, rows: int, *, dark: bool, demo: bool) -> Spec:
    """Build the bars of one move of each lever; data in ``tornado``, the longest first.

    The full line is the present median, the dashed one the target.
    """
    colours = palette(dark=dark)
    sentence = (
        "datum.name + '，' + datum.side + '后，预测中位数' + "
        f"{shown('value')} + '{unit}，达成概率' + {shown('probability', '.0%')}"
    )
    base = alt.Chart(alt.NamedData("tornado")).transform_calculate(sentence=sentence)
    bars = base.mark_bar(height=16, stroke=colours.projection, strokeWidth=1).encode(
        y=_rows(),
        x=_x("value"),
        x2="median:Q",
        color=alt.Color(
            "side:N",
            scale=alt.Scale(domain=[DOWN, UP], range=[colours.grid, colours.projection]),
            legend=alt.Legend(orient="top", title=None, symbolType="square", offset=2),
        ),
        tooltip="sentence:N",
    )
    return _bars(alt.layer(bars, *_rules(colours)), title, unit, rows, colours, demo=demo)


def _bars(
    chart: TopLevel, title: str, unit: str, rows: int, colours: Palette, *, demo: bool
) -> Spec:
    height = rows * _ROW + _AROUND
    return finish(titled(chart, title, unit, demo=demo, height=height), colours)


def _rows() -> alt.Y:
    """Return one row a bar in the order told, its name at the left."""
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelExpr=f"split(datum.label, '{NEW_LINE}')",
        labelLimit=0,
        labelOverlap=False,
        labelFontSize=LABELS,
    )
    return alt.Y("label:N", axis=axis, sort=alt.EncodingSortField("order", op="min"))


def _x(field: str) -> alt.X:
    axis = alt.Axis(format=",.10~g", title=None, tickCount=5)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False, nice=True, padding=16))


def _rules(colours: Palette) -> list[alt.Chart]:
    """Draw the present median, named above, and the target, named below."""
    return [
        *_rule("median", PRESENT, colours.history, [1, 0], y=alt.value(0), dy=-4),
        *_rule("limit", ENOUGH, colours.target, [5, 4], y=alt.value("height"), dy=-4),
    ]


def _rule(
    field: str, label: str, colour: str, dash: list[int], *, y: object, dy: int
) -> list[alt.Chart]:
    """Draw one labelled vertical line at a number that is the same in every row."""
    one = alt.Chart(alt.NamedData("marks")).transform_filter(f"isValid(datum.{field})")
    rule = one.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.6).encode(x=_x(field))
    text = one.mark_text(
        text=label, color=colour, fontSize=LABELS, baseline="bottom", dy=dy, dx=5, align="left"
    ).encode(x=_x(field), y=y)
    return [rule, text]


@lru_cache(maxsize=64)
def gap_spec(title: str, unit: str, rows: int, *, dark: bool, demo: bool) -> Spec:
    """Build the steps from 基准 to the scenario; data in ``gap`` and ``marks``.

    Filled steps raise the outlook, hollow ones lower it; the dashed line is
    the target.
    """
    colours = palette(dark=dark)
    sentence = "datum.name + (datum.share === '—' ? '' : '，占缺口' + datum.share)"
    base = alt.Chart(alt.NamedData("gap")).transform_calculate(sentence=sentence)
    base = base.encode(y=_rows())
    fill = alt.Scale(
        domain=[LEVEL, RISE, FALL],
        range=[colours.history, colours.projection, colours.grid],
    )
    bars = (
        base.mark_bar(height=16, stroke=colours.projection, strokeWidth=1)
        .encode(
            x=_x("start"),
            x2="end:Q",
            color=alt.Color("kind:N", scale=fill, legend=None),
            tooltip="sentence:N",
        )
        .transform_filter(alt.datum.kind != LEVEL)
    )
    levels = base.mark_tick(thickness=3, height=24, color=colours.history).encode(x=_x("end"))
    levels = levels.transform_filter(alt.datum.kind == LEVEL)
    chart = alt.layer(bars, levels, *_rules(colours))
    return _bars(chart, title, unit, rows, colours, demo=demo)
