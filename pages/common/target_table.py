"""Target tables with verdicts."""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Verdict
from analytics.model.judgement.assessment import Assessment

_BADGE = {
    Verdict.MET: ("green", "task_alt"),
    Verdict.EARLY: ("green", "flag"),
    Verdict.AHEAD: ("blue", "arrow_upward"),
    Verdict.ON_TRACK: ("blue", "check"),
    Verdict.BEHIND: ("red", "arrow_downward"),
    Verdict.UNDETERMINED: ("gray", "help"),
    Verdict.NO_DATA: ("gray", "hide_source"),
}


def badge(assessment: Assessment) -> str:
    """Write a verdict as word, icon and colour; an aspiration is never red."""
    colour, icon = _BADGE[assessment.verdict]
    if colour == "red" and assessment.target.firmness is Firmness.ASPIRATION:
        colour = "orange"
    weak = " :orange-badge[:material/trending_down: 趋势偏弱]" if assessment.trend_is_weak else ""
    return f":{colour}-badge[:material/{icon}: {assessment.verdict}]{weak}"


def target_table(assessments, indicators, *, moved: bool) -> None:
    """Show one row a target in the order of annual plan reports."""
    ahead = "情景" if moved else "预测"
    rows = [_row(item, indicators[item.target.indicator], ahead) for item in assessments]
    st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)


def table_notes(*, demo: bool) -> None:
    """Explain the table's columns and our own thresholds."""
    mark = f"{text_zh.DEMO_MARK}。" if demo else ""
    st.caption(
        f"{mark}预计完成：到期年份的中位数与80%区间。达成概率±抽样误差（百分点）。"
        + verdicts_zh.pace_note_zh()
    )


def _row(item: Assessment, indicator, ahead: str) -> dict[str, str]:
    star = "★" if item.target.firmness is Firmness.ASPIRATION else ""
    pace = verdicts_zh.pace_zh(item, indicator)
    return {
        "指标名称": text_zh.escape(star + item.target.name_zh),
        "目标": cell(verdicts_zh.target_zh(item), f"{item.target.due_year}年"),
        "最新值": cell(*verdicts_zh.latest_parts(item, indicator)),
        "序时进度": cell(pace),
        f"预计完成（{ahead}）": cell(*verdicts_zh.outlook_parts(item, indicator)),
        "达成概率": cell(verdicts_zh.probability_zh(item)),
        "判断": _judgement(item),
    }


def _judgement(item: Assessment) -> str:
    """Show the verdict; where there is none, say what is missing."""
    if item.verdict not in (Verdict.NO_DATA, Verdict.UNDETERMINED):
        return badge(item)
    why = text_zh.escape(text_zh.reasons_zh(item.reasons))
    return f"{badge(item)}  \n:small[:gray[{why}]]"


def cell(value: str, note: str = "") -> str:
    """Write a figure with its note small on a second line."""
    text = text_zh.escape(value)
    return f"{text}  \n:small[:gray[{text_zh.escape(note)}]]" if note else text
