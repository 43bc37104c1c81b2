"""What all charts have in common: heading, value axis, legend, fonts and colours.

A chart is a specification that depends on what is shown, never on the numbers,
and frames of numbers apart from it: when a lever moves only the frames change,
so that the picture is updated in place. Line styles differ besides colours, so
that a grey copy can be read.
"""

from typing import Any

import altair as alt

from analytics.output.charts.palette import FONT, Palette
from analytics.text_zh import DEMO_MARK

Spec = dict[str, Any]  # Vega-Lite without data
TopLevel = alt.LayerChart | alt.FacetChart
LABELS = 12.5  # pixels of the words within a chart
STEPS = 5  # of a value axis, about: more lines are read no better
_EDGE = 14  # pixels left free at either end of the years
_YEAR = 36  # pixels that a year's label needs
COUNTED = frozenset(["个", "家", "项", "件", "人", "名", "条", "座"])  # units of whole things


def titled(
    chart: TopLevel, title: str, unit: str, *, demo: bool, height: int, reading: str = ""
) -> TopLevel:
    """Give a chart its title, unit and, where needed, the mark of illustrative data.

    ``reading`` says below them, on a line of its own, what the marks are.
    """
    above = alt.Title(**heading(title, unit, demo=demo, reading=reading))
    return chart.properties(height=height, width="container", title=above)


def heading(title: str, unit: str, *, demo: bool, reading: str = "") -> Spec:
    """Return the title of a chart with its unit and, where needed, the mark."""
    first = f"单位：{unit}" + (f"｜{DEMO_MARK}" if demo else "")
    subtitle = [first, reading] if reading else first
    return {"text": title, "subtitle": subtitle, "anchor": "start", "offset": 12}


def value_axis(field: str, unit: str = "") -> alt.Y:
    """Return a value axis that need not begin at zero; whole things have whole ticks."""
    step = 1 if unit in COUNTED else alt.Undefined
    form = ",.10~g"  # no trailing zeros, whatever the magnitude
    axis = alt.Axis(format=form, tickCount=STEPS, tickMinStep=step, labelFlush=False)
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))


def year_axis(field: str = "year") -> alt.X:
    """Return a real time axis: years that are missing keep their room, the last is named."""
    axis = alt.Axis(format="d", values=_YEARS, title=None, grid=False, labelFlush=False)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(nice=False, zero=False, padding=_EDGE))


def _years() -> alt.ExprRef:
    """Name as many years as there is room for, counted back from the last: it is the target's."""
    first, last = f"round(invert('x', {_EDGE}))", f"round(invert('x', width - {_EDGE}))"
    step = f"max(1, ceil(({last} - {first}) / max(1, floor(width / {_YEAR}))))"
    return alt.ExprRef(f"sequence({last}, {first} - 0.5, -{step})")


_YEARS = _years()


def shown(field: str, form: str = ",.1~f") -> str:
    """Write the expression of a number in a tooltip's sentence."""
    return f"format(datum.{field}, '{form}')"


def finish(chart: TopLevel, colours: Palette) -> Spec:
    """Style a chart for one background and return its specification."""
    # in one call: each would copy the whole chart
    styled = chart.configure(
        font=FONT,
        background="transparent",
        # the page describes the chart in one sentence; a mark without words of its own has none
        mark=alt.MarkConfig(aria=False, tooltip=None),
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            fontSize=15,
            fontWeight=600,
            color=colours.history,
            subtitleColor=colours.text,
            subtitleFontSize=13,
            subtitlePadding=6,
            subtitleLineHeight=18,
        ),
        axis=alt.AxisConfig(
            aria=False,
            labelFontSize=13,
            labelColor=colours.text,
            # the line of nought is told from the others
            gridColor={
                "condition": {"test": "datum.value === 0", "value": colours.baseline},
                "value": colours.grid,
            },
            domainColor=colours.grid,
            tickColor=colours.grid,
        ),
        legend=alt.LegendConfig(
            labelFontSize=13, labelColor=colours.text, symbolStrokeWidth=2.4, symbolSize=480
        ),
    )
    spec: Spec = styled.to_dict()
    return spec
