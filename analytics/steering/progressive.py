"""One common share of effort, raised until all targets are met, then lowered where it can be."""

from collections.abc import Mapping
from dataclasses import dataclass

from scipy.optimize import brentq

from analytics.domain import Lever, Measure, Target
from analytics.steering.margin import Margin

TIGHT = 1e-10  # share of effort: below this a lever is not needed
_GRID = 32
_TOLERANCE = 1e-9  # relative excess that counts as met, the solver's rounding

Way = tuple[Lever, float, float, int]  # lever, from, to, +1 where it helps and -1 where not


@dataclass(frozen=True, eq=False)
class Course:
    """A target and the levers on their way to their bounds."""

    found: Margin
    ways: Mapping[str, Way]

    @property
    def target(self) -> Target:
        """Return the target."""
        return self.found.target

    @property
    def helpers(self) -> list[str]:
        """Return the levers that bring the target nearer."""
        return [name for name, way in self.ways.items() if way[3] > 0]

    def values(self, shares: Mapping[str, float]) -> dict[str, float]:
        """Turn shares of effort into settings."""
        return {
            name: start + shares[name] * (bound - start)
            for name, (_, start, bound, _) in self.ways.items()
            if name in shares
        }

    def only(self, settings: Mapping[str, float]) -> dict[str, float]:
        """Return the settings that reach this target."""
        return {name: value for name, value in settings.items() if name in self.ways}

    def excess(self, shares: Mapping[str, float]) -> float:
        """Return the relative excess over the threshold."""
        return self.found.excess(self.values(shares))

    def met(self, shares: Mapping[str, float]) -> bool:
        """Tell whether the target is met, up to the solver's rounding."""
        return self.excess(shares) >= -_TOLERANCE


def least_common(courses: list[Course]) -> tuple[dict[str, float], list[Course]]:
    """Return each lever's least share of effort, and the targets given up as conflicting.

    Progressive filling: all free levers share one effort, the least with which
    every target is met; levers that a target then needs are fixed at it, and
    the others start again.
    """
    courses, dropped = list(courses), []
    free = list(dict.fromkeys(name for course in courses for name in course.helpers))
    fixed: dict[str, float] = {}
    while free:
        share = _least_share(courses, fixed, free)
        if share is None:
            worst = min(courses, key=lambda one: one.excess({**fixed, **dict.fromkeys(free, 1.0)}))
            courses.remove(worst)
            dropped.append(worst)
            free = [x for x in free if any(x in course.helpers for course in courses)]
            continue
        if share <= TIGHT:
            break
        needed = _needed(courses, fixed, free, share)
        fixed |= dict.fromkeys(needed, share)
        free = [name for name in free if name not in needed]
    return fixed, dropped


def _least_share(
    courses: list[Course], fixed: Mapping[str, float], free: list[str]
) -> float | None:
    """Return the least common share that meets all targets, None where there is none."""
    roots = [_root(course, fixed, free) for course in courses]
    share = max((root for root in roots if root is not None), default=0.0)
    if _all_met(courses, fixed, free, share):
        return share
    # Some lever also works against a target: look at every share in turn.
    candidates = [step / _GRID for step in range(_GRID + 1) if step / _GRID > share]
    for candidate in candidates:
        if _all_met(courses, fixed, free, candidate):
            return _bisected(courses, fixed, free, share, candidate)
        share = candidate
    return None


def _root(course: Course, fixed: Mapping[str, float], free: list[str]) -> float | None:
    """Return the share at which one target is just met, None where no share changes that."""

    def excess(share: float) -> float:
        return course.excess({**fixed, **dict.fromkeys(free, share)})

    if excess(0.0) >= -_TOLERANCE:
        return 0.0
    if excess(1.0) < -_TOLERANCE:
        return None
    if course.target.measure is Measure.COUNT_OVER_THRESHOLD:
        return _bisected([course], fixed, free, 0.0, 1.0)
    if excess(1.0) <= 0:
        return 1.0
    return float(brentq(excess, 0.0, 1.0, xtol=1e-13, rtol=8.9e-16))


def _bisected(
    courses: list[Course], fixed: Mapping[str, float], free: list[str], low: float, high: float
) -> float:
    while high - low > 1e-10:
        middle = (low + high) / 2
        if _all_met(courses, fixed, free, middle):
            high = middle
        else:
            low = middle
    return high


def _all_met(
    courses: list[Course], fixed: Mapping[str, float], free: list[str], share: float
) -> bool:
    shares = {**fixed, **dict.fromkeys(free, share)}
    return all(course.met(shares) for course in courses)


def _needed(
    courses: list[Course], fixed: Mapping[str, float], free: list[str], share: float
) -> list[str]:
    """Return the free levers that cannot do with less while the others stay at the share.

    Where several could each do with less, but not together, the first keeps
    its share and frees the others.
    """
    full = {**fixed, **dict.fromkeys(free, share)}
    less = share * (1 - 1e-4)
    binding = [x for x in courses if not x.met({**fixed, **dict.fromkeys(free, less)})]
    helpers = [name for name in free if any(name in course.helpers for course in binding)]
    needed = [
        name
        for name in helpers
        if any(name in x.helpers and not x.met({**full, name: less}) for x in binding)
    ]
    return needed or helpers[:1] or free
