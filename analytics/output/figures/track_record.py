"""What the charts of the 方法与检验 page show: the same for page and export."""

from dataclasses import dataclass

import pandas as pd

from analytics import text_zh
from analytics.domain import FRACTION, JINSHAN, RowStatus
from analytics.model.projection.calibration import load_track_record
from analytics.workbench import Workbench

NOMINAL = 0.80
METHODS_ZH = {
    "naive": "末值不变",
    "drift": "带漂移随机游走",
    "statsmodels ETS(A,Ad,N)": "ETS（statsmodels默认）",
    "statsmodels Theta": "Theta（statsmodels）",
    "statsforecast AutoETS": "AutoETS",
    "statsforecast AutoTheta": "AutoTheta",
}


@dataclass(frozen=True, eq=False)
class CoverageFigure:
    """Measured coverage by method and history length; our method comes first."""

    frame: pd.DataFrame
    title: str
    takeaway: str
    methods: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class BacktestFigure:
    """What would have been said of one indicator's past, and what came."""

    frame: pd.DataFrame
    title: str
    unit: str
    takeaway: str
    demo: bool


def coverage_figure() -> CoverageFigure:
    """Lay out how often 80 % intervals held, beside the alternatives."""
    record = load_track_record()
    rows = pd.DataFrame([row for row in record["rows"] if row["points"] is not None])
    frame = pd.DataFrame(
        {
            "method": rows["method"].map(lambda name: METHODS_ZH.get(name, name)),
            "points": rows["points"].astype(int),
            "coverage": rows["coverage_80_scored"],
            "ours": rows["method"] == record["ours"],
        }
    )
    ahead = record["scored_horizon"]
    ours, others = (_range(frame[frame["ours"] == whose]["coverage"]) for whose in (True, False))
    return CoverageFigure(
        frame=frame,
        title=f"往后{ahead}年80%区间的实测覆盖率",
        takeaway=f"往后{ahead}年的80%区间，本工作台实测覆盖{ours}，其他方法的默认区间{others}。",
        methods=tuple(frame.sort_values("ours", ascending=False, kind="stable")["method"].unique()),
    )


def _range(shares: pd.Series) -> str:
    return f"{text_zh.percent(shares.min(), 0)}—{text_zh.percent(shares.max(), 0)}"


def backtest_figure(bench: Workbench, indicator_id: str) -> BacktestFigure | None:
    """Lay out one indicator's backtest; None where its history is too short."""
    history = bench.history(indicator_id)
    frame = bench.backtest(indicator_id, JINSHAN)
    if frame.empty:
        return None
    inside, total = int(frame["inside"].sum()), len(frame)
    if history.indicator.unit == FRACTION:
        frame = frame.copy()
        frame[["lower_80", "median", "upper_80", "actual"]] *= 100
    return BacktestFigure(
        frame=frame,
        title=f"{history.indicator.name_zh}：当时的区间与后来的实际",
        unit=text_zh.unit_zh(history.indicator.unit),
        takeaway=f"从各年往后推1—4年共{total}次，实际值{inside}次落在当时的80%区间内"
        f"（{text_zh.percent(inside / total, 0)}）。样本少且互相重叠，只作参考。",
        demo=RowStatus.ILLUSTRATIVE in history.statuses,
    )
