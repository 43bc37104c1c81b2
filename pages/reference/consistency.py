"""方案自洽性: the plan held against itself, and against the data."""

import streamlit as st

from pages.common.conclusion import footer
from pages.reference.parts import consistency as blocks

st.title("方案自洽性", anchor=False)
st.caption("把方案各处的文字与数字相互对照：哪里自相矛盾，哪里隐含了没有写出的要求，哪里没有写明。")
found = blocks.current()
blocks.plan_findings(found)
blocks.switches()
blocks.finding_cards(found)
blocks.low_section(found)
blocks.together_section(found)
footer()
