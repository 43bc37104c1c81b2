"""What the settings of a scenario do to a release's baseline draws."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from analytics.catalog.load import Catalog
from analytics.domain import Indicator, Kind, Lever
from analytics.model.draws import identities
from analytics.model.draws.baseline import Projections
from analytics.model.projection import Projection, YearSoFar
from analytics.model.scenarios.levers import apply_levers
from analytics.model.scenarios.starts import typed_starts
from analytics.model.scenarios.stress import Histories, StressEffect, stress_effect

_ROUNDING = 1e-9  # a whole number may be missed by rounding


def stress_effects(
    catalog: Catalog, histories: Histories, baseline: Projections, so_far: YearSoFar
) -> dict[str, StressEffect]:
    """Work out every stress test of the catalog on a release."""
    return {
        name: stress_effect(stress, catalog.indicators, histories, baseline, so_far)
        for name, stress in catalog.stresses.items()
    }


def changed_by(
    catalog: Catalog, effects: Mapping[str, StressEffect], settings: Mapping[str, float]
) -> set[str]:
    """Return the indicators that a scenario's settings move directly."""
    moved = [name for name, value in settings.items() if value]
    levers = {catalog.levers[name].applies_to for name in moved if name in catalog.levers}
    opened = {start.applies_to for start in typed_starts(catalog, settings)}
    hit = {shock.indicator for name in moved if name in effects for shock in effects[name].shocks}
    return levers | hit | opened


def moved_projections(
    catalog: Catalog,
    baseline: Projections,
    effects: Mapping[str, StressEffect],
    settings: Mapping[str, float],
) -> Projections:
    """Return all draws with levers and stress tests applied; unmoved draws are shared."""
    changed = changed_by(catalog, effects, settings)
    shocks = _shocks(effects, settings)
    return {
        region: _in_region(catalog, region, baseline[region], settings, changed, shocks)
        for region in baseline
    }


def in_whole_units(
    catalog: Catalog, projections: Projections, changed: Collection[str]
) -> Projections:
    """Return draws without fractions of a firm where growth of a number was moved.

    What is less than a whole one is none, so no verdict on a whole number changes.
    """
    counted = {x for x in changed if _is_headcount(catalog.indicators[x])}
    if not counted:
        return projections
    return {
        region: {x: _whole(one) if x in counted else one for x, one in own.items()}
        for region, own in projections.items()
    }


def _is_headcount(indicator: Indicator) -> bool:
    return indicator.kind is Kind.COUNT and not indicator.accumulates


def _whole(projection: Projection) -> Projection:
    return replace(projection, draws=np.floor(projection.draws + _ROUNDING))


def _shocks(
    effects: Mapping[str, StressEffect], settings: Mapping[str, float]
) -> dict[str, dict[int, float]]:
    """Add up shocks to growth: indicator -> year -> change."""
    total: dict[str, dict[int, float]] = {}
    for name, effect in effects.items():
        for shock in effect.shocks if settings.get(name) else ():
            years = total.setdefault(shock.indicator, {})
            years[shock.year] = years.get(shock.year, 0.0) + shock.effect * settings[name]
    return total


def _in_region(
    catalog: Catalog,
    region: str,
    baseline: Mapping[str, Projection],
    settings: Mapping[str, float],
    changed: set[str],
    shocks: Mapping[str, Mapping[int, float]],
) -> Mapping[str, Projection]:
    own = {x for x in changed if catalog.indicators[x].home_region == region}
    here = own & baseline.keys()
    if not here:
        return baseline
    moved = dict(baseline)
    for name in here:
        indicator = catalog.indicators[name]
        moved[name] = apply_levers(
            baseline[name],
            _levers(catalog, name),
            settings,
            accumulates=indicator.accumulates,
            upper=indicator.upper,
            shocks=shocks.get(name),
        )
    followers = catalog.identities().resting_on(here)
    linked = {x: i for x, i in catalog.indicators.items() if x in followers}
    return identities.derive(linked, moved, baseline)


def _levers(catalog: Catalog, indicator_id: str) -> list[Lever]:
    return [lever for lever in catalog.levers.values() if lever.applies_to == indicator_id]
