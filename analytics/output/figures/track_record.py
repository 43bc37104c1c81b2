"""How projections have done: coverage beside other methods, an indicator's own past."""

from functools import partial

import pandas as pd

from analytics import text_zh
from analytics.domain import FRACTION, JINSHAN, RowStatus
from analytics.model.projection.calibration import load_track_record
from analytics.model.projection.history import History
from analytics.output.charts.fan import MEDIAN
from analytics.output.charts.track_record import CAME, backtest_spec, coverage_spec
from analytics.output.figures import origin
from analytics.output.figures.fan_labels import GAP, spread
from analytics.output.figures.figure import Assumption, Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import Note, SourceLine
from analytics.workbench import Workbench

NOMINAL = 0.80
CALIBRATED = "naive, calibrated"  # its widths come from our calibration
METHODS_ZH = {
    "naive": "末值不变",
    CALIBRATED: "末值不变（同样校准的区间）",
    "naive, calibrated": "末值不变（同样校准的区间）",
    "drift": "带漂移随机游走",
    "statsmodels ETS(A,Ad,N)": "ETS（statsmodels默认）",
    "statsmodels Theta": "Theta（statsmodels）",
    "statsforecast AutoETS": "AutoETS",
    "statsforecast AutoTheta": "AutoTheta",
}
_COVERAGE = {"method": "方法", "points": "历史长度（年）", "coverage": "实测覆盖率"}
_BACKTEST = {
    "origin": "作出时已知至",
    "year": "年份",
    "lower_80": "80%区间下沿",
    "median": MEDIAN,
    "upper_80": "80%区间上沿",
    "actual": CAME,
}


def coverage_figure() -> Figure:
    """Lay out how often 80 % intervals held, beside the alternatives; our method comes first."""
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
    default = frame[~frame["ours"] & (frame["method"] != METHODS_ZH[CALIBRATED])]
    ours, others = (_range(some["coverage"]) for some in (frame[frame["ours"]], default))
    methods = tuple(frame.sort_values("ours", ascending=False, kind="stable")["method"].unique())
    title = f"往后{ahead}年80%区间的实测覆盖率"
    takeaway = f"往后{ahead}年的80%区间，本工作台实测覆盖{ours}，其他方法的默认区间{others}。"
    return Figure(
        name="80%区间实测覆盖率",
        title=title,
        unit="占比，虚线为名义值",
        takeaway=takeaway,
        demo=False,
        datasets={"coverage": frame, "labels": _names(frame)},
        draw=partial(coverage_spec, title, methods, NOMINAL),
        work_out=partial(_coverage_details, frame, methods, title, takeaway),
    )


def _names(frame: pd.DataFrame) -> pd.DataFrame:
    """Name each method with its coverage at the longest history, without overlap."""
    ends = frame.sort_values("points").groupby("method", sort=False).tail(1)
    room = frame["coverage"].max() - frame["coverage"].min()
    shares = ends["coverage"].astype("float64").tolist()
    pairs = zip(ends["method"], shares, strict=True)
    text = [f"{method} {text_zh.percent(share, 0)}" for method, share in pairs]
    return ends.assign(text=text, place=spread(shares, room * GAP))


def _range(shares: pd.Series) -> str:
    return f"{text_zh.percent(shares.min(), 0)}—{text_zh.percent(shares.max(), 0)}"


def _coverage_details(
    frame: pd.DataFrame, methods: tuple[str, ...], title: str, takeaway: str
) -> Details:
    record = load_track_record()
    about = f"{record['n_series']}条公开年度序列（M3竞赛年度数据）"
    return Details(
        table=frame[list(_COVERAGE)].rename(columns=_COVERAGE),
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=("推算",),
            period=f"历史长度{frame['points'].min()}—{frame['points'].max()}年",
            sources=(SourceLine("推算", about, f"检验于{record['dated']}"),),
            reading="粗线为本工作台",
        ),
        native=(_by_method(frame, methods, title),),
        assumptions=(Assumption("名义覆盖率", text_zh.percent(NOMINAL, 0)),),
    )


def _by_method(frame: pd.DataFrame, methods: tuple[str, ...], title: str) -> NativeChart:
    table = frame.pivot(index="points", columns="method", values="coverage")
    lines = [Line(name, tuple(x if pd.notna(x) else None for x in table[name])) for name in methods]
    lines.append(Line("名义值", (NOMINAL,) * len(table)))
    return NativeChart(title, "占比", tuple(str(points) for points in table.index), tuple(lines))


def backtest_figure(bench: Workbench, indicator_id: str) -> Figure | None:
    """Lay out one indicator's backtest; None where its history is too short."""
    history = bench.history(indicator_id)
    frame = bench.backtest(indicator_id, JINSHAN)
    if frame.empty:
        return None
    inside, total = int(frame["inside"].sum()), len(frame)
    if history.indicator.unit == FRACTION:
        frame = frame.copy()
        frame[["lower_80", "median", "upper_80", "actual"]] *= 100
    title = f"{history.indicator.name_zh}：当时的区间与后来的实际"
    unit = text_zh.unit_zh(history.indicator.unit)
    finding = (
        f"从各年往后推1—4年共{total}次，实际值{inside}次落在当时的80%区间内"
        f"（{text_zh.percent(inside / total, 0)}）"
    )
    demo = RowStatus.ILLUSTRATIVE in history.statuses
    return Figure(
        name=f"{history.indicator.name_zh}回测",
        title=title,
        unit=unit,
        takeaway=f"{finding}。样本少且互相重叠，只作参考。",
        demo=demo,
        datasets={"backtest": frame},
        draw=partial(backtest_spec, title, unit, demo=demo),
        work_out=partial(_backtest_details, history, frame, (title, unit, finding)),
    )


def _backtest_details(history: History, frame: pd.DataFrame, said: tuple[str, str, str]) -> Details:
    """Work out what files hold; ``said`` are the figure's title, unit and finding."""
    title, unit, finding = said
    return Details(
        table=frame[list(_BACKTEST)].rename(columns=_BACKTEST),
        note=Note(
            finding=finding,
            natures=origin.natures(history.statuses, "预测"),
            period=text_zh.years(sorted(set(frame["year"]))),
            sources=origin.sources([history]),
            reading="竖条为当时会给出的80%区间，同一年从左到右为往后1—4年；样本少且互相重叠，只作参考",
        ),
        native=(_said_and_came(frame, title, unit),),
        definitions=origin.definitions([history]),
    )


def _said_and_came(frame: pd.DataFrame, title: str, unit: str) -> NativeChart:
    """Draw both edges and the outcome as lines, one category a projection."""
    rows = frame.sort_values(["year", "origin"])
    known, years = rows["origin"], rows["year"]
    labels = (f"{year}年（{origin}年作出）" for origin, year in zip(known, years, strict=True))
    lines = tuple(
        Line(_BACKTEST[name], tuple(rows[name].tolist()))
        for name in ("lower_80", "upper_80", "actual")
    )
    return NativeChart(title, unit, tuple(labels), lines)
