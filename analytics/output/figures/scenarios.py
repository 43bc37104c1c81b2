"""What the laboratory's charts show: the same for page and export."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.answers.steering.decomposition import Decomposition, Part
from analytics.answers.steering.sensitivity import Bar, Tornado
from analytics.domain import FRACTION, Lever, LeverClass, Measure, RowStatus, Target
from analytics.model.judgement.assessment import threshold
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import quantile_paths
from analytics.output.charts.scenarios import DOWN, FALL, LEVEL, RISE, UP
from analytics.output.figures.target import chart_mark, chart_path, from_base
from analytics.workbench import View, Workbench, base_year_of

MOST_BARS = 8
YEARS_BEFORE = 3  # history shown ahead of the base year
FARTHEST = 3  # times the longest bar that a target may lie away and still be drawn
REST = "其余各项"


@dataclass(frozen=True, eq=False)
class Figure:
    """Numbers and wording of one chart; ``marks`` holds its lines, one row."""

    frame: pd.DataFrame
    title: str
    unit: str
    takeaway: str
    demo: bool
    marks: pd.DataFrame | None = None

    @property
    def rows(self) -> int:
        """Return the number of bars."""
        return int(self.frame["order"].nunique()) if "order" in self.frame else 0

    @property
    def limit_zh(self) -> str:
        """Explain the target's line where it is drawn."""
        drawn = self.marks is not None and self.marks["limit"].notna().all()
        return "，虚线为达标线" if drawn else ""


def scenario_figure(
    scenarios: Sequence[tuple[str, View]], target_id: str, *, last_year: int
) -> Figure:
    """Lay out one target in several scenarios on one scale, one row a scenario and year.

    The first row of each scenario is the last observed year; a growth target
    is drawn as the level it implies, as on its own page.
    """
    view = scenarios[0][1]
    target = view.bench.catalog.targets[target_id]
    unit = _level_unit(view.bench, target)
    scale = 100 if unit == FRACTION else 1
    paths = [(name, from_base(chart_path(one, target), target)) for name, one in scenarios]
    frames = [_history(paths[0][1].observed), *(_fan(name, path) for name, path in paths)]
    mark = chart_mark(target, paths[0][1])
    if mark is not None:
        frames.append(pd.DataFrame({"year": [target.due_year], "target": [mark]}))
    kept = [one for one in frames if len(one)]
    frame = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()
    frame = frame.reindex(columns=["year", "scenario", *_NUMBERS])
    frame[_NUMBERS] = frame[_NUMBERS].astype("float64") * scale
    shown = frame["year"].between(base_year_of(target) - YEARS_BEFORE, last_year)
    return Figure(
        frame=frame[shown].reset_index(drop=True),
        title=f"{target.name_zh}：情景比较",
        unit=text_zh.unit_zh(unit),
        takeaway=_scenario_takeaway(scenarios, target),
        demo=_is_demo(view, target_id),
    )


_MEASURED_ZH = {Measure.CAGR: "年均增长", Measure.RELATIVE_GROWTH: "年均增速差"}
_NUMBERS = ["observed", "median", "low80", "high80", "target"]


def _level_unit(bench: Workbench, target: Target) -> str:
    if target.measure is Measure.RELATIVE_GROWTH:
        return FRACTION
    if target.measure is Measure.RELATIVE_TO_CITY:
        return target.unit
    return bench.catalog.indicators[target.indicator].unit


def _history(observed: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"year": observed.index.to_numpy(), "observed": observed.to_numpy()})


def _fan(name: str, path: MetricPath) -> pd.DataFrame:
    if not path.years:
        return pd.DataFrame()
    low, median, high = quantile_paths(path.draws, [0.1, 0.5, 0.9])
    fan = pd.DataFrame({"year": path.years, "median": median, "low80": low, "high80": high})
    if len(path.observed):
        last, value = int(path.observed.index[-1]), float(path.observed.iloc[-1])
        joint = pd.DataFrame({"year": [last], "median": value, "low80": value, "high80": value})
        fan = pd.concat([joint, fan], ignore_index=True)
    return fan.assign(scenario=name)


def _is_demo(view: View, target_id: str) -> bool:
    return RowStatus.ILLUSTRATIVE in view.verdict(target_id).statuses


def _scenario_takeaway(scenarios: Sequence[tuple[str, View]], target: Target) -> str:
    parts, measured = [], _MEASURED_ZH.get(target.measure, "")
    for name, view in scenarios:
        item = view.verdict(target.id)
        text = f"{name}{measured}中位数{_said(view.bench, target, item.median)}"
        if item.probability is not None:
            text += f"，达成概率{text_zh.percent(item.probability, 0)}"
        parts.append(text)
    return f"{target.name_zh}，{target.due_year}年：{'；'.join(parts)}。"


def _said(bench: Workbench, target: Target, value: float | None) -> str:
    """Write a value of the target's own measure."""
    decimals = bench.catalog.indicators[target.indicator].decimals
    return text_zh.quantity(value, target.unit, 3 if target.unit == FRACTION else decimals)


def tornado_figure(view: View, found: Tornado) -> Figure | None:
    """Lay out the longest bars, two rows a lever; None where there is none."""
    if not found.bars:
        return None
    target = view.bench.catalog.targets[found.target_id]
    scale = 100 if target.unit == FRACTION else 1
    bars = found.bars[:MOST_BARS]
    names = [f"{_short(view.bench, bar.lever_id)}{bar.move}" for bar in bars]
    rows = [
        row
        for order, (name, bar) in enumerate(zip(names, bars, strict=True))
        for row in _bar_rows(order, name, bar, found, scale)
    ]
    longest = bars[0]
    marks = _marks(target, scale, median=found.median, reach=FARTHEST * longest.swing)
    beyond = f"达标线{_said(view.bench, target, threshold(target))}在图外。"
    return Figure(
        frame=pd.DataFrame(rows),
        title=f"{target.name_zh}：敏感性",
        unit=_measure_unit(target),
        takeaway=f"各项变动一次，影响最大的是{_short(view.bench, longest.lever_id)}{longest.move}："
        f"中位数在{_said(view.bench, target, min(longest.median_down, longest.median_up))}与"
        f"{_said(view.bench, target, max(longest.median_down, longest.median_up))}之间。"
        f"{beyond if marks['limit'].isna().all() else ''}",
        demo=_is_demo(view, target.id),
        marks=marks,
    )


def _short(bench: Workbench, name: str) -> str:
    """Name a setting by its indicator and period, an assumption marked as such."""
    one = bench.catalog.adjustables[name]
    if not isinstance(one, Lever):
        return f"{one.name_zh}（假设）"
    assumed = "" if one.lever_class is LeverClass.POLICY else "，假设"
    period = f"{one.first_year}—{one.last_year}年"
    return f"{bench.catalog.indicators[one.applies_to].name_zh}（{period}{assumed}）"


def _bar_rows(order: int, name: str, bar: Bar, found: Tornado, scale: float) -> list[dict]:
    shared = {
        "order": order,
        "name": name,
        "median": found.median * scale,
    }
    down = {"side": DOWN, "value": bar.median_down * scale, "probability": bar.probability_down}
    up = {"side": UP, "value": bar.median_up * scale, "probability": bar.probability_up}
    return [shared | down, shared | up]


def _measure_unit(target: Target) -> str:
    yearly = target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH)
    return text_zh.unit_zh(target.unit) + ("（年均）" if yearly else "")


def _marks(
    target: Target, scale: float, *, median: float | None = None, reach: float | None = None
) -> pd.DataFrame:
    """Return the lines across the bars; a target out of ``reach`` of the median is left out."""
    limit = threshold(target)
    far = reach is not None and median is not None and abs(limit - median) > reach
    lines = {"median": np.nan if median is None else median, "limit": np.nan if far else limit}
    return pd.DataFrame([{name: value * scale for name, value in lines.items()}])


def decomposition_figure(view: View, found: Decomposition) -> Figure | None:
    """Lay out the steps from 基准 to the scenario; None where nothing moves the target."""
    if not found.parts:
        return None
    target = view.bench.catalog.targets[found.target_id]
    scale = 100 if target.unit == FRACTION else 1
    return Figure(
        frame=pd.DataFrame(_steps(view.bench, target, found, scale)),
        title=f"{target.name_zh}：缺口分解",
        unit=_measure_unit(target),
        takeaway=f"中位数由基准的{_said(view.bench, target, found.baseline)}变为"
        f"{_said(view.bench, target, found.scenario)}，作用最大的是"
        f"{_part_name(view.bench, found.parts[0])}（{_amount(target, found.parts[0].median)}）。",
        demo=_is_demo(view, target.id),
        marks=_marks(target, scale),
    )


def _amount(target: Target, change: float) -> str:
    if target.unit == FRACTION:
        return text_zh.points(change)
    return f"{_signed(change, 1)}{text_zh.unit_zh(target.unit)}"


def _part_name(bench: Workbench, part: Part) -> str:
    """Name a part as its chart does; the settings of one indicator go by its name."""
    return _short(bench, part.ids[0]) if len(part.ids) == 1 else part.name_zh


def _steps(bench: Workbench, target: Target, found: Decomposition, scale: float) -> list[dict]:
    decimals = 2 if target.unit == FRACTION else 1
    at, rows = found.baseline, [_level(0, "基准", found.baseline, scale, decimals)]
    shown = [(_part_name(bench, x), x.median, x.of_gap) for x in found.parts[:MOST_BARS]]
    rest = found.parts[MOST_BARS:]
    if rest:
        shown.append((REST, sum(x.median for x in rest), None))
    for order, (name, change, of_gap) in enumerate(shown, start=1):
        text = _signed(change * scale, decimals)
        rows.append(
            {
                "order": order,
                "name": f"{name}{text}",
                "kind": RISE if change >= 0 else FALL,
                "start": at * scale,
                "end": (at + change) * scale,
                "text": text,
                "share": text_zh.DASH if of_gap is None else text_zh.percent(of_gap, 0),
            }
        )
        at += change
    return [*rows, _level(len(rows), "本情景", found.scenario, scale, decimals)]


def _level(order: int, name: str, value: float, scale: float, decimals: int) -> dict:
    text = text_zh.number(value * scale, decimals)
    shown = {"order": order, "name": f"{name} {text}", "kind": LEVEL, "text": text}
    return shown | {"start": value * scale, "end": value * scale, "share": text_zh.DASH}


def _signed(value: float, decimals: int) -> str:
    text = text_zh.number(value, decimals)
    return text if text.startswith("−") or not text.strip("0.,") else f"+{text}"
