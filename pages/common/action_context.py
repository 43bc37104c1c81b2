"""What belongs to an action besides its targets: published context and plain tasks."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.domain import FRACTION, Action, PeriodKind
from pages.common import words
from pages.common.text import bullets, cell, fill, table

_NEWEST = 3  # values shown of each series


def context_table(rows: pd.DataFrame) -> None:
    """Show published figures that bear on the action; they are never judged."""
    with st.container(key="context"):
        if rows.empty:
            st.info(words.NO_CONTEXT, icon=":material/hide_source:")
            return
        newest = rows.groupby(["name_zh", "region"], sort=False).head(_NEWEST)
        table([_row(row) for row in newest.itertuples()])
        st.caption(words.CONTEXT_NOTE)


def _row(row: Any) -> dict[str, str]:
    value = text_zh.quantity(row.value, row.unit, 3 if row.unit == FRACTION else 1)
    value = words.AT_LEAST.format(value) if row.lower_bound else value
    nature = text_zh.NATURE_ZH[row.status]
    confidence = text_zh.CONFIDENCE_ZH[row.confidence]
    return {
        words.INDICATOR: cell(row.name_zh, row.note_zh),
        words.AREA: row.region,
        words.TIME: period_zh(row.period_kind, row.period_start, row.period_end),
        words.VALUE: value,
        words.NATURE: words.HELD_AS.format(nature, confidence),
        words.SOURCE: text_zh.source_title(row.source_title),
    }


def period_zh(kind: str, start: date, end: date) -> str:
    """Write the span a figure speaks of."""
    match PeriodKind(kind):
        case PeriodKind.YEAR:
            return words.YEAR.format(end.year)
        case PeriodKind.PLAN:
            return words.YEAR_GOAL.format(end.year)
        case PeriodKind.CUMULATIVE:
            return words.MONTHS.format(end.year, start.month, end.month)
        case PeriodKind.MONTH:
            return words.MONTH.format(end.year, end.month)
        case PeriodKind.SPAN:
            return words.YEARS.format(start.year, end.year)
    one = start.month == end.month
    return words.MONTH.format(end.year, end.month) if one else words.WITHIN_YEAR.format(end.year)


def task_list(action: Action) -> None:
    """List the plan's tasks that carry no number, in its own words."""
    if not action.tasks:
        return
    count = sum(len(task.sentences) for task in action.tasks)
    with st.container(key="tasks"):
        st.caption(words.TASKS_NOTE.format(count))
        for task in action.tasks:
            sentences = bullets(task.sentences)
            st.markdown(fill(words.TASKS, task.section, task.heading, sentences))
