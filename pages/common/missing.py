"""Where nothing can be steered: what is missing, what is known, and the way to supply it."""

import streamlit as st

from analytics import text_zh
from analytics.answers.reports.wanted_data import behind
from analytics.domain import Target
from analytics.workbench import Workbench
from pages.common import access, words
from pages.common.text import bullets

IMPORT_PAGE = "pages/reference/import_data.py"
_NAMED = 4  # missing series


def nothing_to_steer(bench: Workbench, target: Target) -> None:
    """Name the yearly figures that a target lacks, and lead to where they are typed in."""
    wanted = [want for want in behind(bench, [target]) if want.without_value]
    with st.container(border=True, key="missing"):
        st.markdown(words.CANNOT_STEER)
        st.markdown(
            bullets(
                words.LACKS.format(
                    f"{want.region}{want.indicator.name_zh}", text_zh.years(want.without_value)
                )
                + (words.KNOWN_BOUND.format("、".join(want.bounds_zh)) if want.bounds_zh else "")
                for want in wanted[:_NAMED]
            )
        )
        way_to_type(words.TYPE_IN)


def way_to_type(label: str) -> None:
    """Lead to where figures are typed in, those who may."""
    if access.may_import():
        st.page_link(IMPORT_PAGE, label=label, icon=":material/edit_note:")


def way_to_supply(bench: Workbench, lacking: int) -> None:
    """Lead from a plan that mostly cannot be judged to where its figures are typed in."""
    if lacking * 2 > len(bench.catalog.targets):
        way_to_type(words.SUPPLY.format(lacking))
