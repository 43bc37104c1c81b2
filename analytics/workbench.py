"""One release put to work: histories, draws and verdicts for every target.

Everything slow happens once, when a workbench is built; what a moved lever
changes is recomputed from the stored draws.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analytics.catalog.identity_graph import IdentityGraph
from analytics.catalog.load import Catalog, load_catalog
from analytics.data.releases.release import open_release, open_release_by_id
from analytics.data.releases.store import Store
from analytics.data.whole_files import write_whole
from analytics.domain import (
    COMPUTED,
    FRACTION,
    JINSHAN,
    RELATIVE,
    SHANGHAI,
    CountTarget,
    Indicator,
    Measure,
    Release,
    RowStatus,
    Target,
)
from analytics.model.draws import identities, kept_draws
from analytics.model.draws.baseline import (
    OnProgress,
    Projections,
    engine_kind,
    ignore_progress,
    link,
    prior_of,
    project_all,
    seed_of,
)
from analytics.model.draws.shared import shared
from analytics.model.judgement import kept_opinions
from analytics.model.judgement.assessment import Assessment, assess
from analytics.model.judgement.delay import Reached, year_reached
from analytics.model.judgement.early_warning import LastChance, last_chance
from analytics.model.judgement.joint import Outlook, action_outlook
from analytics.model.judgement.measure import (
    MetricPath,
    cumulative_path,
    growth_path,
    level_path,
    relative_growth_since,
    relative_path,
)
from analytics.model.judgement.member_warning import last_chance_of_count
from analytics.model.judgement.members import Member
from analytics.model.judgement.other_methods import by_parts, other_projections
from analytics.model.judgement.progress import Progress, progress_ratio
from analytics.model.judgement.robustness import Robustness, robustness
from analytics.model.projection import Projection, YearSoFar
from analytics.model.projection.backtest import backtest
from analytics.model.projection.history import History
from analytics.model.scenarios.applied import (
    changed_by,
    in_whole_units,
    moved_projections,
    stress_effects,
)
from analytics.model.scenarios.open_years import open_levers
from analytics.model.scenarios.starts import typed_starts, with_computed, with_lines, with_starts
from analytics.model.scenarios.stress import StressEffect
from analytics.remembered import Remembering, remembered

MOST_STARTED = 8  # releases kept with different typed starts
MOST_METHODS = 8  # other methods kept at work
CACHE = Path(".cache/projections")
_CODE = Path(__file__).resolve().parent

Histories = Mapping[str, Mapping[str, History]]

__all__ = [
    "View",
    "Workbench",
    "base_year_of",
    "build_workbench",
    "is_projected",
    "with_kept_opinions",
]


@dataclass(frozen=True, eq=False)
class Workbench(Remembering):
    """A release with its baseline draws; safe to share between sessions."""

    catalog: Catalog
    release: Release
    store: Store
    histories: Histories  # region -> indicator id -> history
    baseline: Projections  # region -> indicator id -> projection
    opinions: Mapping[str, Robustness] = field(default_factory=dict)  # kept ones, by target

    def sharing(self, others: Iterable["Workbench"]) -> "Workbench":
        """Return the same workbench, holding draws that others have as well only once."""
        return replace(self, baseline=shared(self.baseline, [one.baseline for one in others]))

    def history(self, indicator_id: str, region: str = JINSHAN) -> History:
        """Return what the release holds of an indicator."""
        return self.histories[region][indicator_id]

    def backtest(
        self, indicator_id: str, region: str = JINSHAN, *, method: str = "combined"
    ) -> pd.DataFrame:
        """Say what would have been projected from each past year, and what came."""
        history = self.histories[region][indicator_id]
        indicator = history.indicator
        return backtest(
            history.values,
            kind=engine_kind(indicator),
            lower=indicator.lower,
            upper=indicator.upper,
            prior=prior_of(indicator),
            method=method,
        )

    def projections(self, settings: Mapping[str, float]) -> Projections:
        """Return all draws with levers and stress tests applied; unmoved draws are shared."""
        return moved_projections(self.catalog, self.baseline, self.stress_effects, settings)

    @cached_property
    def stress_effects(self) -> Mapping[str, StressEffect]:
        """What each stress test does to this release."""
        return MappingProxyType(
            stress_effects(self.catalog, self.histories, self.baseline, self.so_far)
        )

    @property
    def so_far(self) -> YearSoFar:
        """The year that was going on when the data ended, and its last month."""
        as_of = self.release.as_of
        return YearSoFar(as_of.year, as_of.month, 0.0)

    def path(
        self, target: Target, projections: Projections, *, until: int | None = None
    ) -> MetricPath:
        """Return the target's own measure, observed and drawn up to a year."""
        if target.measure is Measure.RELATIVE_GROWTH:
            return self._lead(target, projections, until)
        paths = [
            self._path(target, name, region, projections, until)
            for name, region in self.sides(target)
        ]
        return relative_path(*paths) if target.measure in RELATIVE else paths[0]

    def _lead(self, target: Target, projections: Projections, until: int | None) -> MetricPath:
        """Measure the lead over the city, whose own growth is measured once while it is unmoved."""
        own, city = (self._side(name, where, projections) for name, where in self.sides(target))
        name = self.sides(target)[1][0]
        known = None
        if city[1] is self.baseline[SHANGHAI][name]:
            known = partial(self._growth_of_city, name, until)
        return relative_growth_since(own, city, base_year_of(target), until, growth_of_city=known)

    @remembered()
    def _growth_of_city(self, name: str, until: int | None, since: int) -> MetricPath:
        history, projection = self._side(name, SHANGHAI, self.baseline)
        return growth_path(history, projection, since, until=until)

    def sides(self, target: Target) -> tuple[tuple[str, str], ...]:
        """Return indicator and region of the district's side, then of the city's if compared."""
        city = self.catalog.indicators[target.indicator].city_counterpart
        if target.measure not in RELATIVE or city is None:
            return ((target.indicator, JINSHAN),)
        return (target.indicator, JINSHAN), (city, SHANGHAI)

    def _side(
        self, indicator_id: str, region: str, projections: Projections
    ) -> tuple[pd.Series, Projection]:
        return self.histories[region][indicator_id].values, projections[region][indicator_id]

    def _path(
        self,
        target: Target,
        indicator_id: str,
        region: str,
        projections: Projections,
        until: int | None,
    ) -> MetricPath:
        history, projection = self._side(indicator_id, region, projections)
        match target.measure:
            case Measure.CUMULATIVE:
                return cumulative_path(history, projection, base_year_of(target))
            case Measure.CAGR:
                return growth_path(history, projection, base_year_of(target), until=until)
        return level_path(history, projection, base_year_of(target))

    def assess(self, target: Target, path: MetricPath, projections: Projections) -> Assessment:
        """Judge one target by its measure."""
        histories = [self.histories[region][name] for name, region in self.sides(target)]
        members = self.members(target, projections)
        judged = assess(target, path, histories, base_year=base_year_of(target), members=members)
        kept = self.opinions.get(target.id)
        return replace(judged, method_range=kept.spread) if kept else judged

    def members(self, target: Target, projections: Projections) -> tuple[Member, ...]:
        """Return what a count over a threshold counts; nothing for other targets."""
        link = self.catalog.indicators[target.indicator].identity
        if target.measure is not Measure.COUNT_OVER_THRESHOLD or link is None:
            return ()
        return tuple(self._member(target, name, link.counted_from, projections) for name in link.of)

    def _member(
        self, target: Target, name: str, threshold: float, projections: Projections
    ) -> Member:
        values, projection = self._side(name, JINSHAN, projections)
        path = level_path(values, projection, base_year_of(target))
        about = self.catalog.indicators[name]
        return Member(about.name_zh, about.unit, threshold, values, path)

    def robustness(self, target: Target) -> Robustness:
        """Judge a target again in other ways, on the baseline; read back where it was kept."""
        return self.opinions.get(target.id) or self._judged_again(target)

    def _judged_again(self, target: Target) -> Robustness:
        indicator = self.catalog.indicators[target.indicator]
        own = self.baseline[JINSHAN]

        def path_of(projection: Projection, base_year: int) -> MetricPath:
            here = {**own, indicator.id: projection}
            other = target.model_copy(update={"base_year": base_year})
            return self.path(other, {**self.baseline, JINSHAN: here}, until=target.due_year)

        others = (
            (key, name, changed[indicator.id])
            for key, name, changed in self._other_projections(target)
        )
        return robustness(
            target,
            path_of,
            others,
            projection=own[indicator.id],
            base_year=base_year_of(target),
            is_computed=self._is_linked(indicator),
        )

    def _is_linked(self, indicator: Indicator) -> bool:
        """Tell whether an indicator is computed from others and has no projection of its own."""
        link = indicator.identity
        projected_share = indicator.unit == FRACTION and link and link.op == "ratio"
        return bool(link and link.op in COMPUTED and not projected_share)

    @remembered(MOST_METHODS)
    def by_method(self, target_id: str, key: str) -> "Workbench":
        """Return the workbench with a target's indicator projected by another method.

        Methods go by their keys in :meth:`robustness`; a key that is not among them
        leaves everything as it is.
        """
        target = self.catalog.targets[target_id]
        for found, _, changed in self._other_projections(target):
            if found == key:
                here = MappingProxyType({**self.baseline[JINSHAN], **changed})
                baseline = MappingProxyType({**self.baseline, JINSHAN: here})
                return replace(self, baseline=baseline, opinions={})
        return self

    def _other_projections(
        self, target: Target
    ) -> Iterator[tuple[str, str, Mapping[str, Projection]]]:
        """Yield the key and name of each other method, and all projections that it changes."""

        def others_of(name: str) -> Iterator[tuple[str, str, Projection]]:
            return other_projections(
                self.history(name).values,
                engine_kind(self.catalog.indicators[name]),
                self.baseline[JINSHAN][name],
                target.due_year,
                seed_of(JINSHAN, name),
            )

        name = target.indicator
        if self._is_linked(self.catalog.indicators[name]):
            parts = IdentityGraph(self.catalog.indicators, COMPUTED).leaves(name)
            own = self.baseline[JINSHAN]
            yield from by_parts(name, parts, self.catalog.indicators, own, others_of)
        else:
            yield from ((key, zh, {name: other}) for key, zh, other in others_of(name))

    def started(self, settings: Mapping[str, float]) -> "Workbench":
        """Open the lines for which a scenario holds a typed start; itself where it holds none."""
        held = self.histories[JINSHAN]
        typed = {
            one: value
            for one, value in typed_starts(self.catalog, settings).items()
            if held[one.applies_to].values.empty
        }
        return (
            self._started(tuple((one.id, value) for one, value in typed.items())) if typed else self
        )

    @remembered(MOST_STARTED)
    def _started(self, typed: tuple[tuple[str, float], ...]) -> "Workbench":
        starts = typed_starts(self.catalog, dict(typed))
        histories = with_starts(self.histories, starts)
        baseline = with_lines(self.catalog, self.baseline, self.histories, histories)
        opened = {start.applies_to for start in starts}
        histories = with_computed(self.catalog, histories, baseline, opened)
        catalog = open_levers(self.catalog, baseline)
        told = {name: one for name, one in self.opinions.items() if one.probability is not None}
        return replace(self, catalog=catalog, histories=histories, baseline=baseline, opinions=told)

    def view(self, settings: Mapping[str, float], before: "View | None" = None) -> "View":
        """Open a scenario; ``before`` lends the verdicts that no lever touches."""
        return self.started(settings)._view(settings, before)

    def _view(self, settings: Mapping[str, float], before: "View | None") -> "View":
        changed = changed_by(self.catalog, self.stress_effects, settings)
        touched = frozenset(self.catalog.identities().resting_on(changed))
        moved = in_whole_units(self.catalog, self.projections(settings), changed)
        return View(self, moved, touched, before, MappingProxyType(dict(settings)))

    @cached_property
    def targets_resting_on(self) -> Mapping[str, Sequence[str]]:
        """Targets by each indicator that their verdict rests on.

        So that a moved lever costs no more in a longer plan.
        """
        found: dict[str, list[str]] = {}
        for target in self.catalog.targets.values():
            for name in self.inputs(target):
                found.setdefault(name, []).append(target.id)
        return found

    def inputs(self, target: Target) -> set[str]:
        """Return the indicators a target's verdict rests on."""
        counterpart = self.catalog.indicators[target.indicator].city_counterpart
        return {target.indicator} | ({counterpart} if counterpart else set())


@dataclass(frozen=True, eq=False)
class View(Remembering):
    """One scenario: its draws, and verdicts worked out when first asked for.

    Verdicts follow from the draws alone, so two sessions that ask at once
    work out the same.
    """

    bench: Workbench
    projections: Projections
    touched: frozenset[str]  # indicators that a moved lever reaches
    before: "View | None" = None
    settings: Mapping[str, float] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Tell whether any lever differs from the baseline."""
        return bool(self.touched)

    @remembered()
    def path(self, target_id: str) -> MetricPath:
        """Return a target's measure up to its due year."""
        if lender := self._lender(target_id):
            return lender.path(target_id)
        target = self.bench.catalog.targets[target_id]
        return self.bench.path(target, self.projections, until=target.due_year)

    @remembered()
    def verdict(self, target_id: str) -> Assessment:
        """Judge one target."""
        if lender := self._lender(target_id):
            return lender.verdict(target_id)
        target = self.bench.catalog.targets[target_id]
        return self.bench.assess(target, self.path(target_id), self.projections)

    def verdicts(self) -> dict[str, Assessment]:
        """Judge every target, in the plan's order."""
        return {name: self.verdict(name) for name in self.bench.catalog.targets}

    def outlook(self, action_id: str | None = None) -> Outlook:
        """Say how an action's open targets, or the whole plan's, stand together."""
        targets = self.bench.catalog.targets.values()
        wanted = [t for t in targets if action_id is None or t.action == action_id]
        open_ones = [t for t in wanted if not self._is_past(t)]
        return action_outlook((target, self.path(target.id)) for target in open_ones)

    def reached(self, target: Target) -> Reached | None:
        """Say when a target is reached."""
        return year_reached(target, self.full_path(target), base_year=base_year_of(target))

    def progress(self, target: Target) -> Progress | None:
        """Rate the latest figure by the statistical offices' progress ratio.

        Running totals start from nothing and comparisons move with the city;
        neither has the growth from a base that the ratio is about.
        """
        indicator = self.bench.catalog.indicators[target.indicator]
        values = self.bench.history(target.indicator).values
        base_year = base_year_of(target)
        if target.measure not in (Measure.LEVEL, Measure.CAGR) or base_year not in values.index:
            return None
        goal = target.value
        if goal is not None and target.measure is Measure.CAGR:
            goal = values[base_year] * (1 + goal) ** (target.due_year - base_year)
        return progress_ratio(
            base_year,
            float(values[base_year]),
            int(values.index[-1]),
            float(values.iloc[-1]),
            direction=1,
            target=goal,
            target_year=target.due_year,
            limit=indicator.upper,
        )

    def last_chance(self, target: Target) -> LastChance | None:
        """Say until when the best pace ever sustained would still do."""
        history, so_far = self.bench.history(target.indicator), self.bench.so_far
        if isinstance(target, CountTarget):
            members = self.bench.members(target, self.projections)
            path, base = self.full_path(target), base_year_of(target)
            return last_chance_of_count(target, path, members, base_year=base, so_far=so_far)
        return last_chance(
            target,
            history.values,
            self.full_path(target),
            kind=history.indicator.kind,
            base_year=base_year_of(target),
            so_far=so_far,
        )

    def full_path(self, target: Target) -> MetricPath:
        """Return a target's measure to the end of the projection."""
        return self._full_path(target.id)

    @remembered()
    def _full_path(self, target_id: str) -> MetricPath:
        return self.bench.path(self.bench.catalog.targets[target_id], self.projections)

    def _lender(self, target_id: str) -> "View | None":
        """Return the view whose verdict holds here too, because no lever touches it."""
        touched = self.touches(self.bench.catalog.targets[target_id])
        return None if touched else self.before

    def touches(self, target: Target) -> bool:
        """Tell whether anything that a target's verdict rests on is moved."""
        return target.id in self._touched_targets

    @cached_property
    def _touched_targets(self) -> frozenset[str]:
        resting = self.bench.targets_resting_on
        return frozenset(name for one in self.touched for name in resting.get(one, ()))

    def _is_past(self, target: Target) -> bool:
        observed = self.path(target.id).observed
        return len(observed) > 0 and observed.index[-1] >= target.due_year


def base_year_of(target: Target) -> int:
    """Return the year before the first counted one; the plan rarely states it."""
    return target.counted_from


def build_workbench(
    root: Path,
    name: str | None = None,
    on_progress: OnProgress = ignore_progress,
    *,
    release_id: str | None = None,
) -> Workbench:
    """Open a release, verify it, and project every indicator of the catalog.

    The release is a current one by name, or any that is kept by id.

    Projections are kept under ``.cache``, keyed by the release, the catalog and
    the engine, and read back on the next start.
    """
    catalog = load_catalog(root)
    if release_id is None:
        release, folder = open_release(root, name)
    else:
        release, folder = open_release_by_id(root, release_id)
    store = Store.open(folder)
    histories = MappingProxyType(
        {region: _histories(catalog, store, region) for region in (JINSHAN, SHANGHAI)}
    )
    catalog = _real_apart(catalog, histories)
    own = kept_or_projected(root, release, histories, on_progress)
    baseline = link(catalog.indicators, own)
    opinions = _kept_opinions(root, release)
    levers = open_levers(catalog, baseline)
    return Workbench(levers, release, store, histories, baseline, opinions)


def keep_opinions(root: Path, release_id: str) -> None:
    """Judge every target of a release by other methods, and keep that beside its draws.

    It takes some seconds, so it is done when a release is built and not when it is opened.
    """
    if _kept_opinions(root, open_release_by_id(root, release_id)[0]):
        return
    bench = build_workbench(root, release_id=release_id)
    found = {target.id: bench.robustness(target) for target in bench.catalog.targets.values()}
    file, key = _opinions_file(root, bench.release)
    with suppress(OSError):  # a disk that refuses: odds are shown without their range
        write_whole(file, kept_opinions.pack(key, found))


def with_kept_opinions(root: Path, bench: Workbench) -> Workbench:
    """Return a release at work with what has been kept of other methods since it was opened."""
    return replace(bench, opinions=_kept_opinions(root, bench.release))


def _kept_opinions(root: Path, release: Release) -> Mapping[str, Robustness]:
    file, key = _opinions_file(root, release)
    with suppress(OSError):
        return kept_opinions.unpack(file.read_bytes(), key) or {}
    return {}


def _opinions_file(root: Path, release: Release) -> tuple[Path, str]:
    """Name the file of a release's second opinions, and everything that they rest on."""
    judged_by = (
        *sorted((_CODE / "model/judgement").glob("*.py")),
        _CODE / "model/draws/identities.py",
        Path(__file__),
        root / "data/catalog/targets.toml",
    )
    draws = kept_draws.storage_key(release.hash, root)
    key = kept_draws.key_of(draws, kept_draws.hash_files(judged_by))
    return root / CACHE / f"opinions-{key[:16]}.json", key


def kept_or_projected(
    root: Path, release: Release, histories: Histories, on_progress: OnProgress = ignore_progress
) -> Mapping[tuple[str, str], Projection]:
    """Read the projections of a release back; make and keep them where there are none."""
    file, key = _draws_file(root, release)
    with suppress(OSError):
        kept = kept_draws.unpack(file.read_bytes(), key)
        if kept is not None:
            return kept
    own = project_all(histories, on_progress)
    with suppress(OSError):  # a disk that refuses: they are made again next time
        write_whole(file, kept_draws.pack(key, own))
    return own


def is_projected(root: Path, release_id: str) -> bool:
    """Tell whether the projections of a release are kept, so that opening it makes none."""
    return _draws_file(root, open_release_by_id(root, release_id)[0])[0].is_file()


def _draws_file(root: Path, release: Release) -> tuple[Path, str]:
    """Name the file of a release's projections, and everything that they rest on."""
    key = kept_draws.storage_key(release.hash, root)
    return root / CACHE / kept_draws.file_name(key), key


def _real_apart(catalog: Catalog, histories: Histories) -> Catalog:
    """Let no illustrative figure determine a real one: such identities are left out."""
    own = histories[JINSHAN].values()
    illustrative = [one.indicator.id for one in own if RowStatus.ILLUSTRATIVE in one.statuses]
    if not illustrative:
        return catalog
    indicators = MappingProxyType(identities.untied(catalog.indicators, illustrative))
    return catalog.model_copy(update={"indicators": indicators})


def _histories(catalog: Catalog, store: Store, region: str) -> Mapping[str, History]:
    """Read what is held of every indicator in one region."""
    of_years, of_months = (
        _by_indicator(store.query(query, indicator_id=None, region=region))
        for query in ("annual_history", "monthly_history")
    )
    return MappingProxyType(
        {
            one.id: History(one, region, of_years(one.id), of_months(one.id))
            for one in catalog.indicators.values()
        }
    )


def _by_indicator(rows: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    """Return what finds the rows of one indicator, none where none are held."""
    nothing = rows.iloc[:0]
    groups = dict(list(rows.groupby("indicator_id")))
    return lambda name: groups.get(name, nothing).reset_index(drop=True)
