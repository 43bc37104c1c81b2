"""数据与来源: what is held of every indicator, from where, and what is still missing."""

import streamlit as st

from pages.common import answers
from pages.common.conclusion import footer
from pages.reference.parts import sources
from pages.reference.parts import sources_words as words

bench = answers.bench()

st.title(words.TITLE, anchor=False)
st.caption(words.ABOUT)
sources.data_conclusion(bench)
sources.coverage_map(bench)
sources.indicator_card(bench)
sources.shopping_section(bench)
footer()
