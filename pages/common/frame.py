"""The frame every page shares: menu, release switch, banners, errors, footer."""

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import change_zh
from analytics.domain import JINSHAN, RowStatus
from pages.common import releases, session

_PAGES = Path(__file__).resolve().parents[1]
_ICONS = {
    "expand_scale": ":material/factory:",
    "promote_transition": ":material/recycling:",
    "strengthen_innovation": ":material/lightbulb:",
    "upgrade_capacity": ":material/trending_up:",
    "boost_supply": ":material/landscape:",
    "faster_than_city": ":material/speed:",
}
_OUTLOOK = (
    ("scenario_lab", "情景实验室", ":material/tune:"),
    ("briefing", "简报", ":material/article:"),
)
_REFERENCE = (
    ("consistency", "规划自洽性", ":material/rule:"),
    ("sources", "数据与来源", ":material/dataset:"),
    ("import_data", "数据导入", ":material/upload_file:"),
    ("methods", "方法与检验", ":material/science:"),
)
_IMPORT_PAGE = "数据导入"
INPUTS = {  # indicators an action's own block draws on beside its targets
    "promote_transition": ("industrial_land_supply", "low_efficiency_land"),
    "strengthen_innovation": ("gross_output_registered", "strategic_emerging_output"),
    "boost_supply": ("enterprise_land_output", "park_land_output"),
}
_log = logging.getLogger(__name__)


def guarded(step: Callable[[], None]) -> None:
    """Run one step of the page; show a sentence instead of a traceback."""
    try:
        step()
    except Exception as error:
        _log.exception("page step failed")
        known = type(error).__module__.startswith("analytics")
        st.error(
            str(error)
            if known
            else "页面出现意外错误，已记入日志。请刷新重试；设置保存在网址中，不会丢失。",
            icon=":material/error:",
        )
        st.stop()


def live(body: Callable[..., None], *args: object) -> None:
    """Show all that a setting can change, apart from the frame: only this is run again."""
    session.stay()
    _live(body, *args)


@st.fragment
def _live(body: Callable[..., None], *args: object) -> None:
    if session.elsewhere():
        st.rerun()
    guarded(session.begin)
    guarded(lambda: body(*args))
    guarded(session.finish)


def navigation():
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
        if (_PAGES / f"{folder}/{name}.py").is_file()
        and (name != "import_data" or releases.import_allowed())
    ]
    page = st.navigation([home, *actions, *others], expanded=True)
    session.at(page.url_path)
    return page


def action_page(action):
    """Describe an action's page to the menu."""
    return st.Page(
        f"pages/{action.page}",
        title=action.name_zh,
        icon=_ICONS.get(action.id),
        url_path=action.url_path,
    )


def has_page(action) -> bool:
    """Tell whether the action's page exists yet."""
    return (_PAGES / action.page).is_file()


def frame(page) -> None:
    """Show the release switch, what was wrong in the link, and the demo banner."""
    st.html(_head(), unsafe_allow_javascript=True)
    _release_notice()
    bench = releases.workbench(session.release_id())
    _release_switch(bench)
    if problems := st.session_state.problems:
        lines = "\n".join(f"- {text_zh.escape(problem)}" for problem in problems)
        st.warning(f"链接中有内容无法采用：\n{lines}", icon=":material/link_off:")
    if st.session_state.switched:
        st.toast("数据版本已更新，本页已换用新版。", icon=":material/published_with_changes:")
    if _page_is_demo(bench, page):
        _demo_banner()


def _release_notice() -> None:
    """Say that the release in use is not the current one, and lead there."""
    release = session.release_id()
    current = releases.releases()
    if release in current.values():
        return
    name = release.split("-")[0]
    newest = current.get(name, current[session.default_release()])
    with st.container(border=True, key="old_release"):
        st.markdown(
            f":orange-badge[:material/history: 非当前版] 本页按数据版本`{release}`计算，"
            f"当前版本是`{newest}`。设置保留，改用后数字可能不同。"
        )
        st.button(
            "改用当前版",
            key="use_newest",
            icon=":material/update:",
            on_click=session.choose_release,
            args=(name if name in current else session.default_release(),),
        )


def _page_is_demo(bench, page) -> bool:
    """Tell whether a page shows anything that rests on illustrative rows."""
    for action in bench.catalog.actions.values():
        if page.url_path == action.url_path:
            own = uses_demo(bench, bench.catalog.targets_of(action.id))
            return own or any(is_illustrative(bench, x) for x in INPUTS.get(action.id, ()))
    if page.url_path == _IMPORT_PAGE:
        return False
    return any(is_illustrative(bench, name) for name in bench.catalog.indicators)


def uses_demo(bench, targets) -> bool:
    """Tell whether any of these targets rests on illustrative rows."""
    sides = (side for target in targets for side in bench.sides(target))
    return any(is_illustrative(bench, name, region) for name, region in sides)


def is_illustrative(bench, indicator_id: str, region: str = JINSHAN) -> bool:
    """Tell whether illustrative rows are in use for an indicator."""
    return RowStatus.ILLUSTRATIVE in bench.history(indicator_id, region).statuses


@cache
def _head() -> str:
    """Our few style rules, and the page's language, which Streamlit leaves at English."""
    style = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return f"<style>{style}</style><script>document.documentElement.lang='zh-CN'</script>"


def _release_switch(bench) -> None:
    shown = {**releases.releases(), bench.release.name: bench.release.id}
    with st.sidebar:
        session.show("release_choice", bench.release.name)
        st.segmented_control(
            "数据版本",
            list(shown),
            format_func=lambda name: _release_title(name, shown[name]),
            key="release_choice",
            on_change=_choose_release,
            required=True,
            width="stretch",
        )
        release = bench.release
        counts = "，".join(
            f"{text_zh.NATURE_ZH[RowStatus(status)]}{count:,}"
            for status, count in release.counts.items()
            if count
        )
        st.caption(
            f"数据截至 {release.as_of:%Y年%m月%d日}  \n{counts}（行）  \n版本 `{release.hash[:8]}`"
        )


def _release_title(name: str, release_id: str) -> str:
    """Name a release by what it holds: without illustrative rows it is no demonstration."""
    if name == "demo":
        return "演示" if releases.holds_illustrative(release_id) else "全部"
    return {"published": "公布"}.get(name, name)


def _choose_release() -> None:
    session.choose_release(st.session_state["release_choice"])


def _demo_banner() -> None:
    with st.container(border=True, key="demo_banner", horizontal=True, vertical_alignment="center"):
        st.markdown(
            ":orange-badge[:material/science: 演示] **本版本含演示数据，不作决策依据**。"
            "区级历史公布很少，空缺处由有据可查的生成器补足，仅供熟悉功能。"
        )
        st.button(
            "只看公布数据",
            key="show_published",
            icon=":material/verified:",
            on_click=session.choose_release,
            args=("published",),
        )


def conclusion(view, action_id: str | None = None) -> None:
    """State in words what the figures say, and what the scenario changes of them."""
    catalog = view.bench.catalog
    targets = catalog.targets_of(action_id) if action_id else catalog.targets.values()
    items = [view.verdict(target.id) for target in targets]
    outlook = view.outlook(action_id)
    worst = action_id is not None
    text = verdicts_zh.conclusion(items, catalog.indicators, worst=worst)
    lines = [f"{scenario_badge()}**结论**　{text_zh.escape(text)}"]
    if view.moved:
        before = releases.baseline(session.release_id())
        pairs = [(before.verdict(item.target.id), item) for item in items]
        lines.append(
            text_zh.escape(change_zh(pairs, outlook, releases.outlook_before(before, action_id)))
        )
    together = text_zh.escape(f"联合来看：{verdicts_zh.outlook_zh(outlook)}。")
    lines.append(f":small[:gray[{together}]]")
    with st.container(border=True, key="conclusion"):
        st.markdown("  \n".join(lines))


def scenario_badge() -> str:
    """Say before a conclusion that a scenario is on, and which."""
    moved = len(session.settings())
    if not moved:
        return ""
    name = session.scenario().name
    named = "" if name == session.UNNAMED else f"“{text_zh.escape(name)}”"
    return f":violet-badge[:material/tune: 情景{named}：已调整{moved}项]　"


def text_file(name: str) -> str:
    """Read one of the longer texts, which are kept as Markdown files."""
    return (Path(__file__).parent / "texts" / name).read_text(encoding="utf-8")


def footer() -> None:
    """Close the page with the plan's reference."""
    st.caption(
        "依据：《金山区加快推进新型工业化的行动方案》（金府发〔2024〕1号，2024年6月11日）。"
        + text_zh.NATURES_ZH
    )
