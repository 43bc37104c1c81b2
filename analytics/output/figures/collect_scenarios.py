"""Collect what the charts of the scenario laboratory export."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analytics import text_zh
from analytics.answers.steering.decomposition import Decomposition
from analytics.answers.steering.sensitivity import Tornado
from analytics.domain import Scenario
from analytics.output.charts import fan
from analytics.output.charts import scenarios as charts_scenarios
from analytics.output.figures import origin
from analytics.output.figures.figure import Assumption, ExportFigure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import ExportNote, Stamp
from analytics.output.figures.scenarios import (
    Figure,
    decomposition_figure,
    scenario_figure,
    tornado_figure,
)
from analytics.workbench import View

LEAD = "情景"
_SCENARIOS = {
    "year": "年份",
    "scenario": LEAD,
    "observed": fan.HISTORY,
    "median": fan.MEDIAN,
    "low80": "80%区间下沿",
    "high80": "80%区间上沿",
    "target": fan.TARGET,
}
_TORNADO = {"name": "调节项", "side": "方向", "value": fan.MEDIAN, "probability": "达成概率"}
_GAP = {"name": "项目", "start": "起", "end": "止", "share": "占缺口"}


def scenarios_export(
    scenarios: Sequence[tuple[Scenario, View]], target_id: str, last_year: int, stamp: Stamp
) -> ExportFigure:
    """Collect one target in several scenarios; the last one names the file."""
    named = [(one.name, view) for one, view in scenarios]
    figure = scenario_figure(named, target_id, last_year=last_year)
    drawn = [one for one, _ in scenarios]
    bench, several = scenarios[0][1].bench, len(scenarios) > 1
    return ExportFigure(
        name=f"{bench.catalog.targets[target_id].name_zh}情景比较",
        spec=charts_scenarios.scenarios_spec(
            figure.title,
            figure.unit,
            tuple(one.name for one in drawn),
            dark=False,
            demo=figure.demo,
        ),
        datasets={"scenarios": figure.frame},
        frame=_tidy(figure.frame, _SCENARIOS),
        note=_note(
            scenarios[-1][1],
            target_id,
            figure,
            replace(stamp, scenario=drawn[-1], beside=tuple(drawn[:-1])),
            "线为中位数，色带为80%区间，◆为目标，黑线为历史",
        ),
        native=(_medians(figure, [one.name for one in drawn]),),
        assumptions=tuple(
            replace(row, name=f"{one.name}：{row.name}" if several else row.name)
            for one in drawn
            for row in origin.moved_levers(bench, one)
        ),
        definitions=origin.definitions(_histories(scenarios[0][1], target_id)),
    )


def tornado_export(view: View, found: Tornado, scenario: Scenario, stamp: Stamp) -> ExportFigure:
    """Collect the sensitivity of one target; it has at least one bar."""
    figure = tornado_figure(view, found)
    wide = figure.frame.pivot_table(index=["order", "name"], columns="side", values="value")
    lines = tuple(
        Line(side, tuple(wide[side])) for side in (charts_scenarios.DOWN, charts_scenarios.UP)
    )
    return ExportFigure(
        name=f"{view.bench.catalog.targets[found.target_id].name_zh}敏感性",
        spec=charts_scenarios.tornado_spec(
            figure.title, figure.unit, figure.rows, dark=False, demo=figure.demo
        ),
        datasets={"tornado": figure.frame, "marks": figure.marks},
        frame=_tidy(figure.frame, _TORNADO),
        note=_note(
            view,
            found.target_id,
            figure,
            replace(stamp, scenario=scenario),
            f"其余不动，每项上下各变动一次；竖线为当前中位数{figure.limit_zh}",
        ),
        native=(NativeChart(figure.title, figure.unit, _names(wide), lines, columns=True),),
        assumptions=origin.moved_levers(view.bench, scenario),
        definitions=origin.definitions(_histories(view, found.target_id)),
    )


def gap_export(view: View, found: Decomposition, scenario: Scenario, stamp: Stamp) -> ExportFigure:
    """Collect what each setting contributes to one target; it has at least one part."""
    figure = decomposition_figure(view, found)
    steps = figure.frame[figure.frame["kind"] != charts_scenarios.LEVEL]
    change = Line("作用", tuple((steps["end"] - steps["start"]).tolist()))
    return ExportFigure(
        name=f"{view.bench.catalog.targets[found.target_id].name_zh}缺口分解",
        spec=charts_scenarios.gap_spec(
            figure.title, figure.unit, figure.rows, dark=False, demo=figure.demo
        ),
        datasets={"gap": figure.frame, "marks": figure.marks},
        frame=_tidy(figure.frame, _GAP),
        note=_note(
            view,
            found.target_id,
            figure,
            replace(stamp, scenario=scenario),
            "实心为提高，空心为降低，虚线为达标线",
            found.method_zh,
        ),
        native=(
            NativeChart(figure.title, figure.unit, tuple(steps["name"]), (change,), columns=True),
        ),
        assumptions=(
            *origin.moved_levers(view.bench, scenario),
            Assumption("分解方法", found.method_zh),
        ),
        definitions=origin.definitions(_histories(view, found.target_id)),
    )


def _note(
    view: View, target_id: str, figure: Figure, stamp: Stamp, reading: str, method: str = ""
) -> ExportNote:
    histories = _histories(view, target_id)
    item = view.verdict(target_id)
    years = {year for history in histories for year in history.status_by_year}
    due = f"目标{item.target.due_year}年"
    return ExportNote(
        title=figure.takeaway.rstrip("。"),
        subject=figure.title,
        unit=figure.unit,
        natures=origin.natures(item.statuses, origin.ahead(view)),
        period=f"历史{text_zh.years(sorted(years))}，{due}" if years else due,
        sources=origin.sources(histories),
        stamp=stamp,
        illustrative=figure.demo,
        reading=reading,
        method=method,
    )


def _histories(view: View, target_id: str):
    return origin.histories_of(view.bench, view.bench.catalog.targets[target_id])


def _tidy(frame: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    named = frame[list(headings)].rename(columns=headings)
    return named.dropna(axis="columns", how="all")


def _medians(figure: Figure, names: Iterable[str]) -> NativeChart:
    """Draw history, target and each scenario's median as lines, one category a year."""
    frame = figure.frame
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    columns = [(fan.HISTORY, frame.set_index("year")["observed"].dropna())]
    columns += [
        (name, frame[frame["scenario"] == name].set_index("year")["median"]) for name in names
    ]
    columns.append((fan.TARGET, frame.set_index("year")["target"].dropna()))
    lines = tuple(
        Line(name, tuple(float(series[year]) if year in series else None for year in years))
        for name, series in columns
        if len(series)
    )
    return NativeChart(figure.title, figure.unit, tuple(map(str, years)), lines, broken=True)


def _names(wide: pd.DataFrame) -> tuple[str, ...]:
    return tuple(wide.index.get_level_values("name"))
