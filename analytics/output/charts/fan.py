"""The fan chart: history, projection in bands, target and required path, each named where it is.

What the picture needs besides the numbers comes as data too: ``span`` says where the
projection begins and how far the axes reach, ``labels`` what stands beside the lines. So
the specification does not change with the numbers, and the axis stays while a lever moves.
"""

from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import Palette, palette
from analytics.output.charts.styling import (
    LABELS,
    Spec,
    finish,
    heading,
    shown,
    value_axis,
    year_axis,
)

BANDS = ((95, 0.025, 0.975), (80, 0.10, 0.90), (50, 0.25, 0.75))
DRAWN_BANDS = ((80, 0.16), (50, 0.2))  # with their opacity
HISTORY, MEDIAN, BASELINE, REQUIRED, TARGET = "历史", "预测中位数", "基准中位数", "所需路径", "目标"
AHEAD = "预测"
FAN_SERIES = (HISTORY, MEDIAN, BASELINE, TARGET)
_DASHES = {"median": [5, 3], "baseline": [2, 3], "required": [1, 3]}
_DIAMOND = "M0,-0.6L0.6,0L0,0.6L-0.6,0Z"


def fan_spec(title: str, unit: str, *, dark: bool, demo: bool, height: int = 340) -> Spec:
    """Build the Vega-Lite specification of a fan chart (data come separately)."""
    return {**_untitled(unit, dark=dark, height=height), "title": heading(title, unit, demo=demo)}


@lru_cache(maxsize=64)
def _untitled(unit: str, *, dark: bool, height: int) -> Spec:
    """Build what the fans of a unit have in common, which takes a third of a second."""
    colours = palette(dark=dark)
    base = alt.Chart(alt.NamedData("fan")).encode(x=year_axis())
    layers = [
        *_ahead(colours, unit),
        *(_band(base, width, opacity, colours, unit) for width, opacity in DRAWN_BANDS),
        _line(base, "baseline", colours.baseline, 1.5, unit),
        _line(base, "required", colours.target, 1.6, unit),
        _line(base, "median", colours.projection, 2.4, unit),
        _line(base, "observed", colours.history, 2.4, unit),
        _points(base, "observed", colours.history, "circle", 42, unit),
        _points(base, "bound", colours.history, "triangle-up", 90, unit),
        _points(base, "target", colours.target, _DIAMOND, 420, unit),
        *_labels(colours, unit),
        _tooltip_rule(base, colours, unit),
    ]
    return finish(alt.layer(*layers).properties(height=height, width="container"), colours)


def _ahead(colours: Palette, unit: str) -> list[alt.Chart]:
    """Shade the years ahead, hold the axes open, and draw the target across."""
    span = alt.Chart(alt.NamedData("span"))
    area, goal = years_ahead(colours, unit)
    at_end = "datum.named > datum.start"
    name = span.transform_filter("datum.end > datum.start").mark_text(
        text=AHEAD,
        color=colours.text,
        fontSize=LABELS,
        align=alt.ExprRef(f"{at_end} ? 'right' : 'left'"),
        baseline="bottom",
        dx=alt.ExprRef(f"{at_end} ? -6 : 6"),
        dy=-5,
    )
    reach = span.mark_rule(opacity=0).encode(
        x=year_axis("first"), y=value_axis("low", unit), y2="high:Q"
    )
    return [area, name.encode(x=year_axis("named"), y=alt.value("height")), reach, goal]


def years_ahead(colours: Palette, unit: str) -> tuple[alt.Chart, alt.Chart]:
    """Shade the years ahead, and draw the target across them; data come in ``span``."""
    span = alt.Chart(alt.NamedData("span"))
    area = span.mark_rect(color=colours.grid, opacity=0.35).encode(x=year_axis("start"), x2="end:Q")
    goal = span.mark_rule(color=colours.target, strokeWidth=1.4).encode(
        x=year_axis("start"), x2="due:Q", y=value_axis("goal", unit)
    )
    return area, goal


def _labels(colours: Palette, unit: str) -> list[alt.Chart]:
    """Name what is drawn at its end, the latest value above its point."""
    scale = alt.Scale(
        domain=FAN_SERIES,
        range=[colours.history, colours.projection, colours.baseline, colours.target],
    )
    base = alt.Chart(alt.NamedData("labels")).encode(
        x=year_axis(),
        y=value_axis("value", unit),
        text="text:N",
        color=alt.Color("series:N", scale=scale, legend=None),
    )
    latest = alt.datum.series == HISTORY
    at_end = base.transform_filter(~latest).mark_text(align="left", dx=9, fontSize=LABELS)
    above = base.transform_filter(latest & ~alt.datum.leftmost)
    beside = base.transform_filter(latest & alt.datum.leftmost)  # else it lay on the axis
    return [
        at_end,
        above.mark_text(align="right", dx=4, dy=-12, fontSize=LABELS),
        beside.mark_text(align="left", dx=2, dy=18, fontSize=LABELS),
    ]


def _band(base: alt.Chart, width: int, opacity: float, colours: Palette, unit: str) -> alt.Chart:
    area = base.mark_area(opacity=opacity, color=colours.projection, clip=True)
    made: alt.Chart = area.encode(y=value_axis(f"low{width}", unit), y2=f"high{width}:Q")
    return made


def _line(base: alt.Chart, field: str, colour: str, width: float, unit: str) -> alt.Chart:
    dash = _DASHES.get(field, [1, 0])
    line = base.mark_line(color=colour, strokeWidth=width, strokeDash=dash, clip=True)
    made: alt.Chart = line.encode(y=value_axis(field, unit))
    return made


def _points(
    base: alt.Chart, field: str, colour: str, shape: str, size: int, unit: str
) -> alt.Chart:
    mark = base.mark_point(filled=True, shape=shape, size=size, opacity=1, color=colour)
    made: alt.Chart = mark.encode(y=value_axis(field, unit))
    return made


def _tooltip_rule(base: alt.Chart, colours: Palette, unit: str) -> alt.Chart:
    """Say of the year under the pointer, in one sentence, what is known of it."""
    hover = alt.selection_point(on="pointerover", nearest=True, encodings=["x"], empty=False)
    told = base.transform_calculate(sentence=_sentence(unit))
    rule: alt.Chart = told.mark_rule(color=colours.text, strokeWidth=1).encode(
        opacity=alt.condition(hover, alt.value(0.6), alt.value(0)), tooltip="sentence:N"
    )
    return rule.add_params(hover)


def _sentence(unit: str) -> str:
    """Write the expression of a year's sentence; the last year observed is history only."""
    ahead = f"!isValid(datum.observed) && isValid(datum.median) ? '，{MEDIAN}' + %s : ''"
    band = f"'{unit}（80%区间' + {shown('low80')} + '—' + {shown('high80')} + '{unit}）'"
    parts = [
        "datum.year + '年'",
        f"isValid(datum.observed) ? '，{HISTORY}' + {shown('observed')} + '{unit}' : ''",
        ahead % f"{shown('median')} + (isValid(datum.low80) ? {band} : '{unit}')",
        f"!isValid(datum.observed) && isValid(datum.required) ? '，所需' + {shown('required')}"
        f" + '{unit}' : ''",
        f"isValid(datum.target) ? '，{TARGET}' + {shown('target')} + '{unit}' : ''",
    ]
    return " + ".join(f"({part})" for part in parts)
