"""One release put to work: histories, draws and verdicts for every target.

Everything slow happens once, when a workbench is built; what a moved lever
changes is recomputed from the stored draws.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analytics import identities
from analytics.assessment import Assessment, assess
from analytics.catalog import Catalog, load_catalog
from analytics.domain import JINSHAN, SHANGHAI, Indicator, Kind, Measure, Release, Target
from analytics.extract.release import open_release
from analytics.history import History
from analytics.metric import (
    MetricPath,
    cumulative_path,
    growth_path,
    level_path,
    relative_growth_path,
    relative_path,
)
from analytics.projection import Projection, project, project_monthly
from analytics.projection.backtest import backtest
from analytics.scenario import apply_levers
from analytics.store import Store

HORIZON = 2035
ASSUMED_BASE_YEAR = 2023  # the plan was issued in June 2024

Histories = Mapping[str, Mapping[str, History]]
Projections = Mapping[str, Mapping[str, Projection]]


@dataclass(frozen=True, eq=False)
class Workbench:
    """A release with its baseline draws; safe to share between sessions."""

    catalog: Catalog
    release: Release
    store: Store
    histories: Histories  # region -> indicator id -> history
    baseline: Projections  # region -> indicator id -> projection

    def history(self, indicator_id: str, region: str = JINSHAN) -> History:
        """Return what the release holds of an indicator."""
        return self.histories[region][indicator_id]

    def backtest(self, indicator_id: str, region: str = JINSHAN) -> pd.DataFrame:
        """Say what would have been projected from each past year, and what came."""
        history = self.histories[region][indicator_id]
        indicator = history.indicator
        return backtest(
            history.values,
            kind=_engine_kind(indicator),
            lower=indicator.lower,
            upper=indicator.upper,
        )

    def projections(self, settings: Mapping[str, float]) -> Projections:
        """Return all draws with the levers applied; unmoved draws are shared."""
        changed = {self.catalog.levers[lever].applies_to for lever, x in settings.items() if x}
        return {
            region: _with_levers(self.catalog, region, self.baseline[region], settings, changed)
            for region in self.baseline
        }

    def path(self, target: Target, projections: Projections) -> MetricPath:
        """Return the target's own measure, observed and drawn."""
        district = self._path(target, target.indicator, JINSHAN, projections)
        if target.measure not in (Measure.RELATIVE_TO_CITY, Measure.RELATIVE_GROWTH):
            return district
        counterpart = self.catalog.indicators[target.indicator].city_counterpart
        city = self._path(target, counterpart, SHANGHAI, projections)
        relative = target.measure is Measure.RELATIVE_TO_CITY
        return (relative_path if relative else relative_growth_path)(district, city)

    def _path(
        self, target: Target, indicator_id: str, region: str, projections: Projections
    ) -> MetricPath:
        projection = projections[region][indicator_id]
        history = self.histories[region][indicator_id].values
        base_year = target.base_year or ASSUMED_BASE_YEAR
        match target.measure:
            case Measure.CUMULATIVE:
                return cumulative_path(history, projection, base_year)
            case Measure.CAGR | Measure.RELATIVE_GROWTH:
                return growth_path(history, projection, base_year, until=target.due_year)
        return level_path(history, projection, base_year)

    def assess(self, target: Target, projections: Projections) -> Assessment:
        """Judge one target on given draws."""
        region_histories = [self.histories[JINSHAN][target.indicator]]
        if target.measure in (Measure.RELATIVE_TO_CITY, Measure.RELATIVE_GROWTH):
            counterpart = self.catalog.indicators[target.indicator].city_counterpart
            region_histories.append(self.histories[SHANGHAI][counterpart])
        return assess(
            target,
            self.path(target, projections),
            region_histories,
            base_year=target.base_year or ASSUMED_BASE_YEAR,
        )

    def view(self, settings: Mapping[str, float], before: "View | None" = None) -> "View":
        """Open a scenario; ``before`` lends the verdicts that no lever touches."""
        changed = {self.catalog.levers[lever].applies_to for lever, x in settings.items() if x}
        touched = frozenset(identities.moved_by(self.catalog.indicators, changed))
        return View(self, self.projections(settings), touched, before)

    def inputs(self, target: Target) -> set[str]:
        """Return the indicators a target's verdict rests on."""
        counterpart = self.catalog.indicators[target.indicator].city_counterpart
        return {target.indicator} | ({counterpart} if counterpart else set())


@dataclass(frozen=True, eq=False)
class View:
    """One scenario: its draws, and verdicts worked out when first asked for.

    Verdicts follow from the draws alone, so two sessions that ask at once
    work out the same.
    """

    bench: Workbench
    projections: Projections
    touched: frozenset[str]  # indicators that a moved lever reaches
    before: "View | None" = None
    _known: dict[str, Assessment] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Tell whether any lever differs from the baseline."""
        return bool(self.touched)

    def verdict(self, target_id: str) -> Assessment:
        """Judge one target."""
        if target_id not in self._known:
            self._known[target_id] = self._judge(self.bench.catalog.targets[target_id])
        return self._known[target_id]

    def verdicts(self) -> dict[str, Assessment]:
        """Judge every target, in the plan's order."""
        return {name: self.verdict(name) for name in self.bench.catalog.targets}

    def _judge(self, target: Target) -> Assessment:
        if self.before is not None and not self.bench.inputs(target) & self.touched:
            return self.before.verdict(target.id)
        return self.bench.assess(target, self.projections)


def home_region(indicator: Indicator) -> str:
    """Return the region whose levers move the indicator."""
    return SHANGHAI if indicator.scope.startswith("全市") else JINSHAN


def build_workbench(root: Path, name: str | None = None) -> Workbench:
    """Open a release, verify it, and project every indicator of the catalog."""
    catalog = load_catalog(root)
    release, folder = open_release(root, name)
    store = Store.open(folder)
    histories = MappingProxyType(
        {region: _histories(catalog, store, region) for region in (JINSHAN, SHANGHAI)}
    )
    baseline = {
        region: _baseline(catalog, histories[region], region) for region in (JINSHAN, SHANGHAI)
    }
    return Workbench(catalog, release, store, histories, MappingProxyType(baseline))


def _histories(catalog: Catalog, store: Store, region: str) -> Mapping[str, History]:
    return MappingProxyType(
        {
            indicator.id: History(
                indicator,
                region,
                store.query("annual_history", indicator_id=indicator.id, region=region),
                store.query("monthly_history", indicator_id=indicator.id, region=region),
            )
            for indicator in catalog.indicators.values()
        }
    )


def _baseline(
    catalog: Catalog, histories: Mapping[str, History], region: str
) -> Mapping[str, Projection]:
    own = {
        name: _project(history, seed=zlib.crc32(f"{region}/{name}".encode()))
        for name, history in histories.items()
        if history.indicator.kind is not Kind.GROWTH  # published growth is never extrapolated
    }
    with_parts = identities.parts_from_shares(catalog.indicators, own)
    return MappingProxyType(identities.derive(catalog.indicators, with_parts))


def _engine_kind(indicator: Indicator) -> str:
    stock = indicator.kind is Kind.COUNT and not indicator.accumulates
    return "stock" if stock else str(indicator.kind)


def _project(history: History, seed: int) -> Projection:
    indicator = history.indicator
    kind = _engine_kind(indicator)
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


def _with_levers(
    catalog: Catalog,
    region: str,
    baseline: Mapping[str, Projection],
    settings: Mapping[str, float],
    changed: set[str],
) -> Mapping[str, Projection]:
    here = {x for x in changed if home_region(catalog.indicators[x]) == region}
    if not here:
        return baseline
    moved = dict(baseline)
    for name in here:
        indicator = catalog.indicators[name]
        levers = [x for x in catalog.levers.values() if x.applies_to == name]
        moved[name] = apply_levers(
            baseline[name],
            levers,
            settings,
            accumulates=indicator.accumulates,
            upper=indicator.upper,
        )
    followers = identities.moved_by(catalog.indicators, here)
    linked = {x: i for x, i in catalog.indicators.items() if x in followers}
    return identities.derive(linked, moved)
