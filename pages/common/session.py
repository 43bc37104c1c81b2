"""What the user has chosen, kept in the session and mirrored in the URL.

The scenario in the session is the only truth: widgets are set from it and
write back to it. The URL is read when it was not written by us (a pasted
link, the browser's back button), and every value it holds is checked first. In
a run that a widget caused, or that follows an interrupted one, it is not read:
the browser may still show an older address than the one we chose since.

A release is named in the URL (``demo``) and followed when it is renewed; once
anything is moved its full id is pinned, so that a link keeps its numbers.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analytics.domain import RowStatus, Scenario, Verdict
from analytics.model.scenarios import links
from analytics.model.scenarios.levers import settings_from_query, settings_to_query
from pages.common.releases import catalog, is_kept, pointer, releases, workbench

RELEASE, TARGET, HORIZON, INDICATOR, NAME = "release", "target", "until", "indicator", "name"
ECHO_SECONDS = 10.0
HORIZONS = (2027, 2030, 2035)
UNNAMED = "当前设置"
OWN = "自定情景"  # how files name a scenario without a name
SAVED = tuple(f"s{number}" for number in range(1, links.MOST_SCENARIOS + 1))
_RESERVED = (RELEASE, TARGET, HORIZON, INDICATOR, NAME, links.VERSION_KEY, *SAVED)
OPTIONS = {
    # choices of single pages: name in the URL -> name on screen, allowed values, default first
    "margin": ("“显著”的幅度", tuple(f"{x / 2:g}" for x in (2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10))),
    "confidence": ("“显著”的把握", ("90", "50", "66", "80", "95", "99")),
    "base": ("基期", ("2023", "2020", "2021", "2022", "2024")),
    "tolerance": ("“左右”的容差", ("5", "0", "2", "3", "10")),
    "section": (
        "栏目",
        ("compare", "charts", "adjust", "drivers", "seek", "stress", "share"),
    ),
    "total": ("分母", ("registered", "territorial")),
    "status": ("判断", ("all", *(verdict.name.lower() for verdict in Verdict))),
    "nature": ("数据性质", ("all", *RowStatus, "none")),
}


def options() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every page option: URL name -> name on screen, allowed values, default first."""
    return {**OPTIONS, "action": ("专项行动", ("all", *catalog().actions))}


def begin_page() -> None:
    """Hold on to the releases that are current now: one run of the page shows one state."""
    state = st.session_state
    before = state.scenario.release if "scenario" in state else None
    state.pinned = releases()
    begin()
    current = state.pinned.values()
    state.switched = before is not None and before not in current and release_id() in current


def begin() -> None:
    """Take over what the URL says, once per change of the URL by others.

    Where the releases have been switched since the page began, the whole page is run again.
    """
    if releases() != st.session_state.pinned:
        st.rerun(scope="app")
    params = st.query_params.to_dict()
    state = st.session_state
    _start_showing()
    _apply_pending()
    ours = state.get("busy") or not params or params == state.get("written")
    state.busy = True
    if "scenario" in state and ours:
        _follow()
        return
    state.problems = []
    _read_scenario(params)
    state.indicator = _known(params.get(INDICATOR), catalog().indicators, None, "指标")
    state.target = _known(params.get(TARGET), catalog().targets, None, "目标")
    horizons = {str(year): year for year in HORIZONS}
    state.horizon = horizons[_known(params.get(HORIZON), horizons, str(HORIZONS[0]), "展望年份")]
    state.options = {
        name: _known(params.get(name), allowed, allowed[0], label)
        for name, (label, allowed) in options().items()
    }


def _read_scenario(params: Mapping[str, str]) -> None:
    """Take release, settings and saved scenarios from a link."""
    state = st.session_state
    wrong_version = links.version_problem(params.get(links.VERSION_KEY))
    state.problems += [wrong_version] if wrong_version else []
    state.follows, release = _read_release(params.get(RELEASE))
    moves = {key: text for key, text in params.items() if key not in (*_RESERVED, *options())}
    settings, problems = settings_from_query(moves, catalog().adjustables)
    name = links.clean_name(params.get(NAME, UNNAMED))
    state.scenario = Scenario(name=name, settings=_sorted(settings), release=release)
    state.problems += problems
    state.saved = ()
    for text in (params[key] for key in SAVED if key in params):
        one, problems = links.unpack(text, catalog().adjustables)
        state.saved += (one,) if one else ()
        state.problems += problems


def _read_release(text: str | None) -> tuple[str | None, str]:
    """Return the release's name where it is the current one, and its id."""
    current = releases()
    for name, release in current.items():
        if text in (name, release) or (text is None and name == default_release()):
            return name, release
    if is_kept(text):
        return None, text
    name = text.split("-")[0]
    name = name if name in current else default_release()
    st.session_state.problems.append(
        f"数据版本“{text[:60]}”不存在，已改用“{current[name]}”，数字可能与原链接不同"
    )
    return name, current[name]


def _known(value: str | None, allowed, default, label: str):
    if value is None or value in allowed:
        return value if value is not None else default
    st.session_state.problems.append(f"{label}“{value[:40]}”不存在，改用默认")
    return default


def _follow() -> None:
    """Take the renewed release while nothing has been moved or saved."""
    follows = st.session_state.follows
    if follows is not None and not _is_pinned():
        _change(release=releases()[follows])


def default_release() -> str:
    """Return the name of the release shown on a first visit."""
    return pointer()["default"]


def as_query() -> dict[str, str]:
    """Write what was chosen as URL parameters; defaults are left out."""
    state = st.session_state
    named = scenario().settings and scenario().name != UNNAMED
    chosen = {
        RELEASE: _release_text(),
        TARGET: state.target,
        INDICATOR: state.indicator,
        HORIZON: str(state.horizon) if state.horizon != HORIZONS[0] else None,
        **{
            name: state.options[name] if state.options[name] != allowed[0] else None
            for name, (_, allowed) in options().items()
        },
        NAME: scenario().name if named else None,
        links.VERSION_KEY: str(links.LINK_VERSION) if _is_pinned() else None,
        **settings_to_query(settings(), catalog().adjustables),
        **{
            key: links.pack(one, catalog().adjustables)
            for key, one in zip(SAVED, state.saved, strict=False)
        },
    }
    return {name: value for name, value in chosen.items() if value is not None}


def _release_text() -> str | None:
    """Pin the release's id once something is moved; else its name, or nothing for the default."""
    name = st.session_state.follows
    if _is_pinned() or name is None:
        return release_id()
    return None if name == default_release() else name


def _is_pinned() -> bool:
    """Tell whether anything is moved or saved, whose numbers a link must keep."""
    return bool(scenario().settings or st.session_state.saved)


def finish() -> None:
    """Show what was chosen in the URL."""
    params = as_query()
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    state = st.session_state
    state.written = params
    state.delivered = set(state.showing)
    state.busy = state.running = False


def scenario() -> Scenario:
    """Return what is moved now, on which release."""
    return st.session_state.scenario


def named_scenario() -> Scenario:
    """Return what is moved now under the name that files and briefings give it."""
    if not settings():
        return Scenario(release=release_id())
    return for_files(scenario())


def for_files(one: Scenario) -> Scenario:
    """Return a scenario under the name that files and briefings give it."""
    return one.model_copy(update={"name": OWN}) if one.name == UNNAMED else one


def saved() -> tuple[Scenario, ...]:
    """Return the scenarios put aside for comparison, on the release in use."""
    return tuple(one.model_copy(update={"release": release_id()}) for one in st.session_state.saved)


def save(scenarios: Sequence[Scenario]) -> None:
    """Put these scenarios in place of the ones put aside."""
    st.session_state.saved = tuple(scenarios)[: links.MOST_SCENARIOS]
    st.session_state.busy = True


def release_id() -> str:
    """Return the id of the release in use, the same throughout a run of the page."""
    return scenario().release


def release_name() -> str:
    """Return the name of the release in use, which the current one shares."""
    return workbench(release_id()).release.name


def settings() -> dict[str, float]:
    """Return the moved levers."""
    return dict(scenario().settings)


def settings_key() -> tuple[tuple[str, float], ...]:
    """Return the moved levers in a form that can be a cache key."""
    return scenario().settings


def set_lever(lever_id: str, value: float) -> None:
    """Move one lever; zero means unmoved. A preset that is changed is that preset no more."""
    presets = [preset.name_zh for preset in catalog().presets.values()]
    name = UNNAMED if scenario().name in presets else scenario().name
    apply({**settings(), lever_id: value}, name)


def reset_levers() -> None:
    """Put every lever back."""
    apply({}, UNNAMED)


def apply(settings: Mapping[str, float], name: str | None = None) -> None:
    """Put a whole set of levers in place of the present one."""
    _change(settings=_sorted(settings), name=name or scenario().name)
    st.session_state.busy = True


def _change(**fields) -> None:
    st.session_state.scenario = scenario().model_copy(update=fields)


def _sorted(settings: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((name, value) for name, value in settings.items() if value))


def choose(name: str, value: object) -> None:
    """Set target, indicator or horizon; the rest of the state stays."""
    st.session_state[name] = value
    st.session_state.busy = True


def choose_release(name: str) -> None:
    """Go to the current release of a name; what is moved stays moved."""
    use_release(releases()[name])


def use_release(release: str) -> None:
    """Go to a release by id; a current one is followed."""
    named = {current: name for name, current in releases().items()}
    st.session_state.follows = named.get(release)
    _change(release=release)
    st.session_state.busy = True
    leave()


def at(page_path: str) -> None:
    """Note which page is being run; another page's widgets are all new."""
    if st.session_state.get("page_path") != page_path:
        st.session_state.delivered = set()
    st.session_state.page_path = page_path


def page_path() -> str:
    """Return the address of the page being run, below the server's."""
    return st.session_state.page_path


def leave() -> None:
    """Ask for the whole page: something outside the running fragment changes too."""
    st.session_state.whole_page = True


def stay() -> None:
    """Note that the whole page is being run."""
    st.session_state.whole_page = False


def elsewhere() -> bool:
    """Tell whether a fragment must give way to the whole page."""
    return st.session_state.get("whole_page", False)


def pick(
    label: str,
    names: Mapping[str, str],
    name: str,
    *,
    key: str,
    default: str | None = None,
    whole_page: bool = False,
) -> str:
    """Let the user choose one of the named, kept in the session as ``name``, and return it.

    Without a choice that is still offered, ``default`` is taken, else the
    first. ``whole_page`` runs more than the fragment after a choice.
    """
    chosen = st.session_state.get(name)
    show(key, chosen if chosen in names else default or next(iter(names)))

    def take() -> None:
        choose(name, st.session_state[key])
        if whole_page:
            leave()

    st.selectbox(
        label, list(names), format_func=names.get, key=key, on_change=take, placeholder="请选择"
    )
    return st.session_state[key]


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
    while the user is still moving it. A widget that no finished run has shown
    is written in any case: an interrupted run may never have reached the browser.
    """
    state = st.session_state
    state.showing.add(key)
    if state.get(key) != value or key not in state.delivered:
        state[key] = value
        shown = state.setdefault("shown", {})
        shown.setdefault(key, deque(maxlen=8)).append((time.monotonic(), value))


def _start_showing() -> None:
    """Note a run's beginning; what an interrupted one showed does not count as delivered."""
    state = st.session_state
    state.setdefault("delivered", set())
    if not state.get("running"):
        state.showing = set()
    state.running = True


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
