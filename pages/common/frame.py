"""The frame every page stands in: menu, release switch, banners."""

import json
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analytics import text_zh
from analytics.catalog.blocks import inputs_of
from analytics.domain import RowStatus
from analytics.workbench import Workbench
from pages.common import access, answers, hints, menu, releases, shell, theme, widgets, words
from pages.common.illustrative import any_illustrative, rests_on_illustration
from pages.common.menu_scenario import menu_scenario
from pages.common.own_files import own_file
from pages.common.session import session
from pages.common.text import bullets, plain

_WITHOUT_NUMBERS = tuple(words.PAGES[name] for name in ("import_data", "guide", "audit"))


def frame(page: StreamlitPage) -> None:
    """Show the release switch, what was wrong in the link, and the demo banner.

    What comes and goes has one place that is always there: a run that moved the elements
    behind it to other places and was interrupted would leave them in none.
    """
    st.html(_head(menu.groups()), unsafe_allow_javascript=True)
    theme.watch()
    access.account()
    notices = st.container(key="notices")
    with notices:
        _damage_notice()
        _release_notice()
    bench = answers.bench()
    menu_scenario()
    _release_switch(bench)
    hints.hint(page.url_path)
    with notices:
        if problems := session().problems:
            st.warning(words.UNREADABLE.format(bullets(problems)), icon=":material/link_off:")
        if _page_is_demo(bench, page):
            _demo_banner()
    if session().release_was_renewed:
        st.toast(words.RENEWED, icon=":material/published_with_changes:")


def _damage_notice() -> None:
    """Say that the current release cannot be opened, and which is shown in its place."""
    now = releases.serving()
    if now.problem:
        st.error(
            plain(words.DAMAGED.format(now.number, now.problem)),
            icon=":material/healing:",
        )


def _release_notice() -> None:
    """Say that the release in use is not the current one, and lead there."""
    release = session().release_id
    current = releases.releases()
    if release in current.values():
        return
    name = release.split("-")[0]
    newest = current.get(name, current[releases.default_release()])
    with st.container(border=True, key="old_release"):
        st.markdown(words.NOT_CURRENT.format(release, newest))
        st.button(
            words.USE_CURRENT,
            key="use_newest",
            icon=":material/update:",
            on_click=session().choose_release,
            args=(name if name in current else releases.default_release(),),
        )


def _page_is_demo(bench: Workbench, page: StreamlitPage) -> bool:
    """Tell whether a page shows anything that rests on illustrative rows."""
    for action in bench.catalog.actions.values():
        if page.url_path == action.url_path:
            own = any_illustrative(bench, bench.catalog.targets_of(action.id))
            besides = inputs_of(action, bench.catalog.indicators, bench.catalog.targets)
            return own or any(rests_on_illustration(bench, name) for name in besides)
    if page.url_path in _WITHOUT_NUMBERS:
        return False
    return any(rests_on_illustration(bench, name) for name in bench.catalog.indicators)


@cache
def _head(groups: tuple[tuple[str, int], ...]) -> str:
    """Our few style rules, and what Streamlit leaves undone in the browser."""
    script, drawn, draw = (own_file(name) for name in ("browser.js", "drawing.css", "drawing.js"))
    drawn = f"window.jinshanDrawingStyle = {json.dumps(drawn, ensure_ascii=False)};"
    rules = f"{shell.rules()}{_group_names(groups)}"  # for addresses that Streamlit answers
    return f"<style>{rules}</style><script>{script}{drawn}{draw}</script>"


def _group_names(groups: tuple[tuple[str, int], ...]) -> str:
    """Write the rules that set a group's name over its first page; readers hear the pages alone."""
    return "".join(
        f"[data-testid=stSidebarNavItems] > li:nth-child({first})::before "
        f'{{ content: "{name}"; content: "{name}" / ""; }}'
        for name, first in groups
    )


def _release_switch(bench: Workbench) -> None:
    shown = {**releases.releases(), bench.release.name: bench.release.id}
    with st.sidebar:
        widgets.show("release_choice", bench.release.name)
        st.segmented_control(
            words.RELEASE,
            list(shown),
            format_func=lambda name: _release_title(name, shown[name]),
            key="release_choice",
            on_change=widgets.on_choice("release_choice", session().choose_release),
            required=True,
            width="stretch",
        )
        release = bench.release
        counts = "，".join(
            f"{text_zh.NATURE_ZH[RowStatus(status)]}{count:,}"
            for status, count in release.counts.items()
            if count
        )
        st.caption(words.HELD.format(release.as_of, counts, release.hash[:8]))


def _release_title(name: str, release_id: str) -> str:
    """Name a release by what it holds: without illustrative rows it is no demonstration."""
    if name == "demo":
        return words.ILLUSTRATED if releases.holds_illustrative(release_id) else words.WHOLE
    return words.RELEASES.get(name, name)


def _demo_banner() -> None:
    with st.container(key="demo_banner", horizontal=True, vertical_alignment="center"):
        st.markdown(words.DEMO)
        st.button(
            words.ONLY_PUBLISHED,
            key="show_published",
            icon=":material/verified:",
            type="tertiary",
            on_click=session().choose_release,
            args=("published",),
        )
