"""Accounting links between indicators, applied draw by draw.

Linked figures agree in every single draw: a share times its total is its part,
a quotient is its numerator over its denominator, a count is the number of
members at or above the threshold.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.catalog.identity_graph import IdentityGraph
from analytics.domain import FRACTION, MU_PER_SQUARE_KILOMETRE, Identity, Indicator
from analytics.model.projection import Projection, Rung, YearSoFar

Projections = dict[str, Projection]
SMALLEST_AREA = 0.01  # km²: an output per land needs some land


def parts_from_shares(
    indicators: Mapping[str, Indicator], baseline: Mapping[str, Projection]
) -> Projections:
    """Replace the part of every projected share by share × total.

    A share has its own bounded, calibrated projection; dividing two
    independent projections instead would overstate its spread and break its
    bounds.
    """
    result = dict(baseline)
    for indicator in indicators.values():
        link = indicator.identity
        if not (link and link.op == "ratio" and indicator.unit == FRACTION):
            continue
        part, total = link.of
        share, whole = result.get(indicator.id), result.get(total)
        if share and whole and share.years and whole.years:
            product = _product(share, whole, result.get(part))
            result |= _shared_out(indicators[part], product, result)
    return result


def _shared_out(part: Indicator, product: Projection, known: Projections) -> Projections:
    """Let the members of a part that is itself a sum add up to it, in proportion."""
    if part.identity is None or part.identity.op != "sum":
        return {part.id: product}
    names = part.identity.of
    if not all(name in known and known[name].years for name in names):
        return {part.id: product}
    years, draws = _aligned([known[name] for name in names] + [product])
    summed = sum(draws[:-1])
    factor = np.divide(draws[-1], summed, out=np.ones_like(summed), where=summed > 0)
    scaled = {
        name: replace(known[name], years=years, draws=member * factor)
        for name, member in zip(names, draws[:-1], strict=True)
    }
    return scaled | {part.id: product}


def untied(
    indicators: Mapping[str, Indicator], illustrative: Collection[str]
) -> dict[str, Indicator]:
    """Undo identities that would let illustrative members determine a real figure.

    Parameters
    ----------
    illustrative : ids of the indicators whose history holds illustrative rows.

    Returns
    -------
    dict
        The indicators; one that is not illustrative but has an illustrative member stands
        by itself, projected from its own history.
    """
    return {
        name: one.model_copy(update={"identity": None})
        if one.identity and name not in illustrative and set(one.identity.of) & set(illustrative)
        else one
        for name, one in indicators.items()
    }


def derive(
    indicators: Mapping[str, Indicator],
    projections: Mapping[str, Projection],
    before: Mapping[str, Projection] | None = None,
) -> Projections:
    """Compute every indicator that an identity determines from its members.

    An identity whose members are not all projected leaves the indicator's own
    projection, if any, as it is. ``before`` holds the baseline that levers
    started from; land follows what was moved against it.
    """
    result = dict(projections)
    for indicator, link in IdentityGraph(indicators).parts_first():
        members = [result[name] for name in link.of if name in result and result[name].years]
        if len(members) < len(link.of):
            continue
        own = result.get(indicator.id)
        if link.op == "area_moved_by":
            starts = [before[name] for name in link.of] if before else []
            derived = area_moved_by(own, members, starts) if own and starts else own
        elif link.op == "at_least":
            start = before[link.of[0]] if before else members[0]
            derived = at_least(own, members[0], start) if own else None
        else:
            derived = _apply(indicator, link, members, own)
        if derived is not None:
            result[indicator.id] = derived
        if link.op == "ratio" and indicator.upper is not None:
            part, whole = link.of
            result[part] = _within(result[part], result[whole], indicator.upper)
    return result


def _within(part: Projection, whole: Projection, upper: float) -> Projection:
    """Keep a part from outgrowing its whole where levers push it."""
    years, (parts, wholes) = _aligned([part, whole])
    if years != part.years or (parts <= upper * wholes).all():
        return part
    return replace(part, draws=np.minimum(parts, upper * wholes))


def _apply(
    indicator: Indicator, link: Identity, members: list[Projection], own: Projection | None
) -> Projection | None:
    match link.op:
        case "ratio":
            return ratio(members[0], members[1], own, upper=indicator.upper)
        case "sum":
            return total(members, own)
        case "same":
            return members[0]
        case "count_over_threshold":
            return count_over_threshold(members, link.counted_from)
    raise ValueError(f"unknown identity {link.op!r} of {indicator.id}")


def ratio(
    part: Projection, whole: Projection, own: Projection | None, *, upper: float | None = None
) -> Projection:
    """Divide draw by draw; ``upper`` is the quotient's natural bound."""
    years, draws = _aligned([part, whole])
    quotient = np.divide(draws[0], draws[1], out=np.zeros_like(draws[0]), where=draws[1] > 0)
    if upper is not None:
        quotient = np.minimum(quotient, upper)
    return _derived(years, quotient, [part, whole], _observed(own, lambda: _quotient(part, whole)))


def _quotient(part: Projection, whole: Projection) -> pd.Series:
    return part.history / whole.history[whole.history > 0]


def total(parts: list[Projection], own: Projection | None) -> Projection:
    """Add the parts draw by draw."""
    years, draws = _aligned(parts)

    def summed() -> pd.Series:
        return pd.concat([part.history for part in parts], axis=1, join="inner").sum(axis=1)

    added = sum(draws, start=np.zeros_like(draws[0]))
    return _derived(years, added, parts, _observed(own, summed))


def count_over_threshold(parts: list[Projection], threshold: float) -> Projection:
    """Count the parts at or above a threshold in each draw and year."""
    years, draws = _aligned(parts)
    observed = pd.concat([part.history for part in parts], axis=1, join="inner")
    counted = ((member >= threshold).astype("float64") for member in draws)
    counts = sum(counted, start=np.zeros_like(draws[0]))
    return _derived(years, counts, parts, (observed >= threshold).sum(axis=1).astype("float64"))


def at_least(larger: Projection, smaller: Projection, start: Projection) -> Projection:
    """Let a whole follow what moves its part from the start, and never fall below it."""
    years, (wholes, parts, before) = _aligned([larger, smaller, start])
    bounded = larger.draws.copy()
    for column, year in enumerate(years):
        at = larger.years.index(year)
        moved = wholes[:, column] + (parts[:, column] - before[:, column])
        bounded[:, at] = np.maximum(moved, parts[:, column])
    return replace(larger, draws=bounded)


def area_moved_by(
    own: Projection, members: list[Projection], starts: list[Projection]
) -> Projection:
    """Move an area by what levers change in supply (adds) and clearance (takes away).

    ``area + cumsum(Δsupply − Δclearance) / 1500``: members are yearly areas in
    亩, the area is in 平方公里, and Δ is against the baseline's same draws.
    """
    years, draws = _aligned([own, *members, *starts])
    land, supply, clearance, supply_before, clearance_before = draws
    shift = np.cumsum((supply - supply_before) - (clearance - clearance_before), axis=1)
    moved = np.maximum(land + shift / MU_PER_SQUARE_KILOMETRE, SMALLEST_AREA)
    return replace(own, years=years, draws=moved)


def _product(share: Projection, whole: Projection, own: Projection | None) -> Projection:
    years, draws = _aligned([share, whole])
    observed = _observed(own, lambda: share.history * whole.history)
    return _derived(years, draws[0] * draws[1], [share, whole], observed)


def _aligned(members: list[Projection]) -> tuple[tuple[int, ...], list[np.ndarray]]:
    """Return the common years and each member's draws over them, shape [draw, year]."""
    years = tuple(sorted(set.intersection(*(set(member.years) for member in members))))
    return years, [_over(member, years) for member in members]


def _over(member: Projection, years: tuple[int, ...]) -> np.ndarray:
    """Take the draws of some years, without a copy where they follow one another."""
    first = member.years.index(years[0]) if years else 0
    end = first + len(years)
    if member.years[first:end] == years:
        return member.draws[:, first:end]
    return member.draws[:, [member.years.index(year) for year in years]]


def _observed(own: Projection | None, computed: Callable[[], pd.Series]) -> pd.Series:
    return computed().dropna() if own is None else own.history


def _derived(
    years: tuple[int, ...], draws: np.ndarray, members: list[Projection], history: pd.Series
) -> Projection:
    methods = dict.fromkeys(
        method for member in members for method in member.derived_by or (member.method,)
    )
    weakest = min(members, key=lambda member: len(member.history))
    return Projection(
        years=years,
        draws=draws,
        history=history,
        method=f"由构成指标逐次抽样推算（{'；'.join(methods)}）",
        rung=Rung.REFERENCE if any(one.is_reference for one in members) else weakest.rung,
        has_probability=all(member.has_probability for member in members),
        warnings=tuple(dict.fromkeys(why for member in members for why in member.warnings)),
        calibration=weakest.calibration,
        derived_by=tuple(methods),
        running=_running(years, members),
        doubts=tuple(dict.fromkeys(doubt for member in members for doubt in member.doubts)),
        prior=weakest.prior,
    )


def _running(years: tuple[int, ...], members: list[Projection]) -> YearSoFar | None:
    """Return the running year that a member publishes a part of; the whole publishes none."""
    known = [one.running for one in members if one.running and one.running.year in years[:1]]
    return replace(known[0], value=0.0) if known else None
