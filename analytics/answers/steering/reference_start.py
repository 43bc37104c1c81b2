"""A start for a target whose series holds no value at all: what the target itself implies.

A growth target is followed as an index whose base year is 100. A level is followed from its
newest published lower bound; without one, and with a running total, from the start at which it
is met with even odds if the series goes on as series of its kind usually do. None of these is
a figure of the district's, and each is said to be none.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analytics.domain import (
    COMPUTED,
    GrowthTarget,
    Indicator,
    LevelTarget,
    Start,
    SumTarget,
    Target,
)
from analytics.model.judgement.crossing import halved
from analytics.remembered import remembered
from analytics.workbench import Workbench, base_year_of

INDEX = 100.0
EVEN = 0.5
_SPAN = (0.02, 3.0)  # of the target's value, between which a start is sought
_CLOSE = 1e-3  # of the target's value


class Basis(StrEnum):
    """Where a start comes from."""

    INDEX = "index"  # the base year is 100: average growth is the same from any value
    BOUND = "bound"  # the newest published lower bound
    BACKWARDS = "backwards"  # from the target, with even odds


@dataclass(frozen=True)
class ReferenceStart:
    """Starts by id that open a target's line, and the year they stand for."""

    settings: tuple[tuple[str, float], ...]
    year: int
    basis: Basis


@remembered()
def reference_start(bench: Workbench, target_id: str) -> ReferenceStart | None:
    """Return what a target is followed from where its series holds nothing, None elsewhere.

    Counts over a threshold, comparisons with the city and targets without a number have none.
    """
    target = bench.catalog.targets[target_id]
    if any(len(bench.history(one).values) for one in typed_for(bench, target)):
        return None
    match target:
        case GrowthTarget():
            return _as_index(bench, target)
        case LevelTarget():
            return _from_bound(bench, target) or _backwards(bench, target)
        case SumTarget():
            return _backwards(bench, target)
    return None


def typed_for(bench: Workbench, target: Target) -> tuple[str, ...]:
    """Return the series whose starts open a target's line: its own, or what it is computed from."""
    own = {start.applies_to for start in bench.catalog.starts.values()}
    if target.indicator in own:
        return (target.indicator,)
    leaves = bench.catalog.identities(COMPUTED).leaves(target.indicator)
    return tuple(one for one in leaves if one in own)


def first_year(bench: Workbench, target: Target) -> int:
    """Return the year in which a start counts for a target, the last one past where any does."""
    match target:
        case GrowthTarget():
            return base_year_of(target)
        case SumTarget():
            return base_year_of(target) + 1
    return min(bench.release.as_of.year, target.due_year) - 1


def _as_index(bench: Workbench, target: Target) -> ReferenceStart | None:
    year, indicators = base_year_of(target), bench.catalog.indicators
    parts = _parts(indicators, target.indicator, INDEX)
    found = [(start_id(name, year), value) for name, value in parts.items()]
    if not found or any(name not in bench.catalog.starts for name, _ in found):
        return None
    return ReferenceStart(tuple(found), year, Basis.INDEX)


def _parts(indicators: Mapping[str, Indicator], name: str, value: float) -> dict[str, float]:
    """Return values of what an indicator is computed from that make it this value."""
    link = indicators[name].identity
    if link is None or link.op not in COMPUTED:
        return {name: value}
    if link.op == "same":
        return _parts(indicators, link.of[0], value)
    if link.op == "ratio":
        over, under = link.of
        return _parts(indicators, over, value) | _parts(indicators, under, 1.0)
    return {}


def _from_bound(bench: Workbench, target: Target) -> ReferenceStart | None:
    latest = bench.history(target.indicator).latest
    if latest is None or start_id(target.indicator, latest.year) not in bench.catalog.starts:
        return None
    start = start_id(target.indicator, latest.year), latest.value
    return ReferenceStart((start,), latest.year, Basis.BOUND)


def _backwards(bench: Workbench, target: LevelTarget | SumTarget) -> ReferenceStart | None:
    year = first_year(bench, target)
    start = bench.catalog.starts.get(start_id(target.indicator, year))
    if start is None:
        return None

    def excess(value: float) -> float:
        odds = bench.view({start.id: value}).verdict(target.id).probability
        return (odds or 0.0) - EVEN

    share = 1.0
    if isinstance(target, SumTarget):  # a start is one year of several
        share = 1 / (target.due_year - base_year_of(target))
    low, high = (end * share * target.value for end in _SPAN)
    high = min(max(high, 2 * start.step), start.maximum)
    if excess(low) >= 0 or excess(high) < 0:
        return None
    found = halved(excess, low, high, close=max(_CLOSE * share * target.value, start.step / 8))
    return ReferenceStart(((start.id, _on_step(start, found)),), year, Basis.BACKWARDS)


def _on_step(start: Start, value: float) -> float:
    """Round up to the decimals in which a start is typed: with less the odds are not even."""
    steps = math.ceil(value / start.step)
    return round(steps * start.step, max(0, -math.floor(math.log10(start.step))))


def start_id(indicator_id: str, year: int) -> str:
    """Return the id of the start of a series in a year."""
    return f"start.{indicator_id}.{year}"
