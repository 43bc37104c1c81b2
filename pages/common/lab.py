"""The scenario laboratory, one section at a time."""

from functools import partial

import streamlit as st

from analytics import text_zh
from pages.common import data, lab_adjust, lab_shelf, layout, share, state
from pages.common.lab_charts import charts
from pages.common.lab_compare import comparison
from pages.common.lab_drivers import drivers
from pages.common.lab_seek import seek

_SECTIONS = {
    "compare": "比较",
    "charts": "走势",
    "adjust": "调整",
    "drivers": "敏感性与缺口",
    "seek": "目标反推",
    "stress": "压力测试",
    "share": "链接与文件",
}


def scenario_lab_page() -> None:
    """Show the laboratory in the frame."""
    st.title("情景实验室", anchor=False)
    st.caption("把几种设想并排比较：改了什么、各项目标会怎样、哪些因素起作用、要多大力度才能达标。")
    layout.live(_body)
    layout.footer()


def _body() -> None:
    bench = data.workbench(state.release_id())
    lab_shelf.shelf()
    chosen = state.option(
        "section",
        _SECTIONS.get,
        widget=partial(
            st.segmented_control, required=True, width="stretch", label_visibility="collapsed"
        ),
    )
    sections = {
        "compare": comparison,
        "charts": charts,
        "adjust": lab_adjust.adjust,
        "drivers": drivers,
        "seek": seek,
        "stress": lab_adjust.stress,
        "share": lambda _: share.share(),
    }
    sections[chosen](bench)
    if layout.uses_demo(bench, bench.catalog.targets.values()):
        st.caption(text_zh.escape(f"{text_zh.DEMO_MARK}。"))
