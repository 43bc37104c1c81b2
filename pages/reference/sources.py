"""数据与来源: what is held of every indicator, from where, and what is still missing."""

import streamlit as st

from pages.common import answers
from pages.common.conclusion import footer
from pages.reference.parts import sources

bench = answers.bench()

st.title("数据与来源", anchor=False)
st.caption(
    "每个指标的定义、口径、逐年数据的性质与来源；还缺什么，列成清单，可下载后交数据负责单位。"
)
sources.data_conclusion(bench)
sources.coverage_map(bench)
sources.indicator_card(bench)
sources.shopping_section(bench)
footer()
