"""How wide: pooled, calibrated spread around a central path, and paths drawn from it.

The half-width of an interval is ``factor(points, horizon) * move**power``, its
two sides apart: outcomes do not miss upward as often and as far as downward. The
series' own typical move is trusted in part only: a calm short history is
followed by livelier years and a wild one by calmer years, so the move enters
with a power below one, which is a geometric shrinkage toward the pool. The
factors are fitted by ``benchmarks/calibrate.py`` on public annual series, for
every pool of like series apart and for short histories apart.
"""

from dataclasses import dataclass

import numpy as np

from analytics.model.projection.models import SHORT
from analytics.model.projection.prior import GrowthPrior

_RECENCY = 0.9  # weight of a step relative to the one a year later
_TREND_AT_RISK = 0.25  # share of the projected growth that counts as move
_SMALLEST_MOVE = 1e-3
_MEAN_ABSOLUTE = 0.8  # mean absolute deviation over standard deviation, normal
_LONGEST = 40  # the gain from more points is exhausted here
NORMAL_90 = 1.2815515655446004  # standard normal quantile: 80 % interval


@dataclass(frozen=True)
class Factors:
    """Fitted constants of the spread; dimensionless."""

    intercept: float
    horizon_power: float
    shortness: float  # multiplies 1/points
    tail: float  # Tukey's h: 0 is normal, larger is heavier
    move_power: float  # trust in the series' own move: 1 is full, 0 none
    path_power: float  # correlation of two horizons is (h1/h2)**path_power
    lean: float  # -1 to 1: the upper half is 1 + lean, the lower 1 - lean half-widths


def typical_move(
    z: np.ndarray,
    growth: np.ndarray,
    prior: GrowthPrior,
    gaps: np.ndarray | None = None,
    points: int | None = None,
) -> np.ndarray:
    """Return the typical yearly move around the projected growth.

    Parameters
    ----------
    z : array, shape [n_series, n_years]
        One value a year on an additive scale.
    growth : array, shape [n_series]
        Shrunken growth of the same series.
    prior : GrowthPrior
        Its noise counts as one more step where four points or fewer were observed.
    gaps : array, shape [n_years - 1], optional
        Years bridged by the interpolation each step belongs to. A step inside
        a bridged gap of g years is a g-th of one move of size sqrt(g).
    points : int, optional
        How many of the years were observed.

    Returns
    -------
    array, shape [n_series]
        Recency-weighted mean of ``|step - growth|`` plus a quarter of the growth.
    """
    steps = np.abs(np.diff(z, axis=1) - growth[:, None])
    if gaps is not None:
        steps = steps * np.sqrt(gaps)
    weights = _RECENCY ** np.arange(steps.shape[1])[::-1]
    known = 1.0 if (points or z.shape[1]) <= SHORT else 0.0
    own = (steps @ weights + known * _MEAN_ABSOLUTE * prior.noise) / (weights.sum() + known)
    moves: np.ndarray = own + _TREND_AT_RISK * np.abs(growth) + _SMALLEST_MOVE
    return moves


def half_width_80(factors: Factors, points: int, move: np.ndarray, n_steps: int) -> np.ndarray:
    """Return half of the width of the 80 % interval on the model's scale.

    Parameters
    ----------
    factors : Factors
    points : int
        Observed points of the history.
    move : array, shape [n_series]
        From :func:`typical_move`.
    n_steps : int

    Returns
    -------
    array, shape [n_series, n_steps]
    """
    horizons = np.arange(1, n_steps + 1)
    length = factors.shortness / min(points, _LONGEST)
    pooled = np.exp(factors.intercept + length) * horizons**factors.horizon_power
    widths: np.ndarray = pooled * move[:, None] ** factors.move_power
    return widths


def stretch(standard: np.ndarray, tail: float) -> np.ndarray:
    """Turn standard normal values into heavy-tailed ones whose 80 % interval is ±1.

    Tukey's h distribution ``z*exp(h*z**2/2)``, rescaled: monotone in z.
    """
    return standard / NORMAL_90 * np.exp(0.5 * tail * (standard**2 - NORMAL_90**2))


def leaning(stretched: np.ndarray, lean: float) -> np.ndarray:
    """Give the upper and the lower half their own width; the median stays zero."""
    leant: np.ndarray = stretched * (1.0 + lean * np.sign(stretched))
    return leant


def standard_paths(
    rng: np.random.Generator, n_draws: int, n_steps: int, path_power: float
) -> np.ndarray:
    """Draw standard normal paths whose horizons hang together, [n_draws, n_steps].

    Years are drawn one after the other, so a longer projection repeats a
    shorter one; the second half mirrors the first, so the median of the draws
    is the central path and not a matter of luck.
    """
    half = (n_draws + 1) // 2
    noise = rng.standard_normal((n_steps, half))
    paths = np.empty_like(noise)
    for step in range(n_steps):
        kept = (step / (step + 1)) ** path_power  # 0 in the first year
        before = paths[step - 1] if step else 0.0
        paths[step] = kept * before + np.sqrt(1.0 - kept**2) * noise[step]
    return np.concatenate([paths, -paths], axis=1)[:, :n_draws].T


def draw_errors(
    factors: Factors, half_width: np.ndarray, n_draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw errors around a central path, [n_draws, n_steps].

    ``half_width`` has shape [1, n_steps], or [n_draws, n_steps] where every
    draw has its own.
    """
    paths = standard_paths(rng, n_draws, half_width.shape[1], factors.path_power)
    errors: np.ndarray = half_width * leaning(stretch(paths, factors.tail), factors.lean)
    return errors
