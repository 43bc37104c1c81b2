"""Which setting closes how much of a target's gap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from analytics.answers.steering.influence import influences, series_of
from analytics.answers.steering.margin import Margin, margin
from analytics.domain import Lever, LeverClass, ReasonGiven
from analytics.text_zh import reason_zh
from analytics.workbench import Workbench

MOST_EXACT = 8  # players of an exact Shapley value: 2**8 outcomes
UNMOVED_ZH = "本情景没有变动影响这一目标"
EXACT_ZH = "按沙普利值分摊：每项取在所有次序下边际作用的平均，各项之和等于总变化"
GROUPED_ZH = f"变动超过{MOST_EXACT}项，先按指标合并，再按沙普利值分摊，各项之和等于总变化"
SEQUENTIAL_ZH = (
    f"变动的指标超过{MOST_EXACT}个，按目录次序（先政策、后假设）逐项累加，次序会影响各项的大小"
)


@dataclass(frozen=True)
class Contribution:
    """What one setting, or those of one indicator, contributes.

    ``median`` is in the target's unit, ``probability`` a fraction (None where
    the target has none), ``of_gap`` the share of the gap it closes, None where
    基准 has no gap.
    """

    ids: tuple[str, ...]
    name_zh: str
    policy: bool
    median: float
    probability: float | None
    of_gap: float | None


@dataclass(frozen=True)
class Decomposition:
    """A target's change from 基准 to a scenario, parted among what was moved."""

    target_id: str
    parts: tuple[Contribution, ...]
    baseline: float | None = None  # median
    scenario: float | None = None
    limit: float | None = None  # the least value that counts as met
    exact: bool = True
    method_zh: str = ""
    reason: str = ""

    @property
    def gap(self) -> float | None:
        """Return how far 基准 is from the target, zero where it is met."""
        if self.baseline is None or self.limit is None:
            return None
        return max(self.limit - self.baseline, 0.0)


Player = tuple[str, ...]  # ids of the settings that move together
Value = Callable[[frozenset[Player]], np.ndarray]


def decompose(bench: Workbench, settings: Mapping[str, float], target_id: str) -> Decomposition:
    """Part a target's change among the settings that reach it.

    Up to eight are parted by exact Shapley values; more are joined by
    indicator first, and beyond eight indicators added one after another.
    """
    found = margin(bench, {}, target_id)
    if isinstance(found, ReasonGiven):
        return Decomposition(target_id, (), reason=reason_zh(found))
    moved = [name for name in bench.catalog.adjustables if settings.get(name)]
    reaching = [name for name in moved if _reaches(bench, found, name)]
    if not reaching:
        return Decomposition(target_id, (), reason=UNMOVED_ZH)
    players: list[Player] = [(name,) for name in reaching]
    exact, method = True, EXACT_ZH
    if len(players) > MOST_EXACT:
        players, method = _by_indicator(bench, reaching), GROUPED_ZH
    parting = shapley
    if len(players) > MOST_EXACT:
        players = sorted(players, key=lambda ids: not _is_policy(bench, ids))
        parting, exact, method = sequential, False, SEQUENTIAL_ZH
    shares = parting(players, _value_of(found, settings))
    if not any(np.nan_to_num(share).any() for share in shares.values()):
        return Decomposition(target_id, (), reason=UNMOVED_ZH)  # a bound that never binds
    return _decomposition(bench, found, settings, shares, exact, method)


def _reaches(bench: Workbench, found: Margin, name: str) -> bool:
    if name in bench.catalog.levers:
        return name in influences(bench, found.target)
    if name in bench.catalog.starts:
        return False  # it opens the line that the others bend
    inside = series_of(bench.catalog, found.target)
    return any(shock.indicator in inside for shock in bench.stress_effects[name].shocks)


def _by_indicator(bench: Workbench, names: Sequence[str]) -> list[Player]:
    groups: dict[str, Player] = {}
    for name in names:
        one = bench.catalog.adjustables[name]
        key = one.applies_to if isinstance(one, Lever) else one.id
        groups[key] = (*groups.get(key, ()), name)
    return list(groups.values())


def _is_policy(bench: Workbench, ids: Player) -> bool:
    return bench.catalog.adjustables[ids[0]].lever_class is LeverClass.POLICY


def _value_of(found: Margin, settings: Mapping[str, float]) -> Value:
    """Return the function from a set of players to median and probability."""

    def value(players: frozenset[Player]) -> np.ndarray:
        median, probability = found.outcome({x: settings[x] for ids in players for x in ids})
        return np.array([median, np.nan if probability is None else probability])

    return value


def shapley(players: Sequence[Player], value: Value) -> dict[Player, np.ndarray]:
    """Return each player's Shapley value.

    ``φ_i = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S))`` over the sets
    ``S`` without ``i`` (Shapley 1953); they add up to ``v(all) − v(none)``.
    """
    n = len(players)
    known = {
        frozenset(chosen): value(frozenset(chosen))
        for size in range(n + 1)
        for chosen in combinations(players, size)
    }
    weights = [factorial(size) * factorial(n - size - 1) / factorial(n) for size in range(n)]
    return {
        one: sum(
            (
                weights[len(some)] * (known[some | {one}] - worth)
                for some, worth in known.items()
                if one not in some
            ),
            start=np.zeros(2),
        )
        for one in players
    }


def sequential(players: Sequence[Player], value: Value) -> dict[Player, np.ndarray]:
    """Return what each player adds to those before it."""
    shares, before = {}, value(frozenset())
    for place, one in enumerate(players, start=1):
        after = value(frozenset(players[:place]))
        shares[one], before = after - before, after
    return shares


def _decomposition(
    bench: Workbench,
    found: Margin,
    settings: Mapping[str, float],
    shares: Mapping[Player, np.ndarray],
    exact: bool,
    method: str,
) -> Decomposition:
    baseline, _ = found.outcome({})
    scenario, _ = found.outcome({x: settings[x] for ids in shares for x in ids})
    limit = found.limit
    gap = limit - baseline
    parts = [
        Contribution(
            ids=ids,
            name_zh=_name(bench, ids),
            policy=_is_policy(bench, ids),
            median=float(share[0]),
            probability=None if np.isnan(share[1]) else float(share[1]),
            of_gap=float(share[0] / gap) if gap > 0 else None,
        )
        for ids, share in shares.items()
    ]
    parts.sort(key=lambda part: -abs(part.median))
    return Decomposition(found.target.id, tuple(parts), baseline, scenario, limit, exact, method)


def _name(bench: Workbench, ids: Player) -> str:
    first = bench.catalog.adjustables[ids[0]]
    if len(ids) == 1 or not isinstance(first, Lever):
        return first.name_zh
    return bench.catalog.indicators[first.applies_to].name_zh
