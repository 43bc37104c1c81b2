"""One target in every scenario on one scale."""

import streamlit as st

from analytics import text_zh
from analytics.domain import Scenario
from analytics.output.figures.scenarios import scenarios_figure
from analytics.workbench import Workbench
from pages.common import answers, chart_block, widgets
from pages.common.chart_notes import noted
from pages.common.scenarios_at_hand import BASELINE, compared
from pages.common.session import named_for_files, session
from pages.common.text import plain
from pages.outlook.lab import words
from pages.outlook.lab.names import target_names

MOST_DRAWN = 4


def charts(bench: Workbench) -> None:
    """Draw the chosen target in up to four scenarios."""
    choice, horizon = st.columns([7, 3], gap="medium", vertical_alignment="bottom")
    with choice:
        target_id = choose_target(bench)
    with horizon:
        widgets.horizon_control()
    scenarios, left_out = _drawn()
    views = [(one, answers.view_of(one)) for one in scenarios]
    target = bench.catalog.targets[target_id]
    last_year = max(session().horizon, target.due_year)
    item = views[0][1].verdict(target_id)
    if item.median is None:
        why = text_zh.reasons_zh(item.reasons)
        st.info(plain(words.NO_PATHS.format(why)), icon=":material/hide_source:")
        return
    figure = noted(scenarios_figure(views, target_id, last_year=last_year), target_id)
    chart_block.show(
        figure,
        key="lab_scenarios",
        in_files=lambda: noted(
            scenarios_figure(
                [(named_for_files(one), view) for one, view in views],
                target_id,
                last_year=last_year,
            ),
            target_id,
        ),
    )
    note = words.NOT_DRAWN.format(MOST_DRAWN, "、".join(left_out)) if left_out else ""
    st.caption(plain(f"{figure.takeaway}{words.PATHS_NOTE}{note}"))


def _drawn() -> tuple[list[Scenario], list[str]]:
    """Return the scenarios that are drawn and the names of those that are not; 基准 gives way."""
    everything = compared()
    kept = [one for one in everything if one.name != BASELINE][:MOST_DRAWN]
    if len(kept) < MOST_DRAWN:
        kept.insert(0, everything[0])
    return kept, [one.name for one in everything if one not in kept]


def choose_target(bench: Workbench) -> str:
    """Let the user pick the target to look at; the link keeps it."""
    targets = target_names(x for x in bench.catalog.targets.values() if x.value is not None)
    here = session()
    return widgets.pick(words.TARGET, targets, here.target, here.choose_target, key="lab_target")
