"""One target in several scenarios on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.domain import FRACTION, Measure, Scenario, Target
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import quantile_paths
from analytics.output.charts import fan
from analytics.output.charts.scenarios import scenarios_spec
from analytics.output.figures import laboratory, origin
from analytics.output.figures.fan_labels import GAP, number_zh, spread
from analytics.output.figures.figure import Assumption, Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.target import chart_mark, chart_path, chart_unit, from_base
from analytics.workbench import View, base_year_of

Scenarios = Sequence[tuple[Scenario, View]]
YEARS_BEFORE = 3  # history shown ahead of the base year
READING = "线为中位数，色带为末一情景的80%区间，◆为目标，黑线为历史"
_LONGEST = 9  # characters of a name beside its line
_MEASURED_ZH = {Measure.CAGR: "年均增长", Measure.RELATIVE_GROWTH: "年均增速差"}
_NUMBERS = ["observed", "median", "low80", "high80", "target"]
_HEADINGS = {
    "year": "年份",
    "scenario": "情景",
    "observed": fan.HISTORY,
    "median": fan.MEDIAN,
    "low80": "80%区间下沿",
    "high80": "80%区间上沿",
    "target": fan.TARGET,
}


def scenarios_figure(scenarios: Scenarios, target_id: str, *, last_year: int) -> Figure:
    """Lay out one target in several scenarios; the last one names the file."""
    bench = scenarios[0][1].bench
    target = bench.catalog.targets[target_id]
    unit = chart_unit(bench, target)
    frame = scenario_numbers(scenarios, target, 100 if unit == FRACTION else 1, last_year)
    names = tuple(one.name for one, _ in scenarios)
    title, unit_zh = f"{target.name_zh}：情景比较", text_zh.unit_zh(unit)
    takeaway = _takeaway(scenarios, target)
    demo = laboratory.is_demo(scenarios[0][1], target_id)
    return Figure(
        name=f"{target.name_zh}情景比较",
        title=title,
        unit=unit_zh,
        takeaway=takeaway,
        demo=demo,
        datasets={
            "scenarios": frame,
            "labels": _labels(frame, names, unit_zh),
            "span": pd.DataFrame([_span(frame)]),
        },
        draw=partial(scenarios_spec, title, unit_zh, names, demo=demo),
        work_out=partial(_details, scenarios, target, frame, (title, unit_zh, takeaway)),
    )


def scenario_numbers(
    scenarios: Scenarios, target: Target, scale: float, last_year: int
) -> pd.DataFrame:
    """Lay out one row a scenario and year, the history and the target in rows of their own.

    The first row of each scenario is the last observed year; a growth target
    is drawn as the level it implies, as on its own page.
    """
    paths = [(one.name, from_base(chart_path(view, target), target)) for one, view in scenarios]
    frames = [_history(paths[0][1].observed), *(_fan(name, path) for name, path in paths)]
    mark = chart_mark(target, paths[0][1])
    if mark is not None:
        frames.append(pd.DataFrame({"year": [target.due_year], "target": [mark]}))
    kept = [one for one in frames if len(one)]
    frame = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()
    frame = frame.reindex(columns=["year", "scenario", *_NUMBERS])
    frame[_NUMBERS] = frame[_NUMBERS].astype("float64") * scale
    shown = frame["year"].between(base_year_of(target) - YEARS_BEFORE, last_year)
    return frame[shown].reset_index(drop=True)


def _span(frame: pd.DataFrame) -> dict[str, float]:
    """Say where the years ahead begin and end, and where the target stands."""
    known, ahead = (frame["year"][frame[name].notna()] for name in ("observed", "median"))
    due = frame[frame["target"].notna()]
    start = float(known.max() if len(known) else frame["year"].min())
    return {
        "start": start,
        "end": float(ahead.max()) if len(ahead) else start,
        "due": float(due["year"].iloc[0]) if len(due) else np.nan,
        "goal": float(due["target"].iloc[0]) if len(due) else np.nan,
    }


def _labels(frame: pd.DataFrame, names: Sequence[str], unit: str) -> pd.DataFrame:
    """Lay out name and value of every line where it ends, without overlap."""
    rows = []
    for name, field in (*((name, "median") for name in names), (fan.TARGET, "target")):
        own = frame if name == fan.TARGET else frame[frame["scenario"] == name]
        held = own[own[field].notna()]
        if len(held):
            value = float(held.iloc[-1][field])
            short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
            rows.append((name, value, f"{short} {number_zh(value, unit)}"))
    values = frame[["observed", "low80", "high80", "target"]].to_numpy(dtype="float64")
    room = float(np.nanmax(values) - np.nanmin(values)) if np.isfinite(values).any() else 0.0
    apart = spread([value for _, value, _ in rows], room * GAP)
    last = frame["year"].max()
    found = [
        {"year": last, "value": place, "text": text, "scenario": name}
        for (name, _, text), place in zip(rows, apart, strict=True)
    ]
    return pd.DataFrame(found, columns=["year", "value", "text", "scenario"])


def _history(observed: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"year": observed.index.to_numpy(), "observed": observed.to_numpy()})


def _fan(name: str, path: MetricPath) -> pd.DataFrame:
    if not path.years:
        return pd.DataFrame()
    low, median, high = quantile_paths(path.draws, [0.1, 0.5, 0.9])
    drawn = pd.DataFrame({"year": path.years, "median": median, "low80": low, "high80": high})
    if len(path.observed):
        last, value = int(path.observed.index[-1]), float(path.observed.iloc[-1])
        joint = pd.DataFrame({"year": [last], "median": value, "low80": value, "high80": value})
        drawn = pd.concat([joint, drawn], ignore_index=True)
    return drawn.assign(scenario=name)


def _takeaway(scenarios: Scenarios, target: Target) -> str:
    parts, measured = [], _MEASURED_ZH.get(target.measure, "")
    for one, view in scenarios:
        item = view.verdict(target.id)
        text = f"{one.name}{measured}中位数{laboratory.value_zh(view.bench, target, item.median)}"
        if item.probability is not None:
            text += f"，达成概率{text_zh.percent(item.probability, 0)}"
        parts.append(text)
    return f"{target.name_zh}，{target.due_year}年：{'；'.join(parts)}。"


def _details(
    scenarios: Scenarios, target: Target, frame: pd.DataFrame, said: tuple[str, str, str]
) -> Details:
    """Work out what files hold; ``said`` are the figure's title, unit and takeaway."""
    title, unit, takeaway = said
    drawn = tuple(one for one, _ in scenarios)
    shown = scenarios[-1][1]
    return Details(
        table=laboratory.tidy(frame, _HEADINGS),
        note=laboratory.note(shown, target.id, takeaway, drawn, reading=READING),
        native=(_medians(frame, title, unit, [one.name for one in drawn]),),
        assumptions=_assumptions(shown, drawn),
        definitions=origin.definitions(laboratory.histories(shown, target.id)),
    )


def _assumptions(view: View, drawn: tuple[Scenario, ...]) -> tuple[Assumption, ...]:
    """List the settings of every scenario, its name before them where there are several."""
    return tuple(
        replace(row, name=f"{one.name}：{row.name}") if len(drawn) > 1 else row
        for one in drawn
        for row in origin.settings_in(view.bench, one)
    )


def _medians(frame: pd.DataFrame, title: str, unit: str, names: Iterable[str]) -> NativeChart:
    """Draw history, target and each scenario's median as lines, one category a year."""
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
    return NativeChart(title, unit, tuple(map(str, years)), lines, broken=True)
