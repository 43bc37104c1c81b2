"""方法与检验: what is done, how well it holds, and what it would have said before."""

from pathlib import Path

import streamlit as st

from pages.common import answers
from pages.common.conclusion import footer
from pages.reference.parts import methods_words as words
from pages.reference.parts.track_record import (
    coverage_by_kind,
    coverage_section,
    method_table,
    odds_section,
    own_past,
    where_we_lose,
)


def text(name: str) -> str:
    """Read one of the page's longer texts."""
    return (Path(__file__).parent / "texts" / name).read_text(encoding="utf-8")


bench = answers.bench()

st.title(words.TITLE, anchor=False)
st.caption(words.ABOUT)
with st.container(border=True):
    st.markdown(text("methods.md"))
coverage_section()
method_table()
odds_section()
coverage_by_kind()
where_we_lose()
own_past(bench)
with st.container(border=True):
    st.markdown(text("limits.md"))
footer()
