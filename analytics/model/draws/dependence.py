"""How series move together, taken from their histories and from what is stated beforehand."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analytics.model.projection import Projection

FEWEST_CHANGES = 5  # years two histories must have changed in together

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Beforehand:
    """What is held of dependence before a pair's own history speaks.

    Pairs of one group share the mean of the group's rank correlations, at least
    0; ``pairs`` states single values, through which others of their groups are
    related as far as the product of the two; every other pair is unrelated.
    """

    groups: Mapping[Any, Hashable] = field(default_factory=dict)
    pairs: Mapping[tuple[Any, Any], float] = field(default_factory=dict)

    def of(self, names: Sequence[Any], rho: np.ndarray) -> np.ndarray:
        """Return the prior rank correlations, shape ``[n, n]``; NaN in ``rho`` is unknown."""
        group = [self.groups.get(name, at) for at, name in enumerate(names)]
        same = np.array([[one == other for other in group] for one in group], dtype=bool)
        same = same.reshape(len(group), len(group)) & ~np.eye(len(group), dtype=bool)
        known = same & np.isfinite(rho)
        prior = np.where(same, max(float(rho[known].mean()), 0.0) if known.any() else 0.0, 0.0)
        places = {name: at for at, name in enumerate(names)}
        for (one, other), stated in self.pairs.items():
            if one in places and other in places:
                at, to = places[one], places[other]
                prior[same[at], to] = np.maximum(prior[same[at], to], prior[same[at], at] * stated)
                prior[at, same[to]] = np.maximum(prior[at, same[to]], prior[to, same[to]] * stated)
        prior = np.maximum(prior, prior.T)
        for (one, other), stated in self.pairs.items():
            if one in places and other in places:
                at, to = places[one], places[other]
                prior[at, to] = prior[to, at] = stated
        return prior


def correlation(
    histories: Mapping[Key, pd.Series], beforehand: Beforehand | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how histories move together, shrunk toward a prior, and on what evidence.

    Parameters
    ----------
    histories : mapping
        Name to values indexed by year; missing years are allowed.
    beforehand : Beforehand, optional
        The prior; by default no pair is related.

    Returns
    -------
    matrix : DataFrame, shape [n, n]
        Correlations of a Gaussian copula: unit diagonal, no negative eigenvalue.
    overlap : DataFrame of int, shape [n, n]
        Years in which both changed from the year before.

    Notes
    -----
    The distance of Spearman's rho of the yearly changes from its prior, 0 where
    fewer than ``FEWEST_CHANGES`` overlap, is multiplied by ``t/(t + 1/(m - 1))``.
    ``m`` is the overlap, ``1/(m - 1)`` the variance of rho under independence and
    ``t`` the mean over all pairs of ``distance**2 - 1/(m - 1)``, at least 0. With
    equal overlaps and no prior this is
    the intensity of Schäfer and Strimmer (2005, Stat. Appl. Genet. Mol. Biol.
    4:32) for the target of no correlation; with unequal ones a pair that was
    seen for fewer years is trusted less (Efron and Morris 1973). Then
    ``2 sin(pi/6 rho)`` is the normal correlation of that rho (Kruskal 1958), and
    negative eigenvalues are clipped.
    """
    names = pd.Index(list(histories), tupleize_cols=False)
    changes = pd.DataFrame({at: _changes(history) for at, history in enumerate(histories.values())})
    seen = changes.notna().to_numpy(dtype="int64")
    overlap = seen.T @ seen
    ranked = changes.corr(method="spearman", min_periods=FEWEST_CHANGES)
    rho = ranked.to_numpy(dtype="float64", copy=True).reshape(len(names), len(names))
    rho[np.eye(len(names), dtype=bool)] = np.nan
    prior = (beforehand or Beforehand()).of(list(histories), rho)
    normal = 2.0 * np.sin(np.pi / 6.0 * _shrink(rho, overlap, prior))
    np.fill_diagonal(normal, 1.0)
    matrix = _nearest_psd(normal)
    return (
        pd.DataFrame(matrix, index=names, columns=names),
        pd.DataFrame(overlap, index=names, columns=names),
    )


def _changes(history: pd.Series) -> pd.Series:
    """Return changes over one year: of logs where all values are positive."""
    known = history.dropna().astype("float64")
    values = known.to_numpy()
    scaled = np.log(values) if (values > 0).all() else values
    steps = pd.Series(np.diff(scaled), index=known.index[1:])
    yearly: pd.Series = steps[np.diff(known.index.to_numpy()) == 1]
    return yearly


def _shrink(rho: np.ndarray, overlap: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Shrink rank correlations toward their prior, which NaN (too short, or constant) is."""
    known = np.isfinite(rho)
    noise = 1.0 / np.maximum(overlap - 1.0, 1.0)
    off = np.where(known, rho - prior, 0.0)
    signal = max(float(np.mean(off[known] ** 2 - noise[known])), 0.0) if known.any() else 0.0
    shrunk: np.ndarray = prior + off * signal / (signal + noise)
    return shrunk


def _nearest_psd(matrix: np.ndarray) -> np.ndarray:
    """Clip negative eigenvalues and restore the unit diagonal."""
    values, vectors = np.linalg.eigh(matrix)
    if values.size == 0 or values[0] >= 0:
        return matrix
    clipped: np.ndarray = (vectors * np.maximum(values, 0.0)) @ vectors.T
    scale = np.sqrt(np.diag(clipped))
    clipped = clipped / np.outer(scale, scale)
    np.fill_diagonal(clipped, 1.0)
    return clipped


def follow(projection: Projection, leader: Projection, *, year: int) -> Projection:
    """Reorder rows so that the values of a year rank as the leader's do.

    A second opinion on a series then depends on all others as the first did.
    """
    if not projection.years or len(projection.draws) != len(leader.draws) or not leader.years:
        return projection
    ranks = np.empty(len(leader.draws), dtype="int64")
    ranks[_ascending(leader, year)] = np.arange(len(ranks))
    return _reorder(projection, year, ranks)


def _column(projection: Projection, year: int) -> np.ndarray:
    if not projection.years:
        return np.empty(0)
    known = year in projection.years
    return projection.draws[:, projection.years.index(year) if known else -1]


def _ascending(projection: Projection, year: int) -> np.ndarray:
    """Return row numbers from the smallest value of a year to the largest."""
    return np.lexsort((projection.draws.sum(axis=1), _column(projection, year)))


def _reorder(projection: Projection, year: int, ranks: np.ndarray) -> Projection:
    """Put into each row the draw whose value in a year has the row's rank."""
    return replace(projection, draws=projection.draws[_ascending(projection, year)[ranks]])
