"""Stress tests: how hard each series is hit, and why some are not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analytics.domain import Indicator, Stress
from analytics.model.draws.baseline import Projections
from analytics.model.projection import YearSoFar
from analytics.model.projection.history import History

Histories = Mapping[str, Mapping[str, History]]  # region -> indicator id -> history


@dataclass(frozen=True)
class Shock:
    """Change of one series' growth in the year that is hit (fraction).

    ``change`` is that of a whole year, ``open_share`` the part of it that the
    series still has before it in that year.
    """

    region: str
    indicator: str
    year: int
    change: float
    open_share: float = 1.0

    @property
    def effect(self) -> float:
        """Return the change of growth in what is still open."""
        return self.change * self.open_share


@dataclass(frozen=True)
class StressEffect:
    """What a stress test does to a release; ``left_out`` pairs names with Chinese reasons."""

    stress: Stress
    shocks: tuple[Shock, ...]
    left_out: tuple[tuple[str, str], ...]


def stress_effect(
    stress: Stress,
    indicators: Mapping[str, Indicator],
    histories: Histories,
    baseline: Projections,
    so_far: YearSoFar,
) -> StressEffect:
    """Work out a stress test's shocks.

    All series are hit for the same part of the year, what was open of it when
    the data ended (``so_far``): a series that is projected as a whole year
    takes that part of the shock; of one whose published months are fixed only
    the rest moves.

    A repeated year's shock is ``growth(year) − mean(growth of the years held
    against)`` of the series itself; a declared one is the same for all. A
    total is hit by the sum of ``shock × part / total`` in the latest year that
    both are held.
    """
    shocks, left_out = [], []
    if _open_share(stress.year, so_far) == 0:
        spared = (*stress.applies_to, *stress.passes_to)
        why = f"{stress.year}年已无尚未发生的月份"
        return StressEffect(stress, (), tuple((indicators[x].name_zh, why) for x in spared))
    for name in stress.applies_to:
        values = histories[indicators[name].home_region][name].values
        change, reason = _shock_of(stress, values)
        if reason:
            left_out.append((indicators[name].name_zh, reason))
        else:
            shocks.append(Shock(indicators[name].home_region, name, stress.year, change))
    direct = tuple(shocks)
    for name in stress.passes_to:
        change, reason = _passed_on(name, direct, histories[indicators[name].home_region])
        if reason:
            left_out.append((indicators[name].name_zh, reason))
        else:
            shocks.append(Shock(indicators[name].home_region, name, stress.year, change))
    opened = tuple(_in_open_part(one, baseline, so_far) for one in shocks)
    return StressEffect(stress, opened, tuple(left_out))


def _open_share(year: int, so_far: YearSoFar) -> float:
    """Return the share of a year that was open when the data ended."""
    if so_far.year != year:
        return 1.0 if year > so_far.year else 0.0
    return so_far.open_share


def _in_open_part(shock: Shock, baseline: Projections, so_far: YearSoFar) -> Shock:
    """Scale a shock to the open part of the year; fixed months are not moved anyway."""
    projection = baseline[shock.region].get(shock.indicator)
    running = projection.running if projection else None
    own = _open_share(shock.year, running) if running and running.value else 1.0
    share = _open_share(shock.year, so_far) / own if own else 0.0
    return replace(shock, open_share=min(share, 1.0))


def _shock_of(stress: Stress, values: pd.Series) -> tuple[float, str]:
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
    name: str, shocks: tuple[Shock, ...], histories: Mapping[str, History]
) -> tuple[float, str]:
    whole = histories[name].values
    change = 0.0
    for shock in shocks:
        part = histories[shock.indicator].values
        both = part.index.intersection(whole[whole > 0].index)
        if not len(both):
            return 0.0, "没有与受冲击指标共同年份的数值，无法计算比重"
        change += shock.change * float(part[both[-1]] / whole[both[-1]])
    return (change, "") if shocks else (0.0, "受冲击的指标没有数值")
