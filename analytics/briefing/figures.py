"""Charts of a briefing: the pages' fan charts with their origin."""

from datetime import date

import pandas as pd

from analytics import charts, text_zh
from analytics.assessment import Assessment
from analytics.briefing import sections
from analytics.domain import RowStatus, Scenario
from analytics.export.figure import Assumption, Definition, ExportFigure
from analytics.export.native import fan_chart
from analytics.export.note import ExportNote, SourceLine, Stamp
from analytics.figure import TargetFigure, target_figure
from analytics.workbench import View

_HEADINGS = {
    "year": "年份",
    "observed": charts.HISTORY,
    "bound": "突破值（下限）",
    "median": charts.MEDIAN,
    "baseline": charts.BASELINE,
    "required": charts.REQUIRED,
    "target": charts.TARGET,
} | {
    f"{side}{width}": f"{width}%区间{word}"
    for width, _, _ in charts.BANDS
    for side, word in (("low", "下沿"), ("high", "上沿"))
}


def is_drawable(view: View, target_id: str) -> bool:
    """Tell whether anything is observed, bounded or projected of a target."""
    item = view.verdict(target_id)
    return item.latest is not None or item.bound is not None or item.median is not None


def target_chart(
    view: View, scenario: Scenario, target_id: str, made_on: date, until: int | None = None
) -> ExportFigure:
    """Return a target's fan chart as on its page, up to its due year unless told otherwise."""
    item = view.verdict(target_id)
    figure = target_figure(view, item, last_year=until or item.target.due_year)
    return ExportFigure(
        name=item.target.name_zh,
        spec=charts.fan_spec(figure.title, figure.unit, dark=False, demo=figure.demo),
        datasets={"fan": figure.frame},
        frame=readable(figure.frame),
        note=_note(view, scenario, item, figure, made_on),
        native=(fan_chart(figure.frame, figure.title, figure.unit),),
        assumptions=_assumptions(view, scenario),
        definitions=(_definition(view, item),),
    )


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a fan's numbers their Chinese headings, empty columns left out."""
    kept = frame.dropna(axis="columns", how="all")
    return kept.rename(columns=_HEADINGS)


def active_title(item: Assessment) -> str:
    """Say in one line what a target's chart shows."""
    text = f"{item.target.name_zh}：{item.verdict}"
    if item.probability is None:
        return text
    return f"{text}，{item.target.due_year}年达成{text_zh.probability_zh(item.probability)}"


def _note(
    view: View, scenario: Scenario, item: Assessment, figure: TargetFigure, made_on: date
) -> ExportNote:
    natures = [text_zh.NATURE_ZH[status] for status in sorted(item.statuses)]
    if item.median is not None:
        natures.append("情景" if view.moved else "预测")
    years = figure.frame["year"]
    return ExportNote(
        title=active_title(item),
        subject=figure.title,
        unit=figure.unit,
        natures=tuple(natures),
        period=f"{years.min()}—{years.max()}年",
        sources=tuple(
            SourceLine(nature, title, dated)
            for title, nature, dated in sections.sources_of(view.bench, [item])
        ),
        stamp=Stamp(scenario, view.bench.release, made_on),
        illustrative=RowStatus.ILLUSTRATIVE in item.statuses,
    )


def _assumptions(view: View, scenario: Scenario) -> tuple[Assumption, ...]:
    levers = view.bench.catalog.levers
    indicators = view.bench.catalog.indicators
    return tuple(
        Assumption(
            levers[name].name_zh,
            sections.moved_zh(levers[name], value, indicators[levers[name].applies_to].unit),
            levers[name].rationale_zh,
        )
        for name, value in scenario.settings
    )


def _definition(view: View, item: Assessment) -> Definition:
    indicator = view.bench.catalog.indicators[item.target.indicator]
    unit = text_zh.unit_zh(indicator.unit)
    return Definition(indicator.name_zh, unit, indicator.scope, indicator.definition_zh)
