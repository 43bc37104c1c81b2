"""方案自洽性: the plan held against itself, and against the data."""

import streamlit as st

from pages.common.conclusion import footer
from pages.reference.parts import consistency as blocks
from pages.reference.parts import consistency_words as words

st.title(words.TITLE, anchor=False)
st.caption(words.ABOUT)
found = blocks.current()
blocks.plan_findings(found)
blocks.switches()
blocks.finding_cards(found)
blocks.low_section(found)
blocks.together_section(found)
footer()
