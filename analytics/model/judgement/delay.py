"""How late a target comes, and until when it can still be reached in time."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.domain import (
    FRACTION,
    ComparedTarget,
    CountTarget,
    GrowthTarget,
    Kind,
    LeadTarget,
    MeasurableTarget,
    SumTarget,
    Target,
    TrendTarget,
)
from analytics.model.judgement.limits import meets, passes
from analytics.model.judgement.measure import MetricPath

_ADDED = SumTarget | CountTarget
_ADDITIVE_KINDS = (Kind.COUNT, Kind.SHARE, Kind.GROWTH)


@dataclass(frozen=True, eq=False)
class Reached:
    """When a target is reached.

    ``median_year`` is the first year by which at least half of the draws have
    reached it and ``years_of_delay`` its distance from the due year, 0 when in
    time; both are None when fewer than half do by ``horizon``. ``shares`` holds
    the share of draws that reach it in each year and is None where the history is
    too short for a probability.
    """

    median_year: int | None
    years_of_delay: int | None
    horizon: int
    shares: pd.Series | None

    @property
    def text_zh(self) -> str:
        """Say it in Chinese."""
        if self.median_year is None:
            return f"{self.horizon}年前未达到"
        if self.years_of_delay == 0:
            return f"{self.median_year}年达到，不迟于期限"
        return f"{self.median_year}年达到，晚{self.years_of_delay}年"


def year_reached(target: Target, path: MetricPath, *, base_year: int) -> Reached | None:
    """Find in each draw the year from which the target is met.

    Up to the due year a year counts only if the target stays met until then, so
    a draw is in time exactly when it counts toward the probability; after it the
    first year counts. An average growth is reached in the year whose level is
    the one that growth would have led to by the due year, so its path has to go
    on beyond that year (``growth_path`` without ``until``).

    Parameters
    ----------
    target : Target
    path : MetricPath
        The target's own measure; observed years are the same in all draws.
    base_year : int
        Year the average growth starts from.

    Returns
    -------
    Reached or None
        None without a number in the plan, and where neither an observation nor a
        draw speaks of the due year.
    """
    if isinstance(target, TrendTarget):
        return None
    observed = path.observed[~path.observed.index.isin(path.years)]
    years = np.array([*observed.index, *path.years], dtype="int64")
    if target.due_year not in years:
        return None
    values = np.column_stack([_repeated(observed, max(len(path.draws), 1)), _drawn(path)])
    first = _first_met(_met_by_year(target, values, years, base_year), years, target.due_year)
    return _summarise(first, years, target.due_year, path.has_probability or not path.years)


def _repeated(observed: pd.Series, n_draws: int) -> np.ndarray:
    return np.tile(observed.to_numpy(dtype="float64"), (n_draws, 1))


def _drawn(path: MetricPath) -> np.ndarray:
    return path.draws if path.years else np.empty((max(len(path.draws), 1), 0))


def _met_by_year(
    target: MeasurableTarget, values: np.ndarray, years: np.ndarray, base_year: int
) -> np.ndarray:
    """Compare [n_draws, n_years] with the value wanted in each year."""
    if not isinstance(target, GrowthTarget):
        return meets(target, values)
    limit = target.threshold
    goal = (1.0 + limit) ** (target.due_year - base_year)  # level wanted, base year = 1
    wanted = np.array([goal ** (1.0 / (year - base_year)) - 1.0 for year in years])
    wanted[years == target.due_year] = limit  # exactly, so that ties are judged alike
    return passes(values, wanted, strict=target.excludes_its_number)


def _first_met(met: np.ndarray, years: np.ndarray, due_year: int) -> np.ndarray:
    """Return the year from which each draw meets the target, infinity for never."""
    due = int(np.flatnonzero(years == due_year)[0])
    held = np.logical_and.accumulate(met[:, due::-1], axis=1)[:, ::-1]
    counted = np.column_stack([held, met[:, due + 1 :]])
    return np.where(counted.any(axis=1), years[counted.argmax(axis=1)], np.inf)


def _summarise(
    first: np.ndarray, years: np.ndarray, due_year: int, has_probability: bool
) -> Reached:
    middle = np.sort(first)[(len(first) - 1) // 2]  # half or more are not later
    median = int(middle) if np.isfinite(middle) else None
    shares = pd.Series([np.mean(first == year) for year in years], index=years, name="share")
    return Reached(
        median_year=median,
        years_of_delay=None if median is None else max(median - due_year, 0),
        horizon=int(years[-1]),
        shares=shares if has_probability else None,
    )


class Chance(StrEnum):
    """Whether the best pace ever observed would still do."""

    SAFE = "safe"  # the median projection meets the target
    OPEN = "open"  # it does not, but the best pace would, if taken up in time
    LOST = "lost"  # not even the best pace from now on


@dataclass(frozen=True)
class BestPace:
    """The best year ever observed: a growth (fraction) or an addition (unit a year)."""

    value: float
    year: int
    additive: bool


@dataclass(frozen=True)
class LastChance:
    """Early warning of a target; ``last_year`` only while the chance is open."""

    chance: Chance
    last_year: int | None
    best: BestPace
    text_zh: str


def best_pace(history: pd.Series, *, additive: bool, accumulates: bool = False) -> BestPace | None:
    """Return the best yearly growth, or addition, between two neighbouring years.

    Parameters
    ----------
    history : Series
        Values by year; with ``accumulates`` each value is a year's addition itself.
    additive : bool
        True for additions in the unit, False for growth as a fraction.

    Returns
    -------
    BestPace or None
        None where no two neighbouring years (for growth: positive ones) exist.
    """
    known = history.dropna()
    if accumulates:
        return _largest(known, additive=True)
    values, years = known.to_numpy(dtype="float64"), known.index.to_numpy()
    usable = np.diff(years) == 1
    if not additive:
        usable &= (values[:-1] > 0) & (values[1:] > 0)
    before, after = values[:-1][usable], values[1:][usable]
    paces = after - before if additive else after / before - 1.0
    return _largest(pd.Series(paces, index=years[1:][usable]), additive=additive)


def _largest(paces: pd.Series, *, additive: bool) -> BestPace | None:
    if paces.empty:
        return None
    best = int(paces.to_numpy().argmax())
    return BestPace(float(paces.iloc[best]), int(paces.index[best]), additive)


def last_chance(
    target: Target, history: pd.Series, path: MetricPath, *, kind: Kind, base_year: int
) -> LastChance | None:
    """Find the last year in which taking up the best observed pace still suffices.

    The latest year t before the due year such that the median projection up to
    t, then the best pace ever observed, meets the target when due. Growth
    compounds for levels and quotients; counts, shares and sums add.

    Parameters
    ----------
    history : Series
        The indicator's own yearly values; the ratio to the city is read from
        ``path`` instead.
    kind : Kind
        Of the indicator.

    Returns
    -------
    LastChance or None
        None where there is no number, no pace, or no projection of the due year,
        where the due year is past, and for a growth premium over the city, which
        no single series has a pace for.
    """
    if isinstance(target, TrendTarget | LeadTarget):
        return None
    due = path.at(target.due_year)
    if path.observed.empty or due is None:
        return None
    own = path.observed if isinstance(target, ComparedTarget) else history
    best = best_pace(
        own,
        additive=isinstance(target, _ADDED) or kind in _ADDITIVE_KINDS,
        accumulates=isinstance(target, SumTarget),
    )
    if best is None:
        return None
    if meets(target, float(np.median(due))):
        return LastChance(Chance.SAFE, None, best, "按趋势即可按期达到")
    last_year = _last_year(target, path, best, base_year)
    chance = Chance.LOST if last_year is None else Chance.OPEN
    return LastChance(chance, last_year, best, _say(target, last_year, best))


def _last_year(
    target: MeasurableTarget, path: MetricPath, best: BestPace, base_year: int
) -> int | None:
    """Return the last year from which the best pace suffices, None where none does."""
    for year in (y for y in reversed(path.years) if y < target.due_year):
        if _suffices(target, float(np.median(path.over([year]))), year, best, base_year):
            return year
    now, latest = path.last_observed
    return now if _suffices(target, latest, now, best, base_year) else None


def _suffices(
    target: MeasurableTarget, value: float, year: int, best: BestPace, base_year: int
) -> bool:
    """Tell whether the best pace from a year's value on meets the target when due."""
    left = target.due_year - year
    if best.additive:
        return meets(target, value + best.value * left)
    if not isinstance(target, GrowthTarget):
        return meets(target, value * (1.0 + best.value) ** left)
    span = target.due_year - base_year
    level = (1.0 + value) ** (year - base_year) * (1.0 + best.value) ** left
    return meets(target, float(level ** (1.0 / span)) - 1.0)


def _say(target: Target, last_year: int | None, best: BestPace) -> str:
    pace = "历史最高年增量" if best.additive else "历史最高增速"
    if last_year is None:
        return f"即使按{pace}也无法按期达到"
    size = _pace_zh(best, target.unit)
    return f"最迟须从{last_year + 1}年起每年达到{pace}（{best.year}年，{size}），再晚即无法按期达到"


def _pace_zh(best: BestPace, unit: str) -> str:
    if not best.additive:
        return text_zh.percent(best.value)
    if unit == FRACTION:
        return text_zh.points(best.value)
    return text_zh.quantity(best.value, unit, 0 if best.value.is_integer() else 1)
