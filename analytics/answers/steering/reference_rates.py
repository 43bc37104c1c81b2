"""Reference marks beside a lever: the trend, the last five years, what is required, the city."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics import text_zh
from analytics.answers.steering.goal_seek import Solution, goal_seek
from analytics.answers.steering.influence import influences
from analytics.answers.steering.rates import city_rate, projected_rate, setting_for
from analytics.domain import Lever, LeverClass, LeverEffect, Measure, Reason
from analytics.model.judgement.effort import RECENT_YEARS, recent
from analytics.model.scenarios.levers import snapped
from analytics.remembered import remembered
from analytics.workbench import View, Workbench

TREND, REQUIRED, CITY = "趋势", "所需", "全市"
RECENT = text_zh.recent_zh(RECENT_YEARS)
MOST_MARKS = 1024  # kept for each release: levers × targets × settings that reach them


@dataclass(frozen=True)
class Mark:
    """One reference rate of a lever.

    ``value`` is growth a year (fraction) or a yearly addition in the
    indicator's unit, None where ``reason`` says why. ``setting`` is the
    lever's value that gives it, on the slider, None where the bounds do not
    allow it; ``note`` says what the rate is taken from.
    """

    name: str
    value: float | None = None
    setting: float | None = None
    reason: str = ""
    note: str = ""


def marks(view: View, lever_id: str, target_id: str | None = None) -> tuple[Mark, ...]:
    """Return the four marks of a lever, in their order; kept per release and scenario."""
    targets = (target_id,) if target_id else _targets_of(view.bench, lever_id)
    catalog = view.bench.catalog
    reaching = {x for name in targets for x in influences(view.bench, catalog.targets[name])}
    others = (reaching | set(catalog.stresses)) - {lever_id}
    settings = tuple(sorted((x, y) for x, y in view.settings.items() if x in others and y))
    return _marks(view.bench, lever_id, target_id, settings)


@remembered(MOST_MARKS)
def _marks(
    bench: Workbench, lever_id: str, target_id: str | None, settings: tuple[tuple[str, float], ...]
) -> tuple[Mark, ...]:
    lever = bench.catalog.levers[lever_id]
    solution = required(bench, dict(settings), lever_id, target_id)
    return (
        *_own_marks(bench, lever_id),
        _required_mark(bench, lever, solution),
        _city_mark(bench, lever_id),
    )


@remembered()
def _own_marks(bench: Workbench, lever_id: str) -> tuple[Mark, Mark]:
    """Return trend and recent rate, which no scenario changes."""
    lever = bench.catalog.levers[lever_id]
    trend = projected_rate(bench, lever, {})
    if trend is None:
        return Mark(TREND, reason="没有可推算的历史"), _recent_mark(bench, lever)
    years = bench.baseline[bench.catalog.indicators[lever.applies_to].home_region][
        lever.applies_to
    ].years
    period = text_zh.span(max(lever.first_year, years[0]), min(lever.last_year, years[-1]))
    return Mark(TREND, trend, 0.0, note=f"{period}基准预测中位数"), _recent_mark(bench, lever)


def _recent_mark(bench: Workbench, lever: Lever) -> Mark:
    indicator = bench.catalog.indicators[lever.applies_to]
    history = bench.history(indicator.id, indicator.home_region)
    growth = lever.effect is LeverEffect.GROWTH_PP
    lately = recent(history)
    rate = lately.growth if growth else lately.step
    if rate is None:
        return Mark(RECENT, reason=f"近{RECENT_YEARS}年数值不足")
    years = lately.growth_years if growth else lately.step_years
    note = _years(history.values, growth)
    return Mark(text_zh.recent_zh(years), rate, _setting(bench, lever, rate), note=note)


def _years(values: pd.Series, growth: bool) -> str:
    """Name the years that a recent rate is taken over."""
    last = int(values.index[-1])
    if growth:
        return text_zh.span(values.index[values.index >= last - RECENT_YEARS][0], last)
    return text_zh.span(values.index[-RECENT_YEARS:][0], last)


def _setting(bench: Workbench, lever: Lever, rate: float) -> float | None:
    """Return the slider's position for a rate, None where it lies beyond the bounds."""
    value = setting_for(bench, lever, rate)
    return (
        None if value is None or value in (lever.minimum, lever.maximum) else snapped(lever, value)
    )


@remembered()
def _city_mark(bench: Workbench, lever_id: str) -> Mark:
    lever = bench.catalog.levers[lever_id]
    rate, said = city_rate(bench, lever)
    if rate is None:
        return Mark(CITY, reason=said)
    return Mark(CITY, rate, _setting(bench, lever, rate), note=said)


def required(
    bench: Workbench, settings: Mapping[str, float], lever_id: str, target_id: str | None = None
) -> Solution:
    """Find where the target's median is just met, for the mark 所需.

    Without a target, the first of the plan that the lever reaches and that can
    be solved is taken: one on the lever's own indicator before the others.
    """
    lever = bench.catalog.levers[lever_id]
    if lever.lever_class is LeverClass.ASSUMPTION:
        return Solution(target_id or "", lever_id, None, reason=Reason.LEVER_ASSUMED.given())
    wanted = (target_id,) if target_id else _targets_of(bench, lever_id)
    found = [goal_seek(bench, settings, name, lever_id) for name in wanted]
    solved = [one for one in found if one.value is not None]
    nothing = Solution("", lever_id, None, reason=Reason.NO_TARGET_IN_PERIOD.given())
    return (solved or found or [nothing])[0]


@remembered()
def _targets_of(bench: Workbench, lever_id: str) -> tuple[str, ...]:
    """Return the numeric targets a lever reaches, those on its own indicator first."""
    own = bench.catalog.levers[lever_id].applies_to
    reached = [
        target
        for target in bench.catalog.targets.values()
        if target.measure is not Measure.QUALITATIVE and lever_id in influences(bench, target)
    ]
    reached.sort(key=lambda target: target.indicator != own)
    return tuple(target.id for target in reached)


def _required_mark(bench: Workbench, lever: Lever, solution: Solution) -> Mark:
    why = text_zh.reason_zh(solution.reason) if solution.reason else ""
    if solution.value is None:
        return Mark(REQUIRED, reason=why)
    name = bench.catalog.targets[solution.target_id].name_zh
    if not solution.reached or solution.bound:
        return Mark(REQUIRED, reason=f"{name}{why}")
    rate = projected_rate(bench, lever, {lever.id: solution.value})
    return Mark(REQUIRED, rate, solution.on_step, note=f"使{name}中位数恰好达到目标")
