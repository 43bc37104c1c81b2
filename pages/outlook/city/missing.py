"""What is missing to set the district against the city."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.reports.wanted_data import Want, behind
from analytics.domain import Target
from analytics.workbench import Workbench
from pages.common.text import table
from pages.outlook.city import words


def missing_series(bench: Workbench, targets: Sequence[Target]) -> None:
    """List the yearly series that are missing on either side."""
    rows = [
        {
            words.REGION: want.region,
            words.SERIES: want.indicator.name_zh,
            words.HELD: text_zh.years(want.exact),
            words.LACKING: text_zh.years(want.without_value),
            words.BESIDES: _besides(want),
        }
        for want in behind(bench, targets)
        if want.without_value
    ]
    with st.expander(words.MISSING.format(len(rows)), icon=":material/search_off:"):
        table(rows)
        st.caption(words.MISSING_NOTE)


def _besides(want: Want) -> str:
    part_years = len(want.history.monthly)
    months = words.PART_YEARS.format(part_years) if part_years else ""
    bounds = words.BOUNDS.format("、".join(want.bounds_zh)) if want.bounds_zh else ""
    return "；".join(x for x in (bounds, months) if x) or text_zh.DASH
