"""Collect what the charts of the 方法与检验 page export."""

import pandas as pd

from analytics import text_zh
from analytics.model.projection.calibration import load_track_record
from analytics.output.charts import fan
from analytics.output.figures import origin
from analytics.output.figures.figure import Assumption, ExportFigure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import ExportNote, SourceLine, Stamp
from analytics.output.figures.track_record import (
    NOMINAL,
    BacktestFigure,
    backtest_figure,
    coverage_figure,
)
from analytics.workbench import Workbench

_BACKTEST = {
    "origin": "作出时已知至",
    "year": "年份",
    "lower_80": "80%区间下沿",
    "median": fan.MEDIAN,
    "upper_80": "80%区间上沿",
    "actual": fan.CAME,
}
_COVERAGE = {"method": "方法", "points": "历史长度（年）", "coverage": "实测覆盖率"}


def backtest_export(bench: Workbench, indicator_id: str, stamp: Stamp) -> ExportFigure | None:
    """Collect one indicator's backtest; None where the page draws none."""
    figure = backtest_figure(bench, indicator_id)
    if figure is None:
        return None
    history = bench.history(indicator_id)
    years = figure.frame["year"]
    return ExportFigure(
        name=f"{history.indicator.name_zh}回测",
        spec=fan.backtest_spec(figure.title, figure.unit, dark=False, demo=figure.demo),
        datasets={"backtest": figure.frame},
        frame=figure.frame[list(_BACKTEST)].rename(columns=_BACKTEST),
        note=ExportNote(
            title=figure.takeaway.split("。")[0],
            subject=figure.title,
            unit=figure.unit,
            natures=origin.natures(history.statuses, "预测"),
            period=text_zh.years(sorted(set(years))),
            sources=origin.sources([history]),
            stamp=stamp,
            illustrative=figure.demo,
            reading="竖条为当时会给出的80%区间，同一年从左到右为往后1—4年；样本少且互相重叠，只作参考",
        ),
        native=(_said_and_came(figure),),
        definitions=origin.definitions([history]),
    )


def _said_and_came(figure: BacktestFigure) -> NativeChart:
    """Draw both edges and the outcome as lines, one category a projection."""
    rows = figure.frame.sort_values(["year", "origin"])
    known, years = rows["origin"], rows["year"]
    labels = (f"{year}年（{origin}年作出）" for origin, year in zip(known, years, strict=True))
    lines = tuple(
        Line(_BACKTEST[name], tuple(rows[name].tolist()))
        for name in ("lower_80", "upper_80", "actual")
    )
    return NativeChart(figure.title, figure.unit, tuple(labels), lines)


def coverage_export(stamp: Stamp) -> ExportFigure:
    """Collect the measured coverage of our intervals beside the alternatives'."""
    record, figure = load_track_record(), coverage_figure()
    frame = figure.frame[list(_COVERAGE)]
    about = f"{record['n_series']}条公开年度序列（M3竞赛年度数据）"
    return ExportFigure(
        name="80%区间实测覆盖率",
        spec=fan.coverage_spec(figure.title, figure.methods, NOMINAL, dark=False),
        datasets={"coverage": figure.frame},
        frame=frame.rename(columns=_COVERAGE),
        note=ExportNote(
            title=figure.takeaway.rstrip("。"),
            subject=figure.title,
            unit="占比，虚线为名义值",
            natures=("推算",),
            period=f"历史长度{frame['points'].min()}—{frame['points'].max()}年",
            sources=(SourceLine("推算", about, f"检验于{record['dated']}"),),
            stamp=stamp,
            illustrative=False,
            reading="粗线为本工作台",
        ),
        native=(_by_method(frame, figure.methods, figure.title),),
        assumptions=(Assumption("名义覆盖率", text_zh.percent(NOMINAL, 0)),),
    )


def _by_method(frame: pd.DataFrame, methods: tuple[str, ...], title: str) -> NativeChart:
    table = frame.pivot(index="points", columns="method", values="coverage")
    lines = [Line(name, tuple(x if pd.notna(x) else None for x in table[name])) for name in methods]
    lines.append(Line("名义值", (NOMINAL,) * len(table)))
    return NativeChart(title, "占比", tuple(str(points) for points in table.index), tuple(lines))
