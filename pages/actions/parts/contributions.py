"""What coming and going enterprises added to growth, where a ledger was used."""

from functools import partial

import streamlit as st

from analytics.output.charts.contributions import contributions_spec
from analytics.output.figures.contributions import (
    READING,
    TITLE,
    UNIT,
    contributions_export,
    contributions_figure,
)
from analytics.workbench import View
from pages.common import chart_block, session


def contributions(view: View) -> None:
    """Show the chart; nothing where the release holds no comparison."""
    figure = contributions_figure(view.bench)
    if figure is None:
        return
    with st.container(border=True, key="ledger_contributions"):
        chart_block.show(
            contributions_spec(TITLE, UNIT, dark=session.dark()),
            {"sides": figure.sides, "comparable": figure.comparable},
            key="contributions_chart",
            takeaway=figure.takeaway,
            export=partial(contributions_export, view.bench),
        )
        st.caption(f"{figure.takeaway}{READING}。")
