"""Which levers move which targets, and which way, read from the identities."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from analytics.catalog.load import Catalog
from analytics.domain import JINSHAN, RELATIVE, SHANGHAI, Lever, Target
from analytics.remembered import remembered
from analytics.workbench import Workbench

Contribution = tuple[str, int]  # indicator with a lever, +1 or -1


def contributions(catalog: Catalog, indicator_id: str) -> set[Contribution]:
    """Return what an indicator is made of, each with the sign of its effect."""
    found: dict[str, set[Contribution]] = {}
    for name in catalog.identities().below(indicator_id):
        found[name] = _contributions(catalog, name, found)
    return found[indicator_id]


def _contributions(
    catalog: Catalog, indicator_id: str, known: Mapping[str, set[Contribution]]
) -> set[Contribution]:
    identity = catalog.indicators[indicator_id].identity
    found = {(indicator_id, 1)} | set(_capped_by(catalog, indicator_id))
    if identity is None:
        return found
    parts = [known[name] for name in identity.of]
    match identity.op:
        case "ratio":
            return (parts[0] - {(identity.of[1], 1)}) | _negated(parts[1])
        case "area_moved_by":
            return found | parts[0] | _negated(parts[1])
        case "at_least":
            return found | parts[0]
    return set().union(*parts)


def members(catalog: Catalog, indicator_id: str) -> set[str]:
    """Return an indicator and everything its value is computed from, step by step."""
    below = catalog.identities().below(indicator_id)
    return {*below, *(whole for name in below for whole, _ in _capped_by(catalog, name))}


def _capped_by(catalog: Catalog, indicator_id: str) -> Iterator[Contribution]:
    """Yield the whole that a part may not outgrow."""
    for other in catalog.indicators.values():
        link = other.identity
        if link and link.op == "ratio" and other.upper is not None and link.of[0] == indicator_id:
            yield link.of[1], 1


def _negated(parts: set[Contribution]) -> set[Contribution]:
    return {(name, -sign) for name, sign in parts}


def influences(bench: Workbench, target: Target) -> Mapping[str, int]:
    """Return the levers that reach a target by its due year: id -> +1, -1, or 0 for both ways.

    Series without draws have nothing to move and are left out.
    """
    return _influences(bench, target.id)


@remembered()
def _influences(bench: Workbench, target_id: str) -> Mapping[str, int]:
    target = bench.catalog.targets[target_id]
    signs: dict[str, set[int]] = {}
    for region, name, sign in _sides(bench.catalog, target):
        if bench.catalog.indicators[name].home_region == region:
            signs.setdefault(name, set()).add(sign)
    return MappingProxyType(
        {
            lever.id: sum(signs[lever.applies_to])
            for lever in bench.catalog.levers.values()
            if lever.applies_to in signs and reaches(bench, lever, target.due_year)
        }
    )


def series_of(catalog: Catalog, target: Target) -> set[str]:
    """Return the indicators that move a target, the city's included where it compares."""
    return {name for _, name, _ in _sides(catalog, target)}


def _sides(catalog: Catalog, target: Target) -> Iterator[tuple[str, str, int]]:
    for name, sign in contributions(catalog, target.indicator):
        yield JINSHAN, name, sign
    city = catalog.indicators[target.indicator].city_counterpart
    if target.measure in RELATIVE and city is not None:
        for name, sign in contributions(catalog, city):
            yield SHANGHAI, name, -sign


def reaches(bench: Workbench, lever: Lever, year: int) -> bool:
    """Tell whether a lever has a projected year to move no later than ``year``."""
    region = bench.catalog.indicators[lever.applies_to].home_region
    years = bench.baseline[region][lever.applies_to].years
    return any(lever.first_year <= one <= min(lever.last_year, year) for one in years)
