"""Simple forecasting models, vectorised over many series of the same length.

Everything here works on a scale where steps add up (log, logit, rate): ``z``
has shape ``[n_series, n_points]`` with one point a year, and a forecast has
shape ``[n_series, n_steps]``. Parameters are averaged over small grids with
likelihood weights instead of being optimised, so nothing can fail to converge.
"""

from collections.abc import Callable

import numpy as np

from analytics.model.projection.prior import GrowthPrior

SHORT = 4  # up to here the growth prior does the work and one model is enough
_NOISE_PENALTY = 2.0  # squared standard errors against the prior; its spread is fitted to this

_LEVEL_WEIGHTS = np.linspace(0.1, 1.0, 10)
_DAMPED_GRID = np.array(
    [
        (level, trend, damping)
        for damping in (0.7, 0.8, 0.9, 0.98)
        for level in (0.3, 0.6, 0.9, 1.0)
        for trend in (0.0, 0.1, 0.3, 0.6)
    ]
)
_THETA_SLOPE = 0.7
_SMALLEST_ERROR = 1e-14  # keeps a perfect fit's likelihood finite


def shrunken_growth(z: np.ndarray, prior: GrowthPrior, points: int | None = None) -> np.ndarray:
    """Return the mean yearly step, shrunk toward the mean of its kind by its own noise.

    Parameters
    ----------
    z : array, shape [n_series, n_years]
    prior : GrowthPrior
        Of the pool that the series are like. Up to four points its noise counts
        as one more step: so few steps cannot tell how noisy they are.
    points : int, optional
        How many of the years were observed (the rest were interpolated).

    Returns
    -------
    array, shape [n_series]
        ``mean + spread**2 / (spread**2 + 2*se**2) * (m - mean)``, fraction a year
        on the scale of z, with m the mean step and se its standard error: an
        empirical-Bayes weight (Efron and Morris 1975), its penalty measured.
    """
    points = points or z.shape[1]
    if z.shape[1] == 1:
        return np.full(len(z), prior.mean)
    steps = np.diff(z, axis=1)
    mean = steps.mean(axis=1)
    squares = ((steps - mean[:, None]) ** 2).sum(axis=1)
    known = 1 if points <= SHORT else 0
    variance = (squares + known * prior.noise**2) / (points - 2 + known)
    penalty = _NOISE_PENALTY * variance / steps.shape[1]
    weight = prior.spread**2 / (prior.spread**2 + penalty)
    growth: np.ndarray = prior.mean + weight * (mean - prior.mean)
    return growth


def random_walk(z: np.ndarray, growth: np.ndarray, n_steps: int) -> np.ndarray:
    """Forecast the last value plus the growth, step after step."""
    return z[:, -1:] + growth[:, None] * np.arange(1, n_steps + 1)


def smooth(
    z: np.ndarray,
    level: np.ndarray,
    trend: np.ndarray,
    parameters: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Run exponential smoothing with a damped trend, ETS(A,Ad,N), for fixed parameters.

    Parameters
    ----------
    z : array, shape [n_series, n_points]
    level, trend : array, shape [n_series]
        States before the first point.
    parameters : array, shape [n_parameters, 3]
        Rows (alpha, beta, phi) in error-correction form: with f = l + phi*b and
        e = z - f, l' = f + alpha*e and b' = phi*b + beta*e (Hyndman et al. 2008,
        table 2.2). beta = 0 and trend = 0 is simple smoothing; phi = 1 is Holt's.

    Returns
    -------
    levels, trends : array, shape [n_series, n_parameters]
        States after the last point.
    errors : array, shape [n_series, n_parameters, n_points]
        One-step errors.
    """
    alpha, beta, phi = parameters.T
    shape = (z.shape[0], len(parameters))
    levels = np.broadcast_to(level[:, None], shape)
    trends = np.broadcast_to(trend[:, None], shape)
    errors = np.empty((*shape, z.shape[1]))
    for point in range(z.shape[1]):
        forecast = levels + phi * trends
        error = z[:, point, None] - forecast
        levels, trends = forecast + alpha * error, phi * trends + beta * error
        errors[:, :, point] = error
    return levels, trends, errors


def damped_sums(phi: np.ndarray, n_steps: int) -> np.ndarray:
    """Return ``phi + ... + phi**h`` for h = 1..n_steps, shape [n_parameters, n_steps]."""
    return np.cumsum(phi[:, None] ** np.arange(1, n_steps + 1), axis=1)


def damped_trend(z: np.ndarray, growth: np.ndarray, n_steps: int) -> np.ndarray:
    """Forecast with damped trends that start from the growth, averaged by likelihood."""
    levels, trends, errors = smooth(z[:, 1:], z[:, 0], growth, _DAMPED_GRID)
    sums = damped_sums(_DAMPED_GRID[:, 2], n_steps)
    forecasts = levels[:, :, None] + trends[:, :, None] * sums
    return _average(forecasts, errors)


def theta(z: np.ndarray, growth: np.ndarray, n_steps: int) -> np.ndarray:
    """Forecast with the Theta method, its slope taken from the growth.

    Simple smoothing plus a drift of the line ``h - 1 + 1/a - (1-a)**n / a``
    (Hyndman and Billah 2003), averaged over smoothing weights by likelihood.
    Classic Theta uses half the fitted slope; the growth is already shrunk toward
    its kind, so a larger part of it is carried.
    """
    level_only = np.array([(weight, 0.0, 1.0) for weight in _LEVEL_WEIGHTS])
    levels, _, errors = smooth(z[:, 1:], z[:, 0], np.zeros(len(z)), level_only)
    weight, points = _LEVEL_WEIGHTS[:, None], z.shape[1]
    line = np.arange(n_steps) + (1.0 - (1.0 - weight) ** points) / weight
    drift = _THETA_SLOPE * growth[:, None, None] * line
    return _average(levels[:, :, None] + drift, errors)


def _average(forecasts: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """Average forecasts [n_series, n_parameters, n_steps] by Gaussian likelihood."""
    squares = np.maximum((errors**2).sum(axis=2), _SMALLEST_ERROR)
    log_likelihood = -0.5 * (errors.shape[2] + 1) * np.log(squares)
    weights = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    average: np.ndarray = np.einsum("sp,sph->sh", weights, forecasts)
    return average


Member = Callable[[np.ndarray, np.ndarray, int], np.ndarray]
MEMBERS: dict[str, Member] = {"drift": random_walk, "damped": damped_trend, "theta": theta}


def combined(
    z: np.ndarray, prior: GrowthPrior, n_steps: int, points: int | None = None
) -> np.ndarray:
    """Average the members' forecasts; a short history gets the random walk alone."""
    growth = shrunken_growth(z, prior, points)
    if (points or z.shape[1]) <= SHORT:
        return random_walk(z, growth, n_steps)
    forecasts = [member(z, growth, n_steps) for member in MEMBERS.values()]
    average: np.ndarray = np.mean(forecasts, axis=0)
    return average
