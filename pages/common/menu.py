"""The menu, built from the catalog: one entry a page."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analytics.domain import Action
from pages.common import access, releases, widgets

PRODUCT = "金山新型工业化工作台"
PAGES = Path(__file__).resolve().parents[1]
_OUTLOOK = (
    ("scenario_lab", "情景实验室", ":material/tune:"),
    ("briefing", "简报", ":material/article:"),
)
_REFERENCE = (
    ("consistency", "方案自洽性", ":material/rule:"),
    ("sources", "数据与来源", ":material/dataset:"),
    ("import_data", "数据导入", ":material/upload_file:"),
    ("methods", "方法与检验", ":material/science:"),
    ("guide", "使用说明", ":material/help:"),
    ("audit", "操作记录", ":material/policy:"),
)
_ONLY_FOR = {"import_data": access.may_import, "audit": access.may_audit}


def navigation() -> StreamlitPage:
    """Build the menu from the catalog; only pages that exist are listed.

    The menu is one flat list: Streamlit's section headings sit inside the list
    itself, which screen readers cannot follow.
    """
    home = st.Page(
        "pages/overview/home.py", title="总览", icon=":material/dashboard:", default=True
    )
    actions = [action_page(one) for one in releases.catalog().actions.values() if has_page(one)]
    others = [
        st.Page(f"pages/{folder}/{name}.py", title=title, icon=icon, url_path=title)
        for folder, group in (("outlook", _OUTLOOK), ("reference", _REFERENCE))
        for name, title, icon in group
        if (PAGES / f"{folder}/{name}.py").is_file()
        and (name not in _ONLY_FOR or _ONLY_FOR[name]())
    ]
    page = st.navigation([home, *actions, *others], expanded=True)
    widgets.at_page(page.url_path)
    return page


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
