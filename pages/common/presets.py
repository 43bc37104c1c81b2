"""The presets: scenarios computed from the release, one press away."""

import streamlit as st

from analytics import text_zh
from pages.common import releases, session


def choice() -> None:
    """Show the presets in a row; the one in use is marked and explained."""
    rules = releases.catalog().presets.values()
    used = in_use()
    session.show("preset", used)
    st.pills("预设情景", [rule.name_zh for rule in rules], key="preset", on_change=_take)
    rule = next((rule for rule in rules if rule.name_zh == used), None)
    if rule is not None and session.settings():
        lines = [f"{rule.rule_zh}。", *releases.preset(session.release_id(), used).notes]
        panel = st.expander(f"“{used}”怎样算出", icon=":material/info:")
        panel.markdown("\n".join(f"- {text_zh.escape(line)}" for line in lines))


def in_use() -> str | None:
    """Return the preset whose settings are the present ones under its name."""
    first, *computed = [rule.name_zh for rule in releases.catalog().presets.values()]
    if not session.settings():
        return first
    name = session.scenario().name
    if name not in computed:
        return None
    same = dict(releases.preset(session.release_id(), name).settings) == session.settings()
    return name if same else None


def _take() -> None:
    name = st.session_state["preset"]
    if name is None:  # pressed once more: it stays
        return
    preset = releases.preset(session.release_id(), name)
    session.apply(dict(preset.settings), name if preset.settings else session.UNNAMED)
