"""Bars of what staying, entering and leaving enterprises added to growth, year by year."""

from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import Palette, palette
from analytics.output.charts.styling import Spec, finish, shown, titled

COLOURS = {  # side -> colour on light and on dark; told apart by shade in grey copies too
    "持续企业": ("#0072B2", "#56B4E9"),
    "新进企业": ("#7FC8A9", "#A6DCC3"),
    "退出企业": ("#B5532D", "#D98A5F"),
}
COMPARABLE = "可比增速"


@lru_cache(maxsize=8)
def contributions_spec(title: str, unit: str, *, dark: bool, height: int = 300) -> Spec:
    """Build stacked bars by side, with a point at the growth of the same enterprises."""
    colours = palette(dark=dark)
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    scale = alt.Scale(domain=list(COLOURS), range=[pair[dark] for pair in COLOURS.values()])
    bars = (
        alt.Chart(alt.NamedData("sides"))
        .transform_calculate(
            sentence="datum.year + '年，' + datum.side + '贡献' + "
            + shown("value", "+.1f")
            + " + '个百分点'"
        )
        .mark_bar(size=30)
        .encode(
            x=x,
            y=alt.Y("value:Q", title=None, axis=alt.Axis(gridColor=_zero_line(colours))),
            color=alt.Color(
                "side:N", scale=scale, legend=alt.Legend(orient="top", title=None, offset=6)
            ),
            tooltip="sentence:N",
        )
    )
    points = (
        alt.Chart(alt.NamedData("comparable"))
        .transform_calculate(
            sentence="datum.year + '年，可比增速' + "
            + shown("value", "+.1f")
            + " + '%，现价增速' + "
            + shown("nominal", "+.1f")
            + " + '%'"
        )
        .mark_point(
            shape="diamond",
            size=110,
            fill="#14212B" if dark else "#FFFFFF",
            stroke=colours.history,
            strokeWidth=2,
            opacity=1,  # it lies on bars of three colours
        )
        .encode(
            x=x,
            y=alt.Y("value:Q"),
            tooltip="sentence:N",
        )
    )
    return finish(titled(alt.layer(bars, points), title, unit, demo=False, height=height), colours)


def _zero_line(colours: Palette) -> dict[str, object]:
    """Tell the line that gains and losses start from by its colour."""
    at_zero = {"test": "datum.value === 0", "value": colours.text}
    return {"condition": at_zero, "value": colours.grid}
