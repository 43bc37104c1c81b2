"""The heat map of what is held, by indicator and year."""

from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import palette
from analytics.output.charts.styling import Spec, finish
from analytics.text_zh import DEMO_MARK

ROW, COLUMN = 21, 54  # pixels of a cell
# nature -> colour on light and on dark; told apart by a character too, so grey copies can be read
COLOURS = {
    "公布": ("#0072B2", "#56B4E9"),
    "填报": ("#009E73", "#2BC79A"),
    "转引": ("#7FB3D5", "#3E7BA3"),
    "推算": ("#CC79A7", "#CC79A7"),
    "演示": ("#E69F00", "#E69F00"),
    "下限": ("#8A8F94", "#8A8F94"),
    "仅月度": ("#C9D3DC", "#4A5A68"),
}
_PALE = {False: ("演示", "转引", "仅月度"), True: ("公布", "填报", "推算", "演示", "下限")}
_INK, _PAPER = "#10171E", "#FFFFFF"  # of the characters, on pale and on strong cells


@lru_cache(maxsize=32)
def heat_map_spec(title: str, names: tuple[str, ...], *, dark: bool, demo: bool) -> Spec:
    """Build the map: a row per indicator in the order given, a column per year."""
    colours = palette(dark=dark)
    y = alt.Y(
        "name:N",
        sort=list(names),
        title=None,
        axis=alt.Axis(labelLimit=230, ticks=False, labelFlush=False),
    )
    x = alt.X(
        "year:O",
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, labelFlush=False),
    )
    told = "datum.name + '，' + datum.year + '年，' + datum.nature + '：' + datum.value"
    base = (
        alt.Chart(alt.NamedData("coverage"))
        .transform_calculate(sentence=told)
        .encode(
            x=x,
            y=y.scale(domain=list(names)),
            tooltip="sentence:N",
        )
    )
    cells = base.mark_rect(cornerRadius=2, stroke=colours.grid, strokeWidth=1).encode(
        color=alt.Color("nature:N", scale=_scale(dark), legend=_legend())
    )
    pale = alt.FieldOneOfPredicate(field="nature", oneOf=list(_PALE[dark]))
    ink = alt.when(pale).then(alt.value(_INK)).otherwise(alt.value(_PAPER))
    marks = base.mark_text(fontSize=11).encode(text="mark:N", color=ink)
    heading = alt.Title(
        title,
        subtitle=f"每格为该年所用数值的性质{f'｜{DEMO_MARK}' if demo else ''}",
        anchor="start",
        offset=12,
    )
    chart = alt.layer(cells, marks).properties(
        width=alt.Step(COLUMN), height=alt.Step(ROW), title=heading
    )
    return finish(chart, colours)


def _scale(dark: bool) -> alt.Scale:
    return alt.Scale(domain=list(COLOURS), range=[pair[dark] for pair in COLOURS.values()])


def _legend() -> alt.Legend:
    return alt.Legend(orient="top", title=None, symbolType="square", columns=7, offset=6)
