"""Blocks of the 方法与检验 page: measured coverage, accuracy, an indicator's own past."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics import text_zh
from analytics.model.projection.calibration import load_track_record
from analytics.output.figures import odds_record
from analytics.output.figures.track_record import METHODS_ZH, backtest_figure, coverage_figure
from analytics.workbench import Workbench
from pages.common import chart_block, widgets
from pages.common.session import session
from pages.common.text import plain, table

FEWEST = 5  # years behind the first forecast of a backtest


def coverage_section() -> None:
    """Show how often 80 % intervals held, by history length, beside the alternatives."""
    figure = coverage_figure()
    st.header("80%区间真的有80%吗", anchor=False)
    st.markdown(figure.takeaway)
    chart_block.show(figure, key="coverage")


def odds_section() -> None:
    """Show whether odds came true: the diagram, then every panel with its score."""
    figure = odds_record.odds_figure()
    st.header("说有几成，真有几成吗", anchor=False)
    st.markdown(plain(figure.takeaway))
    chart_block.show(figure, key="odds")
    table(odds_record.odds_rows())
    st.caption(
        plain(
            "概率得分为Brier得分，越小越好；“只报惯常比例”指不看序列、一律报同类目标的平均达成比例。"
            "每条序列都用不含它的一份数据估计增长先验和区间，再来检验它。"
            "“按门类”指行业、宏观、企业、人口序列各用本门类的先验；本工作台的指标用全体的，"
            "在中国各省的序列上它更准。"
        )
    )


def coverage_by_kind() -> None:
    """Show the coverage of 80 % intervals by kind of series and by length of history."""
    st.header("各类、各长度的区间覆盖", anchor=False)
    table(odds_record.coverage_rows())
    st.caption(
        plain(
            "往后4年的80%区间实测覆盖；1—4个点即“参照推算”。计数和当年月度推算没有可用的公开序列，未列。"
        )
    )


def where_we_lose() -> None:
    """Say where something simpler does as well or better."""
    st.header("不如人处", anchor=False)
    st.markdown(plain("；".join(odds_record.where_we_lose()) + "。"))


def method_table() -> None:
    """Show accuracy, coverage and interval score of every method from eight points."""
    record = load_track_record()
    st.header("与其他方法比", anchor=False)
    of_eight = [row for row in record["rows"] if row["points"] == 8]
    whole = {row["method"]: row["smape"] for row in record["rows"] if row["points"] is None}
    rows = [
        _method_row(row) | {"点预测误差（完整历史）": _percent_points(whole.get(row["method"]))}
        for row in of_eight
    ]
    table(rows)
    st.caption(
        plain(
            f"{record['n_series']}条公开年度序列（M3竞赛年度数据），每条留出最后{record['horizons']}年；"
            f"检验日期{record['dated']}。覆盖率与区间得分：末8个点往后{record['scored_horizon']}年；"
            "误差为sMAPE，区间得分为对数单位，均越小越好。本工作台的区间按序列分折交叉检验。"
        )
    )


def _method_row(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "方法": METHODS_ZH.get(row["method"], row["method"]),
        "80%区间覆盖": text_zh.percent(row["coverage_80_scored"], 1),
        "95%区间覆盖": text_zh.percent(row["coverage_95_scored"], 1),
        "区间得分": text_zh.number(row["interval_score"], 2),
        "点预测误差（8个点）": _percent_points(row["smape"]),
    }


def _percent_points(value: float | None) -> str:
    return text_zh.DASH if value is None else f"{text_zh.number(value, 2)}%"


def own_past(bench: Workbench) -> None:
    """Show one indicator's backtest: what we would have said, and what came."""
    st.header("对自己的过去会怎么说", anchor=False)
    names = {
        target.indicator: bench.catalog.indicators[target.indicator].name_zh
        for target in bench.catalog.targets.values()
        if len(bench.history(target.indicator).values) > FEWEST
    }
    if not names:
        st.info(
            "本数据版本没有足够长的区级历史，无法回测；至少需要6个年度数值。",
            icon=":material/hide_source:",
        )
        return
    _backtest(bench, _choose(names))


def _choose(names: dict[str, str]) -> str:
    here = session()
    return widgets.pick(
        "指标", names, here.indicator, here.choose_indicator, key="indicator_choice"
    )


def _backtest(bench: Workbench, name: str) -> None:
    figure = backtest_figure(bench, name)
    if figure is None:
        st.info("这一指标的历史不足以回测。", icon=":material/hide_source:")
        return
    st.markdown(plain(figure.takeaway))
    chart_block.show(figure, key=f"backtest_{name}")
