"""The scenario laboratory, one section at a time."""

from functools import partial

import streamlit as st

from analytics import text_zh
from pages.common import frame, releases, session, share
from pages.outlook.lab import adjust, shelf
from pages.outlook.lab.charts import charts
from pages.outlook.lab.comparison import comparison
from pages.outlook.lab.drivers import drivers
from pages.outlook.lab.seek import seek

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
    frame.live(_body)
    frame.footer()


def _body() -> None:
    bench = releases.workbench(session.release_id())
    shelf.shelf()
    chosen = session.option(
        "section",
        _SECTIONS.get,
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
        "share": lambda _: share.share(),
    }
    sections[chosen](bench)
    if frame.uses_demo(bench, bench.catalog.targets.values()):
        st.caption(text_zh.escape(f"{text_zh.DEMO_MARK}。"))
