"""2035年展望: is the district growing significantly faster than the city?"""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import city_zh
from analytics.answers.reports import against_city
from analytics.answers.reports.against_city import HORIZONS, Comparison
from analytics.answers.reports.wanted_data import behind
from analytics.answers.steering.compare import only
from analytics.domain import DistrictsBlock, LeverClass
from analytics.output.figures.city import city_figure, growth_figure, ratio_figure
from analytics.output.figures.figure import Figure
from analytics.workbench import View
from pages.common import answers, chart_block, releases, running, widgets
from pages.common.action_context import task_list
from pages.common.conclusion import conclusion, footer
from pages.common.illustrative import any_illustrative
from pages.common.session import Settings, session
from pages.common.text import Markdown, fill, plain, small
from pages.outlook.city.compared import compared
from pages.outlook.city.missing import missing_series
from pages.outlook.city.other_districts import other_districts
from pages.outlook.city.panel import city_panel
from pages.outlook.city.table import comparison_notes, comparison_table

ACTION = "faster_than_city"


def _other_districts() -> None:
    for block in releases.catalog().actions[ACTION].blocks:
        if isinstance(block, DistrictsBlock):
            other_districts(session().release_id, block)


def _body() -> None:
    """Show conclusion, table, options, charts and levers."""
    bench = answers.bench()
    view = answers.view()
    margin, confidence = (float(session().options[name]) / 100 for name in ("margin", "confidence"))
    targets = bench.catalog.targets_of(ACTION)
    items = [compared(view, target.id, margin, confidence) for target in targets]
    known = sum(bool(item.chances) for item in items)
    paths = [item.path for item in items]
    together = city_zh.joint_lead_zh(paths, known, HORIZONS[-1], margin)
    conclusion([against_city.conclusion(items, confidence, margin)], together)
    comparison_table(items, confidence)
    comparison_notes(items, demo=any_illustrative(bench, targets))
    item = _choices(items)
    _charts(view, item)
    city_panel(bench, item.item, _effect(item, margin, confidence))


def _choices(items: list[Comparison]) -> Comparison:
    """Let the user choose what counts as significant, and the target to look at."""
    names = {item.target.id: item.target.name_zh for item in items}
    chosen = session().target
    widgets.show("target_choice", chosen if chosen in names else next(iter(names)))
    which, margin, confidence = st.columns([4, 3, 3], gap="medium", vertical_alignment="bottom")
    with which:
        st.segmented_control(
            "查看",
            list(names),
            format_func=names.__getitem__,
            key="target_choice",
            on_change=widgets.on_choice("target_choice", session().choose_target),
            required=True,
            width="stretch",
        )
    with margin:
        widgets.option("margin", "年均高出{}个百分点".format)
    with confidence:
        widgets.option("confidence", "{}%".format)
    return next(item for item in items if item.target.id == st.session_state["target_choice"])


def _charts(view: View, item: Comparison) -> None:
    """Draw the ratio to the city, then the city's own levels and published growth."""
    ratio = ratio_figure(view, item)
    if ratio:
        _show(ratio)
        warnings = text_zh.reasons_zh(item.item.warnings)
        st.caption(plain(f"方法：{item.item.method}。{warnings}"))
    city, growth = city_figure(view, item.target), growth_figure(view.bench, item.target)
    if city is None:
        _no_city(item)
        return
    if ratio is None:
        reason = text_zh.reasons_zh(item.item.reasons)
        st.info(plain(f"画不出金山与全市之比。{reason}"), icon=":material/hide_source:")
    left, right = st.columns(2, gap="medium")
    with left:
        _show(city)
        st.caption(plain(city.takeaway))
    with right:
        if growth:
            _show(growth)
            st.caption(plain(growth.takeaway))


def _show(figure: Figure) -> None:
    chart_block.show(figure, key=f"city_{figure.title}")


def _no_city(item: Comparison) -> None:
    """Say that the city has no value, and show what little there is."""
    want = behind(answers.bench(), [item.target])[-1]
    held = "没有任何年度公布值"
    if want.bounds_zh:
        held = f"只有下限：{'、'.join(want.bounds_zh)}，下限不作对标"
    name = item.city.indicator.name_zh
    st.info(plain(f"无对标：{name}{held}。"), icon=":material/block:")


def _missing() -> None:
    missing_series(answers.bench(), releases.catalog().targets_of(ACTION))


def _effect(item: Comparison, margin: float, confidence: float) -> str:
    """Say what the moved assumptions alone do, beside all that is moved."""
    if not session().settings or not item.chances:
        return ""
    assumed = only(releases.catalog(), session().settings, LeverClass.ASSUMPTION)
    stages = {
        "基准": (),
        "只计假设": tuple(sorted(assumed.items())),
        "全部调整": session().scenario.settings,
    }
    shares = (
        f"{name}{text_zh.odds(_significant(item, key, margin, confidence))}"
        for name, key in stages.items()
    )
    return f"到{HORIZONS[-1]}年显著快于全市的概率：{' → '.join(shares)}"


def _significant(item: Comparison, settings: Settings, margin: float, confidence: float) -> float:
    view = releases.view(session().release_id, settings)
    return compared(view, item.target.id, margin, confidence).chances[-1].significant


def _clause() -> None:
    """Quote the plan and say how its words are read."""
    targets = releases.catalog().targets_of(ACTION)
    with st.container(border=True, key="clause"):
        quoted = "\n>\n".join(f"> {plain(target.clause.wording)}" for target in targets)
        notes = dict.fromkeys(
            note.rstrip("。") for x in targets for note in (x.note_zh, x.assumption_zh) if note
        )
        reading = small("；".join(notes) + "。")
        section = targets[0].clause.section
        st.markdown(fill("**方案原文**　{}\n\n{}\n\n{}", section, Markdown(quoted), reading))


action = releases.catalog().actions[ACTION]
st.title(action.name_zh, anchor=False, help=plain(action.summary_zh))
running.live(_body)
running.guarded(_other_districts)
running.guarded(_missing)
_clause()
task_list(action)
footer()
