"""Collect what the charts of targets export: the page's own figures with their origin."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import RowStatus, Target
from analytics.model.draws.baseline import HORIZON
from analytics.model.judgement.assessment import Assessment
from analytics.output.charts import fan
from analytics.output.figures import origin
from analytics.output.figures.figure import Assumption, ExportFigure
from analytics.output.figures.native import BOUND, fan_chart
from analytics.output.figures.note import ExportNote, Stamp
from analytics.output.figures.target import multiples, target_figure
from analytics.workbench import View, base_year_of

NATURE = "性质"
_HEADINGS = {
    "year": "年份",
    "nature": NATURE,
    "observed": fan.HISTORY,
    "bound": BOUND,
    "median": fan.MEDIAN,
    "baseline": fan.BASELINE,
    **{
        f"{side}{width}": f"{width}%区间{edge}"
        for width, _, _ in fan.BANDS
        for side, edge in (("low", "下沿"), ("high", "上沿"))
    },
    "required": fan.REQUIRED,
    "target": fan.TARGET,
}


def target_export(
    view: View, item: Assessment, stamp: Stamp, *, last_year: int = HORIZON
) -> ExportFigure:
    """Collect a target's fan chart as its page draws it up to ``last_year``."""
    target, bench = item.target, view.bench
    figure = target_figure(view, item, last_year=last_year)
    histories = origin.histories_of(bench, target)
    projected = (origin.ahead(view),) if figure.frame["median"].notna().any() else ()
    return ExportFigure(
        name=target.name_zh,
        spec=fan.fan_spec(
            figure.title, figure.unit, dark=False, demo=figure.demo, shown=present(figure.frame)
        ),
        datasets={"fan": figure.frame},
        frame=readable(figure.frame, origin.nature_by_year(histories), origin.ahead(view)),
        note=ExportNote(
            title=verdicts_zh.headline(item),
            subject=figure.title,
            unit=figure.unit,
            natures=origin.natures(item.statuses, *projected),
            period=span(figure.frame),
            sources=origin.sources(histories),
            stamp=stamp,
            illustrative=figure.demo,
            reading=fan_reading(figure.frame),
            method=item.method,
        ),
        native=(fan_chart(figure.frame, figure.title, figure.unit),),
        assumptions=(*origin.moved_levers(bench, stamp.scenario), *_reading(item)),
        definitions=origin.definitions(histories),
    )


def _reading(item: Assessment) -> tuple[Assumption, ...]:
    """Say how the plan's words are read and what the projection rests on."""
    target: Target = item.target
    base = f"序时进度以{base_year_of(target)}年为基期（本项目假定）"
    rows = [
        Assumption("规划原文", target.clause.wording, target.clause.section),
        Assumption("目标的读法", verdicts_zh.reading(item), target.note_zh),
        Assumption("基期", target.assumption_zh or base),
    ]
    if item.method:
        rows.append(Assumption("推算方法", item.method, "；".join(item.warnings)))
    return tuple(rows)


def multiples_export(
    view: View, items: Sequence[Assessment], stamp: Stamp, *, last_year: int, filters: str = ""
) -> ExportFigure:
    """Collect the sheet of small charts, one target each; ``filters`` chose the targets."""
    frame = multiples(view, items, last_year=last_year)
    titles = tuple(frame["title"].unique())
    histories = [h for item in items for h in origin.histories_of(view.bench, item.target)]
    demo = any(RowStatus.ILLUSTRATIVE in item.statuses for item in items)
    statuses = {status for item in items for status in item.statuses}
    return ExportFigure(
        name="全部走势",
        spec=fan.multiples_spec(titles, dark=False, demo=demo),
        datasets={"multiples": frame},
        frame=_stacked(frame),
        note=ExportNote(
            title=verdicts_zh.conclusion(items, view.bench.catalog.indicators, worst=False).rstrip(
                "。"
            ),
            subject=f"{len(titles)}项目标的走势，一项一图",
            unit="见各图标题",
            natures=origin.natures(statuses, origin.ahead(view)),
            period=span(frame),
            sources=origin.sources(histories),
            stamp=stamp,
            illustrative=demo,
            reading="实线为历史，虚线为预测中位数，色带为80%区间，◆为目标",
            filters=filters,
        ),
        native=tuple(fan_chart(rows, title, _unit(title)) for title, rows in by_title(frame)),
        assumptions=origin.moved_levers(view.bench, stamp.scenario),
        definitions=origin.definitions(histories),
    )


def by_title(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Split a sheet of small charts into its charts, in their order."""
    return [(title, frame[frame["title"] == title]) for title in frame["title"].unique()]


def _unit(title: str) -> str:
    return title[title.rindex("（") + 1 : -1]


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    """Lay out all small charts below one another, named in the first column."""
    named = frame.rename(columns={"title": "指标"} | _HEADINGS)
    rest = [name for name in _HEADINGS.values() if name in named]
    return named[["指标", *rest]].dropna(axis="columns", how="all")


def readable(frame: pd.DataFrame, natures: dict[int, str], ahead: str) -> pd.DataFrame:
    """Give a fan's numbers Chinese headings and each year its nature; empty columns go."""
    known = frame["observed"].notna() | frame["bound"].notna()
    later = np.where(frame["median"].notna(), ahead, "")
    years = frame["year"].map(natures).where(known, later)
    named = frame.assign(nature=years.fillna("")).rename(columns=_HEADINGS)
    return named[[x for x in _HEADINGS.values() if x in named]].dropna(axis="columns", how="all")


def present(frame: pd.DataFrame) -> tuple[str, ...]:
    """Name the series of a fan that have any value."""
    held = {
        fan.HISTORY: "observed",
        fan.MEDIAN: "median",
        fan.BASELINE: "baseline",
        fan.REQUIRED: "required",
        fan.TARGET: "target",
    }
    return tuple(x for x in fan.FAN_SERIES if frame[held[x]].notna().any())


def fan_reading(frame: pd.DataFrame) -> str:
    """Say how the marks are read that the legend does not name."""
    parts = []
    if frame["low95"].notna().any():
        parts.append("色带由浅到深为95%、80%、50%区间")
    if frame["bound"].notna().any():
        parts.append(f"▲为{BOUND}")
    return "，".join(parts)


def span(frame: pd.DataFrame) -> str:
    """Name the years of the history and those ahead."""
    known = frame["year"][frame["observed"].notna() | frame["bound"].notna()]
    later = frame["year"][frame["median"].notna()]
    parts = [f"历史{text_zh.years(sorted(set(known)))}"] if len(known) else []
    first = max(known, default=0) + 1
    if len(later) and later.max() >= first:
        parts.append(f"展望{text_zh.years(sorted({x for x in later if x >= first}))}")
    return "，".join(parts) or text_zh.DASH
