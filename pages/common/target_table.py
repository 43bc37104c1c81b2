"""Target tables with verdicts."""

from collections.abc import Iterable

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Prospect, Standing
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.common import text, words
from pages.common.text import Markdown, cell, lines, small, table

_BADGE = {
    Prospect.DONE: ("green", "task_alt"),
    Prospect.GOOD: ("green", "trending_up"),
    Prospect.EVEN: ("orange", "trending_flat"),
    Prospect.WEAK: ("red", "trending_down"),
    Prospect.MISSED: ("red", "event_busy"),
    Prospect.OPEN: ("gray", "help"),
}


def badge(assessment: Assessment) -> Markdown:
    """Write the verdict in the colour of its outlook; an aspiration is never red."""
    colour, icon = _BADGE[assessment.prospect]
    if colour == "red" and assessment.target.firmness is Firmness.ASPIRATION:
        colour = "orange"
    return text.badge(colour, icon, assessment.verdict)


def target_table(view: View, assessments: Iterable[Assessment], *, moved: bool) -> None:
    """Show one row a target in the order of annual plan reports."""
    ahead = words.IN_SCENARIO if moved else words.FORECAST
    with st.container(key="targets_table"):
        table([_row(view, item, ahead) for item in assessments])


def table_notes(*, demo: bool) -> None:
    """Explain the table's columns and our own thresholds."""
    mark = f"{text_zh.DEMO_MARK}。" if demo else ""
    st.caption(mark + words.OUTLOOK_NOTE + verdicts_zh.pace_note_zh())


def _row(view: View, item: Assessment, ahead: str) -> dict[str, str]:
    indicator = view.bench.catalog.indicators[item.target.indicator]
    over_methods = verdicts_zh.method_range_in(view, item)
    star = "★" if item.target.firmness is Firmness.ASPIRATION else ""
    pace = verdicts_zh.pace_zh(item, indicator)
    return {
        words.TARGET_NAME: star + item.target.name_zh,
        words.GOAL_SET: cell(verdicts_zh.target_zh(item), words.YEAR.format(item.target.due_year)),
        words.LATEST: cell(*verdicts_zh.latest_parts(item, indicator)),
        words.PACE: cell(pace),
        words.OUTLOOK.format(ahead): cell(*verdicts_zh.outlook_parts(item, indicator)),
        words.TARGET_ODDS: cell(verdicts_zh.probability_zh(item), over_methods),
        words.VERDICT: _judgement(item),
    }


def _judgement(item: Assessment) -> Markdown:
    """Show the verdict; where there is none, say what is missing."""
    if item.standing not in (Standing.NO_DATA, Standing.UNDETERMINED):
        return badge(item)
    return lines(badge(item), small(text_zh.reasons_zh(item.reasons)))
