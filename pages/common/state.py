"""What the user has chosen, kept in the session and mirrored in the URL.

The settings in the session are the only truth: widgets are set from them and
write back to them. The URL is read when it was not written by us (a pasted
link, the browser's back button), and every value it holds is checked first. In
a run that a widget caused, or that follows an interrupted one, it is not read:
the browser may still show an older address than the one we chose since.
"""

import time
from collections import deque
from collections.abc import Callable

import streamlit as st

from analytics.domain import RowStatus, Verdict
from analytics.scenario import settings_from_query, settings_to_query
from pages.common.data import catalog, pointer, releases

RELEASE, TARGET, HORIZON, INDICATOR = "release", "target", "until", "indicator"
ECHO_SECONDS = 10.0
HORIZONS = (2027, 2030, 2035)
_RESERVED = (RELEASE, TARGET, HORIZON, INDICATOR)
OPTIONS = {
    # choices of single pages: name in the URL -> name on screen, allowed values, default first
    "margin": ("“显著”的幅度", tuple(f"{x / 2:g}" for x in (2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10))),
    "confidence": ("“显著”的把握", ("90", "50", "66", "80", "95", "99")),
    "base": ("基期", ("2023", "2020", "2021", "2022", "2024")),
    "tolerance": ("“左右”的容差", ("5", "0", "2", "3", "10")),
    "total": ("分母", ("registered", "territorial")),
    "status": ("判断", ("all", *(verdict.name.lower() for verdict in Verdict))),
    "nature": ("数据性质", ("all", *RowStatus, "none")),
}


def options() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every page option: URL name -> name on screen, allowed values, default first."""
    return {**OPTIONS, "action": ("专项行动", ("all", *catalog().actions))}


def begin_page() -> None:
    """Hold on to the releases that are current now: one run of the page shows one state."""
    now, before = releases(), st.session_state.get("pinned")
    st.session_state.switched = before is not None and before != now
    st.session_state.pinned = now
    begin()


def begin() -> None:
    """Take over what the URL says, once per change of the URL by others.

    Where the releases have been switched since the page began, the whole page is run again.
    """
    if releases() != st.session_state.pinned:
        st.rerun(scope="app")
    params = st.query_params.to_dict()
    state = st.session_state
    _apply_pending()
    ours = state.get("busy") or not params or params == state.get("written")
    state.busy = True
    if "settings" in state and ours:
        return
    state.problems = []
    state.settings, problems = settings_from_query(
        {key: value for key, value in params.items() if key not in (*_RESERVED, *options())},
        catalog().levers,
    )
    state.release = _known(params.get(RELEASE), releases(), default_release(), "数据版本")
    state.indicator = _known(params.get(INDICATOR), catalog().indicators, None, "指标")
    state.target = _known(params.get(TARGET), catalog().targets, None, "目标")
    horizons = {str(year): year for year in HORIZONS}
    state.horizon = horizons[_known(params.get(HORIZON), horizons, str(HORIZONS[0]), "展望年份")]
    state.options = {
        name: _known(params.get(name), allowed, allowed[0], label)
        for name, (label, allowed) in options().items()
    }
    state.problems += problems


def _known(value: str | None, allowed, default, label: str):
    if value is None or value in allowed:
        return value if value is not None else default
    st.session_state.problems.append(f"{label}“{value[:40]}”不存在，改用默认")
    return default


def default_release() -> str:
    """Return the release shown on a first visit."""
    return pointer()["default"]


def as_query() -> dict[str, str]:
    """Write what was chosen as URL parameters; defaults are left out."""
    state = st.session_state
    chosen = {
        RELEASE: state.release if state.release != default_release() else None,
        TARGET: state.target,
        INDICATOR: state.indicator,
        HORIZON: str(state.horizon) if state.horizon != HORIZONS[0] else None,
        **{
            name: state.options[name] if state.options[name] != allowed[0] else None
            for name, (_, allowed) in options().items()
        },
        **settings_to_query(state.settings, catalog().levers),
    }
    return {name: value for name, value in chosen.items() if value is not None}


def finish() -> None:
    """Show what was chosen in the URL."""
    params = as_query()
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    st.session_state.written = params
    st.session_state.busy = False


def release_id() -> str:
    """Return the id of the chosen release, the same throughout a run of the page."""
    return st.session_state.pinned[st.session_state.release]


def settings() -> dict[str, float]:
    """Return the moved levers."""
    return st.session_state.settings


def settings_key() -> tuple[tuple[str, float], ...]:
    """Return the moved levers in a form that can be a cache key."""
    return tuple(sorted(settings().items()))


def set_lever(lever_id: str, value: float) -> None:
    """Move one lever; zero means unmoved."""
    if value:
        settings()[lever_id] = value
    else:
        settings().pop(lever_id, None)
    st.session_state.busy = True


def reset_levers() -> None:
    """Put every lever back."""
    settings().clear()
    st.session_state.busy = True


def choose(name: str, value: object) -> None:
    """Set release, target or horizon; the rest of the state stays."""
    st.session_state[name] = value
    st.session_state.busy = True


def option(name: str, format_func: Callable[[str], str], *, widget=st.selectbox) -> str:
    """Show one page's choice, kept in the session and the URL, and return it."""
    label, allowed = options()[name]
    key = f"option_{name}"
    show(key, st.session_state.options[name])

    def take() -> None:
        st.session_state.options[name] = st.session_state[key]
        st.session_state.busy = True

    ordered = sorted(allowed, key=float) if _is_number(allowed[0]) else allowed
    widget(label, ordered, format_func=format_func, key=key, on_change=take)
    return st.session_state.options[name]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def dark() -> bool:
    """Tell whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def show(key: str, value: object) -> None:
    """Make a widget show a value, touching it only when it shows another.

    Writing back the value a widget has just sent would pull a slider back
    while the user is still moving it.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value
        shown = st.session_state.setdefault("shown", {})
        shown.setdefault(key, deque(maxlen=8)).append((time.monotonic(), value))


def take(key: str, apply: Callable[[], None]) -> None:
    """Queue what a widget sent; it is applied when the next run begins."""
    value = st.session_state[key]
    st.session_state.setdefault("pending", []).append((key, value, apply))
    st.session_state.busy = True


def _apply_pending() -> None:
    """Apply what widgets sent, without echoes.

    While a slider moves fast, its number field sends along a value we showed
    in it a moment ago, already overtaken. A user changes one widget at a time,
    so a change that comes alone is meant.
    """
    pending = st.session_state.pop("pending", [])
    for key, value, apply in pending:
        if len(pending) == 1 or not _is_echo(key, value):
            apply()


def _is_echo(key: str, value: object) -> bool:
    since = time.monotonic() - ECHO_SECONDS
    return value in [v for at, v in st.session_state.get("shown", {}).get(key, ()) if at > since]
