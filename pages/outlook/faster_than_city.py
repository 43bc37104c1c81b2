"""2035年展望: is the district growing significantly faster than the city?"""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import city_zh
from analytics.answers.reports import against_city
from analytics.answers.reports.against_city import HORIZONS, Comparison
from analytics.answers.reports.wanted_data import behind
from analytics.answers.steering.compare import only
from analytics.domain import DistrictsBlock, LeverClass, Reason, Target
from analytics.output.figures.city import city_figure, growth_figure, ratio_figure
from analytics.output.figures.figure import Figure
from analytics.workbench import Workbench
from pages.common import answers, chart_block, releases, running, widgets
from pages.common.action_context import task_list
from pages.common.conclusion import conclusion, footer
from pages.common.illustrative import any_illustrative
from pages.common.session import Settings, session
from pages.common.text import Markdown, fill, plain
from pages.common.zones import zone
from pages.outlook.city import words
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
    zone("conclusion", _conclusion)
    zone("comparison", lambda: comparison_table(_compared(), _option("confidence")))
    comparison_notes(_compared(), demo=any_illustrative(bench, bench.catalog.targets_of(ACTION)))
    target = _choices()
    _charts(bench, target)
    city_panel(bench, target, lambda: _effect(target))


def _option(name: str) -> float:
    """Return a choice that is in percent, as a fraction."""
    return float(session().options[name]) / 100


def _compared() -> list[Comparison]:
    return [_comparison(target) for target in releases.catalog().targets_of(ACTION)]


def _comparison(target: Target) -> Comparison:
    return compared(answers.view(), target.id, _option("margin"), _option("confidence"))


def _conclusion() -> None:
    """Say which targets grow faster than the city, and how likely they do so together."""
    items, margin, confidence = _compared(), _option("margin"), _option("confidence")
    known = sum(bool(item.chances) for item in items)
    paths = [item.path for item in items]
    together = city_zh.joint_lead_zh(paths, known, HORIZONS[-1], margin)
    conclusion([against_city.conclusion(items, confidence, margin)], together)


def _choices() -> Target:
    """Let the user choose what counts as significant, and the target to look at."""
    targets = releases.catalog().targets_of(ACTION)
    names = {target.id: target.name_zh for target in targets}
    chosen = session().target
    widgets.show("target_choice", chosen if chosen in names else next(iter(names)))
    which, margin, confidence = st.columns([4, 3, 3], gap="medium", vertical_alignment="bottom")
    with which:
        st.segmented_control(
            words.LOOK_AT,
            list(names),
            format_func=names.__getitem__,
            key="target_choice",
            on_change=widgets.on_choice("target_choice", session().choose_target),
            required=True,
            width="stretch",
        )
    with margin:
        widgets.option("margin", words.MARGIN.format)
    with confidence:
        widgets.option("confidence", words.CONFIDENCE.format)
    return next(one for one in targets if one.id == st.session_state["target_choice"])


def _charts(bench: Workbench, target: Target) -> None:
    """Draw the ratio to the city, then the city's own levels and published growth."""
    zone("ratio", lambda: _ratio(target))
    _method(_comparison(target))
    counterpart = bench.catalog.indicators[target.indicator].city_counterpart
    if counterpart is None or city_figure(answers.view(), target) is None:
        _no_city(_comparison(target))
        return
    assumed = {lever.id for lever in bench.catalog.levers_of(counterpart)}
    growth = growth_figure(bench, target)
    left, right = st.columns(2, gap="medium")
    with left:
        zone("city", lambda: _city(target), follows=assumed.__contains__)
    with right:
        if growth:
            _show(growth)
            st.caption(plain(growth.caption))


def _ratio(target: Target) -> None:
    """Draw the district beside the city, or say why that cannot be."""
    view, item = answers.view(), _comparison(target)
    ratio = ratio_figure(view, item)
    if ratio:
        _show(ratio)
    elif city_figure(view, target) is not None:
        st.info(words.NO_RATIO, icon=":material/hide_source:")


def _method(item: Comparison) -> None:
    """Say what a ratio rests on, which no lever changes, and how it is projected."""
    if item.path.since is not None and item.path.years:
        others = [one for one in item.item.warnings if one.code is not Reason.BASE_MOVED]
        said = text_zh.reasons_zh(others)  # that one stands under the table
        st.caption(plain(said or words.METHOD), help=plain(item.item.method))


def _city(target: Target) -> None:
    """Draw the city's own levels."""
    figure = city_figure(answers.view(), target)
    if figure is not None:
        _show(figure)
        st.caption(plain(figure.caption))


def _show(figure: Figure) -> None:
    chart_block.show(figure, key=f"city_{figure.title}")


def _no_city(item: Comparison) -> None:
    """Say that the city has no value, and show what little there is."""
    want = behind(answers.bench(), [item.target])[-1]
    held = words.NOTHING_HELD
    if want.bounds_zh:
        held = words.ONLY_BOUNDS.format("、".join(want.bounds_zh))
    name = item.city.indicator.name_zh
    st.info(plain(words.NO_CITY.format(name, held)), icon=":material/block:")


def _missing() -> None:
    missing_series(answers.bench(), releases.catalog().targets_of(ACTION))


def _effect(target: Target) -> None:
    """Say what the moved assumptions alone do, beside all that is moved."""
    if not session().settings or not _comparison(target).chances:
        return
    assumed = only(releases.catalog(), session().settings, LeverClass.ASSUMPTION)
    settings = ((), tuple(sorted(assumed.items())), session().scenario.settings)
    shares = " → ".join(
        f"{name}{text_zh.odds(_significant(target, key))}"
        for name, key in zip(words.STAGES, settings, strict=True)
    )
    told = plain(words.SIGNIFICANT_BY.format(HORIZONS[-1], shares))
    st.markdown(f":material/compare_arrows: {told}")


def _significant(target: Target, settings: Settings) -> float:
    view = releases.view(session().release_id, settings)
    found = compared(view, target.id, _option("margin"), _option("confidence"))
    return found.chances[-1].significant


def _clause() -> None:
    """Quote the plan; how its words are read, and its other tasks, open on demand."""
    targets = releases.catalog().targets_of(ACTION)
    with st.container(border=True, key="clause"):
        quoted = "\n>\n".join(f"> {plain(target.clause.wording)}" for target in targets)
        notes = dict.fromkeys(
            note.rstrip("。") for x in targets for note in (x.note_zh, x.assumption_zh) if note
        )
        section = text_zh.section_zh(targets[0].clause.section)
        st.markdown(fill(words.CLAUSE, section, Markdown(quoted)))
    with st.expander(words.CLAUSE_READ, icon=":material/article:", key="clause_read"):
        st.markdown(plain("；".join(notes) + "。"))
        task_list(action)


action = releases.catalog().actions[ACTION]
st.title(action.name_zh, anchor=False, help=plain(action.summary_zh))
running.live(_body)
running.guarded(_other_districts)
running.guarded(_missing)
_clause()
footer()
