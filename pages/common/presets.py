"""The presets: scenarios computed from the release, one press away."""

import streamlit as st

from pages.common import answers, releases, widgets
from pages.common.session import UNNAMED, session
from pages.common.text import bullets


def choice() -> None:
    """Show the presets in a row; the one in use is marked and explained."""
    rules = releases.catalog().presets.values()
    used = in_use()
    widgets.show("preset", used)
    names = [rule.name_zh for rule in rules]
    st.pills("预设情景", names, key="preset", on_change=_take, label_visibility="collapsed")
    rule = next((rule for rule in rules if rule.name_zh == used), None)
    if rule is not None and _moved():
        sentences = [f"{rule.rule_zh}。", *answers.preset(session().release_id, rule.name_zh).notes]
        panel = st.expander(f"“{used}”怎样算出", icon=":material/info:")
        panel.markdown(bullets(sentences))


def in_use() -> str | None:
    """Return the preset whose settings are the present ones under its name."""
    first, *computed = [rule.name_zh for rule in releases.catalog().presets.values()]
    if not _moved():
        return first
    name = session().scenario.name
    if name not in computed:
        return None
    same = dict(answers.preset(session().release_id, name).settings) == _moved()
    return name if same else None


def _moved() -> dict[str, float]:
    """Return the settings without typed starts, which no preset is about."""
    starts = releases.catalog().starts
    return {name: value for name, value in session().settings.items() if name not in starts}


def _take() -> None:
    name = st.session_state["preset"]
    if name is None:  # pressed once more: it stays
        return
    preset = answers.preset(session().release_id, name)
    moved = _moved()
    starts = {name: value for name, value in session().settings.items() if name not in moved}
    session().apply(starts | dict(preset.settings), name if preset.settings else UNNAMED)
