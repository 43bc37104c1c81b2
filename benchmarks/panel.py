"""The public annual series and the past forecasts that can be replayed on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import logit

from analytics.model.projection import models, spread
from analytics.model.projection.prior import GrowthPrior
from analytics.model.projection.spread import Factors

DATA = Path(__file__).parent / "data"
SERIES_CSV = DATA / "m3_yearly_calibration.csv"
PANELS_CSV = DATA / "public_panels_calibration.csv"
M3 = "m3_yearly"
HELD_OUT = 6  # years of each series that no history before the final origin holds
LONGEST_HORIZON = 12
FOLDS = 5
_AT_A_TIME = 1024  # histories: more of them leave the processor's own memory, twice as slow
M1 = "m1_yearly"
_UNKNOWN_YEAR = 1900  # M1 and tourism come without years
_M1_FIELDS = {"DEMOGR": "DEMOGRAPHIC", "INDUST": "INDUSTRY"}  # M1's words for M3's fields
_EDGE = 1e-3  # as the engine: a share on its bound is moved inside


@dataclass(frozen=True, eq=False)
class PublicSeries:
    """One annual series: the history and the six years that followed."""

    id: str
    first_year: int
    values: np.ndarray
    actuals: np.ndarray
    panel: str = M3
    domain: str = ""

    @property
    def whole(self) -> np.ndarray:
        """History and actuals together, shape [n_points + 6]."""
        return np.concatenate([self.values, self.actuals])

    @property
    def history(self) -> pd.Series:
        """History indexed by year."""
        years = range(self.first_year, self.first_year + len(self.values))
        return pd.Series(self.values, index=pd.Index(years, name="year"))


@cache
def read_series() -> tuple[PublicSeries, ...]:
    """Read the M3 series; numbers are separated by blanks inside a cell."""
    table = pd.read_csv(SERIES_CSV)
    return tuple(
        PublicSeries(
            str(row.id),
            int(row.first_year),
            _numbers(row.values_),
            _numbers(row.actual_h1_h6),
            domain=str(row.domain),
        )
        for row in table.rename(columns={"values": "values_"}).itertuples(index=False)
    )


@cache
def read_panel(name: str, since: int | None = None) -> tuple[PublicSeries, ...]:
    """Read the series of one panel, from a year on where given."""
    if name == M3:
        return read_series()
    table = pd.read_csv(PANELS_CSV).rename(columns={"values": "values_"})
    found = []
    for row in table[table["panel"] == name].itertuples(index=False):
        first = _UNKNOWN_YEAR if pd.isna(row.first_year) else int(row.first_year)
        skipped = max(0, (since or first) - first)
        whole = _numbers(row.values_)[skipped:]
        past, after = whole[:-HELD_OUT], whole[-HELD_OUT:]
        field = _field(str(row.area)) if name == M1 else ""
        found.append(PublicSeries(str(row.id), first + skipped, past, after, name, field))
    return tuple(found)


def _field(area: str) -> str:
    """Return M3's name of the field of an M1 series, which M1 numbers: MACRO2 is macro."""
    bare = area.rstrip("0123456789")
    return _M1_FIELDS.get(bare, bare)


def _numbers(cell: object) -> np.ndarray:
    return np.array(str(cell).split(), dtype="float64")


def fold_of(n_series: int) -> np.ndarray:
    """Return the fold of every series: a fixed shuffle, so that results repeat."""
    folds = np.arange(n_series) % FOLDS
    return np.random.default_rng(20240101).permutation(folds)


@dataclass(frozen=True, eq=False)
class Origins:
    """Every origin with the same history length, on the model's scale.

    ``past`` has shape [n_origins, points], ``future`` [n_origins, 12] with NaN
    where the series ends; ``series`` numbers the series an origin belongs to;
    ``final`` marks the origin before the six held-out actuals.
    """

    points: int
    past: np.ndarray
    future: np.ndarray
    series: np.ndarray
    final: np.ndarray


def origins(series: Sequence[PublicSeries], points: int, scale: str) -> Origins:
    """Cut every series at every year that has ``points`` points behind it."""
    wholes = [on_scale(one.whole, scale) for one in series]
    cuts = [(n, cut) for n, whole in enumerate(wholes) for cut in range(points, len(whole))]
    past = np.array([wholes[n][cut - points : cut] for n, cut in cuts]).reshape(-1, points)
    future = np.full((len(cuts), LONGEST_HORIZON), np.nan)
    for row, (n, cut) in enumerate(cuts):
        ahead = wholes[n][cut : cut + LONGEST_HORIZON]
        future[row, : len(ahead)] = ahead
    if scale == "linear":
        unit = np.abs(past).max(axis=1, keepdims=True)
        past, future = past / unit, future / unit
    final = np.array([len(wholes[n]) - cut == HELD_OUT for n, cut in cuts], dtype=bool)
    return Origins(points, past, future, np.array([n for n, _ in cuts], dtype=int), final)


def on_scale(values: np.ndarray, scale: str) -> np.ndarray:
    """Return values on the scale on which yearly steps add up."""
    if scale == "logit":
        return np.asarray(logit(np.clip(values, _EDGE, 1.0 - _EDGE)))
    return values if scale == "linear" else np.log(values)


@dataclass(frozen=True, eq=False)
class Replays:
    """Forecast errors [n_origins, 12] and the typical move of each history."""

    cuts: Origins
    errors: np.ndarray
    move: np.ndarray


def combined(past: np.ndarray, prior: GrowthPrior, n_steps: int) -> np.ndarray:
    """Forecast every history, [n_origins, n_steps], so many at a time as a core can hold."""
    parts = np.array_split(past, len(past) // _AT_A_TIME + 1)
    return np.concatenate([models.combined(part, prior, n_steps) for part in parts])


def replay(cuts: Origins, prior: GrowthPrior) -> Replays:
    """Forecast from every origin with one growth prior."""
    growth = models.shrunken_growth(cuts.past, prior)
    path = combined(cuts.past, prior, LONGEST_HORIZON)
    move = spread.typical_move(cuts.past, growth, prior)
    return Replays(cuts, cuts.future - path, move)


def replay_last_value(cuts: Origins, prior: GrowthPrior) -> Replays:
    """Repeat the last value from every origin, the move measured around no growth."""
    move = spread.typical_move(cuts.past, np.zeros(len(cuts.past)), prior)
    return Replays(cuts, cuts.future - cuts.past[:, -1:], move)


def origin_weights(cuts: Origins, usable: np.ndarray) -> np.ndarray:
    """Weigh origins so that each series counts once, its held-out origin for half.

    The held-out years are what a user asks about (the most recent origin); the
    earlier origins keep the factors from hanging on one decade.
    """
    earlier = usable & ~cuts.final
    n_earlier = np.bincount(cuts.series[earlier], minlength=cuts.series.max() + 1)
    has_final = np.zeros(len(n_earlier), dtype=bool)
    has_final[cuts.series[usable & cuts.final]] = True
    weights = np.zeros(len(usable))
    share = np.where(has_final, 0.5, 1.0)[cuts.series]
    weights[earlier] = (share / np.maximum(n_earlier[cuts.series], 1))[earlier]
    final = usable & cuts.final
    weights[final] = np.where(n_earlier[cuts.series[final]] > 0, 0.5, 1.0)
    return weights


def reaches(
    factors: Factors, points: int, move: np.ndarray, standard: float, n_steps: int
) -> np.ndarray:
    """Return the distance from the median of one normal quantile, [n_origins, n_steps]."""
    width = spread.half_width_80(factors, points, move, n_steps)
    stretched = spread.stretch(np.array(standard), factors.tail)
    return width * spread.leaning(stretched, factors.lean)


def interval_score(errors: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Score 80 % intervals (Gneiting and Raftery 2007, eq. 43): lower is better."""
    beyond = np.maximum(lower - errors, 0.0) + np.maximum(errors - upper, 0.0)
    return upper - lower + 10.0 * beyond


def smape(forecast: np.ndarray, actual: np.ndarray) -> float:
    """Return the symmetric mean absolute percentage error in percent (M3 definition)."""
    return float(np.mean(200.0 * np.abs(forecast - actual) / (np.abs(forecast) + np.abs(actual))))


def mase(forecast: np.ndarray, actual: np.ndarray, past: np.ndarray) -> float:
    """Return the mean absolute error over the history's mean absolute yearly step."""
    return float(np.mean(np.abs(forecast - actual)) / np.mean(np.abs(np.diff(past))))
