"""A small entry for a start, where the release holds no value of the target's series."""

import streamlit as st

from analytics import text_zh
from analytics.domain import Start, Target
from analytics.model.scenarios.levers import code_value, shown_value
from analytics.workbench import Workbench
from pages.actions.parts import words
from pages.common.session import session
from pages.common.text import plain


def entry(bench: Workbench, target: Target) -> None:
    """Ask for value and year; what is typed is an assumption of the scenario."""
    indicator = bench.catalog.indicators[target.indicator]
    offered = {
        one.year: one for one in bench.catalog.starts.values() if one.applies_to == indicator.id
    }
    if not offered or not bench.history(indicator.id).values.empty:
        return
    st.markdown(words.START)
    unit = text_zh.unit_zh(indicator.unit)
    first = next(iter(offered.values()))
    st.number_input(
        plain(f"{indicator.name_zh}（{unit}）"),
        min_value=0.0,
        max_value=shown_value(first, first.maximum),
        value=None,
        key=f"start_value_{indicator.id}",
    )
    years = list(offered)
    last = bench.release.as_of.year - 1
    place = years.index(last) if last in years else 0
    st.selectbox(words.START_YEAR, years, index=place, key="start_year")
    st.button(
        words.SET_START, key="start_take", icon=":material/add:", on_click=_take, args=(offered,)
    )
    st.caption(words.START_NOTE)


def _take(offered: dict[int, Start]) -> None:
    one = offered[st.session_state["start_year"]]
    shown = st.session_state[f"start_value_{one.applies_to}"]
    if shown:
        session().set_lever(one.id, code_value(one, shown))
