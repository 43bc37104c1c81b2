"""What the settings of a scenario do to a release's baseline draws."""

from collections.abc import Mapping

from analytics.catalog.load import Catalog
from analytics.domain import Lever
from analytics.model.draws import identities
from analytics.model.draws.baseline import Projections
from analytics.model.projection import Projection
from analytics.model.scenarios.levers import apply_levers
from analytics.model.scenarios.stress import Histories, StressEffect, stress_effect


def stress_effects(catalog: Catalog, histories: Histories) -> dict[str, StressEffect]:
    """Work out every stress test of the catalog on a release."""
    return {
        name: stress_effect(stress, catalog.indicators, histories)
        for name, stress in catalog.stresses.items()
    }


def changed_by(
    catalog: Catalog, effects: Mapping[str, StressEffect], settings: Mapping[str, float]
) -> set[str]:
    """Return the indicators that a scenario's settings move directly."""
    moved = [name for name, value in settings.items() if value]
    levers = {catalog.levers[name].applies_to for name in moved if name in catalog.levers}
    hit = {blow.indicator for name in moved if name in effects for blow in effects[name].blows}
    return levers | hit


def moved_projections(
    catalog: Catalog,
    baseline: Projections,
    effects: Mapping[str, StressEffect],
    settings: Mapping[str, float],
) -> Projections:
    """Return all draws with levers and stress tests applied; unmoved draws are shared."""
    changed = changed_by(catalog, effects, settings)
    blows = _blows(effects, settings)
    return {
        region: _in_region(catalog, region, baseline[region], settings, changed, blows)
        for region in baseline
    }


def _blows(
    effects: Mapping[str, StressEffect], settings: Mapping[str, float]
) -> dict[str, dict[int, float]]:
    """Add up blows to growth: indicator -> year -> change."""
    total: dict[str, dict[int, float]] = {}
    for name, effect in effects.items():
        for blow in effect.blows if settings.get(name) else ():
            years = total.setdefault(blow.indicator, {})
            years[blow.year] = years.get(blow.year, 0.0) + blow.change * settings[name]
    return total


def _in_region(
    catalog: Catalog,
    region: str,
    baseline: Mapping[str, Projection],
    settings: Mapping[str, float],
    changed: set[str],
    blows: Mapping[str, Mapping[int, float]],
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
            blows=blows.get(name),
        )
    followers = catalog.identities().resting_on(here)
    linked = {x: i for x, i in catalog.indicators.items() if x in followers}
    return identities.derive(linked, moved, baseline)


def _levers(catalog: Catalog, indicator_id: str) -> list[Lever]:
    return [lever for lever in catalog.levers.values() if lever.applies_to == indicator_id]
