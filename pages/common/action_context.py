"""What belongs to an action besides its targets: published context and plain tasks."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.domain import FRACTION, Action, PeriodKind
from pages.common.text import bullets, cell, fill, table

_NEWEST = 3  # values shown of each series


def context_table(rows: pd.DataFrame) -> None:
    """Show published figures that bear on the action; they are never judged."""
    with st.container(key="context"):
        if rows.empty:
            st.info("没有相关的公布数据。", icon=":material/hide_source:")
            return
        newest = rows.groupby(["name_zh", "region"], sort=False).head(_NEWEST)
        table([_row(row) for row in newest.itertuples()])
        st.caption(
            "只作背景，不参与判断。各数口径、范围不同，不与目标指标拼接；园区与市的数不代表本区。"
        )


def _row(row: Any) -> dict[str, str]:
    sign = "＞" if row.lower_bound else ""
    value = text_zh.quantity(row.value, row.unit, 3 if row.unit == FRACTION else 1)
    nature = text_zh.NATURE_ZH[row.status]
    confidence = text_zh.CONFIDENCE_ZH[row.confidence]
    return {
        "指标": cell(row.name_zh, row.note_zh),
        "范围": row.region,
        "时期": period_zh(row.period_kind, row.period_start, row.period_end),
        "数值": f"{sign}{value}",
        "性质": f"{nature}（可信度{confidence}）",
        "来源": row.source_title,
    }


def period_zh(kind: str, start: date, end: date) -> str:
    """Write the span a figure speaks of."""
    match PeriodKind(kind):
        case PeriodKind.YEAR:
            return f"{end.year}年"
        case PeriodKind.PLAN:
            return f"{end.year}年目标"
        case PeriodKind.CUMULATIVE:
            return f"{end.year}年{start.month}—{end.month}月"
        case PeriodKind.MONTH:
            return f"{end.year}年{end.month}月"
        case PeriodKind.SPAN:
            return f"{start.year}—{end.year}年"
    return f"{end.year}年{end.month}月" if start.month == end.month else f"{end.year}年内"


def task_list(action: Action) -> None:
    """List the plan's tasks that carry no number, in its own words."""
    if not action.tasks:
        return
    count = sum(len(task.sentences) for task in action.tasks)
    with st.container(key="tasks"):
        st.caption(f"方案中未给数字的任务，共{count}条，原文照录。")
        for task in action.tasks:
            sentences = bullets(task.sentences)
            st.markdown(fill("**{}　{}**\n\n{}", task.section, task.heading, sentences))
