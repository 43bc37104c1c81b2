"""One common share of effort, raised until all targets are met, then lowered where it can be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from analytics.answers.steering.margin import Margin
from analytics.domain import Lever, MeasurableTarget, Measure
from analytics.model.judgement.crossing import crossing

TIGHT = 1e-10  # share of effort: below this a lever is not needed
MOST_ROUNDS = 60
_SETTLED = 1e-9  # share of effort
_TOLERANCE = 1e-9  # relative excess that counts as met, the solver's rounding


class Effect(IntEnum):
    """What a lever's way to its bound does to a target."""

    NEARER = 1
    UNSURE = 0
    FURTHER = -1


@dataclass(frozen=True)
class Way:
    """A lever's way from where it is set to its helpful bound, as one target sees it."""

    lever: Lever
    start: float
    bound: float
    effect: Effect

    def at(self, share: float) -> float:
        """Return the setting at a share of the way (0–1)."""
        return self.start + share * (self.bound - self.start)


@dataclass(frozen=True, eq=False)
class LeveredTarget:
    """A target and the levers on their way to their bounds."""

    margin: Margin
    ways: Mapping[str, Way]

    @property
    def target(self) -> MeasurableTarget:
        """Return the target."""
        return self.margin.target

    @property
    def helpers(self) -> list[str]:
        """Return the levers that bring the target nearer."""
        return [name for name, way in self.ways.items() if way.effect is Effect.NEARER]

    @property
    def opponents(self) -> list[Lever]:
        """Return the levers that take the target further away."""
        return [way.lever for way in self.ways.values() if way.effect is Effect.FURTHER]

    def values(self, shares: Mapping[str, float]) -> dict[str, float]:
        """Turn shares of effort into settings."""
        return {name: way.at(shares[name]) for name, way in self.ways.items() if name in shares}

    def excess(self, shares: Mapping[str, float]) -> float:
        """Return the relative excess over the threshold."""
        return self.margin.excess(self.values(shares))

    def met(self, shares: Mapping[str, float]) -> bool:
        """Tell whether the target is met, up to the solver's rounding."""
        return self.excess(shares) >= -_TOLERANCE

    def met_by(self, settings: Mapping[str, float]) -> bool:
        """Tell whether the verdict's own comparison holds at these settings of its levers."""
        return self.margin.met({x: value for x, value in settings.items() if x in self.ways})


def least_common(targets: list[LeveredTarget]) -> tuple[dict[str, float], list[LeveredTarget]]:
    """Return each lever's least share of effort, and the targets given up as conflicting.

    A lever that works against a target counts there with the share it had in
    the round before; rounds begin with none moved and are repeated until
    nothing changes. Every round asks for no less than the one before, so a
    target out of reach in one of them stays out of reach.
    """
    targets, dropped = list(targets), []
    held: dict[str, float] = {}
    for _ in range(MOST_ROUNDS):
        lost = [one for one in targets if not _within_reach(one, held)]
        if lost:
            dropped += lost
            targets = [one for one in targets if one not in lost]
            held = {}
            continue
        shares = _filled(targets, held)
        names = shares.keys() | held.keys()
        if all(abs(shares.get(x, 0.0) - held.get(x, 0.0)) <= _SETTLED for x in names):
            break
        held = shares
    return held, dropped


def _within_reach(one: LeveredTarget, held: Mapping[str, float]) -> bool:
    return _excess(one, dict.fromkeys(one.helpers, 1.0), held) >= -_TOLERANCE


def _excess(one: LeveredTarget, shares: Mapping[str, float], held: Mapping[str, float]) -> float:
    """Return a target's excess: helpers at ``shares``, the levers against it as held."""
    mixed = {
        name: (shares if way.effect is Effect.NEARER else held).get(name, 0.0)
        for name, way in one.ways.items()
    }
    return one.excess(mixed)


def _filled(targets: list[LeveredTarget], held: Mapping[str, float]) -> dict[str, float]:
    """Fill progressively: all free levers share one effort, the least that meets all targets.

    Levers that a target then needs are fixed at it, the others start again.
    """
    free = list(dict.fromkeys(name for one in targets for name in one.helpers))
    fixed: dict[str, float] = {}
    while free:
        share = max((_root(x, fixed, free, held) for x in targets), default=0.0)
        if share <= TIGHT:
            break
        needed = _needed(targets, fixed, free, held, share)
        fixed |= dict.fromkeys(needed, share)
        free = [name for name in free if name not in needed]
    return fixed


def _root(
    one: LeveredTarget, fixed: Mapping[str, float], free: list[str], held: Mapping[str, float]
) -> float:
    """Return the common share of the free levers at which one target is just met."""

    def excess(share: float) -> float:
        return _excess(one, {**fixed, **dict.fromkeys(free, share)}, held)

    if excess(0.0) >= -_TOLERANCE:
        return 0.0
    if excess(1.0) <= 0:
        return 1.0
    if one.target.measure is Measure.COUNT_OVER_THRESHOLD:
        return _bisected(excess)
    return crossing(excess, 0.0, 1.0, close=1e-13)


def _bisected(excess: Callable[[float], float]) -> float:
    """Return the share from which a count suffices."""
    low, high = 0.0, 1.0
    while high - low > TIGHT:
        middle = (low + high) / 2
        low, high = (low, middle) if excess(middle) >= -_TOLERANCE else (middle, high)
    return high


def _needed(
    targets: list[LeveredTarget],
    fixed: Mapping[str, float],
    free: list[str],
    held: Mapping[str, float],
    share: float,
) -> list[str]:
    """Return the free levers that cannot do with less while the others stay at the share.

    Where several could each do with less, but not together, the first keeps
    its share and frees the others.
    """
    full = {**fixed, **dict.fromkeys(free, share)}
    less = share * (1 - 1e-4)
    all_less = {**fixed, **dict.fromkeys(free, less)}
    binding = [x for x in targets if _excess(x, all_less, held) < -_TOLERANCE]
    helpers = [name for name in free if any(name in x.helpers for x in binding)]
    needed = [
        name
        for name in helpers
        if any(
            name in x.helpers and _excess(x, {**full, name: less}, held) < -_TOLERANCE
            for x in binding
        )
    ]
    return needed or helpers[:1] or free
