"""Widgets that show what the session holds, and hand back what the user sends."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.common import address, words
from pages.common.session import HORIZONS, session

ECHO_SECONDS = 60.0  # longer than a busy server lets anyone wait
DRAWN_SECONDS = 3.0  # until the browser shows what was written; nobody types it back so soon


def pick(
    label: str,
    names: Mapping[str, str],
    chosen: str | None,
    choose: Callable[[str], None],
    *,
    key: str,
    whole_page: bool = False,
) -> str:
    """Let the user choose one of the named and return it.

    Where ``chosen`` is not offered the first is shown. ``whole_page`` runs more
    than the fragment after a choice.
    """
    show(key, chosen if chosen in names else next(iter(names)))

    def take(name: str) -> None:
        choose(name)
        if whole_page:
            session().needs_whole_page = True

    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=on_choice(key, take),
        placeholder=words.CHOOSE,
    )
    shown: str = st.session_state[key]
    return shown


def on_choice(key: str, choose: Callable[[Any], None]) -> Callable[[], None]:
    """Return what takes a choice that a widget sent.

    A widget that a hurried run has drawn anew may send itself empty before it is
    told what it shows; where something must be chosen, that is no choice.
    """

    def take() -> None:
        if st.session_state[key] is not None:
            choose(st.session_state[key])

    return take


def option(
    name: str, format_func: Callable[[str], str], *, widget: Callable[..., Any] = st.selectbox
) -> str:
    """Show one page's choice, kept in the session and the address, and return it."""
    label, allowed = address.options()[name]
    key = f"option_{name}"
    show(key, session().options[name])
    widget(
        label,
        sorted(allowed, key=float) if _is_number(allowed[0]) else allowed,
        format_func=format_func,
        key=key,
        on_change=on_choice(key, lambda value: session().choose_option(name, value)),
    )
    return session().options[name]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def horizon_control() -> None:
    """Let the user choose how far charts look ahead."""
    key = "horizon_choice"
    show(key, session().horizon)
    st.segmented_control(
        words.HORIZON,
        HORIZONS,
        format_func=words.UNTIL.format,
        key=key,
        on_change=on_choice(key, session().choose_horizon),
        required=True,
        width="stretch",
        label_visibility="collapsed",
    )


def dark() -> bool:
    """Tell whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def show(key: str, value: object) -> None:
    """Make a widget show a value, touching it only when it shows another.

    Writing back the value a widget has just sent would pull a slider back
    while the user is still moving it. A widget that no finished run has shown
    is written in any case: an interrupted run may never have reached the browser.
    So is one whose code the browser still loads: drawn by a later run than the one
    that wrote into it, it would show its first choice, and send that in the place of ours.
    """
    here = session()
    here.showing.add(key)
    is_there = key in here.delivered and _browser_has(key)
    if is_there and st.session_state.get(key) == value:
        return
    st.session_state[key] = value
    recent = here.recently_shown.setdefault(key, deque(maxlen=8))
    recent.append((time.monotonic(), value))


def _browser_has(key: str) -> bool:
    """Tell whether the browser sent a value of this widget with what it asked for last."""
    context = get_script_run_ctx()
    if context is None:
        return True
    held = context.session_state._state
    return held.get_widget_id_from_key(key) in held._new_widget_state.states


def at_page(path: str) -> None:
    """Note which page is being run; another page's widgets are all new."""
    here = session()
    if here.page_path != path:
        here.delivered = set()
        here.written = deque([here.written[-1]], here.written.maxlen)
    here.page_path = path


def begin_showing() -> bool:
    """Note a run's beginning, and tell whether the one before was interrupted.

    What an interrupted one showed does not count as delivered.
    """
    here = session()
    was_interrupted = here.is_running
    if not was_interrupted:
        here.showing = set()
    here.is_running = True
    return was_interrupted


def take(key: str, apply: Callable[[], None], *, follows: bool = False) -> None:
    """Queue what a widget sent; it is applied when the next run begins.

    ``follows`` says that the widget is written into while the user moves another one.
    """
    session().sent.append((key, st.session_state[key], follows, apply))
    session().touch()


def apply_sent(*, is_late: bool) -> None:
    """Apply what widgets sent, without echoes.

    While a slider moves fast, its number field sends along a value we showed
    in it a moment ago, already overtaken. A user changes one widget at a time,
    so a change that comes alone is meant, unless it ``is_late``: sent before the
    browser heard of the last run, where the field's own last value is overtaken too.
    Of a run that was interrupted it has not heard; and it knows the address some
    time before a field that ``follows`` shows what was written into it.
    """
    here = session()
    sent, here.sent = here.sent, []
    for key, value, follows, apply in sent:
        overtaken = follows and _was_just_overwritten(key, value)
        doubtful = is_late or len(sent) > 1 or overtaken
        if not (doubtful and _is_echo(key, value)):
            apply()


def _was_just_overwritten(key: str, value: object) -> bool:
    recent = session().recently_shown.get(key)
    if not recent:
        return False
    at, last = recent[-1]
    return value != last and time.monotonic() - at < DRAWN_SECONDS


def _is_echo(key: str, value: object) -> bool:
    since = time.monotonic() - ECHO_SECONDS
    return value in [v for at, v in session().recently_shown.get(key, ()) if at > since]
