"""Several targets at once: all, at least some, and how many on average.

Everything is counted on the same draws, row by row, so dependence between
targets is whatever the draws carry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.domain import (
    MeasurableTarget,
    Reason,
    ReasonGiven,
    SumTarget,
    Target,
    TrendTarget,
)
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath

MetByTarget = Sequence[np.ndarray] | np.ndarray  # one row of draws a target


@dataclass(frozen=True)
class Joint:
    """Probability that all of several targets are met, and what bounds it.

    ``product`` is what independence would give; ``lower`` and ``upper`` are the
    Fréchet bounds ``max(0, sum(p) - (k - 1))`` and ``min(p)``, which hold
    whatever the dependence.
    """

    probability: float
    mc_error: float  # sqrt(p (1 - p) / n)
    product: float
    lower: float
    upper: float
    n_targets: int
    n_draws: int


def met_draws(target: Target, path: MetricPath) -> np.ndarray | None:
    """Tell draw by draw whether a target is met when due; None without a probability.

    What is already known, because the due year is observed or because a sum
    that never falls has arrived, is the same in all draws.
    """
    if isinstance(target, TrendTarget) or path.is_empty:
        return None
    known = _known(target, path)
    if known is not None:
        return np.full(max(len(path.draws), 1), known)
    draws = path.at(target.due_year)
    if draws is None or not path.has_probability:
        return None
    return meets(target, draws)


def _known(target: MeasurableTarget, path: MetricPath) -> bool | None:
    """Return the outcome that no draw can change, None where it is open."""
    if target.due_year in path.observed.index:
        return meets(target, float(path.observed[target.due_year]))
    if not isinstance(target, SumTarget) or path.observed.empty:
        return None
    return True if meets(target, path.last_observed[1]) else None


def joint_probability(met: MetByTarget) -> Joint:
    """Return the probability that all targets are met together.

    Parameters
    ----------
    met : sequence of array of bool, shape [n_draws] or [1]
        One a target, rows aligned; a single row is an outcome already known.

    Raises
    ------
    ValueError
        Without a target, or when numbers of draws differ.
    """
    rows = _aligned(met)
    n_targets, n_draws = rows.shape
    counts = rows.sum(axis=1)
    share = float(rows.all(axis=0).sum() / n_draws)
    return Joint(
        probability=share,
        mc_error=float(np.sqrt(share * (1.0 - share) / n_draws)),
        product=float(np.prod(counts / n_draws)),
        lower=float(max(counts.sum() - (n_targets - 1) * n_draws, 0) / n_draws),
        upper=float(counts.min() / n_draws),
        n_targets=n_targets,
        n_draws=n_draws,
    )


def at_least(met: MetByTarget, k: int) -> float:
    """Return the probability that at least ``k`` targets are met together."""
    return float(np.mean(_aligned(met).sum(axis=0) >= k))


def expected_met(met: MetByTarget) -> float:
    """Return the mean number of targets met, which no dependence changes."""
    return float(_aligned(met).mean(axis=1).sum())


def _aligned(met: MetByTarget) -> np.ndarray:
    """Stack to [n_targets, n_draws]; what is stacked already stays as it is."""
    if isinstance(met, np.ndarray):
        return met
    if not len(met):
        raise ValueError("没有可合并计算概率的目标")
    sizes = {len(one) for one in met} - {1} or {1}
    if len(sizes) > 1:
        raise ValueError(f"各目标的模拟次数不一致：{sorted(sizes)}，无法逐次对应")
    size = sizes.pop()
    return np.stack([np.broadcast_to(np.asarray(one, dtype=bool), size) for one in met])


@dataclass(frozen=True)
class Outlook:
    """How an action's targets stand together; None where none has a probability.

    ``at_least[k - 1]`` is the probability that at least k are met, and
    ``left_out`` pairs a target's name with the reason.
    """

    joint: Joint | None
    expected: float | None
    at_least: tuple[float, ...]
    included: tuple[str, ...]  # ids
    left_out: tuple[tuple[str, ReasonGiven], ...]
    n_references: int = 0  # of the included, how many are 参照推算


def action_outlook(items: Iterable[tuple[Target, MetricPath]]) -> Outlook:
    """Summarise targets that share their draws, such as those of one action."""
    judged = [(target, path, met_draws(target, path)) for target, path in items]
    known = [rows for _, _, rows in judged if rows is not None]
    met = _aligned(known) if known else None
    return Outlook(
        joint=None if met is None else joint_probability(met),
        expected=None if met is None else expected_met(met),
        at_least=() if met is None else _at_least_each(met),
        included=tuple(target.id for target, _, rows in judged if rows is not None),
        left_out=tuple(
            (t.name_zh, why_left_out(t, path)) for t, path, rows in judged if rows is None
        ),
        n_references=sum(path.is_reference for _, path, rows in judged if rows is not None),
    )


def _at_least_each(met: np.ndarray) -> tuple[float, ...]:
    """Return the probability of at least 1, 2, … targets met."""
    n_targets, n_draws = met.shape
    times = np.bincount(met.sum(axis=0), minlength=n_targets + 1)
    return tuple(float(times[k:].sum() / n_draws) for k in range(1, n_targets + 1))


def why_left_out(target: Target, path: MetricPath) -> ReasonGiven:
    """Return the reason why a target has no probability."""
    if isinstance(target, TrendTarget):
        return Reason.ONLY_A_TREND.given()
    if path.at(target.due_year) is None:
        return next(iter(path.reasons), Reason.NOT_PROJECTED.given())
    return path.why_without_probability
