"""What coming and going enterprises added to growth, where a ledger was used."""

import streamlit as st

from analytics.output.figures.contributions import READING, contributions_figure
from analytics.workbench import View
from pages.common import chart_block
from pages.common.text import plain


def contributions(view: View) -> None:
    """Show the chart; nothing where the release holds no comparison."""
    figure = contributions_figure(view.bench)
    if figure is None:
        return
    with st.container(border=True, key="ledger_contributions"):
        chart_block.show(figure, key="contributions_chart")
        st.caption(plain(f"{figure.takeaway}{READING}。"))
