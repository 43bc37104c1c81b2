"""总览: every target of the plan on one board."""

import streamlit as st

from analytics import narrative_zh, text_zh
from pages.common import data, layout, state
from pages.common.target_table import table_notes, target_table

bench = data.workbench(state.release_id())
indicators = bench.catalog.indicators
view = data.view(state.release_id(), state.settings_key())
verdicts = view.verdicts()

st.title("目标总览", anchor=False)
st.caption("《金山区加快推进新型工业化的行动方案》41项目标，按专项行动排列。")
layout.conclusion(verdicts.values(), indicators, view.outlook())

with st.container(horizontal=True, key="verdict_counts"):
    for verdict, count in narrative_zh.counts(verdicts.values()).items():
        st.metric(verdict, f"{count}项", border=True, width=128)

for action in bench.catalog.actions.values():
    items = [verdicts[target.id] for target in bench.catalog.targets_of(action.id)]
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"head_{action.id}"):
        st.subheader(f"{action.name_zh}（{len(items)}项）", anchor=False, width="content")
        if layout.has_page(action):
            st.page_link(
                layout.action_page(action), label="打开专页", icon=":material/arrow_forward:"
            )
    joint = narrative_zh.outlook_zh(view.outlook(action.id))
    st.caption(text_zh.escape(f"{action.summary_zh}{joint}。"))
    target_table(items, indicators, moved=bool(state.settings()))
table_notes(demo=layout.is_demo(bench))
layout.footer()
