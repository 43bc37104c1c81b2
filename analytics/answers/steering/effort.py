"""The least proportional effort with which a set of targets is met.

A policy lever's effort is the share of its way to the helpful bound. The
largest effort is made as small as possible, then the next largest, and so on
(lexicographic minimax), so that no lever moves more than some target needs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analytics import text_zh
from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import Margin, margin
from analytics.answers.steering.progressive import Course, least_common
from analytics.domain import Lever, LeverClass
from analytics.model.judgement.assessment import threshold
from analytics.model.scenarios.levers import snapped
from analytics.model.scenarios.settings_zh import bound_zh
from analytics.workbench import Workbench

MOST_REPAIRS = 40


@dataclass(frozen=True)
class Unreachable:
    """A target that policy levers cannot meet, and the bounds in the way."""

    target_id: str
    bounds: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Effort:
    """Settings that meet the reachable ones of the chosen targets with least effort.

    ``exact`` and ``on_step`` hold the whole scenario, what was set before
    included; ``fractions`` pairs each lever moved with its effort (0–1).
    """

    exact: Mapping[str, float]
    on_step: Mapping[str, float]
    fractions: tuple[tuple[str, float], ...]
    met: tuple[str, ...]
    unreachable: tuple[Unreachable, ...]
    left_out: tuple[tuple[str, str], ...]  # target and why nothing can be solved

    @property
    def reached(self) -> bool:
        """Tell whether every target that can be asked for is met."""
        return not self.unreachable

    @property
    def largest(self) -> float:
        """Return the largest effort of any lever."""
        return max((share for _, share in self.fractions), default=0.0)


def least_effort(
    bench: Workbench,
    settings: Mapping[str, float],
    target_ids: Iterable[str],
    *,
    probability: float | None = None,
) -> Effort:
    """Find the least proportional effort of policy levers that meets the targets.

    Targets that no lever connects are solved apart, which changes nothing in
    the result. A target that its levers cannot meet at their bounds is left
    out and named with those bounds.
    """
    courses, left_out, unreachable = [], [], []
    for target_id in target_ids:
        found = margin(bench, settings, target_id, probability)
        if isinstance(found, str):
            left_out.append((target_id, found))
            continue
        course = Course(found, _ways(bench, settings, found))
        if course.met(dict.fromkeys(course.helpers, 1.0)):
            courses.append(course)
        else:
            unreachable.append(_cannot(course))
    fractions: dict[str, float] = {}
    for group in _connected(courses):
        shares, dropped = least_common(group)
        fractions |= shares
        unreachable += [_conflict(course) for course in dropped]
    lost = {one.target_id for one in unreachable}
    solved = [course for course in courses if course.target.id not in lost]
    return _result(bench, settings, fractions, solved, tuple(unreachable), tuple(left_out))


def _ways(
    bench: Workbench, settings: Mapping[str, float], found: Margin
) -> dict[str, tuple[Lever, float, float, int]]:
    """Return each policy lever that reaches a target: lever, from, to, and whether it helps."""
    ways = {}
    for name, sign in influences(bench, found.target).items():
        lever = bench.catalog.levers[name]
        if lever.lever_class is not LeverClass.POLICY or not lever.effect_sign:
            continue
        start = settings.get(name, 0.0)
        bound = lever.maximum if lever.effect_sign > 0 else lever.minimum
        if bound != start:
            ways[name] = (lever, start, bound, sign * lever.effect_sign)
    return ways


def _connected(courses: list[Course]) -> Iterator[list[Course]]:
    """Yield groups of targets that share no lever with each other."""
    rest = list(courses)
    while rest:
        group, names = [rest.pop(0)], set()
        while True:
            names |= set().union(*(course.ways for course in group))
            joined = [course for course in rest if names & set(course.ways)]
            if not joined:
                break
            group += joined
            rest = [course for course in rest if course not in joined]
        yield group


def _cannot(course: Course) -> Unreachable:
    full = dict.fromkeys(course.helpers, 1.0)
    before = course.excess(full)
    acting = [x for x in course.helpers if course.excess({**full, x: 0.0}) < before]
    acting = acting or course.helpers  # a count may need several to change at all
    catalog, target = course.found.bench.catalog, course.target
    bounds = tuple(bound_zh(catalog, course.ways[x][0], course.ways[x][2]) for x in acting)
    best = course.found.criterion(course.found.draws(course.values(full)))
    decimals = catalog.indicators[target.indicator].decimals
    if target.unit == text_zh.FRACTION:
        decimals = 4
    reached = text_zh.quantity(best, target.unit, decimals)
    wanted = text_zh.quantity(threshold(target), target.unit, decimals)
    why = f"受限于{'、'.join(bounds)}" if bounds else "没有可用的政策调节项"
    return Unreachable(target.id, bounds, f"达不到：{why}，至多{reached}，需{wanted}")


def _conflict(course: Course) -> Unreachable:
    catalog = course.found.bench.catalog
    against = [lever.name_zh for lever, _, _, helps in course.ways.values() if helps < 0]
    bounds = tuple(bound_zh(catalog, course.ways[x][0], course.ways[x][2]) for x in course.helpers)
    reason = f"与其他所选目标同时推进时达不到：{'、'.join(against)}的调整与之相抵"
    return Unreachable(course.target.id, bounds, f"{reason}，受限于{'、'.join(bounds)}")


def _result(
    bench: Workbench,
    settings: Mapping[str, float],
    fractions: Mapping[str, float],
    solved: list[Course],
    unreachable: tuple[Unreachable, ...],
    left_out: tuple[tuple[str, str], ...],
) -> Effort:
    moved = {name: share for name, share in fractions.items() if share > 0}
    ways = {name: way for course in solved for name, way in course.ways.items()}
    exact = {x: ways[x][1] + share * (ways[x][2] - ways[x][1]) for x, share in moved.items()}
    kept = {name: value for name, value in settings.items() if name not in moved and value}
    stepped = _on_steps(exact, ways, solved)
    short = [course for course in solved if not course.found.met(course.only(stepped))]
    order = [name for name in bench.catalog.adjustables if name in {**kept, **exact}]
    return Effort(
        exact={name: {**kept, **exact}[name] for name in order},
        on_step={x: y for x in order if (y := {**kept, **stepped}[x])},
        fractions=tuple((name, moved[name]) for name in order if name in moved),
        met=tuple(course.target.id for course in solved if course not in short),
        unreachable=(*unreachable, *(_conflict(course) for course in short)),
        left_out=left_out,
    )


def _on_steps(
    exact: Mapping[str, float], ways: Mapping[str, tuple], solved: list[Course]
) -> dict[str, float]:
    """Round every lever towards its helpful bound, then mend what rounding others cost."""
    stepped = {name: _onward(ways[name], value, 0) for name, value in exact.items()}
    for _ in range(MOST_REPAIRS):
        short = [course for course in solved if not course.found.met(course.only(stepped))]
        names = {x for course in short for x in course.helpers if x in stepped}
        if not names:
            break
        stepped |= {name: _onward(ways[name], stepped[name], 1) for name in names}
    return stepped


def _onward(way: tuple[Lever, float, float, int], value: float, steps: int) -> float:
    """Return the position on or beyond a value towards the bound, ``steps`` further."""
    lever, _, bound, _ = way
    towards = 1 if bound > value or bound == lever.maximum else -1
    near = snapped(lever, value)
    if (near - value) * towards < -1e-9 * lever.step:
        near += towards * lever.step
    return snapped(lever, near + steps * towards * lever.step)
