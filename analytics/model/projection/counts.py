"""Whole things counted year by year: a Gamma–Poisson rate that drifts.

What past counts scattered beyond Poisson is taken as movement of the rate, so
rare events borrow strength from all years and large counts behave like levels,
with the spread calibrated for levels.
"""

import numpy as np

from analytics.model.projection import models, spread
from analytics.model.projection.spread import Factors

_HALF_EVENT = 0.5  # Jeffreys prior; also keeps the log of a zero count finite
_MEAN_ABSOLUTE = 0.8  # mean absolute deviation over standard deviation, normal
_SMALLEST_MOVE = 0.05  # log points a year: a constant past does not prove a constant rate
_LARGEST_RATE = 1e15  # Poisson draws stay whole numbers in float64


def draw_counts(
    years: np.ndarray,
    counts: np.ndarray,
    n_steps: int,
    n_draws: int,
    rng: np.random.Generator,
    factors: Factors,
) -> np.ndarray:
    """Draw the yearly counts of the coming years.

    The log rate is a random walk with shrunken drift seen through Poisson
    noise. Its steady-state Kalman gain says how fast older years lose weight in
    the Gamma posterior of today's rate (Harvey and Fernandes 1989); future
    rates add the calibrated errors; a year's count given its rate is Poisson,
    which makes it negative binomial or wider in all.

    Parameters
    ----------
    years : array of int, shape [n_points]
        Years of the counts, gaps allowed.
    counts : array, shape [n_points]
        Non-negative, at least two.
    factors : Factors
        Of the calibrated spread.

    Returns
    -------
    array, shape [n_draws, n_steps]
        Whole non-negative numbers.
    """
    log_counts = np.log(counts + _HALF_EVENT)[None, :]
    growth = models.shrunken_growth(log_counts)
    precision = counts.mean() + _HALF_EVENT  # 1 / Poisson variance of a log count
    move = _rate_move(spread.typical_move(log_counts, growth)[0], precision)
    signal = (move / _MEAN_ABSOLUTE) ** 2 * precision
    gain = (np.sqrt(signal**2 + 4.0 * signal) - signal) / 2.0
    age = years[-1] - years
    weights = (1.0 - gain) ** age
    events = weights @ (counts * np.exp(growth[0] * age))
    # Two streams, so that a longer projection begins like a shorter one.
    rate_rng, count_rng = rng.spawn(2)
    rate = count_rng.gamma(events + _HALF_EVENT, 1.0 / weights.sum(), size=n_draws)
    width = spread.half_width_80(factors, len(counts), np.array([move]), n_steps)
    errors = spread.draw_errors(factors, width, n_draws, rate_rng)
    trend = growth[0] * np.arange(1, n_steps + 1)
    rates = rate[:, None] * np.exp(np.clip(trend + errors, -700.0, 700.0))
    drawn = [count_rng.poisson(np.minimum(column, _LARGEST_RATE)) for column in rates.T]
    return np.column_stack(drawn).astype("float64")


def _rate_move(observed: float, precision: float) -> float:
    """Return the rate's typical yearly move, Poisson noise of both ends taken out."""
    variance = (observed / _MEAN_ABSOLUTE) ** 2 - 2.0 / precision
    return max(_MEAN_ABSOLUTE * float(np.sqrt(max(variance, 0.0))), _SMALLEST_MOVE)
