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
from analytics.answers.steering.progressive import Effect, LeveredTarget, Way, least_common
from analytics.domain import FRACTION, LeverClass, ReasonGiven
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
    asked: list[LeveredTarget] = []
    left_out: list[tuple[str, str]] = []
    unreachable: list[Unreachable] = []
    for target_id in target_ids:
        found = margin(bench, settings, target_id, probability)
        if isinstance(found, ReasonGiven):
            left_out.append((target_id, text_zh.reason_zh(found)))
            continue
        one = LeveredTarget(found, _ways(bench, settings, found))
        if one.met(dict.fromkeys(one.helpers, 1.0)):
            asked.append(one)
        else:
            unreachable.append(_cannot(one))
    shares: dict[str, float] = {}
    for group in _connected(asked):
        of_group, dropped = least_common(group)
        shares |= of_group
        unreachable += [_conflict(one) for one in dropped]
    lost = {one.target_id for one in unreachable}
    solved = [one for one in asked if one.target.id not in lost]
    return _effort(bench, settings, shares, solved, unreachable, left_out)


def _ways(bench: Workbench, settings: Mapping[str, float], found: Margin) -> dict[str, Way]:
    """Return the way of each policy lever that reaches a target."""
    ways = {}
    for name, sign in influences(bench, found.target).items():
        lever = bench.catalog.levers[name]
        if lever.lever_class is not LeverClass.POLICY or not lever.effect_sign:
            continue
        start = settings.get(name, 0.0)
        bound = lever.maximum if lever.effect_sign > 0 else lever.minimum
        if bound != start:
            ways[name] = Way(lever, start, bound, Effect(sign * lever.effect_sign))
    return ways


def _connected(targets: list[LeveredTarget]) -> Iterator[list[LeveredTarget]]:
    """Yield groups of targets that share no lever with each other."""
    rest = list(targets)
    while rest:
        group, names = [rest.pop(0)], set[str]()
        while True:
            names |= {name for one in group for name in one.ways}
            joined = [one for one in rest if names & set(one.ways)]
            if not joined:
                break
            group += joined
            rest = [one for one in rest if one not in joined]
        yield group


def _cannot(one: LeveredTarget) -> Unreachable:
    full = dict.fromkeys(one.helpers, 1.0)
    before = one.excess(full)
    acting = [x for x in one.helpers if one.excess({**full, x: 0.0}) < before]
    bounds = _bounds_zh(one, acting or one.helpers)  # a count may need several to change at all
    target = one.target
    best = one.margin.criterion(one.margin.draws(one.values(full)))
    decimals = one.margin.bench.catalog.indicators[target.indicator].decimals
    if target.unit == FRACTION:
        decimals = 4
    reached = text_zh.quantity(best, target.unit, decimals)
    wanted = text_zh.quantity(target.threshold, target.unit, decimals)
    why = f"受限于{'、'.join(bounds)}" if bounds else "没有可用的政策调节项"
    return Unreachable(target.id, bounds, f"达不到：{why}，至多{reached}，需{wanted}")


def _conflict(one: LeveredTarget) -> Unreachable:
    against = "、".join(lever.name_zh for lever in one.opponents)
    bounds = _bounds_zh(one, one.helpers)
    reason = f"与其他所选目标同时推进时达不到：{against}的调整与之相抵"
    return Unreachable(one.target.id, bounds, f"{reason}，受限于{'、'.join(bounds)}")


def _bounds_zh(one: LeveredTarget, names: Iterable[str]) -> tuple[str, ...]:
    catalog = one.margin.bench.catalog
    return tuple(bound_zh(catalog, one.ways[x].lever, one.ways[x].bound) for x in names)


def _effort(
    bench: Workbench,
    settings: Mapping[str, float],
    shares: Mapping[str, float],
    solved: list[LeveredTarget],
    unreachable: list[Unreachable],
    left_out: list[tuple[str, str]],
) -> Effort:
    """Turn shares of effort into settings, put them on the sliders' steps, and judge those."""
    ways = {name: way for one in solved for name, way in one.ways.items()}
    moved = {name: share for name, share in shares.items() if share > 0}
    exact = {name: ways[name].at(share) for name, share in moved.items()}
    stepped = _on_steps(exact, ways, solved)
    as_before = {name: value for name, value in settings.items() if value and name not in moved}
    on_step = _in_order(bench, {**as_before, **stepped})
    short = [one for one in solved if not one.met_by(stepped)]
    return Effort(
        exact=_in_order(bench, {**as_before, **exact}),
        on_step={name: value for name, value in on_step.items() if value},
        fractions=tuple(_in_order(bench, moved).items()),
        met=tuple(one.target.id for one in solved if one not in short),
        unreachable=(*unreachable, *(_conflict(one) for one in short)),
        left_out=tuple(left_out),
    )


def _in_order(bench: Workbench, settings: Mapping[str, float]) -> dict[str, float]:
    """Return settings in the order of the catalog."""
    return {name: settings[name] for name in bench.catalog.adjustables if name in settings}


def _on_steps(
    exact: Mapping[str, float], ways: Mapping[str, Way], solved: list[LeveredTarget]
) -> dict[str, float]:
    """Round every lever towards its helpful bound, then mend what rounding others cost."""
    stepped = {name: _onward(ways[name], value, 0) for name, value in exact.items()}
    for _ in range(MOST_REPAIRS):
        short = [one for one in solved if not one.met_by(stepped)]
        names = {x for one in short for x in one.helpers if x in stepped}
        if not names:
            break
        stepped |= {name: _onward(ways[name], stepped[name], 1) for name in names}
    return stepped


def _onward(way: Way, value: float, steps: int) -> float:
    """Return the position on or beyond a value towards the bound, ``steps`` further."""
    lever = way.lever
    towards = 1 if way.bound > value or way.bound == lever.maximum else -1
    near = snapped(lever, value)
    if (near - value) * towards < -1e-9 * lever.step:
        near += towards * lever.step
    return snapped(lever, near + steps * towards * lever.step)
