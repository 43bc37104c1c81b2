"""What the 2035 page shows of a target: the same for page and export."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.domain import COMPUTED, FRACTION, JINSHAN, SHANGHAI, RowStatus, Target
from analytics.model.judgement import against_city
from analytics.model.judgement.against_city import Chance, Premium, Standing
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.measure import MetricPath, level_path, relative_path
from analytics.model.projection import Projection
from analytics.model.projection.history import History
from analytics.output.charts import city as charts_city
from analytics.output.charts import fan
from analytics.output.figures.target import TargetFigure
from analytics.workbench import View, Workbench, base_year_of

HORIZONS = (2027, 2030, 2035)
BEFORE_BASE = 4  # years wanted ahead of the base, so that a history has at least five


@dataclass(frozen=True, eq=False)
class Comparison:
    """One target against the city at a margin and a confidence."""

    target: Target
    item: Assessment  # the verdict of the board
    path: MetricPath  # average growth less the city's, since ``path.since``
    common: tuple[int, ...]  # years with a value on both sides
    city: History
    premium: Premium | None
    chances: tuple[Chance, ...]
    needed: float | None  # lead still needed a year, fraction
    standing: Standing | None


def compare(view: View, target: Target, margin: float, confidence: float) -> Comparison:
    """Set a target's district series against the city's."""
    district, city = (view.bench.history(*side).values for side in view.bench.sides(target))
    path = view.full_path(target)
    ratio = against_city.log_ratio(district, city)
    chances = against_city.chances(path, HORIZONS, margin)
    due = next((x for x in chances if x.year == target.due_year), None)
    return Comparison(
        target=target,
        item=view.verdict(target.id),
        path=path,
        common=tuple(int(year) for year in ratio.index),
        city=city_history(view.bench, target),
        premium=against_city.premium_so_far(ratio, confidence),
        chances=chances,
        needed=_needed(view, target, path, ratio, margin),
        standing=None if due is None else against_city.standing(due, confidence),
    )


@dataclass(frozen=True)
class Need:
    """A yearly series the comparison rests on, and what is missing of it."""

    name_zh: str
    region: str
    held: tuple[int, ...]
    missing: tuple[int, ...]
    bounds: tuple[str, ...]  # lower bounds, which are no values
    part_years: int  # rows of months or parts of a year


def needs(bench: Workbench, target: Target) -> tuple[Need, ...]:
    """Return the series behind both sides of a target, district first."""
    wanted = range(base_year_of(target) - BEFORE_BASE, bench.release.as_of.year)
    return tuple(
        _need(bench.history(leaf, region), wanted)
        for name, region in bench.sides(target)
        for leaf in bench.catalog.identities(COMPUTED).leaves(name)
    )


def _need(history: History, wanted: range) -> Need:
    held, indicator = tuple(int(year) for year in history.values.index), history.indicator
    return Need(
        name_zh=indicator.name_zh,
        region=history.region,
        held=held,
        missing=tuple(year for year in wanted if year not in held),
        bounds=tuple(
            f"{row.year}年＞{text_zh.quantity(row.value, indicator.unit, indicator.decimals)}"
            f"（{text_zh.CONFIDENCE_ZH[row.confidence]}可信度）"
            for row in history.annual.itertuples()
            if row.lower_bound
        ),
        part_years=len(history.monthly),
    )


def conclusion(items: Sequence[Comparison], confidence: float, margin: float) -> str:
    """Say in words how the district stands against the city."""
    judged = [_judged_zh(item) for item in items if item.chances]
    alone = [item.target.name_zh for item in items if item.city.values.empty]
    unknown = [x.target.name_zh for x in items if not x.chances and not x.city.values.empty]
    parts = judged
    if unknown:
        parts.append(f"{'、'.join(unknown)}有全市数值而本区没有可比的年度数值，无法比较")
    if alone:
        parts.append(f"{'、'.join(alone)}无对标：全市无公布的年度数值")
    lead = text_zh.points(margin).lstrip("+")
    asked = f"（“显著”＝年均高出{lead}、把握{text_zh.percent(confidence, 0)}）。"
    return "；".join(parts) + asked


def _judged_zh(item: Comparison) -> str:
    last = item.chances[-1]
    return (
        f"{item.target.name_zh}{item.standing}：自{item.path.since}年起算，到{last.year}年"
        f"快于全市{text_zh.probability_zh(last.faster)}，"
        f"达到显著幅度{text_zh.probability_zh(last.significant)}"
    )


def _needed(
    view: View, target: Target, path: MetricPath, ratio: pd.Series, margin: float
) -> float | None:
    city_due = _city_median(view, target)
    if path.since is None or city_due is None or not path.has_probability:
        return None
    district, city = (view.bench.history(*side).values for side in view.bench.sides(target))
    now = int(ratio.index[-1])
    return against_city.premium_needed(
        float(district[now] / district[path.since]),
        (float(city[path.since]), float(city[now]), city_due),
        (path.since, now, target.due_year),
        margin,
    )


def _city_median(view: View, target: Target) -> float | None:
    draws = level_path(*_side(view, target, SHANGHAI), None).at(target.due_year)
    return None if draws is None else float(np.median(draws))


def _side(view: View, target: Target, region: str) -> tuple[pd.Series, Projection]:
    name = next(name for name, where in view.bench.sides(target) if where == region)
    return view.bench.history(name, region).values, view.projections[region][name]


def ratio_figure(view: View, item: Comparison, margin: float) -> TargetFigure | None:
    """Lay out district ÷ city with its fan, the base year being 100; None without both."""
    since, target = item.path.since, item.target
    if since is None or not item.path.years:
        return None
    path = _index(view, target, since)
    goal = _goal(view, target, since, margin)
    frame = fan.fan_frame(
        path,
        required=_toward(path.observed, goal, target.due_year),
        target=(target.due_year, goal),
        baseline=_index(view.before, target, since) if view.moved and view.before else None,
        last_year=target.due_year,
    )
    return TargetFigure(
        frame=charts_city.with_gaps(frame),
        title=f"{target.name_zh}：金山÷全市",
        unit=f"{since}年＝100",
        takeaway=_ratio_takeaway(item, path, goal),
        demo=RowStatus.ILLUSTRATIVE in item.item.statuses,
    )


def _index(view: View, target: Target, since: int) -> MetricPath:
    sides = [level_path(*_side(view, target, region), since) for region in (JINSHAN, SHANGHAI)]
    return against_city.indexed(relative_path(*sides), since)


def _goal(view: View, target: Target, since: int, margin: float) -> float:
    city = view.bench.history(*view.bench.sides(target)[1]).values
    span = target.due_year - since
    growth = (_city_median(view, target) / float(city[since])) ** (1 / span) - 1
    return against_city.goal_index(growth, margin, span)


def _toward(observed: pd.Series, goal: float, due_year: int) -> pd.Series:
    """Lead from the last common year to the goal at a constant rate."""
    first, now = int(observed.index[-1]), float(observed.iloc[-1])
    years = np.arange(first, due_year + 1)
    return pd.Series(now * (goal / now) ** ((years - first) / (due_year - first)), index=years)


def _ratio_takeaway(item: Comparison, path: MetricPath, goal: float) -> str:
    due = item.target.due_year
    median = text_zh.number(float(np.median(path.at(due))))
    text = f"{item.target.name_zh}：以{item.path.since}年金山与全市之比为100，"
    text += f"{due}年预测中位数{median}，达到显著幅度需{text_zh.number(goal)}"
    return text + (f"。判断：{item.standing}。" if item.standing else "。")


def city_figure(view: View, target: Target) -> TargetFigure | None:
    """Lay out the city's own series with its projection; None where it has no value."""
    history = city_history(view.bench, target)
    if history.values.empty:
        return None
    indicator = history.indicator
    path = level_path(*_side(view, target, SHANGHAI), None)
    before = view.before if view.moved else None
    frame = fan.fan_frame(
        path,
        baseline=before and level_path(*_side(before, target, SHANGHAI), None),
        scale=100 if indicator.unit == FRACTION else 1,
        last_year=target.due_year,
    )
    last = int(history.values.index[-1])
    nature = text_zh.NATURE_ZH[history.status_by_year[last]]
    value = text_zh.quantity(float(history.values.iloc[-1]), indicator.unit, indicator.decimals)
    return TargetFigure(
        frame=charts_city.with_gaps(frame),
        title=indicator.name_zh,
        unit=text_zh.unit_zh(indicator.unit),
        takeaway=f"{indicator.name_zh}：有{text_zh.years(history.values.index)}的年度数值，"
        f"{last}年{value}（{nature}），其余年份未见公布，图上留空。",
        demo=False,
    )


def growth_figure(bench: Workbench, target: Target) -> TargetFigure | None:
    """Lay out the growth the city publishes, a series of its own; None without one."""
    name = f"{city_history(bench, target).indicator.id}_yoy"
    if name not in bench.catalog.indicators:
        return None
    history = bench.history(name, SHANGHAI)
    if history.values.empty:
        return None
    natures = [text_zh.NATURE_ZH[history.status_by_year[year]] for year in history.values.index]
    frame = pd.DataFrame(
        {
            "year": history.values.index.to_numpy(),
            "value": history.values.to_numpy() * 100,
            "nature": natures,
        }
    )
    last, value = int(frame["year"].iloc[-1]), frame["value"].iloc[-1] / 100
    return TargetFigure(
        frame=frame,
        title=history.indicator.name_zh,
        unit="%，公布的可比增速",
        takeaway=f"{history.indicator.name_zh}：{last}年{text_zh.growth(value)}；与水平值分列，不拼接。",
        demo=False,
    )


def city_history(bench: Workbench, target: Target) -> History:
    """Return what is held of the city's counterpart."""
    return bench.history(*bench.sides(target)[1])
