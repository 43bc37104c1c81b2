"""One chart on a page: drawn, described for those who cannot see it, and exported when asked."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from analytics.output.export import chart_tables, file_names, image
from analytics.output.export.glyphs import MissingGlyphs
from analytics.output.figures.figure import ExportFigure
from analytics.output.figures.note import Stamp
from pages.common import releases, session

_PICTURES = (
    ("png", "PNG图片", "300 dpi，宽156毫米，可直接放入公文", "image/png", image.png),
    ("svg", "SVG矢量图", "可无损放大", "image/svg+xml", image.svg),
    ("pdf", "PDF矢量图", "已嵌入中文字体", "application/pdf", image.pdf),
)
_TABLES = (
    ("csv", "CSV数据", "每行带单位、来源与数据版本", "text/csv", chart_tables.csv_bytes),
    (
        "xlsx",
        "XLSX工作簿",
        "可编辑图表、数据、假设、指标解释、来源",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        chart_tables.xlsx,
    ),
)


def show(
    spec: Mapping,
    datasets: Mapping[str, pd.DataFrame],
    *,
    key: str,
    takeaway: str,
    export: Callable[[Stamp], ExportFigure],
    width: str = "stretch",
) -> None:
    """Draw a chart with its export; ``export`` is called only when the panel is open."""
    columns = {name: _arrow(frame) for name, frame in datasets.items()}
    st.vega_lite_chart({**spec, "datasets": columns}, width=width, key=key, alt=takeaway)
    panel = st.popover(
        "导出此图",
        icon=":material/download:",
        type="tertiary",
        key=f"export_{key}",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            _files(export(stamp()), key)


def _arrow(frame: pd.DataFrame) -> pa.Table:
    """Hand columns over as they are: Streamlit's own way takes three times as long."""
    columns = {
        name: pa.array(column.to_numpy(), from_pandas=True) for name, column in frame.items()
    }
    return pa.table(columns)


def stamp() -> Stamp:
    """Return the state that the page shows now, and today's date."""
    scenario = session.named_scenario()
    release = releases.workbench(session.release_id()).release
    return Stamp(scenario, release, date.today())  # noqa: DTZ011 - the local day is meant


def _files(figure: ExportFigure, key: str) -> None:
    """Offer a figure's files; each is made in the moment it is asked for."""
    st.markdown("**导出此图**　:small[:gray[标题、单位、来源、情景与数据版本均写入文件]]")
    drawable = _is_drawable(figure)
    with st.container(horizontal=True):
        for suffix, label, about, mime, write in (*_PICTURES, *_TABLES):
            picture = (suffix, label, about, mime, write) in _PICTURES
            st.download_button(
                label,
                partial(write, figure),
                file_names.file_name(
                    figure.name, figure.note.stamp.scenario, figure.note.stamp.made_on, suffix
                ),
                mime,
                key=f"{suffix}:{key}",
                help=about,
                on_click="ignore",
                disabled=picture and not drawable,
            )
    if figure.note.illustrative:
        st.markdown(
            f":orange-badge[:material/science: 演示] :small[{figure.note.mark}，文件中均有标注。]"
        )


def _is_drawable(figure: ExportFigure) -> bool:
    """Say why no picture can be made, where our font lacks a character."""
    try:
        image.check(figure)
    except MissingGlyphs as error:
        st.warning(str(error), icon=":material/font_download_off:")
        return False
    return True
