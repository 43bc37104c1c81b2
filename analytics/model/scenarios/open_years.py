"""Levers by the years that they act on in a release: what is published is not moved."""

from types import MappingProxyType

from analytics.catalog.levers import named
from analytics.catalog.load import Catalog
from analytics.domain import Lever
from analytics.model.draws.baseline import Projections
from analytics.model.scenarios.settings_zh import period_zh


def open_levers(catalog: Catalog, baseline: Projections) -> Catalog:
    """Return the catalog with each lever beginning where its series is still open."""
    levers = {name: _opened(catalog, one, baseline) for name, one in catalog.levers.items()}
    every = {name: levers.get(name, one) for name, one in catalog.adjustables.items()}
    opened = {"levers": MappingProxyType(levers), "adjustables": MappingProxyType(every)}
    return catalog.model_copy(update=opened)


def _opened(catalog: Catalog, lever: Lever, baseline: Projections) -> Lever:
    indicator = catalog.indicators[lever.applies_to]
    projection = baseline[indicator.home_region].get(indicator.id)
    first = projection.years[0] if projection and projection.years else lever.first_year
    if projection is None or not lever.first_year <= first <= lever.last_year:
        return lever
    month = projection.running.month + 1 if projection.running else 1
    opened = lever.model_copy(update={"first_year": first, "first_month": month})
    name = named(indicator, lever.effect, period_zh(opened))
    return opened.model_copy(update={"name_zh": name})
