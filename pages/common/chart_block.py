"""One chart on a page: drawn, described for those who cannot see it, and exported when asked."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from analytics.output.export import files, image
from analytics.output.export.bundle import bundle
from analytics.output.export.files import FileKind
from analytics.output.export.glyphs import MissingGlyphs
from analytics.output.export.preset import PRESETS, Preset
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp
from pages.common import answers, words
from pages.common.clipboard import copy_button
from pages.common.drawing import Part
from pages.common.session import session
from pages.common.text import unmarked
from pages.common.widgets import dark


def show(
    figure: Figure,
    *,
    key: str,
    width: Literal["stretch", "content"] = "stretch",
    in_files: Callable[[], Figure] | None = None,
) -> None:
    """Draw a figure with its export.

    ``in_files`` gives the figure as files name things, where they do so otherwise.
    """
    draw(figure, key=key, width=width)
    export(in_files or (lambda: figure), key=key)


def draw(
    figure: Figure,
    *,
    key: str,
    width: Literal["stretch", "content"] = "stretch",
    told_beside: bool = False,
) -> None:
    """Draw a figure.

    ``told_beside`` where a drawing on the page holds what ``told`` returns: a chart whose own
    words change is built anew, one whose words stay only takes the changed numbers.
    """
    columns = {name: _arrow(frame) for name, frame in figure.datasets.items()}
    # below the years Streamlit would leave more empty than a line of words needs
    drawn: dict[str, Any] = {"padding": {"bottom": 6}, **figure.spec(dark=dark())}
    drawn["datasets"] = columns
    known = drawn.get("height")  # before the chart's own code is there; of some only a step is
    height: int | Literal["content"] = known if isinstance(known, int) else "content"
    alt = figure.title if told_beside else figure.takeaway
    st.vega_lite_chart(drawn, width=width, height=height, key=key, alt=alt)


def told(figure: Figure) -> Part:
    """Return the part of a drawing that describes a chart for those who cannot see it."""
    return ["told", {"chart": figure.title, "text": figure.takeaway}]


def export(figure: Callable[[], Figure], *, key: str) -> None:
    """Offer a figure's files; its details are worked out only when the panel is open."""
    session().shown_figures[key] = figure
    panel = st.popover(
        words.EXPORT,
        icon=":material/download:",
        type="tertiary",
        key=f"export_{key}",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            _files(figure(), key)


def is_exporting(key: str) -> bool:
    """Tell whether the export panel of a figure is open."""
    return bool(st.session_state.get(f"export_{key}"))


def _arrow(frame: pd.DataFrame) -> pa.Table:
    """Hand columns over as they are: Streamlit's own way takes three times as long."""
    columns = {
        name: pa.array(column.to_numpy(), from_pandas=True) for name, column in frame.items()
    }
    return pa.table(columns)


def stamp() -> Stamp:
    """Return the state that the page shows now, and today's date."""
    scenario = session().named_scenario()
    release = answers.bench().release
    return Stamp(scenario, release, date.today())  # noqa: DTZ011 - the local day is meant


def _files(figure: Figure, key: str) -> None:
    """Offer a figure's files; each is made in the moment it is asked for."""
    state = stamp()
    st.markdown(words.EXPORTED)
    drawable = _is_drawable(figure, state)
    preset = st.segmented_control(
        words.PURPOSE,
        list(PRESETS),
        format_func=lambda name: PRESETS[name].name_zh,
        default="standard",
        key=f"preset_{key}",
        required=True,
    )
    size = PRESETS[preset or "standard"]
    st.caption(words.ABOUT_PURPOSE.format(size.name_zh, size.about_zh))
    with st.container(horizontal=True):
        for kind in FileKind:
            label, about = words.FILES[kind]
            st.download_button(
                label,
                partial(files.save, figure, kind, state, size),
                files.name_of(figure, kind, state),
                files.MIME[kind],
                key=f"{kind}:{key}",
                help=about,
                on_click="ignore",
                disabled=kind.is_picture and not drawable,
            )
    if drawable:
        copy_button(lambda: image.png(figure, state, size), key=f"copy_{key}")
    st.download_button(
        words.ALL_OF_PAGE,
        partial(_all_of_page, state, size),
        words.ALL_OF_PAGE_FILE.format(session().page_path or words.HOME, state.made_on),
        "application/zip",
        key=f"zip:{key}",
        help=words.ALL_OF_PAGE_ABOUT,
        icon=":material/folder_zip:",
        on_click="ignore",
    )
    if figure.demo:
        st.markdown(words.DEMO_IN_FILES.format(figure.mark))


def _all_of_page(state: Stamp, size: Preset) -> bytes:
    """Make the files of every figure and table that the page has shown."""
    here = session()
    tables = {
        "、".join(columns[:2]): pd.DataFrame(
            [{unmarked(name): unmarked(text) for name, text in row.items()} for row in rows]
        )
        for columns, rows in here.shown_tables.items()
    }
    return bundle([made() for made in here.shown_figures.values()], tables, state, size)


def _is_drawable(figure: Figure, state: Stamp) -> bool:
    """Say why no picture can be made, where our font lacks a character."""
    try:
        image.check(figure, state)
    except MissingGlyphs as error:
        st.warning(str(error), icon=":material/font_download_off:")
        return False
    return True
