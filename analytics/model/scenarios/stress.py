"""Stress tests: how hard each series is hit, and why some are not."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.domain import Indicator, Stress
from analytics.model.projection.history import History

Histories = Mapping[str, Mapping[str, History]]  # region -> indicator id -> history


@dataclass(frozen=True)
class Blow:
    """Change of one series' growth in the year that is hit (fraction)."""

    region: str
    indicator: str
    year: int
    change: float


@dataclass(frozen=True)
class StressEffect:
    """What a stress test does to a release; ``left_out`` pairs names with Chinese reasons."""

    stress: Stress
    blows: tuple[Blow, ...]
    left_out: tuple[tuple[str, str], ...]


def stress_effect(
    stress: Stress, indicators: Mapping[str, Indicator], histories: Histories
) -> StressEffect:
    """Work out a stress test's blows.

    A repeated year's blow is ``growth(year) − mean(growth of the years held
    against)`` of the series itself; a declared one is the same for all. A
    total is hit by the sum of ``blow × part / total`` in the latest year that
    both are held.
    """
    blows, left_out = [], []
    for name in stress.applies_to:
        values = histories[indicators[name].home_region][name].values
        change, reason = _blow(stress, values)
        if reason:
            left_out.append((indicators[name].name_zh, reason))
        else:
            blows.append(Blow(indicators[name].home_region, name, stress.year, change))
    direct = tuple(blows)
    for name in stress.passes_to:
        change, reason = _passed_on(name, direct, histories[indicators[name].home_region])
        if reason:
            left_out.append((indicators[name].name_zh, reason))
        else:
            blows.append(Blow(indicators[name].home_region, name, stress.year, change))
    return StressEffect(stress, tuple(blows), tuple(left_out))


def _blow(stress: Stress, values: pd.Series) -> tuple[float, str]:
    if values.empty:
        return 0.0, "没有年度数值"
    if stress.year <= values.index[-1]:
        return 0.0, f"{stress.year}年已有实际值"
    if stress.shock is not None:
        return stress.shock, ""
    if stress.repeats is None:
        raise ValueError(f"{stress.id} neither repeats a year nor declares a shock")
    years = sorted({stress.repeats, *stress.against})
    held = {year: rate for year in years if (rate := _growth(values, year)) is not None}
    if missing := [str(year) for year in years if year not in held]:
        return 0.0, f"缺少{'、'.join(missing)}年的增速"
    usual = [held[year] for year in stress.against]
    return held[stress.repeats] - sum(usual) / len(usual), ""


def _growth(values: pd.Series, year: int) -> float | None:
    """Growth over the year before, None where either year is not held or not positive."""
    now, before = values.get(year), values.get(year - 1)
    return None if now is None or before is None or before <= 0 else float(now / before - 1)


def _passed_on(
    name: str, blows: tuple[Blow, ...], histories: Mapping[str, History]
) -> tuple[float, str]:
    whole = histories[name].values
    change = 0.0
    for blow in blows:
        part = histories[blow.indicator].values
        both = part.index.intersection(whole[whole > 0].index)
        if not len(both):
            return 0.0, "没有与受冲击指标共同年份的数值，无法计算比重"
        change += blow.change * float(part[both[-1]] / whole[both[-1]])
    return (change, "") if blows else (0.0, "受冲击的指标没有数值")
