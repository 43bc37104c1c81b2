"""The briefing as it will be written, shown on the page."""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.output.briefing.content import Block, Briefing, Chart, Paragraph, Table

# as it will be printed, whatever the theme
_PAPER = {"background": "white", "padding": dict.fromkeys(("left", "right", "top", "bottom"), 12)}

_COLUMNS = 2


def preview(briefing: Briefing) -> None:
    """Show title, points, tables and charts in their order."""
    with st.container(border=True, key="briefing_preview"):
        if briefing.illustrative:
            st.markdown(f":orange-badge[:material/science: {text_zh.DEMO_MARK}]")
        st.subheader(text_zh.escape(briefing.title), anchor=False)
        st.caption(text_zh.escape(briefing.subtitle))
        points = "\n".join(
            f"{number}. {text_zh.escape(text)}"
            for number, text in enumerate(briefing.highlights, start=1)
        )
        st.markdown(f"**要点**\n\n{points}")
        for section in briefing.sections:
            st.markdown(f"**{text_zh.escape(section.heading)}**")
            for block in section.blocks:
                _block(block)
        st.caption(text_zh.escape(briefing.origin))


def _block(block: Block) -> None:
    match block:
        case Paragraph(text):
            st.markdown(text_zh.escape(text))
        case Table():
            _table(block)
        case Chart():
            _chart(block)


def _table(table: Table) -> None:
    st.caption(text_zh.escape(table.caption))
    rows = [dict(zip(table.header, map(_cell, row), strict=True)) for row in table.rows]
    st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)
    if table.note:
        st.caption(text_zh.escape(f"注：{table.note}"))


def _cell(text: str) -> str:
    """Show the first line as figure, the others small below it."""
    first, *rest = text.split("\n")
    notes = "".join(f"  \n:small[:gray[{text_zh.escape(note)}]]" for note in rest)
    return text_zh.escape(first) + notes


def _chart(chart: Chart) -> None:
    figure = chart.figure
    if chart.takeaway:
        st.markdown(text_zh.escape(chart.takeaway))
    st.vega_lite_chart(
        {**_for_screen(figure.paper_spec()), **_PAPER, "datasets": dict(figure.datasets)},
        width="stretch",
        alt=chart.takeaway or figure.finding,
    )


def _for_screen(spec: object) -> object:
    """Break long legends, which fit a printed line but no narrow screen."""
    if isinstance(spec, list):
        return [_for_screen(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    shown = {key: _for_screen(part) for key, part in spec.items()}
    if isinstance(legend := shown.get("legend"), dict) and legend.get("columns", 0) > _COLUMNS:
        shown["legend"] = {**legend, "columns": _COLUMNS}
    return shown
