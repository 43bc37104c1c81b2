"""方案自洽性: the plan held against itself, and against the data."""

import streamlit as st

from pages.common.conclusion import footer
from pages.reference.parts import consistency as blocks

st.title("方案自洽性", anchor=False)
st.caption("方案各处的文字与数字相互对照。")
found = blocks.current()
blocks.plan_findings(found)
blocks.switches()
blocks.finding_cards(found)
blocks.low_section(found)
blocks.together_section(found)
footer()
