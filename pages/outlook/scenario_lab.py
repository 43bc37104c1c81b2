"""情景实验室: scenarios side by side, what drives them, and what it takes."""

from functools import partial

import streamlit as st

from analytics import text_zh
from pages.common import answers, running, share, widgets
from pages.common.conclusion import footer
from pages.common.illustrative import any_illustrative
from pages.outlook.lab import adjust, shelf, words
from pages.outlook.lab.charts import charts
from pages.outlook.lab.comparison import comparison
from pages.outlook.lab.drivers import drivers
from pages.outlook.lab.models import models
from pages.outlook.lab.seek import seek


def _body() -> None:
    """Show one section at a time under the scenarios put aside."""
    bench = answers.bench()
    shelf.shelf()
    chosen = widgets.option(
        "section",
        words.SECTIONS.__getitem__,
        widget=partial(
            st.segmented_control, required=True, width="stretch", label_visibility="collapsed"
        ),
    )
    sections = {
        "compare": comparison,
        "charts": charts,
        "adjust": adjust.adjust,
        "drivers": drivers,
        "seek": seek,
        "stress": adjust.stress,
        "models": models,
    }
    if chosen == "share":
        share.share()
    else:
        sections[chosen](bench)
    if any_illustrative(bench, bench.catalog.targets.values()):
        st.caption(f"{text_zh.DEMO_MARK}。")


st.title(
    words.TITLE,
    anchor=False,
    help=words.ABOUT,
)
running.live(_body)
footer()
