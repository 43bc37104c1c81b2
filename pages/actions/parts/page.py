"""The page of one special action: targets, chart and levers on one screen, details below."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import warning_zh
from analytics.answers.steering.reference_start import Basis, ReferenceStart
from analytics.domain import Action, Indicator, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.actions.parts import start, words
from pages.actions.parts.chart import figure_of, target_chart, target_export
from pages.actions.parts.evidence import clause, rows_and_sql, sources_and_scope
from pages.actions.parts.notebook import notebook_download
from pages.actions.parts.particular import particular
from pages.actions.parts.side_effects import side_effects
from pages.actions.parts.target_list import target_list
from pages.common import (
    answers,
    chart_block,
    drawing,
    levers,
    presets,
    reference,
    releases,
    running,
    share,
    widgets,
    zones,
)
from pages.common.action_context import context_table, task_list
from pages.common.chart_notes import notes_panel
from pages.common.conclusion import footer, plan_conclusion
from pages.common.drawing import Part, box
from pages.common.illustrative import any_illustrative
from pages.common.prospects import before, change_of_odds, looks_of, odds_zh
from pages.common.session import session
from pages.common.target_table import table_notes, target_table
from pages.common.text import fill, lines, plain
from pages.common.zones import zone

_COLUMNS = (27, 45, 28)  # list, chart, levers; shares of the width
_LISTED = 4  # targets that a phone shows without scrolling in the list


def action_page(action_id: str) -> None:
    """Show the page of an action."""
    action = releases.catalog().actions[action_id]
    st.title(action.name_zh, anchor=False, help=plain(action.summary_zh))
    running.live(_body, action_id)
    footer()


def _body(action_id: str) -> None:
    """Show the console of an action, and one of its details below."""
    bench = answers.bench()
    action = bench.catalog.actions[action_id]
    targets = bench.catalog.targets_of(action_id)
    target = bench.catalog.targets[_chosen_id(targets)]
    with st.container(gap="small", key="console"):
        zone("conclusion", lambda: plan_conclusion(answers.view(), action_id))
        _tools()
        listed, chart, steering = st.columns(_COLUMNS, gap="medium")
        room = f"listed_{min(len(targets), _LISTED)}"  # by their number
        with listed, st.container(key=room):
            zone("targets", lambda: target_list(answers.view(), targets, target.id))
        with chart:
            zone("chart", lambda: _outlook(reference.view_of(target), target))
            target_export(target)
        with steering:
            start.notice(target)
            levers.panel(reference.bench_of(target), target)
            start.entry(bench, target)
    _details(action, target)


def _chosen_id(targets: Sequence[Target]) -> str:
    names = [target.id for target in targets]
    chosen = session().target
    return chosen if chosen in names else names[0]


def _tools() -> None:
    """Show presets, reset and horizon in one row."""
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        presets.choice()
        levers.reset()
        widgets.horizon_control()


def _outlook(view: View, target: Target) -> None:
    """Show where the chosen target leads, and what else a scenario moves."""
    item = view.verdict(target.id)
    figure = figure_of(view, item)
    told_of_chart = [chart_block.told(figure)] if figure else []
    _cards(view, item, reference.start_of(target), told_of_chart)
    target_chart(item, figure)
    side_effects(answers.view(), target)  # below many levers it would be out of sight


def _cards(
    view: View, item: Assessment, start: ReferenceStart | None, told_of_chart: Sequence[Part]
) -> None:
    """Show the chosen target: latest value, outlook and odds, each with its change."""
    indicator = view.bench.catalog.indicators[item.target.indicator]
    old = before(view, item.target.id)
    latest_label, odds_label = words.LATEST, words.ODDS
    latest, latest_note = verdicts_zh.latest_parts(item, indicator)
    looks, verdict, likely = looks_of(item), str(item.verdict), _likely(item)
    if start is not None:  # said once, in place of the verdict
        item = replace(item, is_reference=False)
        looks, verdict, odds_label = "open", words.REFERENCE_ONLY, words.REFERENCE_ODDS
        latest_label, likely = words.START_FROM[start.basis], words.ODDS_FROM[start.basis]
        latest_note = words.START_OF.format(start.year)
        if start.basis is Basis.INDEX:
            latest = words.INDEX
    odds = odds_zh(item)
    if start is not None and start.basis is Basis.BACKWARDS and not view.moved:
        odds = words.EVEN  # they follow from how the start was told, and foretell nothing
    outlook, interval = verdicts_zh.outlook_parts(item, indicator)
    spread = words.INTERVAL.format(interval) if item.interval_80 else interval
    moved = _change(old, item, indicator)
    title = f"{item.target.name_zh}　{verdicts_zh.target_zh(item)}"
    drawing.draw(
        [
            box(
                "row",
                box("strong grow cut", title, style="font-size:16px", title=title),
                box(f"strong {looks}", verdict),
            ),
            box(
                "cards",
                _card(latest_label, latest, latest_note),
                _card(words.outlook(item.target, moved=view.moved), outlook, moved or spread),
                _card(odds_label, odds, _odds_note(view, item, likely), looks),
            ),
            *told_of_chart,
        ],
        key="cards",
        height=122,
    )


def _likely(item: Assessment) -> str:
    return "" if item.probability is None else text_zh.likelihood(item.probability)


def _odds_note(view: View, item: Assessment, likely: str) -> str:
    """Say what the odds were or mean, and their range over methods."""
    changed = change_of_odds(before(view, item.target.id), item)
    over_methods = verdicts_zh.method_range_in(view, item)
    return "，".join(filter(None, (changed or likely, over_methods)))


def _change(old: Assessment | None, new: Assessment, indicator: Indicator) -> str:
    """Write how far a scenario moves the median, in the figures shown."""
    if old is None or old.median is None or new.median is None or old.median == new.median:
        return ""
    return words.BEFORE.format(verdicts_zh.measured(old, old.median, indicator))


def _card(label: str, value: str, note: str, looks: str = "") -> Part:
    return box(
        "card",
        box("label cut", label, title=label),
        box(f"value cut {looks}", value, title=value),
        box("note", note or "\u00a0", title=note),
    )


def _details(action: Action, target: Target) -> None:
    """Show one detail at a time; the others are not even worked out."""
    bench = answers.bench()
    shown: dict[str, Callable[[], None]] = {
        words.CLAUSE: lambda: clause(answers.baseline().verdict(target.id)),
        words.TABLE: lambda: zone("detail", lambda: _table(answers.view(), action.id)),
        words.FIRMNESS: lambda: zone("detail", lambda: _second_thoughts(answers.view(), target)),
        **({words.OWN: lambda: _own(action)} if action.blocks else {}),
        words.ROWS: lambda: rows_and_sql(bench, target),
        words.SOURCES: lambda: sources_and_scope(bench, target),
        words.CONTEXT: lambda: context_table(answers.context(session().release_id, action.id)),
        **({words.TASKS: lambda: task_list(action)} if action.tasks else {}),
        words.NOTES: lambda: notes_panel(target),
        words.SHARE: lambda: _take_away(action, target),
    }
    for tab, (_, show) in zip(
        st.tabs(list(shown), key="details", on_change="rerun"), shown.items(), strict=True
    ):
        if tab.open:
            with tab:
                show()


def _table(view: View, action_id: str) -> None:
    """Show every target of the action with all its figures."""
    catalog = view.bench.catalog
    targets = catalog.targets_of(action_id)
    items = [view.verdict(target.id) for target in targets]
    target_table(view, items, moved=bool(session().settings))
    table_notes(demo=any_illustrative(view.bench, targets))


def _own(action: Action) -> None:
    """Show the action's own blocks, whose charts and tables a lever may change."""
    zones.all_follow()
    particular(action, answers.view())


def _second_thoughts(view: View, target: Target) -> None:
    """Say when the target is reached, until when it still can be, and how firm this is."""
    item, indicator = view.verdict(target.id), view.bench.catalog.indicators[target.indicator]
    if item.median is None:
        st.info(plain(text_zh.reasons_zh(item.reasons)), icon=":material/info:")
        return
    reached, chance = view.reached(target), view.last_chance(target)
    firm = answers.robustness(session().release_id, target.id)
    said = {
        words.REACHED: reached.text_zh if reached else "",
        words.LAST_CHANCE: warning_zh(chance, moved=view.touches(target)),
        words.PROGRESS: verdicts_zh.progress_zh(view.progress(target)),
        words.BASES: verdicts_zh.base_zh(firm),
        words.CONFIDENCE: verdicts_zh.odds_zh(firm),
        words.ROBUSTNESS: verdicts_zh.robustness_zh(firm),
        words.NEEDED: verdicts_zh.effort(item, indicator),
        words.TESTED: verdicts_zh.coverage_zh(item),
        words.METHOD: f"{item.method}。{text_zh.reasons_zh(item.warnings)}" if item.method else "",
    }
    st.markdown(lines(*(fill("**{}**　{}", *one) for one in said.items() if one[1])))


def _take_away(action: Action, target: Target) -> None:
    """Offer the link, the scenario file and the notebook."""
    share.share()
    notebook_download(answers.view(), action.id, target.id, max(session().horizon, target.due_year))
