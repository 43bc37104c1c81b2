"""总览: every target of the plan in one picture."""

import streamlit as st

from analytics.domain import Verdict
from pages.common import address, answers, menu, missing
from pages.common.cells import cells
from pages.common.conclusion import footer, plan_conclusion
from pages.common.illustrative import demo_mark
from pages.common.session import session
from pages.common.text import plain
from pages.overview import board, picture, words

bench = answers.bench()
view = answers.view()
verdicts = view.verdicts()

st.title(words.TITLE, anchor=False, help=words.ABOUT)
plan_conclusion(view)
missing.way_to_supply(bench, sum(one.verdict is Verdict.NO_DATA for one in verdicts.values()))
opened = cells(view, verdicts)
picture.headlines(view)
opened = picture.concerns(verdicts, bench.catalog.indicators) or opened
chosen = board.filters(bench.catalog, verdicts)
opened = picture.rows(view, [verdicts[name] for name in chosen]) or opened
if not chosen:
    st.info(words.NO_MATCH, icon=":material/filter_alt_off:")
st.caption(plain(words.READING + demo_mark(bench, [verdicts[name].target for name in chosen])))
board.changes(session().release_id, verdicts)
board.small_multiples(view, [verdicts[name] for name in chosen])
footer()
if opened:
    session().choose_target(opened)
    action = bench.catalog.actions[bench.catalog.targets[opened].action]
    st.switch_page(menu.action_page(action), query_params=address.as_query())
