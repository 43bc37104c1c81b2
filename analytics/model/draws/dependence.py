"""Dependence between independently simulated projections, taken from their histories.

Only the order of rows changes, so every projection keeps its own distribution
while a row means the same state of the world in all of them.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analytics.model.projection import Projection

FEWEST_CHANGES = 5  # years two histories must have changed in together
_SMALLEST_EIGENVALUE = 1e-9

Key = TypeVar("Key", bound=Hashable)


def correlation(histories: Mapping[Key, pd.Series]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how histories move together, shrunk toward not at all, and on what evidence.

    Parameters
    ----------
    histories : mapping
        Name to values indexed by year; missing years are allowed.

    Returns
    -------
    matrix : DataFrame, shape [n, n]
        Correlations of a Gaussian copula: unit diagonal, no negative eigenvalue.
    overlap : DataFrame of int, shape [n, n]
        Years in which both changed from the year before.

    Notes
    -----
    Spearman's rho of the yearly changes, 0 where fewer than ``FEWEST_CHANGES``
    overlap, is multiplied by ``t/(t + 1/(m - 1))``. ``m`` is the overlap,
    ``1/(m - 1)`` the variance of rho under independence and ``t`` the mean over
    all pairs of ``rho**2 - 1/(m - 1)``, at least 0. With equal overlaps this is
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
    rho = changes.corr(method="spearman", min_periods=FEWEST_CHANGES).to_numpy(dtype="float64")
    normal = 2.0 * np.sin(np.pi / 6.0 * _shrink(rho, overlap))
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


def _shrink(rho: np.ndarray, overlap: np.ndarray) -> np.ndarray:
    """Shrink rank correlations toward 0; NaN (too short, or constant) is 0."""
    known = np.isfinite(rho) & ~np.eye(len(rho), dtype=bool)
    noise = 1.0 / np.maximum(overlap - 1.0, 1.0)
    signal = max(float(np.mean(rho[known] ** 2 - noise[known])), 0.0) if known.any() else 0.0
    return np.where(known, rho * signal / (signal + noise), 0.0)


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


def couple(
    projections: Mapping[Key, Projection], *, year: int, seed: int = 0
) -> dict[Key, Projection]:
    """Reorder rows of independent projections so that they depend as their histories did.

    Parameters
    ----------
    projections : mapping
        Name to projection; all that have draws hold the same number of them.
    year : int
        Year whose values receive the ranks of the copula; a projection that
        does not hold it uses its last year.
    seed : int
        Reproduces the copula, whatever the order of the mapping.

    Returns
    -------
    dict
        The same names in the same order. Each projection has the rows it had, in
        another order; what is empty or constant in that year is left alone.

    Raises
    ------
    ValueError
        If numbers of draws differ.

    Notes
    -----
    Rows follow the ranks of correlated normal scores whose sample correlation
    is made exact (Iman and Conover 1982, Commun. Stat. B 11:311-334). Ties are
    ordered by the sum of the path.
    """
    result = dict(projections)
    columns = {name: _column(projections[name], year) for name in sorted(projections, key=str)}
    moving = [name for name, values in columns.items() if values.size and np.ptp(values) > 0]
    sizes = {len(columns[name]) for name in moving}
    if len(sizes) > 1:
        raise ValueError(f"各项预测的模拟次数不一致：{sorted(sizes)}，无法逐次对应")
    if len(moving) < 2:
        return result
    matrix, _ = correlation({name: projections[name].history for name in moving})
    scores = _normal_scores(matrix.to_numpy(), sizes.pop(), np.random.default_rng(seed))
    for name, score in zip(moving, scores.T, strict=True):
        result[name] = _reorder(projections[name], year, np.argsort(np.argsort(score)))
    return result


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


def _normal_scores(matrix: np.ndarray, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """Return normal scores [n_draws, n] with the wanted correlations."""
    scores = ndtri(np.arange(1, n_draws + 1) / (n_draws + 1))
    shuffled = rng.permuted(np.tile(scores, (len(matrix), 1)), axis=1).T
    values, vectors = np.linalg.eigh(np.corrcoef(shuffled, rowvar=False))
    whiten = (vectors / np.sqrt(np.maximum(values, _SMALLEST_EIGENVALUE))) @ vectors.T
    wanted, directions = np.linalg.eigh(matrix)
    root = (directions * np.sqrt(np.maximum(wanted, 0.0))) @ directions.T
    normal: np.ndarray = shuffled @ whiten @ root
    return normal


def _ascending(projection: Projection, year: int) -> np.ndarray:
    """Return row numbers from the smallest value of a year to the largest."""
    return np.lexsort((projection.draws.sum(axis=1), _column(projection, year)))


def _reorder(projection: Projection, year: int, ranks: np.ndarray) -> Projection:
    """Put into each row the draw whose value in a year has the row's rank."""
    return replace(projection, draws=projection.draws[_ascending(projection, year)[ranks]])
