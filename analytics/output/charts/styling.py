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


def titled(chart: TopLevel, title: str, unit: str, *, demo: bool, height: int) -> TopLevel:
    """Give a chart its title, unit and, where needed, the mark of illustrative data."""
    subtitle = f"单位：{unit}" + (f"｜{DEMO_MARK}" if demo else "")
    heading = alt.Title(title, subtitle=subtitle, anchor="start", offset=12)
    return chart.properties(height=height, width="container", title=heading)


def value_axis(field: str) -> alt.Y:
    """Return a value axis that need not begin at zero."""
    axis = alt.Axis(format=",.10~g")  # no trailing zeros, whatever the magnitude
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))


def legend(shown: tuple[str, ...] | None = None) -> alt.Legend:
    """Return a legend below the chart that names the series told, all of them unless told."""
    return alt.Legend(
        orient="bottom",
        title=None,
        symbolType="stroke",
        offset=8,
        symbolOpacity=1,
        columns=3 if shown is None else len(shown),
        values=alt.Undefined if shown is None else list(shown),
    )


def finish(chart: TopLevel, colours: Palette) -> Spec:
    """Style a chart for one background and return its specification."""
    styled = (
        chart.configure(font=FONT, background="transparent")
        # the page describes the chart in one sentence; a mark without words of its own has none
        .configure_mark(aria=False, tooltip=None)
        .configure_view(stroke=None)
        .configure_title(
            fontSize=15,
            fontWeight=600,
            color=colours.history,
            subtitleColor=colours.text,
            subtitleFontSize=12,
            subtitlePadding=6,
        )
        .configure_axis(
            labelFontSize=12,
            labelColor=colours.text,
            gridColor=colours.grid,
            domainColor=colours.grid,
            tickColor=colours.grid,
        )
        .configure_legend(
            labelFontSize=12, labelColor=colours.text, symbolStrokeWidth=2.4, symbolSize=480
        )
    )
    spec: Spec = styled.to_dict()
    return spec
