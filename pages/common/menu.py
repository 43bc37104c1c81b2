"""The menu, built from the catalog: one entry a page."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analytics.domain import Action
from pages.common import access, releases, widgets, words

PAGES = Path(__file__).resolve().parents[1]
_OTHERS = (  # group, then folder, script and icon of each of its pages
    (words.OF_SCENARIOS, (("outlook", "scenario_lab", "tune"),)),
    (words.OF_RESULTS, (("outlook", "briefing", "article"),)),
    (
        words.OF_DATA,
        (
            ("reference", "consistency", "rule"),
            ("reference", "sources", "dataset"),
            ("reference", "import_data", "upload_file"),
            ("reference", "methods", "science"),
            ("reference", "guide", "help"),
            ("reference", "audit", "policy"),
        ),
    ),
)
_ONLY_FOR = {"import_data": access.may_import, "audit": access.may_audit}


def navigation() -> StreamlitPage:
    """Build the menu from the catalog; only pages that exist are listed.

    To Streamlit the menu is one flat list: its own section headings sit inside the list
    itself, which screen readers cannot follow. The names of the groups are drawn over it.
    """
    home = st.Page(
        "pages/overview/home.py", title=words.HOME, icon=":material/dashboard:", default=True
    )
    actions = [action_page(one) for one in releases.catalog().actions.values() if has_page(one)]
    others = [_page(*one) for _, own in _OTHERS for one in own if _is_offered(*one)]
    page = st.navigation([home, *actions, *others], expanded=True)
    widgets.at_page(page.url_path)
    return page


def groups() -> tuple[tuple[str, int], ...]:
    """Return the menu's groups, each with the place of its first page, counted from one."""
    actions = sum(has_page(one) for one in releases.catalog().actions.values())
    sizes = [(words.OF_PLAN, 1 + actions)]
    sizes += [(name, sum(_is_offered(*one) for one in own)) for name, own in _OTHERS]
    found, first = [], 1
    for name, size in sizes:
        found += [(name, first)] if size else []
        first += size
    return tuple(found)


def addresses() -> tuple[str, ...]:
    """Return the path of every page, of those too that only some are offered."""
    actions = [one.url_path for one in releases.catalog().actions.values() if has_page(one)]
    return ("", *actions, *(words.PAGES[name] for _, own in _OTHERS for _, name, _ in own))


def _is_offered(folder: str, name: str, *_: str) -> bool:
    is_here = (PAGES / f"{folder}/{name}.py").is_file()
    return is_here and (name not in _ONLY_FOR or _ONLY_FOR[name]())


def _page(folder: str, name: str, icon: str) -> StreamlitPage:
    title = words.PAGES[name]
    path = f"pages/{folder}/{name}.py"
    return st.Page(path, title=title, icon=f":material/{icon}:", url_path=title)


def action_page(action: Action) -> StreamlitPage:
    """Describe an action's page to the menu."""
    return st.Page(
        f"pages/{action.page}",
        title=action.name_zh,
        icon=f":material/{action.icon}:",
        url_path=action.url_path,
    )


def has_page(action: Action) -> bool:
    """Tell whether the action's page exists yet."""
    return (PAGES / action.page).is_file()
