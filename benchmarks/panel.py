"""The public annual series and the past forecasts that can be replayed on them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from analytics.model.projection import models, spread
from analytics.model.projection.spread import Factors

SERIES_CSV = Path(__file__).parent / "data" / "m3_yearly_calibration.csv"
HELD_OUT = 6  # actuals the file keeps apart from each history
LONGEST_HORIZON = 12
FOLDS = 5


@dataclass(frozen=True, eq=False)
class PublicSeries:
    """One annual series: the history and the six years that followed."""

    id: str
    first_year: int
    values: np.ndarray
    actuals: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        """History and actuals together, shape [n_points + 6]."""
        return np.concatenate([self.values, self.actuals])

    @property
    def history(self) -> pd.Series:
        """History indexed by year."""
        years = range(self.first_year, self.first_year + len(self.values))
        return pd.Series(self.values, index=pd.Index(years, name="year"))


def read_series(path: Path = SERIES_CSV) -> list[PublicSeries]:
    """Read the CSV; numbers are separated by blanks inside a cell."""
    table = pd.read_csv(path)
    return [
        PublicSeries(
            str(row.id),
            int(row.first_year),
            np.array(str(row.values_).split(), dtype="float64"),
            np.array(str(row.actual_h1_h6).split(), dtype="float64"),
        )
        for row in table.rename(columns={"values": "values_"}).itertuples(index=False)
    ]


def fold_of(n_series: int) -> np.ndarray:
    """Return the fold of every series: a fixed shuffle, so that results repeat."""
    folds = np.arange(n_series) % FOLDS
    return np.random.default_rng(20240101).permutation(folds)


@dataclass(frozen=True, eq=False)
class Replays:
    """Forecast errors from every origin with the same history length.

    ``errors`` has shape [n_origins, 12] on the model's scale, NaN where the
    series ends; ``move`` is the typical move of each history; ``series`` numbers the
    series an origin belongs to; ``final`` marks the origin before the six
    held-out actuals.
    """

    points: int
    errors: np.ndarray
    move: np.ndarray
    series: np.ndarray
    final: np.ndarray


def replay(series: list[PublicSeries], points: int, family: str = "log") -> Replays:
    """Forecast every series from every origin with ``points`` points behind it."""
    wholes = [one.whole if family == "linear" else np.log(one.whole) for one in series]
    origins = [
        (number, origin)
        for number, whole in enumerate(wholes)
        for origin in range(points, len(whole))
    ]
    past = np.array([wholes[number][origin - points : origin] for number, origin in origins])
    future = np.full((len(origins), LONGEST_HORIZON), np.nan)
    for row, (number, origin) in enumerate(origins):
        ahead = wholes[number][origin : origin + LONGEST_HORIZON]
        future[row, : len(ahead)] = ahead
    if family == "linear":
        unit = np.abs(past).max(axis=1, keepdims=True)
        past, future = past / unit, future / unit
    return Replays(
        points,
        future - models.combined(past, LONGEST_HORIZON),
        spread.typical_move(past, models.shrunken_growth(past)),
        np.array([number for number, _ in origins]),
        np.array([len(wholes[number]) - origin == HELD_OUT for number, origin in origins]),
    )


def origin_weights(replays: Replays, usable: np.ndarray) -> np.ndarray:
    """Weigh origins so that each series counts once, its held-out origin for half.

    The held-out years are what a user asks about (the most recent origin); the
    earlier origins keep the factors from hanging on one decade.
    """
    earlier = usable & ~replays.final
    n_earlier = np.bincount(replays.series[earlier], minlength=replays.series.max() + 1)
    has_final = np.zeros(len(n_earlier), dtype=bool)
    has_final[replays.series[usable & replays.final]] = True
    weights = np.zeros(len(usable))
    share = np.where(has_final, 0.5, 1.0)[replays.series]
    weights[earlier] = (share / np.maximum(n_earlier[replays.series], 1))[earlier]
    final = usable & replays.final
    weights[final] = np.where(n_earlier[replays.series[final]] > 0, 0.5, 1.0)
    return weights


def half_widths(factors: Factors, replays: Replays, level: float) -> np.ndarray:
    """Return calibrated half-widths for every origin and horizon, log units."""
    widths = spread.half_width_80(factors, replays.points, replays.move, LONGEST_HORIZON)
    return spread.stretch(norm.ppf(0.5 + level / 2), factors.tail) * widths


def interval_score(errors: np.ndarray, half_width: np.ndarray, level: float) -> np.ndarray:
    """Score symmetric intervals (Gneiting and Raftery 2007, eq. 43): lower is better."""
    beyond = np.maximum(np.abs(errors) - half_width, 0.0)
    return 2.0 * half_width + 2.0 / (1.0 - level) * beyond


def smape(forecast: np.ndarray, actual: np.ndarray) -> float:
    """Return the symmetric mean absolute percentage error in percent (M3 definition)."""
    return float(np.mean(200.0 * np.abs(forecast - actual) / (np.abs(forecast) + np.abs(actual))))


def mase(forecast: np.ndarray, actual: np.ndarray, past: np.ndarray) -> float:
    """Return the mean absolute error over the history's mean absolute yearly step."""
    return float(np.mean(np.abs(forecast - actual)) / np.mean(np.abs(np.diff(past))))
