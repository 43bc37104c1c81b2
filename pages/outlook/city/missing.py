"""What is missing to set the district against the city."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.reports.wanted_data import Want, behind
from analytics.domain import Target
from analytics.workbench import Workbench
from pages.common.text import table


def missing_series(bench: Workbench, targets: Sequence[Target]) -> None:
    """List the yearly series that are missing on either side."""
    rows = [
        {
            "地区": want.region,
            "序列": want.indicator.name_zh,
            "现有年度值": text_zh.years(want.exact),
            "缺少": text_zh.years(want.without_value),
            "另有": _besides(want),
        }
        for want in behind(bench, targets)
        if want.without_value
    ]
    with st.expander(f"缺少哪些数据（{len(rows)}个序列）", icon=":material/search_off:"):
        table(rows)
        st.caption("缺数的年份不作对标，既不内插，也不以下限充数。")


def _besides(want: Want) -> str:
    part_years = len(want.history.monthly)
    months = f"{part_years}条月度或累计记录" if part_years else ""
    bounds = f"下限：{'、'.join(want.bounds_zh)}" if want.bounds_zh else ""
    return "；".join(x for x in (bounds, months) if x) or text_zh.DASH
