"""简报: a document of the chosen scenario, put together, read through and downloaded."""

import streamlit as st

from analytics.output.briefing import writing
from analytics.output.briefing.compose import BriefingError
from analytics.output.briefing.definition import DefinitionError
from analytics.output.briefing.writing import Draft, Format
from analytics.output.export.file_names import file_name
from pages.common import running
from pages.common.conclusion import footer
from pages.common.progress import progress
from pages.common.text import plain
from pages.outlook.briefing_parts import choices as chosen
from pages.outlook.briefing_parts import controls, texts
from pages.outlook.briefing_parts.office import definitions, office, template
from pages.outlook.briefing_parts.picks import targets_and_charts
from pages.outlook.briefing_parts.preview import preview
from pages.outlook.briefing_parts.words import words

_BUTTONS = {
    Format.DOCX: ("Word", ":material/description:"),
    Format.PPTX: ("PPT", ":material/slideshow:"),
    Format.PDF: ("PDF", ":material/picture_as_pdf:"),
    Format.IPYNB: (texts.NOTEBOOK, ":material/code_blocks:"),
}
_LETTER = (Format.DOCX, Format.PDF)  # nobody gives a talk on a letter


def _body() -> None:
    chosen.follow_address()
    controls.kind()
    if not chosen.preset().letter:
        controls.scenarios()
    made = chosen.draft()
    controls.little_known(made)
    targets_and_charts(made)
    words(made)
    office(made)
    template()
    definitions(made)
    chosen.tell_address()
    try:
        briefing = made.briefing
    except (BriefingError, DefinitionError) as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return
    _downloads(made)
    preview(briefing)


def _downloads(made: Draft) -> None:
    """Make a file when asked, showing how far it is, and hold it ready."""
    with st.container(border=True, key="briefing_downloads"):
        with st.container(horizontal=True):
            offered = _LETTER if made.request.preset.letter else tuple(Format)
            asked = [kind for kind in offered if _button(made, kind)]
        for kind in asked:
            _make(made, kind)
        for kind in Format:
            _ready(made, kind)


def _button(made: Draft, kind: Format) -> bool:
    name, icon = _BUTTONS[kind]
    ready = chosen.finished(kind, made) is not None
    return st.button(
        texts.MAKE.format(name),
        key=f"make_{kind}",
        icon=icon,
        disabled=ready,
        type="primary" if kind is Format.DOCX else "secondary",
    )


def _make(made: Draft, kind: Format) -> None:
    name, _ = _BUTTONS[kind]
    try:
        with progress(texts.MAKING.format(name)) as move:
            chosen.keep_file(kind, made, writing.write(made, kind, move))
    except ValueError as error:
        if not type(error).__module__.startswith("analytics"):
            raise
        st.error(plain(str(error)), icon=":material/error:")


def _ready(made: Draft, kind: Format) -> None:
    content = chosen.finished(kind, made)
    if content is None:
        return
    subject = made.request.preset.file_name
    title = file_name(subject, made.scenario, made.made_on, kind)
    count = chosen.choices().pages.get(kind)
    size = f"{len(content) / 1024:,.0f} KB" + (texts.PAGES.format(count) if count else "")
    st.download_button(
        texts.SAVE.format(title, size),
        data=content,
        file_name=title,
        mime=writing.MIME[kind],
        key=f"download_{kind}",
        icon=":material/download:",
        on_click="ignore",
        type="primary",
    )
    if count and count > 1:
        st.caption(texts.TOO_MANY_PAGES.format(count))
    elif chosen.choices().without_link.get(kind):
        st.caption(texts.NO_LINK)


st.title(texts.TITLE, anchor=False)
st.caption(texts.ABOUT)
running.live(_body)
footer()
