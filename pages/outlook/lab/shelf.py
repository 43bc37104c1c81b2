"""The scenarios put aside for comparison: keep, rename, edit, copy, remove."""

from collections.abc import Sequence
from itertools import count

import streamlit as st

from analytics.domain import Scenario
from analytics.model.scenarios import links
from pages.common import widgets
from pages.common.scenarios_at_hand import BASELINE, unique
from pages.common.session import UNNAMED, session
from pages.common.text import plain
from pages.outlook.lab import words
from pages.outlook.lab.memory import memory


def shelf() -> None:
    """Show the saved scenarios in one row, and a way to save the present settings."""
    saved = session().saved
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", border=True, key="shelf"
    ):
        for number, one in enumerate(saved):
            _chip(number, one)
        _keep(saved)
        _undo(saved)


def _chip(number: int, one: Scenario) -> None:
    """Show one scenario by its name; what can be done with it opens on a press."""
    using = one.settings == session().scenario.settings
    with st.popover(
        plain(one.name),
        key=f"card_{number}",
        icon=":material/check:" if using else ":material/bookmark:",
        help=words.SCENARIO_ABOUT.format(len(one.settings), one.id)
        + (words.IN_USE if using else ""),
    ):
        key = f"rename_{number}"
        widgets.show(key, one.name)
        st.text_input(
            words.SCENARIO_NAME.format(number + 1),
            key=key,
            max_chars=links.LONGEST_NAME,
            on_change=_rename,
            args=(number, key),
        )
        with st.container(horizontal=True, gap="small"):
            for label, icon, act in (
                (words.EDIT, "edit", _edit),
                (words.COPY, "content_copy", _copy),
                (words.DELETE, "delete", _delete),
            ):
                st.button(
                    label,
                    key=f"{icon}_{number}",
                    icon=f":material/{icon}:",
                    on_click=act,
                    args=(number,),
                    disabled=act is _copy and len(session().saved) == links.MOST_SCENARIOS,
                    type="tertiary",
                )


def _keep(saved: tuple[Scenario, ...]) -> None:
    """Offer to save the present settings; a name in use is updated."""
    present = session().scenario
    widgets.show("keep_name", present.name if present.name != UNNAMED else "")
    full = len(saved) == links.MOST_SCENARIOS
    st.text_input(
        words.KEEP_AS,
        key="keep_name",
        max_chars=links.LONGEST_NAME,
        placeholder=words.FULL if full else _free_name(saved),
        on_change=_name_present,
        width=260,
        label_visibility="collapsed",
    )
    known = session().scenario.name in [one.name for one in saved]
    st.button(
        words.UPDATE if known else words.KEEP,
        key="keep",
        icon=":material/bookmark_add:",
        help=words.KEPT.format(len(saved), links.MOST_SCENARIOS),
        on_click=_keep_present,
        disabled=full and not known,
    )


def _undo(saved: tuple[Scenario, ...]) -> None:
    """Offer the scenario removed last once more."""
    removed = memory().removed
    if removed and len(saved) < links.MOST_SCENARIOS:
        st.button(
            plain(words.UNDO.format(removed.name)),
            key="undo_delete",
            icon=":material/undo:",
            on_click=_restore,
            type="tertiary",
        )


def _name_present() -> None:
    name = st.session_state["keep_name"].strip()
    session().apply(session().settings, links.clean_name(name) if name else UNNAMED)


def _keep_present() -> None:
    saved = list(session().saved)
    name = session().scenario.name
    name = _free_name(saved) if name == UNNAMED else unique(name, [BASELINE])
    names = [one.name for one in saved]
    kept = session().scenario.model_copy(update={"name": name})
    if name in names:
        saved[names.index(name)] = kept
    else:
        saved.append(kept)
    session().save(saved)
    session().apply(session().settings, name)


def _free_name(saved: Sequence[Scenario]) -> str:
    """Return the name that settings without one are saved under; it replaces no other's."""
    names = [one.name for one in saved]
    return next(name for n in count(len(saved) + 1) if (name := f"情景{n}") not in names)


def _rename(number: int, key: str) -> None:
    saved = list(session().saved)
    others = [one.name for one in saved if one is not saved[number]]
    name = unique(links.clean_name(st.session_state[key]), [BASELINE, *others])
    if session().scenario.name == saved[number].name:
        session().apply(session().settings, name)
    saved[number] = saved[number].model_copy(update={"name": name})
    session().save(saved)


def _edit(number: int) -> None:
    one = session().saved[number]
    session().apply(dict(one.settings), one.name)


def _copy(number: int) -> None:
    saved = list(session().saved)
    one = saved[number]
    names = [other.name for other in saved]
    saved.insert(number + 1, one.model_copy(update={"name": unique(one.name, [BASELINE, *names])}))
    session().save(saved)


def _delete(number: int) -> None:
    saved = list(session().saved)
    memory().removed = saved.pop(number)
    session().save(saved)


def _restore() -> None:
    removed, names = memory().removed, [one.name for one in session().saved]
    if removed is None:
        return
    memory().removed = None
    back = removed.model_copy(update={"name": unique(removed.name, [BASELINE, *names])})
    session().save([*session().saved, back])
