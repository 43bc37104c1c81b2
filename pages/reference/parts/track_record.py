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
from pages.reference.parts import methods_words as words

FEWEST = 5  # years behind the first forecast of a backtest


def coverage_section() -> None:
    """Show how often 80 % intervals held, by history length, beside the alternatives."""
    figure = coverage_figure()
    st.header(words.COVERAGE, anchor=False)
    st.markdown(figure.takeaway)
    chart_block.show(figure, key="coverage")


def odds_section() -> None:
    """Show whether odds came true: the diagram, then every panel with its score."""
    figure = odds_record.odds_figure()
    st.header(words.ODDS, anchor=False)
    st.markdown(plain(figure.takeaway))
    chart_block.show(figure, key="odds")
    table(odds_record.odds_rows())
    st.caption(plain(words.ODDS_NOTE))


def coverage_by_kind() -> None:
    """Show the coverage of 80 % intervals by kind of series and by length of history."""
    st.header(words.BY_KIND, anchor=False)
    table(odds_record.coverage_rows(), narrow="kinds")  # eight short columns
    st.caption(plain(words.BY_KIND_NOTE))


def where_we_lose() -> None:
    """Say where something simpler does as well or better."""
    st.header(words.WEAKNESSES, anchor=False)
    st.markdown(plain("；".join(odds_record.where_we_lose()) + "。"))


def method_table() -> None:
    """Show accuracy, coverage and interval score of every method from eight points."""
    record = load_track_record()
    st.header(words.OTHERS, anchor=False)
    of_eight = [row for row in record["rows"] if row["points"] == 8]
    whole = {row["method"]: row["smape"] for row in record["rows"] if row["points"] is None}
    rows = [
        _method_row(row) | {words.ERROR_WHOLE: _percent_points(whole.get(row["method"]))}
        for row in of_eight
    ]
    table(rows)
    st.caption(
        plain(
            words.OTHERS_NOTE.format(
                record["n_series"], record["horizons"], record["dated"], record["scored_horizon"]
            )
        )
    )


def _method_row(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        words.METHOD: METHODS_ZH.get(row["method"], row["method"]),
        words.COVERED_80: text_zh.percent(row["coverage_80_scored"], 1),
        words.COVERED_95: text_zh.percent(row["coverage_95_scored"], 1),
        words.SCORE: text_zh.number(row["interval_score"], 2),
        words.ERROR: _percent_points(row["smape"]),
    }


def _percent_points(value: float | None) -> str:
    return text_zh.DASH if value is None else f"{text_zh.number(value, 2)}%"


def own_past(bench: Workbench) -> None:
    """Show one indicator's backtest: what we would have said, and what came."""
    st.header(words.OWN_PAST, anchor=False)
    names = {
        target.indicator: bench.catalog.indicators[target.indicator].name_zh
        for target in bench.catalog.targets.values()
        if len(bench.history(target.indicator).values) > FEWEST
    }
    if not names:
        st.info(words.NO_OWN_PAST, icon=":material/hide_source:")
        return
    _backtest(bench, _choose(names))


def _choose(names: dict[str, str]) -> str:
    here = session()
    return widgets.pick(
        words.INDICATOR, names, here.indicator, here.choose_indicator, key="indicator_choice"
    )


def _backtest(bench: Workbench, name: str) -> None:
    figure = backtest_figure(bench, name)
    if figure is None:
        st.info(words.TOO_SHORT, icon=":material/hide_source:")
        return
    st.markdown(plain(figure.takeaway))
    chart_block.show(figure, key=f"backtest_{name}")
