"""The presets: scenarios computed from the release and its typed starts, one press away."""

import streamlit as st

from analytics.answers.steering.presets import PresetResult
from pages.common import answers, levers, releases, widgets, words
from pages.common.session import UNNAMED, ordered, session
from pages.common.text import bullets


def choice() -> None:
    """Show the presets in a row; the one in use is marked and explained."""
    if not levers.policy_can_move(answers.bench()):
        st.caption(words.NO_PRESETS)
        return
    rules = releases.catalog().presets.values()
    used = in_use()
    widgets.show("preset", used)
    names = [rule.name_zh for rule in rules]
    st.pills(words.PRESETS, names, key="preset", on_change=_take, label_visibility="collapsed")
    if message := session().preset_message:
        session().preset_message = ""
        st.toast(message, icon=":material/info:")
    rule = next((rule for rule in rules if rule.name_zh == used), None)
    if rule is not None and _moved():
        sentences = [words.RULE.format(rule.rule_zh), *_computed(rule.name_zh).notes]
        panel = st.expander(words.HOW_COMPUTED.format(used), icon=":material/info:")
        panel.markdown(bullets(sentences))


def in_use() -> str | None:
    """Return the preset whose settings are the present ones under its name."""
    first, *computed = [rule.name_zh for rule in releases.catalog().presets.values()]
    if not _moved():
        return first
    name = session().scenario.name
    if name not in computed:
        return None
    return name if dict(_computed(name).settings) == _moved() else None


def _computed(name: str) -> PresetResult:
    return answers.preset(session().release_id, ordered(_typed()), name)


def _typed() -> dict[str, float]:
    """Return the typed starts among the settings, from which a preset is computed."""
    starts = releases.catalog().starts
    return {name: value for name, value in session().settings.items() if name in starts}


def _moved() -> dict[str, float]:
    """Return the settings without typed starts, which no preset sets."""
    return {name: x for name, x in session().settings.items() if name not in _typed()}


def _take() -> None:
    name = st.session_state["preset"]
    if name is None:  # pressed once more: it stays
        return
    preset = _computed(name)
    session().apply(_typed() | dict(preset.settings), name if preset.settings else UNNAMED)
    if preset.notes and not preset.settings:
        session().preset_message = words.MOVES_NOTHING.format(name, preset.notes[0])
