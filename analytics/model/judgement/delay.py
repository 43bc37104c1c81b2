"""How late a target comes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.domain import GrowthTarget, MeasurableTarget, Target, TrendTarget
from analytics.model.judgement.limits import meets, passes
from analytics.model.judgement.measure import MetricPath


@dataclass(frozen=True, eq=False)
class Reached:
    """When a target is reached.

    ``median_year`` is the year from which at least half of the draws meet it, as
    the median of each year does, and ``years_of_delay`` its distance from the due
    year, 0 when in time; both are None when fewer than half do by ``horizon``. ``shares`` holds
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
    met = _met_by_year(target, values, years, base_year)
    half = met.mean(axis=0)[np.newaxis] >= 0.5
    median = float(_first_met(half, years, target.due_year)[0])
    first = _first_met(met, years, target.due_year)
    known = path.has_probability or not path.years
    return _summarise(first, median, years, target.due_year, known)


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
    first: np.ndarray, middle: float, years: np.ndarray, due_year: int, has_probability: bool
) -> Reached:
    median = int(middle) if np.isfinite(middle) else None
    shares = pd.Series([np.mean(first == year) for year in years], index=years, name="share")
    return Reached(
        median_year=median,
        years_of_delay=None if median is None else max(median - due_year, 0),
        horizon=int(years[-1]),
        shares=shares if has_probability else None,
    )
