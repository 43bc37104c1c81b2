"""Where the release holds no value of a target's series: what is followed, and a start to type."""

import streamlit as st

from analytics import text_zh
from analytics.answers.steering.reference_start import first_year, start_id, typed_for
from analytics.domain import Start, Target
from analytics.model.scenarios.levers import code_value, shown_value
from analytics.workbench import Workbench
from pages.actions.parts import words
from pages.common import missing, reference
from pages.common.session import session
from pages.common.text import plain


def notice(target: Target) -> None:
    """Say what the target is followed from while no value is held or typed."""
    start = reference.start_of(target)
    if start is not None:
        with st.container(gap=None, key="followed_from"):
            st.caption(plain(words.REFERENCE_TOLD[start.basis]))
            missing.way_to_type(words.TO_SUPPLY)


def entry(bench: Workbench, target: Target) -> None:
    """Ask for value and year; what is typed is an assumption of the scenario."""
    release = session().bench()
    names = [one for one in typed_for(bench, target) if release.history(one).values.empty]
    if not names:
        return
    with st.container(gap="xsmall", key="start"):
        st.markdown(words.START, help=words.START_NOTE)
        name = names[0] if len(names) == 1 else _series(bench, names)
        year = first_year(bench, target)
        offered = {one.year: one for one in bench.catalog.starts.values() if one.applies_to == name}
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _value(bench, offered[year])
            years = list(offered)
            st.selectbox(
                words.START_YEAR, years, index=years.index(year), key="start_year", width=96
            )
            st.button(words.SET_START, key="start_take", on_click=_take, args=(offered,))


def _series(bench: Workbench, names: list[str]) -> str:
    indicators = bench.catalog.indicators
    chosen: str = st.selectbox(
        words.START_SERIES,
        names,
        format_func=lambda name: indicators[name].name_zh,
        key="start_series",
        label_visibility="collapsed",
    )
    return chosen


def _value(bench: Workbench, start: Start) -> None:
    indicator = bench.catalog.indicators[start.applies_to]
    held = session().settings.get(start_id(indicator.id, start.year))
    st.number_input(
        plain(f"{indicator.name_zh}（{text_zh.unit_zh(indicator.unit)}）"),
        min_value=0.0,
        max_value=shown_value(start, start.maximum),
        value=shown_value(start, held) if held else None,
        key=f"start_value_{indicator.id}",
    )


def _take(offered: dict[int, Start]) -> None:
    one = offered[st.session_state["start_year"]]
    shown = st.session_state[f"start_value_{one.applies_to}"]
    if shown:
        session().set_lever(one.id, code_value(one, shown))
