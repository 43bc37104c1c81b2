"""Until when a target can still be reached in time, at the best pace ever sustained."""

import math
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
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import YearSoFar

SUSTAINED = 3  # years of a pace that is more than a rebound
QUANTILE = 0.8  # of the paces sustained in the past
_ADDED = SumTarget | CountTarget
_ADDITIVE_KINDS = (Kind.COUNT, Kind.SHARE, Kind.GROWTH)


class Chance(StrEnum):
    """Whether the best sustained pace would still do."""

    SAFE = "safe"  # the median projection meets the target
    OPEN = "open"  # it does not, but the pace would, if taken up in time
    LOST = "lost"  # not even the pace from now on


@dataclass(frozen=True)
class SustainedPace:
    """A growth (fraction) or an addition (unit) a year that was held for some years."""

    value: float
    years: int
    additive: bool


@dataclass(frozen=True)
class LastChance:
    """Early warning of a target; ``last_year`` only while the chance is open."""

    chance: Chance
    last_year: int | None
    pace: SustainedPace | None
    text_zh: str


def sustained_pace(
    history: pd.Series, *, additive: bool, accumulates: bool = False
) -> SustainedPace | None:
    """Return the pace that was sustained in the best fifth of the past.

    Parameters
    ----------
    history : Series
        Values by year; with ``accumulates`` each value is a year's addition itself.
    additive : bool
        True for additions in the unit, False for growth as a fraction.

    Returns
    -------
    SustainedPace or None
        The 80 % quantile (linear, type 7 of Hyndman and Fan 1996) of the averages
        over three years that follow one another, growth averaged on the log scale;
        over two years or one where no three are held. None where no two
        neighbouring years (for growth: positive ones) exist.
    """
    paces = _paces(history.dropna(), additive=additive, accumulates=accumulates)
    for years in range(SUSTAINED, 0, -1):
        averages = paces.rolling(years).mean().dropna()
        if len(averages):
            found = float(averages.quantile(QUANTILE))
            return SustainedPace(found if additive else math.expm1(found), years, additive)
    return None


def _paces(known: pd.Series, *, additive: bool, accumulates: bool) -> pd.Series:
    """Return each year's addition or log growth, NaN where the year before is not held."""
    if known.empty:
        return known
    every = known.reindex(range(int(known.index[0]), int(known.index[-1]) + 1))
    if accumulates:
        return every
    if additive:
        return every.diff()
    logs: pd.Series = np.log(every.where(every > 0)).diff()
    return logs


def last_chance(
    target: Target,
    history: pd.Series,
    path: MetricPath,
    *,
    kind: Kind,
    base_year: int,
    so_far: YearSoFar | None = None,
) -> LastChance | None:
    """Find the last year in which taking up the sustained pace still suffices.

    The latest year t before the due year such that the median projection up to
    t, then the pace, meets the target when due. Growth compounds for levels and
    quotients; counts, shares and sums add.

    Parameters
    ----------
    history : Series
        The indicator's own yearly values; the ratio to the city is read from
        ``path`` instead.
    kind : Kind
        Of the indicator.
    so_far : YearSoFar, optional
        The year that is going on: of it only the open months can still be paced.

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
    pace = sustained_pace(
        path.observed if isinstance(target, ComparedTarget) else history,
        additive=isinstance(target, _ADDED) or kind in _ADDITIVE_KINDS,
        accumulates=isinstance(target, SumTarget),
    )
    if pace is None:
        return None
    if meets(target, float(np.median(due))):
        return safe(pace)
    last_year = Carried(target, pace, base_year).last_year(path, so_far)
    if last_year is None:
        held = _pace_zh(pace, target.unit)
        said = f"即使从现在起一直保持{held}仍不够，须高于这一水平才能按期达到"
        return LastChance(Chance.LOST, None, pace, said)
    start = _start_zh(last_year + 1, so_far)
    said = f"最迟须从{start}起一直保持{_pace_zh(pace, target.unit)}，再晚即无法按期达到"
    return LastChance(Chance.OPEN, last_year, pace, said)


def safe(pace: SustainedPace | None) -> LastChance:
    return LastChance(Chance.SAFE, None, pace, "按趋势即可按期达到")


@dataclass(frozen=True)
class Carried:
    """A target's measure, carried on at the sustained pace."""

    target: MeasurableTarget
    pace: SustainedPace
    base_year: int

    def last_year(self, path: MetricPath, so_far: YearSoFar | None) -> int | None:
        """Return the last year from which the pace suffices, None where none does."""
        going_on = so_far.year if so_far else path.last_observed[0]
        for year in reversed(path.years):
            if going_on <= year < self.target.due_year:
                at = float(np.median(path.over([year])))
                if meets(self.target, self.to_due(at, year)):
                    return year
        year, value = self.earliest(path, so_far)
        if not meets(self.target, self.to_due(value, year)):
            return None
        return year - 1 if so_far and year == so_far.year else year

    def earliest(self, path: MetricPath, so_far: YearSoFar | None) -> tuple[int, float]:
        """Return year and value if the pace is taken up at once: in what is open of this year."""
        year, value = path.last_observed
        if so_far is None or not year < so_far.year <= self.target.due_year:
            return year, value
        before = path.at(so_far.year - 1)
        if before is not None:
            year, value = so_far.year - 1, float(np.median(before))
        trend = float(np.median(path.over([so_far.year])))
        paced = self.carry(value, year, so_far.year)
        return so_far.year, trend + so_far.open_share * (paced - trend)

    def to_due(self, value: float, year: int) -> float:
        """Return the measure when due, from its value in a year."""
        return self.carry(value, year, self.target.due_year)

    def carry(self, value: float, year: int, until: int) -> float:
        """Return the measure some years on at the pace."""
        if self.pace.additive:
            return value + self.pace.value * (until - year)
        factor = (1.0 + self.pace.value) ** (until - year)
        if not isinstance(self.target, GrowthTarget):
            return value * factor
        level = (1.0 + value) ** (year - self.base_year) * factor
        return float(level ** (1.0 / (until - self.base_year))) - 1.0


def _start_zh(year: int, so_far: YearSoFar | None) -> str:
    if so_far and year == so_far.year and so_far.month:
        return f"{year}年{so_far.month + 1}月"
    return f"{year}年"


def _pace_zh(pace: SustainedPace, unit: str) -> str:
    """Say a pace with what it is: the average of some years, in the best fifth of the past."""
    held = f"历史上{text_zh.COUNTED_ZH[pace.years]}年平均的80%分位"
    if not pace.additive:
        return f"年均{text_zh.percent(pace.value)}的增速（{held}）"
    if unit == FRACTION:
        return f"每年{text_zh.points(pace.value)}的增幅（{held}）"
    decimals = 0 if pace.value.is_integer() else 1
    return f"每年{text_zh.quantity(pace.value, unit, decimals)}的增量（{held}）"
