"""From histories to the baseline draws of a whole release."""

import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from analytics.domain import COMPUTED, JINSHAN, SHANGHAI, Indicator, Kind, Prior
from analytics.model.draws import contained, identities
from analytics.model.draws.dependence import Beforehand
from analytics.model.draws.innovations import couple
from analytics.model.projection import Projection, project, project_monthly
from analytics.model.projection.history import History

HORIZON = 2035
COUPLING_SEED = 2024
# Yearly growth of a province against the nation since 1990 .80, of two cities .55: stated,
# because district and city have too few years in common to tell.
DISTRICT_WITH_CITY = 0.7
PART_WITH_CITY = 0.62  # of part and of rest, which together go with it as stated
_REST = "的其余部分"

Key = tuple[str, str]  # region, indicator id
Projections = Mapping[str, Mapping[str, Projection]]  # region -> indicator id -> projection
OnProgress = Callable[[float], None]  # told the share done


def ignore_progress(_: float) -> None:
    """Take the share done and do nothing with it; the default of ``on_progress``."""


def project_all(
    histories: Mapping[str, Mapping[str, History]], on_progress: OnProgress
) -> dict[Key, Projection]:
    """Project every indicator, and let all draws depend as their histories did.

    Published growth is never extrapolated. A whole is its part plus the rest.
    """
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
    return _together(own, histories)


def _together(
    own: Mapping[Key, Projection], histories: Mapping[str, Mapping[str, History]]
) -> dict[Key, Projection]:
    """Couple the draws, those of a whole through its part and the rest."""
    rests = _rests(own, histories)
    parted = {(region, whole) for region, whole, _ in rests}
    apart = {key: one for key, one in own.items() if key not in parted}
    apart |= {(region, whole + _REST): rest for (region, whole, _), rest in rests.items()}
    coupled = couple(apart, _beforehand(apart, histories), seed=COUPLING_SEED)
    for region, whole, part in rests:
        rest = coupled.pop((region, whole + _REST))
        coupled[region, whole] = contained.with_rest(
            own[region, whole], coupled[region, part], rest
        )
    return {key: coupled[key] for key in own}


def _rests(
    own: Mapping[Key, Projection], histories: Mapping[str, Mapping[str, History]]
) -> dict[tuple[str, str, str], Projection]:
    """Project the rest of every whole that can be parted: region, whole and part by key."""
    found = {}
    for region, of_region in histories.items():
        for whole, part in contained.pairs(of_region):
            rest = contained.rest_of(of_region[whole], of_region[part])
            if rest is None or not own[region, whole].years:
                continue
            projection = project_history(rest, seed_of(region, whole + _REST))
            if projection.years == own[region, whole].years == own[region, part].years:
                found[region, whole, part] = projection
    return found


def _is_computed(indicator: Indicator) -> bool:
    return indicator.identity is not None and indicator.identity.op in COMPUTED


def _beforehand(
    keys: Mapping[Key, Projection], histories: Mapping[str, Mapping[str, History]]
) -> Beforehand:
    """Say what is held of dependence: parts of one district's industry move together."""
    counterparts = {
        ((JINSHAN, name), (SHANGHAI, history.indicator.city_counterpart)): DISTRICT_WITH_CITY
        for name, history in histories.get(JINSHAN, {}).items()
        if history.indicator.city_counterpart and not _is_computed(history.indicator)
    }
    for (_, whole), city in list(counterparts):
        for whole_of, part in contained.pairs(histories[JINSHAN]):
            if whole_of == whole:  # a whole goes with the city as its part and its rest do
                sides = ((JINSHAN, part), (JINSHAN, whole + _REST))
                counterparts |= {(one, city): PART_WITH_CITY for one in sides}
    return Beforehand({key: key[0] for key in keys}, counterparts)


def link(indicators: Mapping[str, Indicator], own: Mapping[Key, Projection]) -> Projections:
    """Tie the draws by the identities between them."""
    linked = {}
    for region in dict.fromkeys(region for region, _ in own):
        here = {name: one for (where, name), one in own.items() if where == region}
        with_parts = identities.parts_from_shares(indicators, here)
        linked[region] = MappingProxyType(identities.derive(indicators, with_parts))
    return MappingProxyType(linked)


def engine_kind(indicator: Indicator) -> str:
    """Return the engine's kind: a count that does not accumulate is a stock."""
    stock = indicator.kind is Kind.COUNT and not indicator.accumulates
    return "stock" if stock else str(indicator.kind)


def prior_of(indicator: Indicator) -> str:
    """Return the pool whose usual growth the indicator is drawn to."""
    return str(indicator.prior or Prior.POOLED)


def seed_of(region: str, indicator_id: str) -> int:
    """Return the seed of one series, the same on every machine."""
    return zlib.crc32(f"{region}/{indicator_id}".encode())


def project_history(history: History, seed: int | None = None) -> Projection:
    """Project one indicator, by its months where they reach beyond the last year."""
    indicator = history.indicator
    kind, prior = engine_kind(indicator), prior_of(indicator)
    seed = seed_of(history.region, indicator.id) if seed is None else seed
    if history.has_running_year and indicator.kind in (Kind.LEVEL, Kind.FLOW):
        return project_monthly(
            history.values, history.monthly, end_year=HORIZON, kind=kind, seed=seed, prior=prior
        )
    return project(
        history.values,
        end_year=HORIZON,
        kind=kind,
        seed=seed,
        lower=indicator.lower,
        upper=indicator.upper,
        prior=prior,
    )
