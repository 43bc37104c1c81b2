"""What is known of a target against the city, at a margin and a confidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.domain import SHANGHAI, Target
from analytics.model.judgement import against_city
from analytics.model.judgement.against_city import LeadChance, LeadStanding, Premium
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.measure import MetricPath, level_path
from analytics.model.projection import Projection
from analytics.model.projection.history import History
from analytics.workbench import View, Workbench

HORIZONS = (2027, 2030, 2035)
SHUFFLE = 2035  # seed


@dataclass(frozen=True, eq=False)
class Comparison:
    """One target against the city at a margin and a confidence."""

    target: Target
    margin: float  # yearly lead that counts as significant, fraction
    confidence: float  # asked for before a lead is called significant
    item: Assessment  # the verdict of the board
    path: MetricPath  # average growth less the city's, since ``path.since``
    common: tuple[int, ...]  # years with a value on both sides
    city: History
    premium: Premium | None
    chances: tuple[LeadChance, ...]
    apart: tuple[LeadChance, ...]  # the same if district and city had nothing in common
    needed: float | None  # lead still needed a year, fraction
    standing: LeadStanding | None


def compare(view: View, target: Target, margin: float, confidence: float) -> Comparison:
    """Set a target's district series against the city's."""
    district, city = (view.bench.history(*side).values for side in view.bench.sides(target))
    path = view.full_path(target)
    ratio = against_city.log_ratio(district, city)
    chances = against_city.chances(path, HORIZONS, margin)
    due = next((x for x in chances if x.year == target.due_year), None)
    return Comparison(
        target=target,
        margin=margin,
        confidence=confidence,
        item=view.verdict(target.id),
        path=path,
        common=tuple(int(year) for year in ratio.index),
        city=city_history(view.bench, target),
        premium=against_city.premium_so_far(ratio, confidence),
        chances=chances,
        apart=against_city.chances(_apart(view, target), HORIZONS, margin),
        needed=_needed(view, target, path, ratio, margin),
        standing=None if due is None else against_city.lead_standing(due, confidence),
    )


def _apart(view: View, target: Target) -> MetricPath:
    """Return the target's path with the city's draws in an order of their own."""
    (_, _), (name, region) = view.bench.sides(target)
    city = view.projections[region][name]
    order = np.random.default_rng(SHUFFLE).permutation(len(city.draws))
    alone = replace(city, draws=city.draws[order])
    mixed = {**view.projections, region: {**view.projections[region], name: alone}}
    return view.bench.path(target, mixed)


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
        f"{text_zh.reference(item.item.is_reference)}"
    )


def _needed(
    view: View, target: Target, path: MetricPath, ratio: pd.Series, margin: float
) -> float | None:
    city_due = city_median(view, target)
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


def city_median(view: View, target: Target) -> float | None:
    """Return the city's projected median in the target's due year."""
    draws = level_path(*side(view, target, SHANGHAI), None).at(target.due_year)
    return None if draws is None else float(np.median(draws))


def side(view: View, target: Target, region: str) -> tuple[pd.Series, Projection]:
    """Return one side of a comparison: its yearly values and its projection."""
    name = next(name for name, where in view.bench.sides(target) if where == region)
    return view.bench.history(name, region).values, view.projections[region][name]


def city_history(bench: Workbench, target: Target) -> History:
    """Return what is held of the city's counterpart."""
    return bench.history(*bench.sides(target)[1])
