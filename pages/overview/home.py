"""总览: every target of the plan on one board."""

import streamlit as st

from analytics.answers.narrative import verdicts_zh
from pages.common import answers, menu
from pages.common.conclusion import footer, plan_conclusion
from pages.common.illustrative import any_illustrative
from pages.common.session import session
from pages.common.target_table import table_notes, target_table
from pages.common.text import plain
from pages.overview import board

bench = answers.bench()
indicators = bench.catalog.indicators
view = answers.view()
verdicts = view.verdicts()

st.title("目标总览", anchor=False)
st.caption("《金山区加快推进新型工业化的行动方案》41项目标，按规划的顺序排列。")
plan_conclusion(view)
board.verdict_counts(verdicts)
board.attention(verdicts, indicators)
board.changes(session().release_id, verdicts)
chosen = board.filters(bench.catalog, verdicts)

for action in bench.catalog.actions.values():
    items = [verdicts[t.id] for t in bench.catalog.targets_of(action.id) if t.id in chosen]
    if not items:
        continue
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"head_{action.id}"):
        st.header(f"{action.name_zh}（{len(items)}项）", anchor=False, width="content")
        if menu.has_page(action):
            board.links(action, items)
    joint = verdicts_zh.outlook_zh(view.outlook(action.id))
    st.caption(plain(f"{action.summary_zh}{joint}。"))
    target_table(items, indicators, moved=bool(session().settings))
if not chosen:
    st.info("没有符合条件的目标。", icon=":material/filter_alt_off:")
table_notes(demo=any_illustrative(bench, [verdicts[name].target for name in chosen]))
board.small_multiples(view, [verdicts[name] for name in chosen])
footer()
