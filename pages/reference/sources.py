"""数据与来源: what is held of every indicator, from where, and what is still missing."""

import streamlit as st

from pages.common import data, layout, source_blocks, state

bench = data.workbench(state.release_id())

st.title("数据与来源", anchor=False)
st.caption(
    "每个指标的定义、口径、逐年数据的性质与来源；还缺什么，列成清单，可下载后交数据负责单位。"
)
source_blocks.conclusion(bench)
source_blocks.coverage_map(bench)
source_blocks.indicator_card(bench)
source_blocks.shopping_section(bench)
layout.footer()
