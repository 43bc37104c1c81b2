"""The page of one special action, in the order policy staff read it."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Indicator, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View, Workbench
from pages.actions.parts.chart import target_chart
from pages.actions.parts.evidence import clause, rows_and_sql, sources_and_scope
from pages.actions.parts.notebook import notebook_download
from pages.actions.parts.particular import particular
from pages.common import answers, levers, releases, running, widgets
from pages.common.action_context import context_table, task_list
from pages.common.conclusion import footer, plan_conclusion
from pages.common.illustrative import any_illustrative
from pages.common.session import session
from pages.common.target_table import badge, table_notes, target_table
from pages.common.text import fill, lines, plain


def action_page(action_id: str) -> None:
    """Show the page of an action."""
    action = releases.catalog().actions[action_id]
    st.title(action.name_zh, anchor=False)
    st.caption(plain(action.summary_zh))
    running.live(_body, action_id)
    running.guarded(lambda: _evidence(action_id))
    context_table(answers.context(session().release_id, action_id))
    task_list(action)
    footer()


def _body(action_id: str) -> None:
    """Show conclusion, targets, the chosen target's chart and its levers."""
    bench = answers.bench()
    view = answers.view()
    items = [view.verdict(target.id) for target in bench.catalog.targets_of(action_id)]
    plan_conclusion(view, action_id)
    target_table(items, bench.catalog.indicators, moved=bool(session().settings))
    table_notes(demo=any_illustrative(bench, [item.target for item in items]))
    target = _choose_target([item.target for item in items])
    _chosen(bench, view, view.verdict(target.id))
    levers.panel(bench, view.verdict(target.id))
    particular(bench.catalog.actions[action_id], view)
    until = max(session().horizon, target.due_year)
    notebook_download(view, action_id, target.id, until)


def _evidence(action_id: str) -> None:
    """Show the plan's words, rows and sources of the chosen target; no lever changes them."""
    bench = answers.bench()
    target = bench.catalog.targets[_chosen_id(bench.catalog.targets_of(action_id))]
    clause(answers.baseline().verdict(target.id))
    rows_and_sql(bench, target)
    sources_and_scope(bench, target)


def _chosen_id(targets: Sequence[Target]) -> str:
    names = [target.id for target in targets]
    chosen = session().target
    return chosen if chosen in names else names[0]


def _choose_target(targets: Sequence[Target]) -> Target:
    names = {target.id: f"{target.name_zh}（{target.due_year}年）" for target in targets}
    choice, horizon = st.columns([7, 3], gap="medium", vertical_alignment="bottom")
    with choice:
        chosen = widgets.pick(
            "查看指标",
            names,
            session().target,
            session().choose_target,
            key="target_choice",
            whole_page=True,
        )
    with horizon:
        widgets.horizon_control()
    return next(target for target in targets if target.id == chosen)


def _chosen(bench: Workbench, view: View, item: Assessment) -> None:
    chart, figures = st.columns([7, 3], gap="medium")
    with chart:
        target_chart(view, item)
    with figures:
        _figures(
            item,
            bench.catalog.indicators[item.target.indicator],
            ahead="情景" if view.moved else "预测",
        )
    _second_thoughts(view, item)


def _second_thoughts(view: View, item: Assessment) -> None:
    """Say when the target is reached, until when it still can be, and how firm this is."""
    if item.median is None:
        return
    reached, chance = view.reached(item.target), view.last_chance(item.target)
    firm = answers.robustness(session().release_id, item.target.id)
    said = {
        "何时达到": reached.text_zh if reached else "",
        "预警": chance.text_zh if chance else "",
        "进展比": verdicts_zh.progress_zh(view.progress(item.target)),
        "稳健性（基准）": verdicts_zh.robustness_zh(firm),
    }
    with st.container(border=True, key="second_thoughts"):
        st.markdown(lines(*(fill("**{}**　{}", *one) for one in said.items() if one[1])))


def _figures(item: Assessment, indicator: Indicator, *, ahead: str) -> None:
    """Show latest value, outlook and probability of the chosen target."""
    st.markdown(fill("**{}**　{}", item.target.name_zh, badge(item)))
    latest, latest_note = verdicts_zh.latest_parts(item, indicator)
    outlook, interval = verdicts_zh.outlook_parts(item, indicator)
    likely = "" if item.probability is None else text_zh.probability_zh(item.probability)
    _card("最新值", latest, latest_note)
    spread = f"80%区间 {interval}" if item.interval_80 else interval
    _card(f"{item.target.due_year}年{ahead}（中位数）", outlook, spread)
    _card("达成概率", verdicts_zh.probability_zh(item), likely)
    why = text_zh.reasons_zh(item.reasons)
    notes = [verdicts_zh.coverage_zh(item), verdicts_zh.effort(item, indicator), why]
    st.caption(lines(*(f"{note}。" for note in notes if note)))


def _card(label: str, value: str, note: str) -> None:
    st.metric(label, value, border=True, delta=note or None, delta_color="off", delta_arrow="off")
