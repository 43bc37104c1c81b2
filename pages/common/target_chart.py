"""The fan chart of one target."""

import streamlit as st

from analytics import text_zh
from analytics.output.figures.target import target_figure
from pages.common import chart_block, session


def horizon_control() -> None:
    """Let the user choose how far the chart looks ahead."""
    session.show("horizon_choice", st.session_state.horizon)
    st.segmented_control(
        "展望至",
        session.HORIZONS,
        format_func="{}年".format,
        key="horizon_choice",
        on_change=_choose_horizon,
        required=True,
        width="stretch",
    )


def _choose_horizon() -> None:
    session.choose("horizon", st.session_state["horizon_choice"])


def target_chart(view, item) -> None:
    """Draw history, fan, target mark and required path of a target."""
    last_year = max(st.session_state.horizon, item.target.due_year)
    figure = target_figure(view, item, last_year=last_year)
    if figure is None:
        why = text_zh.escape(text_zh.reasons_zh(item.reasons))
        st.info(f"暂无可绘制的数据。{why}", icon=":material/hide_source:")
        return
    chart_block.show(figure, key=f"fan_{item.target.id}")
    method = f"方法：{item.method}。" if item.method else ""
    st.caption(text_zh.escape(method + text_zh.reasons_zh(item.warnings)))
