"""Whole things counted year by year: a Gamma–Poisson rate that drifts and grows.

What past counts scatter beyond Poisson is taken as movement of the rate, so
rare events borrow strength from all years and large counts behave like levels,
with the spread calibrated for levels. Growth is fitted to the counts themselves,
so that Poisson noise is not mistaken for doubt about the trend.
"""

import numpy as np

from analytics.model.projection import spread
from analytics.model.projection.calibration import Pool
from analytics.model.projection.prior import GrowthPrior

_HALF_EVENT = 0.5  # Jeffreys prior; also keeps the log of a zero count finite
_MEAN_ABSOLUTE = 0.8  # mean absolute deviation over standard deviation, normal
_SMALLEST_MOVE = 0.05  # log points a year: a constant past does not prove a constant rate
_LARGEST_RATE = 1e15  # Poisson draws stay whole numbers in float64
_POISSON_YEARS = 3  # a prior of no overdispersion weighs like so many years
_MOST_STEPS = 50
_LARGEST_LOG = 50.0  # keeps the fitted rates finite


def draw_counts(
    years: np.ndarray,
    counts: np.ndarray,
    n_steps: int,
    n_draws: int,
    rng: np.random.Generator,
    pool: Pool,
) -> np.ndarray:
    """Draw the yearly counts of the coming years.

    The log rate is a random walk with drift seen through Poisson noise. Its
    steady-state Kalman gain says how fast older years lose weight in the Gamma
    posterior of today's rate (Harvey and Fernandes 1989); future rates add the
    calibrated errors; a year's count given its rate is Poisson, which makes it
    negative binomial or wider in all.

    Parameters
    ----------
    years : array of int, shape [n_points]
        Years of the counts, gaps allowed.
    counts : array, shape [n_points]
        Non-negative, at least one.
    pool : Pool
        Prior of the growth and factors of the calibrated spread.

    Returns
    -------
    array, shape [n_draws, n_steps]
        Whole non-negative numbers.
    """
    age = years[-1] - years
    growth = count_growth(age, counts, pool.growth)
    precision = counts.mean() + _HALF_EVENT  # 1 / Poisson variance of a log count
    logs = np.log(counts + _HALF_EVENT)[None, :]
    seen = spread.typical_move(logs, np.array([growth]), pool.growth)[0]
    move = _rate_move(seen, precision)
    signal = (move / _MEAN_ABSOLUTE) ** 2 * precision
    gain = (np.sqrt(signal**2 + 4.0 * signal) - signal) / 2.0
    weights = (1.0 - gain) ** age
    events = weights @ (counts * np.exp(growth * age))
    # Two streams, so that a longer projection begins like a shorter one.
    rate_rng, count_rng = rng.spawn(2)
    rate = count_rng.gamma(events + _HALF_EVENT, 1.0 / weights.sum(), size=n_draws)
    factors = pool.factors(len(counts))
    width = spread.half_width_80(factors, len(counts), np.array([move]), n_steps)
    errors = spread.draw_errors(factors, width, n_draws, rate_rng)
    trend = growth * np.arange(1, n_steps + 1)
    rates = rate[:, None] * np.exp(np.clip(trend + errors, -700.0, 700.0))
    drawn = [count_rng.poisson(np.minimum(column, _LARGEST_RATE)) for column in rates.T]
    return np.column_stack(drawn).astype("float64")


def count_growth(age: np.ndarray, counts: np.ndarray, prior: GrowthPrior) -> float:
    """Return the yearly growth of the log rate, the prior weighed against the counts.

    Parameters
    ----------
    age : array, shape [n_points]
        Years before the last one, 0 for the last.
    counts : array, shape [n_points]
        Non-negative.
    prior : GrowthPrior
        Normal prior of the growth.

    Returns
    -------
    float
        Mode of the posterior of ``b`` in ``log rate = a - b*age`` with Poisson
        counts; where they scatter more, their log likelihood is divided by the
        overdispersion (quasi-likelihood, McCullagh and Nelder 1989, 9.2).
    """
    level, growth = _fit_rate(age, counts, prior, 1.0)
    if len(counts) <= 2:
        return growth
    rate = np.exp(np.clip(level - growth * age, -_LARGEST_LOG, _LARGEST_LOG))
    scatter = ((counts - rate) ** 2 / (rate + _HALF_EVENT)).sum()
    dispersion = (scatter + _POISSON_YEARS) / (len(counts) - 2 + _POISSON_YEARS)
    return _fit_rate(age, counts, prior, max(1.0, float(dispersion)))[1]


def _fit_rate(
    age: np.ndarray, counts: np.ndarray, prior: GrowthPrior, dispersion: float
) -> tuple[float, float]:
    """Climb to the posterior mode of level and growth by damped Newton steps."""
    certainty = 1.0 / prior.spread**2
    level, growth = float(np.log(counts.mean() + _HALF_EVENT)), prior.mean
    for _ in range(_MOST_STEPS):
        rate = np.exp(np.clip(level - growth * age, -_LARGEST_LOG, _LARGEST_LOG))
        beyond = (counts - rate) / dispersion
        slope = np.array([beyond.sum(), -(beyond @ age) - certainty * (growth - prior.mean)])
        cross = -(rate @ age) / dispersion
        own = (rate.sum() + _HALF_EVENT) / dispersion, (rate @ age**2) / dispersion + certainty
        step = np.linalg.solve(np.array([[own[0], cross], [cross, own[1]]]), slope)
        step /= max(1.0, float(np.abs(step).max()))
        level, growth = level + float(step[0]), growth + float(step[1])
        if np.abs(step).max() < 1e-9:
            break
    return level, growth


def _rate_move(observed: float, precision: float) -> float:
    """Return the rate's typical yearly move, Poisson noise of both ends taken out."""
    variance = (observed / _MEAN_ABSOLUTE) ** 2 - 2.0 / precision
    return max(_MEAN_ABSOLUTE * float(np.sqrt(max(variance, 0.0))), _SMALLEST_MOVE)
