"""How intervals like the one shown have held: on the indicator's own past, and on many series."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.model.judgement.assessment import Assessment
from analytics.model.projection import METHODS
from analytics.output.figures.track_record import backtest_figure
from analytics.workbench import Workbench
from pages.common import chart_block
from pages.common.text import plain, table
from pages.outlook.lab import words


def backtests(bench: Workbench, item: Assessment, method: str, name: str) -> None:
    """Show the indicator's own backtest beside the pooled one."""
    st.header(words.BACKTEST, anchor=False)
    table(list(_rows(bench, item, method, name)), narrow="backtests")
    figure = backtest_figure(bench, item.target.indicator)
    held = verdicts_zh.coverage_zh(item)
    if figure is None:
        st.caption(plain(words.BACKTEST_NOTE.format(words.NO_BACKTEST, held)))
        return
    chart_block.show(figure, key=f"own_past_{item.target.indicator}")
    st.caption(plain(words.BACKTEST_NOTE.format(figure.takeaway, held)))


def _rows(bench: Workbench, item: Assessment, method: str, name: str) -> Iterator[dict[str, str]]:
    """Say what was tested, how often, and how many of the 80 % intervals held."""
    indicator = item.target.indicator
    yield _row(words.OWN_PAST, bench.backtest(indicator))
    if method in METHODS:
        yield _row(f"{words.OWN_PAST}｜{name}", bench.backtest(indicator, method=method))
    pooled = item.due.coverage
    yield {
        words.TESTED_ON: words.POOLED,
        words.TESTS: text_zh.DASH if pooled is None else f"{pooled.n_series}条序列",
        words.COVERED: text_zh.DASH if pooled is None else text_zh.percent(pooled.coverage_80, 0),
    }


def _row(name: str, found: pd.DataFrame) -> dict[str, str]:
    total = len(found)
    share = text_zh.percent(found["inside"].mean(), 0) if total else text_zh.DASH
    return {words.TESTED_ON: name, words.TESTS: f"{total}次", words.COVERED: share}
