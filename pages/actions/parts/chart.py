"""The fan chart of one target."""

import streamlit as st

from analytics import text_zh
from analytics.model.judgement.assessment import Assessment
from analytics.output.figures.target import target_figure
from analytics.workbench import View
from pages.actions.parts import words
from pages.common import chart_block
from pages.common.chart_notes import noted
from pages.common.session import session
from pages.common.text import plain


def target_chart(view: View, item: Assessment) -> None:
    """Draw history, fan, target mark and required path of a target."""
    last_year = max(session().horizon, item.target.due_year)
    figure = target_figure(view, item, last_year=last_year, steered=True)
    if figure is None:
        why = text_zh.reasons_zh(item.reasons)
        st.info(plain(words.NO_CHART.format(why)), icon=":material/hide_source:")
        return
    chart_block.show(noted(figure, item.target.id), key=f"fan_{item.target.id}")
