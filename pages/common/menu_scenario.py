"""The active scenario in the menu, in sight on every page, with the way back to the baseline."""

import streamlit as st

from pages.common import words
from pages.common.scenarios_at_hand import BASELINE
from pages.common.session import UNNAMED, session
from pages.common.text import fill


def menu_scenario() -> None:
    """Show the active scenario in the side bar."""
    with st.sidebar:
        _part()


@st.fragment
def _part() -> None:
    here = session()
    here.told_in_menu = told_zh()
    with st.container(horizontal=True, vertical_alignment="center", key="active_scenario"):
        st.markdown(fill(words.CURRENT, here.told_in_menu))
        if here.scenario.settings:
            st.button(words.BACK, key="menu_reset", type="tertiary", on_click=_reset)


def follow() -> None:
    """Have the menu drawn again at the end of a part's run, where it names another scenario.

    With the whole page: outside a callback Streamlit draws no other part by its name.
    """
    if session().told_in_menu != told_zh():
        st.rerun()


def told_zh() -> str:
    """Name the active scenario and say how much of it is moved."""
    scenario = session().scenario
    if not scenario.settings:
        return BASELINE
    moved = words.MOVED.format(len(scenario.settings))
    if scenario.name == UNNAMED:
        return moved
    return f"{words.NAMED.format(scenario.name)}，{moved}"


def _reset() -> None:
    """Go back to the baseline, whatever page is shown."""
    session().reset_levers()
    st.rerun()
