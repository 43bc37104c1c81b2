"""From an indicator's history and draws to the quantity a target speaks of.

Each function returns the target's own measure year by year: what was observed,
then one column of draws per projected year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.domain import Reason, ReasonGiven, Reasons
from analytics.model.projection import Calibration, Projection

STALE_YEARS = 3  # a benchmark older than this, measured from the district's latest, is none


@dataclass(frozen=True, eq=False)
class MetricPath:
    """Observed values, then ``draws[n_draws, n_years]``, in the target's unit."""

    observed: pd.Series
    years: tuple[int, ...]
    draws: np.ndarray
    base: float | None = None
    has_probability: bool = False
    method: str = ""
    reasons: Reasons = ()
    calibration: Calibration | None = None
    is_reference: bool = False  # 参照推算: the usual growth of its kind stands in for its own
    since: int | None = None  # year that average growth is measured from
    running: int | None = None  # a year partly published: the rest starts from its median

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is observed and nothing drawn."""
        return self.observed.empty and not self.years

    @property
    def last_observed(self) -> tuple[int, float]:
        """Year and value of the newest observation; there must be one."""
        return int(self.observed.index[-1]), float(self.observed.iloc[-1])

    @property
    def now(self) -> tuple[int, float]:
        """Year and value that the rest starts from: a running year's median, else the newest."""
        if self.running is None or self.running not in self.years:
            return self.last_observed
        return self.running, float(np.median(self.over([self.running])))

    def level_at(self, growth: float, years: int) -> float:
        """Return the level that average growth (fraction a year) leads to from the base."""
        if self.base is None:
            raise ValueError("没有基期数值，无法推算水平")
        return float(self.base * (1.0 + growth) ** years)

    @property
    def why_without_probability(self) -> ReasonGiven:
        """The reason why the draws carry no probability."""
        withholding = (reason for reason in self.reasons if reason.withholds_probability)
        return next(withholding, Reason.SHORT_HISTORY.given())

    def at(self, year: int) -> np.ndarray | None:
        """Return the draws of one projected year, None where there are none."""
        return self.draws[:, self.years.index(year)] if year in self.years else None

    def over(self, years: Sequence[int]) -> np.ndarray:
        """Return the draws of some projected years, shape ``[n_draws, len(years)]``."""
        return np.column_stack([self.draws[:, self.years.index(year)] for year in years])


def _empty(reason: ReasonGiven) -> MetricPath:
    observed = pd.Series(dtype="float64", index=pd.Index([], dtype="int64"))
    return MetricPath(observed, (), np.empty((0, 0)), reasons=(reason,))


def _running(projection: Projection) -> int | None:
    return projection.running.year if projection.running else None


def level_path(history: pd.Series, projection: Projection, base_year: int | None) -> MetricPath:
    """Measure the value itself."""
    base = history.get(base_year)
    return MetricPath(
        observed=history,
        years=projection.years,
        draws=projection.draws,
        base=None if base is None else float(base),
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        is_reference=projection.is_reference,
        running=_running(projection),
    )


def cumulative_path(history: pd.Series, projection: Projection, base_year: int) -> MetricPath:
    """Sum yearly additions after the base year (the base year is not counted)."""
    since = history[history.index > base_year]
    end = history.index[-1] if len(history) else base_year
    missing = sorted(set(range(base_year + 1, end + 1)) - set(since.index))
    if since.empty or missing:
        if not missing:
            return _empty(Reason.ADDITIONS_NOT_BEGUN.given(first=base_year + 1))
        return _empty(Reason.ADDITIONS_MISSING.given(years=tuple(missing)))
    observed = since.cumsum()
    draws = np.cumsum(projection.draws, axis=1) + observed.iloc[-1]
    return MetricPath(
        observed=observed,
        years=projection.years,
        draws=draws,
        base=0.0,
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        is_reference=projection.is_reference,
        running=_running(projection),
    )


def growth_path(
    history: pd.Series, projection: Projection, base_year: int, until: int | None = None
) -> MetricPath:
    """Measure average yearly growth since the base year (水平法, fraction).

    Years after ``until`` are left out: nobody asks for them.
    """
    base = history.get(base_year)
    if base is None or base <= 0:
        return _empty(Reason.BASE_MISSING.given(base=base_year))
    since = history.to_numpy()[history.index > base_year]
    observed_years = history.index[history.index > base_year]
    growth = (np.maximum(since, 0) / base) ** (1 / (observed_years.to_numpy() - base_year)) - 1
    years = tuple(year for year in projection.years if until is None or year <= until)
    years = tuple(year for year in years if year > base_year)
    columns = [projection.years.index(year) for year in years]
    ahead = np.array(years, dtype="float64") - base_year
    future = np.maximum(projection.draws[:, columns], 0) / base
    return MetricPath(
        observed=pd.Series(growth, index=observed_years),
        years=years,
        draws=future ** (1 / ahead) - 1,
        base=float(base),
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        is_reference=projection.is_reference,
        running=_running(projection),
        since=base_year,
    )


def relative_path(district: MetricPath, city: MetricPath) -> MetricPath:
    """Divide the district's measure by the city's, year by year and draw by draw."""
    return _against_city(district, city, np.divide, "district ÷ city")


def relative_growth_path(district: MetricPath, city: MetricPath) -> MetricPath:
    """Subtract the city's average growth since the base year from the district's."""
    return _against_city(district, city, np.subtract, "district − city")


def common_base(district: pd.Series, city: pd.Series, base_year: int) -> int | None:
    """Return the year from which both can be measured, None where no year is common.

    The base year itself, else the first common year after it, else the last
    before it: a year in between is never made up.
    """
    ours, theirs = (one.index.to_numpy()[one.to_numpy() > 0] for one in (district, city))
    both = np.intersect1d(ours, theirs, assume_unique=True)
    later = both[both >= base_year]
    if not len(both):
        return None
    return int(later[0] if len(later) else both[-1])


def relative_growth_since(
    district: tuple[pd.Series, Projection],
    city: tuple[pd.Series, Projection],
    base_year: int,
    until: int | None = None,
    *,
    growth_of_city: Callable[[int], MetricPath] | None = None,
) -> MetricPath:
    """Measure the district's average growth less the city's since a year both have.

    ``district`` and ``city`` are histories with their projections; where the
    base year is not common to both, the path's reasons name the year used.
    ``growth_of_city`` gives the city's growth since a year, where it is known already.
    """
    ours, theirs = district[0], city[0]
    since = common_base(ours, theirs, base_year)
    if len(ours) and since is None:
        return _empty((Reason.NO_COMMON_YEAR if len(theirs) else Reason.CITY_UNPUBLISHED).given())
    if len(ours) and (stale := _stale(ours, theirs)):
        return _empty(stale)
    start = base_year if since is None else since
    ours_ahead = growth_path(*district, start, until=until)
    theirs_ahead = growth_of_city or (lambda year: growth_path(*city, year, until=until))
    path = relative_growth_path(ours_ahead, theirs_ahead(start))
    if start == base_year or not path.years:
        return path
    moved = Reason.BASE_MOVED.given(base=base_year, used=start)
    return replace(path, reasons=(*path.reasons, moved))


def _stale(district: pd.Series, city: pd.Series) -> ReasonGiven | None:
    """Return the reason where a benchmark is too old."""
    if district.index[-1] - city.index[-1] <= STALE_YEARS:
        return None
    return Reason.CITY_STALE.given(last=int(city.index[-1]))


def _against_city(
    district: MetricPath, city: MetricPath, operation: Callable[..., Any], name: str
) -> MetricPath:
    if not len(district.observed) and not district.years:
        return _empty(next(iter(district.reasons), Reason.DISTRICT_EMPTY.given()))
    if not len(city.observed) and not city.years:
        return _empty(_unmeasured(city))
    if len(district.observed) and len(city.observed):
        stale = _stale(district.observed, city.observed)
        if stale:
            return _empty(stale)
    ours, theirs = district.observed, city.observed
    both, here, there = np.intersect1d(
        ours.index.to_numpy(), theirs.index.to_numpy(), assume_unique=True, return_indices=True
    )
    measured = operation(ours.to_numpy()[here], theirs.to_numpy()[there])
    years = tuple(year for year in district.years if year in city.years)
    if not years:
        return _empty(Reason.CITY_TOO_SHORT.given())
    draws = operation(
        district.over(years),
        city.over(years),
    )
    return MetricPath(
        observed=pd.Series(measured, index=pd.Index(both), name=name),
        years=years,
        draws=draws,
        has_probability=district.has_probability and city.has_probability,
        method=f"本区：{district.method}；全市：{city.method}",
        calibration=district.calibration,
        is_reference=district.is_reference or city.is_reference,
        reasons=(*district.reasons, *(reason.said_of_city() for reason in city.reasons)),
        since=district.since,
        running=district.running,
    )


def _unmeasured(city: MetricPath) -> ReasonGiven:
    """Say that the city's side cannot be formed, and why if a reason is known."""
    if not city.reasons:
        return Reason.CITY_EMPTY.given()
    return Reason.CITY_UNMEASURED.given(because=city.reasons[0])
