"""From histories to the baseline draws of a whole release."""

import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from analytics.domain import Indicator, Kind
from analytics.model.draws import identities
from analytics.model.draws.dependence import couple
from analytics.model.projection import Projection, assumption_line, project, project_monthly
from analytics.model.projection.engine import FEWEST
from analytics.model.projection.history import History

HORIZON = 2035
COUPLED_AT = 2027  # the year in which the draws' ranks follow the copula
COUPLING_SEED = 2024
_BENDABLE = (Kind.LEVEL, Kind.FLOW, Kind.RATIO, Kind.SHARE)

Key = tuple[str, str]  # region, indicator id
Projections = Mapping[str, Mapping[str, Projection]]  # region -> indicator id -> projection
OnProgress = Callable[[float], None]  # told the share done


def ignore_progress(_: float) -> None:
    """Take the share done and do nothing with it; the default of ``on_progress``."""


def project_all(
    histories: Mapping[str, Mapping[str, History]], on_progress: OnProgress
) -> dict[Key, Projection]:
    """Project every indicator by itself; published growth is never extrapolated."""
    wanted = [
        (region, history)
        for region, of_region in histories.items()
        for history in of_region.values()
        if history.indicator.kind is not Kind.GROWTH
    ]
    own: dict[Key, Projection] = {}
    for done, (region, history) in enumerate(wanted, start=1):
        own[region, history.indicator.id] = project_history(history)
        on_progress(done / len(wanted))
    return own


def link(indicators: Mapping[str, Indicator], own: Mapping[Key, Projection]) -> Projections:
    """Give the draws their dependence, then the identities that tie them."""
    coupled = couple(own, year=COUPLED_AT, seed=COUPLING_SEED)
    linked = {}
    for region in dict.fromkeys(region for region, _ in own):
        here = {name: one for (where, name), one in coupled.items() if where == region}
        with_parts = identities.parts_from_shares(indicators, here)
        linked[region] = MappingProxyType(identities.derive(indicators, with_parts))
    return MappingProxyType(linked)


def engine_kind(indicator: Indicator) -> str:
    """Return the engine's kind: a count that does not accumulate is a stock."""
    stock = indicator.kind is Kind.COUNT and not indicator.accumulates
    return "stock" if stock else str(indicator.kind)


def seed_of(region: str, indicator_id: str) -> int:
    """Return the seed of one series, the same on every machine."""
    return zlib.crc32(f"{region}/{indicator_id}".encode())


def project_history(history: History) -> Projection:
    """Project one indicator, by its months where they reach beyond the last year."""
    indicator = history.indicator
    if 0 < len(history.values) < FEWEST and indicator.kind in _BENDABLE:
        return assumption_line(history.values, end_year=HORIZON)
    kind, seed = engine_kind(indicator), seed_of(history.region, indicator.id)
    if history.has_running_year and indicator.kind in (Kind.LEVEL, Kind.FLOW):
        return project_monthly(
            history.values, history.monthly, end_year=HORIZON, kind=kind, seed=seed
        )
    return project(
        history.values,
        end_year=HORIZON,
        kind=kind,
        seed=seed,
        lower=indicator.lower,
        upper=indicator.upper,
    )
