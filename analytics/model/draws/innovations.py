"""Dependence of simulated paths in every year: what is new in a year is shared.

Each projection keeps its distribution in every year and the order in which its
own years hang together; a row means the same state of the world in all of them.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from analytics.model.draws.dependence import Beforehand, correlation
from analytics.model.projection import Projection

_SMALLEST_EIGENVALUE = 1e-9
_SEEN = 1000  # draws from which the correlation of a path's own years is read

Key = TypeVar("Key", bound=Hashable)


def couple(
    projections: Mapping[Key, Projection], beforehand: Beforehand | None = None, *, seed: int = 0
) -> dict[Key, Projection]:
    """Let independent projections depend, year by year, as their histories did.

    Parameters
    ----------
    projections : mapping
        Name to projection; all that have draws hold the same number of them.
    beforehand : Beforehand, optional
        The prior of the correlations.
    seed : int
        Reproduces the copula, whatever the order of the mapping.

    Returns
    -------
    dict
        The same names in the same order. Every projection has in each year the
        values it had; what is empty or constant is left alone.

    Raises
    ------
    ValueError
        If numbers of draws differ.

    Notes
    -----
    ``z[s, t] = sum over k <= t of L[s][t, k] e[s, k]``: the scores ``e`` of a year
    are normal, with sample correlations across series made exact (Iman and
    Conover 1982), and ``L`` is the Cholesky factor of the correlation between a
    series' own years. The values of a year then take the ranks of ``z`` (Clark et
    al. 2004, J. Hydrometeorol. 5:243). Paths that never fall would no longer be
    such, so their rows stay whole and follow the sum of ``z``.
    """
    result = dict(projections)
    moving = [name for name in sorted(projections, key=str) if _moves(projections[name])]
    sizes = {len(projections[name].draws) for name in moving}
    if len(sizes) > 1:
        raise ValueError(f"各项预测的模拟次数不一致：{sorted(sizes)}，无法逐次对应")
    if len(moving) < 2:
        return result
    matrix, _ = correlation({name: projections[name].history for name in moving}, beforehand)
    n_draws, rng = sizes.pop(), np.random.default_rng(seed)
    years = sorted({year for name in moving for year in projections[name].years})
    news = {year: _normal_scores(matrix.to_numpy(), n_draws, rng) for year in years}
    for at, name in enumerate(moving):
        one = projections[name]
        own = np.column_stack([news[year][:, at] for year in one.years])
        result[name] = replace(one, draws=_in_order(one.draws, own @ _years_together(one.draws).T))
    return result


def _moves(projection: Projection) -> bool:
    return bool(projection.years) and bool(np.ptp(projection.draws[:, -1]) > 0)


def _years_together(draws: np.ndarray) -> np.ndarray:
    """Return the Cholesky factor of the rank correlations between a path's years.

    Equal values, as counts have many, share their mean rank: any order among them
    would be the processor's.
    """
    seen = draws[:_SEEN]
    ranks = rankdata(seen, axis=0)
    still = np.ptp(seen, axis=0) == 0
    ranks[:, still] = 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        rho = np.corrcoef(ranks, rowvar=False).reshape(draws.shape[1], draws.shape[1])
    normal = 2.0 * np.sin(np.pi / 6.0 * np.nan_to_num(rho))
    np.fill_diagonal(normal, 1.0)
    values, vectors = np.linalg.eigh(normal)
    positive = (vectors * np.maximum(values, _SMALLEST_EIGENVALUE)) @ vectors.T
    factor: np.ndarray = np.linalg.cholesky(positive)
    return factor


def _in_order(draws: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Give the values of each year the ranks of its scores, both ``[n_draws, n_years]``."""
    if draws.shape[1] > 1 and (np.diff(draws, axis=1) >= 0).all():
        rising = np.lexsort((draws[:, -1], draws.sum(axis=1)))
        return _ranked(draws[rising], scores.sum(axis=1))
    ordered = np.sort(draws, axis=0)
    columns = [_ranked(ordered[:, at], scores[:, at]) for at in range(draws.shape[1])]
    return np.column_stack(columns)


def _ranked(ordered: np.ndarray, scores: np.ndarray) -> np.ndarray:
    placed = np.empty_like(ordered)
    placed[np.argsort(scores, kind="stable")] = ordered
    return placed


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
