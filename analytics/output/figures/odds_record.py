"""How true our odds are: measured by kind on series that took no part in the estimate."""

from functools import partial
from typing import Any

import pandas as pd

from analytics import text_zh
from analytics.model.projection.calibration import load_pool, load_track_record, measured
from analytics.output.charts.track_record import odds_spec
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import Note, SourceLine

PANELS_ZH = {
    "m3_yearly": "M3竞赛",
    "m1_yearly": "M1竞赛",
    "tourism_yearly": "旅游竞赛",
    "pwt_rgdpna": "各国不变价GDP",
    "pwt_emp": "各国就业人数",
    "china_province_gdp": "中国各省现价GDP",
    "china_city_gdp": "中国城市现价GDP",
}
DOMAINS_ZH = {
    "DEMOGRAPHIC": "人口",
    "FINANCE": "金融",
    "INDUSTRY": "行业",
    "MACRO": "宏观",
    "MICRO": "企业",
    "OTHER": "其他",
}
BY_FIELD = "field"  # the prior of rows where every series has the pool of its field
_HEADINGS = {"panel": "序列", "said": "所说的概率", "met": "实际达到", "n": "次数"}
LENGTHS = (1, 2, 3, 4, 5, 8, 14)
_AHEAD = 4
_SIMPLER_ZH = {"naive": "末值不变", "statsmodels Theta": "Theta"}
_BIASED = 0.05  # mean odds this far from what came are named


def odds_figure() -> Figure:
    """Lay out the reliability of P(target) on every panel."""
    record = load_track_record()
    drawn = [row for row in record["odds"] if row["prior"] != BY_FIELD]
    frame = pd.DataFrame(
        [
            {"panel": name_zh(row), **{name: one[name] for name in ("said", "met", "n")}}
            for row in drawn
            for one in row["bins"]
        ]
    )
    panels = tuple(frame["panel"].unique())
    title = "说有几成把握，实际达到几成"
    takeaway = (
        "未参与估计的序列上，往后4年达到“保持近5年增速、其一半、年均2%、年均7%”四类目标："
        + "；".join(_said_and_met(row) for row in drawn)
        + "。"
    )
    return Figure(
        name="概率的可靠性",
        title=title,
        unit="实际达到，虚线为名实相符",
        takeaway=takeaway,
        demo=False,
        datasets={"odds": frame, "even": pd.DataFrame({"said": [0.0, 1.0], "met": [0.0, 1.0]})},
        draw=partial(odds_spec, title, panels),
        work_out=partial(_details, frame, title, takeaway),
    )


def name_zh(row: dict[str, Any]) -> str:
    """Name a panel, and that every series had the prior of its field where it had."""
    return PANELS_ZH[row["panel"]] + ("（按门类）" if row["prior"] == BY_FIELD else "")


def _said_and_met(row: dict[str, Any]) -> str:
    said, met = (text_zh.percent(row[name], 0) for name in ("said", "met"))
    return f"{name_zh(row)}平均说{said}、实际{met}"


def _details(frame: pd.DataFrame, title: str, takeaway: str) -> Details:
    record = load_track_record()
    return Details(
        table=frame[list(_HEADINGS)].rename(columns=_HEADINGS),
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=("推算",),
            period="末8个点往后4年，各序列末尾前4、6、8、10年为起点",
            sources=(SourceLine("推算", "公开年度序列", f"检验于{record['dated']}"),),
            reading="点在虚线上方为说得偏低，下方为说得偏高",
        ),
        native=(_by_panel(frame, title),),
    )


def _by_panel(frame: pd.DataFrame, title: str) -> NativeChart:
    """Lay out the shares met by how likely it was said to be, one line a panel."""
    named = frame.assign(said=frame["said"].map(lambda share: text_zh.percent(share, 0)))
    categories = tuple(dict.fromkeys(named.loc[frame["said"].sort_values().index, "said"]))
    lines = []
    for panel, rows in named.groupby("panel", sort=False):
        met = dict(zip(rows["said"], rows["met"], strict=True))
        lines.append(Line(str(panel), tuple(met.get(name) for name in categories)))
    return NativeChart(title, "实际达到", categories, tuple(lines))


def odds_rows() -> list[dict[str, str]]:
    """Return one row a panel: what was said and met, the score beside that of the usual share."""
    return [
        {
            "序列": name_zh(row),
            "次数": text_zh.number(row["n_forecasts"], 0),
            "平均所说": text_zh.percent(row["said"], 0),
            "实际达到": text_zh.percent(row["met"], 0),
            "概率得分": text_zh.number(row["brier"], 3),
            "只报惯常比例的得分": text_zh.number(row["brier_of_the_usual_share"], 3),
            "80%区间覆盖": text_zh.percent(row["coverage_80"], 0),
            "结果低于中位数": text_zh.percent(row["below_median"], 0),
        }
        for row in load_track_record()["odds"]
    ]


def coverage_rows() -> list[dict[str, str]]:
    """Return the coverage of 80 % intervals four years ahead by kind of series and length."""
    rows = []
    for pool in measured():
        about = load_pool(pool)
        cells = {points: _covered(pool, points) for points in LENGTHS}
        named = {f"{points}个点": text for points, text in cells.items()}
        rows.append({"同类序列": f"{about.name_zh}（{about.n_series}条）"} | named)
    return rows


def _covered(pool: str, points: int) -> str:
    cell = measured()[pool].get((points, _AHEAD))
    return text_zh.DASH if cell is None else text_zh.percent(cell, 0)


def where_we_lose() -> list[str]:
    """Say in which fields and on which panels something simpler does as well or better."""
    record = load_track_record()
    found = []
    for row in record["domains"]:
        errors = dict(row["smape"])
        ours = errors.pop(record["ours"])
        best = min(errors, key=lambda name: errors[name])
        if errors[best] <= ours:
            found.append(
                f"{DOMAINS_ZH[row['domain']]}类序列（{row['n_series']}条）的点预测误差"
                f"{text_zh.number(ours, 1)}%，{_SIMPLER_ZH.get(best, best)}"
                f"{text_zh.number(errors[best], 1)}%"
            )
    found += [
        f"{name_zh(row)}的概率不比只报惯常比例好"
        f"（{text_zh.number(row['brier'], 3)}"
        f"对{text_zh.number(row['brier_of_the_usual_share'], 3)}）"
        for row in record["odds"]
        if row["brier"] >= row["brier_of_the_usual_share"]
    ]
    found += [
        f"{name_zh(row)}的概率平均说得偏{'高' if row['said'] > row['met'] else '低'}"
        f"{text_zh.points(abs(row['said'] - row['met']), 0).removeprefix('+')}"
        for row in record["odds"]
        if abs(row["said"] - row["met"]) > _BIASED
    ]
    return found
