"""The scenarios put aside for comparison: keep, rename, edit, copy, remove."""

from collections.abc import Sequence
from itertools import count

import streamlit as st

from analytics import text_zh
from analytics.domain import Scenario
from analytics.steering import codec
from pages.common import state

BASELINE = "基准"


def compared() -> list[Scenario]:
    """Return what is compared: baseline, saved scenarios, and the present settings if new.

    No two bear the same name, whatever a link says.
    """
    found = [Scenario(name=BASELINE, release=state.release_id()), *state.saved()]
    present = state.scenario()
    if present.settings not in [one.settings for one in found]:
        found.append(present)
    names: list[str] = []
    for one in found:
        names.append(_unique(one.name, names))
    return [one.model_copy(update={"name": name}) for one, name in zip(found, names, strict=True)]


def shelf() -> None:
    """Show the saved scenarios side by side, and a way to save the present settings."""
    saved = state.saved()
    with st.container(border=True, key="shelf"):
        st.markdown(f"**情景**　已存{len(saved)}个，最多{codec.MOST_SCENARIOS}个；随链接保存。")
        if saved:
            for column, number in zip(st.columns(len(saved)), range(len(saved)), strict=True):
                with column:
                    _card(number, saved[number])
        else:
            st.caption("还没有情景：先选预设或在“调整”中改动，再存为情景；可存四个，并排比较。")
        _keep(saved)
        _undo(saved)


def _card(number: int, one: Scenario) -> None:
    """Show one scenario with its name to change and what can be done with it."""
    with st.container(border=True, key=f"card_{number}"):
        key = f"rename_{number}"
        state.show(key, one.name)
        st.text_input(
            f"情景{number + 1}名称",
            key=key,
            max_chars=codec.LONGEST_NAME,
            on_change=_rename,
            args=(number, key),
        )
        using = "　:violet-badge[当前设置]" if one.settings == state.settings_key() else ""
        st.caption(f"调整{len(one.settings)}项　编号`{one.id}`{using}")
        with st.container(horizontal=True, gap="small"):
            for label, icon, act in (
                ("编辑", "edit", _edit),
                ("复制", "content_copy", _copy),
                ("删除", "delete", _delete),
            ):
                st.button(
                    label,
                    key=f"{act.__name__}_{number}",
                    icon=f":material/{icon}:",
                    on_click=act,
                    args=(number,),
                    disabled=act is _copy and len(state.saved()) == codec.MOST_SCENARIOS,
                    type="tertiary",
                )


def _keep(saved: tuple[Scenario, ...]) -> None:
    """Offer to save the present settings; a name in use is updated."""
    present = state.scenario()
    state.show("keep_name", present.name if present.name != state.UNNAMED else "")
    full = len(saved) == codec.MOST_SCENARIOS
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "把当前设置存为情景",
            key="keep_name",
            max_chars=codec.LONGEST_NAME,
            placeholder=_free_name(saved),
            on_change=_name_present,
            width=260,
        )
        known = state.scenario().name in [one.name for one in saved]
        st.button(
            "更新同名情景" if known else "保存",
            key="keep",
            icon=":material/bookmark_add:",
            on_click=_keep_present,
            disabled=full and not known,
        )
    if full:
        st.caption("已存满四个：同名可更新，或先删除一个。")


def _undo(saved: tuple[Scenario, ...]) -> None:
    """Offer the scenario removed last once more."""
    removed = st.session_state.get("removed")
    if removed and len(saved) < codec.MOST_SCENARIOS:
        st.button(
            f"恢复刚删除的“{text_zh.escape(removed.name)}”",
            key="undo_delete",
            icon=":material/undo:",
            on_click=_restore,
            type="tertiary",
        )


def _name_present() -> None:
    name = st.session_state["keep_name"].strip()
    state.apply(state.settings(), codec.clean_name(name) if name else state.UNNAMED)


def _keep_present() -> None:
    saved = list(state.saved())
    name = state.scenario().name
    name = _free_name(saved) if name == state.UNNAMED else _unique(name, [BASELINE])
    names = [one.name for one in saved]
    kept = state.scenario().model_copy(update={"name": name})
    if name in names:
        saved[names.index(name)] = kept
    else:
        saved.append(kept)
    state.save(saved)
    state.apply(state.settings(), name)


def _free_name(saved: Sequence[Scenario]) -> str:
    """Return the name that settings without one are saved under; it replaces no other's."""
    names = [one.name for one in saved]
    return next(name for n in count(len(saved) + 1) if (name := f"情景{n}") not in names)


def _rename(number: int, key: str) -> None:
    saved = list(state.saved())
    others = [one.name for one in saved if one is not saved[number]]
    name = _unique(codec.clean_name(st.session_state[key]), [BASELINE, *others])
    if state.scenario().name == saved[number].name:
        state.apply(state.settings(), name)
    saved[number] = saved[number].model_copy(update={"name": name})
    state.save(saved)


def _edit(number: int) -> None:
    one = state.saved()[number]
    state.apply(dict(one.settings), one.name)


def _copy(number: int) -> None:
    saved = list(state.saved())
    one = saved[number]
    names = [other.name for other in saved]
    saved.insert(number + 1, one.model_copy(update={"name": _unique(one.name, [BASELINE, *names])}))
    state.save(saved)


def _delete(number: int) -> None:
    saved = list(state.saved())
    st.session_state.removed = saved.pop(number)
    state.save(saved)


def _restore() -> None:
    removed, names = st.session_state.pop("removed"), [one.name for one in state.saved()]
    back = removed.model_copy(update={"name": _unique(removed.name, [BASELINE, *names])})
    state.save([*state.saved(), back])


def _unique(name: str, others: list[str]) -> str:
    """Return a name that no other scenario bears."""
    number, candidate = 2, name
    while candidate in others:
        tail = str(number)
        candidate = name[: codec.LONGEST_NAME - len(tail)] + tail
        number += 1
    return candidate
