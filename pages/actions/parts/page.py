"""The page of one special action, in the order policy staff read it."""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.workbench import View, Workbench
from pages.actions.parts.contributions import contributions
from pages.actions.parts.evidence import clause, rows_and_sql, sources_and_scope
from pages.actions.parts.notebook import notebook_download
from pages.actions.parts.particular import particular
from pages.common import frame, levers, releases, session
from pages.common.action_context import context_table, task_list
from pages.common.target_chart import horizon_control, target_chart
from pages.common.target_table import badge, table_notes, target_table

_BLOCKS = {"contributions": contributions}


def action_page(action_id: str) -> None:
    """Show the page of an action."""
    action = releases.catalog().actions[action_id]
    st.title(action.name_zh, anchor=False)
    st.caption(text_zh.escape(action.summary_zh))
    frame.live(_body, action_id)
    frame.guarded(lambda: _evidence(action_id))
    context_table(releases.context(session.release_id(), action_id))
    task_list(action)
    frame.footer()


def _body(action_id: str) -> None:
    """Show conclusion, targets, the chosen target's chart and its levers."""
    bench = releases.workbench(session.release_id())
    view = releases.view(session.release_id(), session.settings_key())
    items = [view.verdict(target.id) for target in bench.catalog.targets_of(action_id)]
    frame.conclusion(view, action_id)
    target_table(items, bench.catalog.indicators, moved=bool(session.settings()))
    table_notes(demo=frame.uses_demo(bench, [item.target for item in items]))
    target = _choose_target([item.target for item in items])
    _chosen(bench, view, view.verdict(target.id))
    levers.panel(bench, view.verdict(target.id))
    particular(action_id, view)
    for block in bench.catalog.actions[action_id].blocks:
        _BLOCKS[block](view)
    until = max(st.session_state.horizon, target.due_year)
    notebook_download(view, action_id, target.id, until)


def _evidence(action_id: str) -> None:
    """Show the plan's words, rows and sources of the chosen target; no lever changes them."""
    bench = releases.workbench(session.release_id())
    target = bench.catalog.targets[_chosen_id(bench.catalog.targets_of(action_id))]
    clause(releases.baseline(session.release_id()).verdict(target.id))
    rows_and_sql(bench, target)
    sources_and_scope(bench, target)


def _chosen_id(targets) -> str:
    names = [target.id for target in targets]
    return st.session_state.target if st.session_state.target in names else names[0]


def _choose_target(targets):
    names = {target.id: f"{target.name_zh}（{target.due_year}年）" for target in targets}
    choice, horizon = st.columns([7, 3], gap="medium", vertical_alignment="bottom")
    with choice:
        chosen = session.pick("查看指标", names, "target", key="target_choice", whole_page=True)
    with horizon:
        horizon_control()
    return next(target for target in targets if target.id == chosen)


def _chosen(bench: Workbench, view: View, item) -> None:
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


def _second_thoughts(view: View, item) -> None:
    """Say when the target is reached, until when it still can be, and how firm this is."""
    if item.median is None:
        return
    reached, chance = view.reached(item.target), view.last_chance(item.target)
    firm = releases.robustness(session.release_id(), item.target.id)
    lines = [f"**何时达到**　{text_zh.escape(reached.text_zh)}"] if reached else []
    lines += [f"**预警**　{text_zh.escape(chance.text_zh)}"] if chance else []
    ratio = verdicts_zh.progress_zh(view.progress(item.target))
    lines += [f"**进展比**　{text_zh.escape(ratio)}"] if ratio else []
    lines.append(f"**稳健性（基准）**　{text_zh.escape(verdicts_zh.robustness_zh(firm))}")
    with st.container(border=True, key="second_thoughts"):
        st.markdown("  \n".join(lines))


def _figures(item, indicator, *, ahead: str) -> None:
    """Show latest value, outlook and probability of the chosen target."""
    st.markdown(f"**{text_zh.escape(item.target.name_zh)}**　{badge(item)}")
    latest, latest_note = verdicts_zh.latest_parts(item, indicator)
    outlook, interval = verdicts_zh.outlook_parts(item, indicator)
    likely = item.probability is not None
    _card("最新值", latest, latest_note)
    spread = f"80%区间 {interval}" if item.interval_80 else interval
    _card(f"{item.target.due_year}年{ahead}（中位数）", outlook, spread)
    _card(
        "达成概率",
        verdicts_zh.probability_zh(item),
        text_zh.probability_zh(item.probability) if likely else "",
    )
    why = text_zh.reasons_zh(item.reasons)
    notes = [verdicts_zh.coverage_zh(item), verdicts_zh.effort(item, indicator), why]
    st.caption("  \n".join(f"{text_zh.escape(note)}。" for note in notes if note))


def _card(label: str, value: str, note: str) -> None:
    st.metric(label, value, border=True, delta=note or None, delta_color="off", delta_arrow="off")
