"""Is there a trend? Kendall's test, with the correction for years that hang together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

SIGNIFICANCE = 0.05  # level of the test for targets without a number
MOST_LAGS = 3
_STRAIGHT = 1e-9  # of the range: what is left of a straight line is rounding


@dataclass(frozen=True)
class Trend:
    """Direction and significance of a trend."""

    tau: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Tell whether the test rejects that there is none; one not computable is not clear."""
        return self.p_value < SIGNIFICANCE


def trend(values: pd.Series) -> Trend:
    """Test yearly values for a monotone trend.

    Parameters
    ----------
    values : Series
        By year, at least two.

    Returns
    -------
    Trend
        Kendall's tau with its two-sided p, made larger where the residuals hang
        together: with ``c`` of :func:`inflation`, ``p = 2 (1 - Phi(z / sqrt(c)))``
        where ``z`` is the normal score of the uncorrected (exact) p.
    """
    years, seen = values.index.to_numpy(dtype="float64"), values.to_numpy(dtype="float64")
    tau, p_value = map(float, stats.kendalltau(years, seen))
    score = stats.norm.isf(p_value / 2.0) / np.sqrt(inflation(years, seen))
    return Trend(tau, float(2.0 * stats.norm.sf(score)))


def inflation(years: np.ndarray, values: np.ndarray) -> float:
    """Return by how much autocorrelation inflates the variance of Kendall's S, at least 1.

    Notes
    -----
    ``1 + 2/(n (n-1) (n-2)) sum over k of (n-k) (n-k-1) (n-k-2) rho_k`` with the
    autocorrelations of the ranks of what a Theil-Sen line leaves over, those
    that differ from zero at 5 % (Hamed and Rao 1998, J. Hydrol. 204:182). Only
    positive ones count: a trend is never made clearer.
    """
    n = len(values)
    slope, intercept, *_ = stats.theilslopes(values, years)
    left = values - (intercept + slope * years)
    if n < 4 or np.ptp(left) <= _STRAIGHT * np.ptp(values):
        return 1.0
    ranks = stats.rankdata(left)
    ranks -= ranks.mean()
    added = 0.0
    for lag in range(1, min(MOST_LAGS, n - 3) + 1):
        rho = float(ranks[lag:] @ ranks[:-lag] / (ranks @ ranks))
        if rho > stats.norm.isf(0.025) / np.sqrt(n):
            added += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho
    return 1.0 + 2.0 * added / (n * (n - 1) * (n - 2))
