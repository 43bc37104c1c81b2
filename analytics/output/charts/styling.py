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
COUNTED = frozenset(["个", "家", "项", "件", "人", "名", "条", "座"])  # units of whole things


def titled(chart: TopLevel, title: str, unit: str, *, demo: bool, height: int) -> TopLevel:
    """Give a chart its title, unit and, where needed, the mark of illustrative data."""
    above = alt.Title(**heading(title, unit, demo=demo))
    return chart.properties(height=height, width="container", title=above)


def heading(title: str, unit: str, *, demo: bool) -> Spec:
    """Return the title of a chart with its unit and, where needed, the mark."""
    subtitle = f"单位：{unit}" + (f"｜{DEMO_MARK}" if demo else "")
    return {"text": title, "subtitle": subtitle, "anchor": "start", "offset": 12}


def value_axis(field: str, unit: str = "") -> alt.Y:
    """Return a value axis that need not begin at zero; whole things have whole ticks."""
    step = 1 if unit in COUNTED else alt.Undefined
    axis = alt.Axis(format=",.10~g", tickMinStep=step)  # no trailing zeros, whatever the magnitude
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))


def year_axis(field: str = "year") -> alt.X:
    """Return a real time axis: years that are missing keep their room."""
    axis = alt.Axis(format="d", tickMinStep=1, title=None, grid=False, labelFlush=False)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(nice=False, zero=False, padding=14))


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
        ),
        axis=alt.AxisConfig(
            aria=False,
            labelFontSize=13,
            labelColor=colours.text,
            gridColor=colours.grid,
            domainColor=colours.grid,
            tickColor=colours.grid,
        ),
        legend=alt.LegendConfig(
            labelFontSize=13, labelColor=colours.text, symbolStrokeWidth=2.4, symbolSize=480
        ),
    )
    spec: Spec = styled.to_dict()
    return spec
