"""What a projection hands to the rest of the program: draws and how they came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.domain import Reasons
from analytics.model.projection.doubts import Doubt
from analytics.model.projection.models import SHORT


class Rung(StrEnum):
    """How much a history could bear."""

    NONE = "none"
    CONSTANT = "constant"
    REFERENCE = "reference"  # 1-4 points: 参照推算, the growth prior does the work
    FULL = "full"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Coverage:
    """Share of held-out outcomes inside our intervals, as measured (fractions)."""

    points: int  # history length the measurement was made with
    horizon: int  # years ahead
    coverage_80: float
    coverage_95: float
    interval_score: float  # mean, 80 %, log units; lower is better
    n_series: int


@dataclass(frozen=True)
class Calibration:
    """Coverage by horizon for one history length, cross-validated by series."""

    dated: str
    n_series: int
    cells: tuple[Coverage, ...]  # ascending horizon
    pool: str = ""  # name of the public series it was measured on

    def at(self, horizon: int) -> Coverage:
        """Return the measurement for a horizon, the longest measured one beyond it."""
        return self.cells[min(max(horizon, 1), len(self.cells)) - 1]


@dataclass(frozen=True)
class YearSoFar:
    """What of a running year is published: a constant in every draw and scenario."""

    year: int
    month: int  # the last one published
    value: float  # sum up to that month, zero where only members are published

    @property
    def open_share(self) -> float:
        """Return the share of the year's months that is still open."""
        return (12 - self.month) / 12


@dataclass(frozen=True, eq=False)
class Projection:
    """Simulated future of one series.

    ``draws`` has shape ``[n_draws, len(years)]`` in the unit of ``history``,
    is read-only, and never holds NaN; it has no column when nothing can be
    projected. ``method`` is Chinese and printed as it is; ``text_zh`` says the
    ``warnings``.
    """

    years: tuple[int, ...]
    draws: np.ndarray
    history: pd.Series
    method: str
    rung: Rung
    has_probability: bool
    warnings: Reasons = ()
    calibration: Calibration | None = None
    running: YearSoFar | None = None  # the first projected year, partly published
    derived_by: tuple[str, ...] = ()  # methods of the members, where an identity made the draws
    doubts: tuple[Doubt, ...] = ()
    prior: str = ""  # name of the pool whose usual growth the series was drawn to

    def __post_init__(self) -> None:
        self.draws.setflags(write=False)

    @property
    def is_reference(self) -> bool:
        """Tell whether the growth of its kind stands in for a history of its own (参照推算)."""
        few = len(self.history) < SHORT  # the running year is one more point
        return self.rung is Rung.REFERENCE or (self.rung is Rung.MONTHLY and few)

    def quantiles(self, levels: list[float]) -> pd.DataFrame:
        """Return quantiles of the draws, one row a year and one column a level."""
        index = pd.Index(self.years, name="year", dtype="int64")
        if not self.years:
            return pd.DataFrame(index=index, columns=pd.Index(levels), dtype="float64")
        values = quantile_paths(self.draws, levels).T
        return pd.DataFrame(values, index=index, columns=pd.Index(levels))

    def median(self) -> pd.Series:
        """Return the median path, indexed by year."""
        return self.quantiles([0.5])[0.5].rename("median")


def quantile_paths(draws: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Return each year's quantiles over the draws.

    Parameters
    ----------
    draws : ndarray
        Shape ``[n_draws, n_years]``, at least one draw.
    levels : sequence of float
        Fractions from 0 to 1.

    Returns
    -------
    ndarray
        Shape ``[n_levels, n_years]``: order statistics, linearly interpolated
        (type 7 of Hyndman and Fan 1996, NumPy's default).
    """
    ordered = np.array(draws.T, order="C")  # sorted, a year at a stretch, NumPy's quantiles
    ordered.sort(axis=1)  # take a third of the time
    quantiles: np.ndarray = np.quantile(ordered, levels, axis=1)
    return quantiles
