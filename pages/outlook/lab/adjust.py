"""Any lever, and the stress tests, without leaving the laboratory."""

import streamlit as st

from analytics import text_zh
from analytics.domain import LeverClass
from analytics.model.scenarios.settings_zh import setting_zh
from analytics.model.scenarios.stress import StressEffect
from analytics.workbench import Workbench
from pages.common import levers, presets, widgets
from pages.common.session import session
from pages.common.text import bullets, plain
from pages.common.zones import zone
from pages.outlook.lab import words
from pages.outlook.lab.effect import effect
from pages.outlook.lab.memory import memory


def adjust(bench: Workbench) -> None:
    """Show presets, the levers of a chosen indicator, and all that is moved."""
    left, right = st.columns([6, 4], gap="medium")
    with left, st.container(border=True, key="levers"):
        levers.heading(words.ADJUST)
        presets.choice()
        name = _choose_indicator(bench)
        own = [x for x in levers.movable(bench, name) if x.applies_to == name]
        _moved(bench, levers.controls(bench, own, _target_of(bench, name)))
    with right:
        zone("effect", effect, varies=True)


def _choose_indicator(bench: Workbench) -> str:
    """Let the user pick what to move; assumptions are marked."""
    names = {}
    for lever in bench.catalog.levers.values():
        if levers.movable(bench, lever.applies_to):
            is_policy = lever.lever_class is LeverClass.POLICY
            kind = words.POLICY if is_policy else words.ASSUMED
            names[lever.applies_to] = (
                f"{bench.catalog.indicators[lever.applies_to].name_zh}｜{kind}"
            )
    return widgets.pick(
        words.INDICATOR,
        names,
        memory().indicator,
        memory().choose_indicator,
        key="lab_indicator_choice",
    )


def _target_of(bench: Workbench, indicator_id: str) -> str | None:
    """Return the first target of an indicator with a number to meet."""
    own = [x for x in bench.catalog.targets.values() if x.indicator == indicator_id]
    return next((target.id for target in own if target.value is not None), None)


def _moved(bench: Workbench, shown: set[str]) -> None:
    """List what is moved elsewhere, each with its reset."""
    moved = [x for x in session().settings if x not in shown]
    if not moved:
        return
    st.markdown(words.ALSO_MOVED)
    for name in moved:
        one = bench.catalog.adjustables[name]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            value = setting_zh(bench.catalog, one, session().settings[name])
            st.markdown(plain(f"{one.name_zh}　{value}"))
            st.button(
                words.RESET,
                key=f"back:{name}",
                icon=":material/undo:",
                on_click=session().set_lever,
                args=(name, 0.0),
                type="tertiary",
            )


def stress(bench: Workbench) -> None:
    """Let the user switch stress tests on; they belong to the scenario like any setting."""
    st.caption(words.STRESS_NOTE)
    left, right = st.columns([6, 4], gap="medium")
    with left:
        for one in bench.catalog.stresses.values():
            with st.container(border=True, key=f"card_{one.code}"):
                key = f"stress:{one.id}"
                widgets.show(key, bool(session().settings.get(one.id)))
                st.toggle(one.name_zh, key=key, on_change=_switch, args=(one.id, key))
                st.caption(plain(words.STRESS_BASIS.format(one.basis_zh, one.rationale_zh)))
                _shocks(bench, bench.stress_effects[one.id])
    with right:
        effect()


def _shocks(bench: Workbench, found: StressEffect) -> None:
    """List how hard each series is hit, and which are not and why."""
    indicators = bench.catalog.indicators
    hit = [
        words.SHOCK.format(
            indicators[shock.indicator].name_zh, shock.year, text_zh.points(shock.change)
        )
        for shock in found.shocks
    ]
    spared = [words.SPARED.format(name, why) for name, why in found.left_out]
    panel = st.expander(words.SHOCKS.format(len(found.shocks)), icon=":material/list:")
    panel.markdown(bullets([*hit, *spared]))
    panel.caption(words.SHOCKS_NOTE)


def _switch(name: str, key: str) -> None:
    session().set_lever(name, 1.0 if st.session_state[key] else 0.0)
