"""What a release's draws add: targets set low, and targets that exclude each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analytics import text_zh
from analytics.answers.consistency.finding import (
    BASE_YEARS,
    Finding,
    FindingKind,
    Reading,
    Severity,
    Switch,
)
from analytics.answers.consistency.plan import clauses
from analytics.domain import (
    RowStatus,
    Standing,
    SumTarget,
    Target,
    Verdict,
)
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.joint import joint_probability, met_draws
from analytics.workbench import View

SURE = 0.90  # from here on a target counts as nearly certain
CLEARLY = 0.02  # growth a year by which the need must lie below the recent growth
FEWEST_EXPECTED = 20  # draws in which independence must promise a joint success
FAR_BELOW = 0.5  # of what independence promises
DEVIATIONS = 4.0  # Poisson standard deviations, since hundreds of pairs are tried
OPEN = (Verdict.NO_DATA, Verdict.UNDETERMINED)

Met = Mapping[str, tuple[Target, np.ndarray]]  # target id -> target as read, met draw by draw


def judge(view: View, target: Target) -> Assessment:
    """Judge a target as read, on the scenario's draws."""
    path = view.bench.path(target, view.projections, until=target.due_year)
    return view.bench.assess(target, path, view.projections)


# ── 目标偏低 ─────────────────────────────────────────────────────────────────────────────


def low_ambition(view: View, reading: Reading) -> tuple[Assessment, ...]:
    """Judge the targets as read; return those met almost surely with growth to spare."""
    items = (judge(view, reading.apply(x)) for x in view.bench.catalog.targets.values())
    return tuple(filter(is_low, items))


def is_low(item: Assessment) -> bool:
    """Tell whether a target is nearly certain and asks clearly less than was done."""
    if item.probability is None or item.probability <= SURE or item.recent.growth is None:
        return False
    if is_complete(item):
        return True
    needed = item.needed.growth
    return needed is not None and needed < item.recent.growth - CLEARLY


def is_complete(item: Assessment) -> bool:
    """Tell whether a sum is complete before its time; a range only at its upper end."""
    target, observed = item.target, item.observed
    if not isinstance(target, SumTarget) or observed is None or observed.year >= target.due_year:
        return False
    end = target.threshold if target.value_high is None else target.value_high
    return item.standing is Standing.MET and observed.value >= end


# ── 难以并立 ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Group:
    """Targets tried together: how often all are met, and what independence would give."""

    targets: tuple[Target, ...]
    probability: float
    product: float
    n_draws: int

    @property
    def clashes(self) -> bool:
        """Tell whether joint success is far rarer than chance explains."""
        promised, seen = self.product * self.n_draws, self.probability * self.n_draws
        rare = seen <= promised - DEVIATIONS * np.sqrt(promised)
        return bool(rare and self.probability <= FAR_BELOW * self.product)


@dataclass(frozen=True)
class Together:
    """What trying the targets together showed; ``tightest`` is the worst pair."""

    findings: tuple[Finding, ...]
    n_pairs: int
    n_sets: int
    tightest: Group | None


def together(view: View, reading: Reading) -> Together:
    """Try every pair of open targets, and each action's together, on the same draws."""
    met = _open_draws(view, reading)
    pairs = _tried(met, combinations(met, 2))
    sets = _tried(met, _sets(met))
    statuses = {name: view.bench.history(t.indicator).statuses for name, (t, _) in met.items()}
    return Together(
        findings=tuple(_clash(group, statuses) for group in (*pairs, *sets) if group.clashes),
        n_pairs=len(pairs),
        n_sets=len(sets),
        tightest=min(pairs, key=lambda group: group.probability / group.product, default=None),
    )


def _open_draws(view: View, reading: Reading) -> Met:
    """Return the draws of the targets that are met in some and missed in others."""
    found = {}
    for target in view.bench.catalog.targets.values():
        read = reading.apply(target)
        path = view.bench.path(read, view.projections, until=read.due_year)
        rows = met_draws(read, path)
        if rows is not None and 0 < rows.mean() < 1:
            found[target.id] = (read, rows)
    return found


def _sets(met: Met) -> Iterator[tuple[str, ...]]:
    """Yield the open targets of each action, where they are more than a pair."""
    for action in dict.fromkeys(target.action for target, _ in met.values()):
        names = tuple(name for name, (target, _) in met.items() if target.action == action)
        if len(names) > 2:
            yield names


def _tried(met: Met, groups: Iterable[tuple[str, ...]]) -> list[Group]:
    """Count joint success; groups too rarely promised to tell anything are left out."""
    tried = []
    for names in groups:
        joint = joint_probability([met[name][1] for name in names])
        if joint.product * joint.n_draws >= FEWEST_EXPECTED:
            targets = tuple(met[name][0] for name in names)
            tried.append(Group(targets, joint.probability, joint.product, joint.n_draws))
    return tried


def _clash(group: Group, statuses: Mapping[str, frozenset[RowStatus]]) -> Finding:
    names = "、".join(target.name_zh for target in group.targets)
    used = frozenset().union(*(statuses[target.id] for target in group.targets))
    return Finding(
        id="clash/" + "+".join(target.id for target in group.targets),
        kind=FindingKind.INCOMPATIBLE,
        title_zh=f"{names}难以同时达成",
        clauses=clauses(group.targets),
        arithmetic_zh=(group_zh(group),),
        assumption=(Switch.BASE, Switch.TOLERANCE),
        consequence_zh="一项达成时其他项多半落空，须定先后或调整其一。",
        severity=Severity.CLARIFY,
        readings=group.targets,
        illustrative=RowStatus.ILLUSTRATIVE in used,
    )


def group_zh(group: Group) -> str:
    """Put joint success beside what independence would give."""
    seen, promised = (text_zh.percent(x) for x in (group.probability, group.product))
    return f"{group.n_draws:,}次模拟中同时达成{seen}；若互不相干应为{promised}"


# ── 基期 ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class BaseShift:
    """A target whose verdict depends on the base year, judged on each."""

    target: Target
    by_year: Mapping[int, Assessment]


def base_shifts(
    view: View, targets: Iterable[Target], reading: Reading, years: Iterable[int] = BASE_YEARS
) -> tuple[BaseShift, ...]:
    """Judge targets on each base year and keep those whose verdict changes.

    A base year without figures gives no verdict and is no change.
    """
    readings = {year: reading.model_copy(update={"base_year": year}) for year in years}
    shifts = []
    for target in targets:
        by_year = {year: judge(view, read.apply(target)) for year, read in readings.items()}
        if len({item.verdict for item in by_year.values()} - set(OPEN)) > 1:
            shifts.append(BaseShift(target, by_year))
    return tuple(shifts)
