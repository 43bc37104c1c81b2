"""How far a scenario is from a target, fast enough to be asked a thousand times."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from analytics.answers.steering.influence import influences, members
from analytics.domain import MeasurableTarget, Measure, Reason, ReasonGiven, Target
from analytics.model.judgement.joint import why_left_out
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import Projection
from analytics.remembered import remembered
from analytics.workbench import Workbench

Settings = tuple[tuple[str, float], ...]


@remembered()
def cut(bench: Workbench, target_id: str) -> Workbench:
    """Return a release with no more than a target rests on: its series up to the due year."""
    target = bench.catalog.targets[target_id]
    baseline = {
        region: MappingProxyType(
            {x: _cut(own[x], target.due_year) for x in _rests_on(bench, target) if x in own}
        )
        for region, own in bench.baseline.items()
    }
    return replace(bench, baseline=MappingProxyType(baseline))


def _rests_on(bench: Workbench, target: Target) -> set[str]:
    sides = [name for name, _ in bench.sides(target)]
    return set().union(*(members(bench.catalog, name) for name in sides))


def _cut(projection: Projection, year: int) -> Projection:
    years = tuple(one for one in projection.years if one <= year)
    return replace(projection, years=years, draws=projection.draws[:, : len(years)])


@dataclass(frozen=True, eq=False)
class Margin:
    """One target under one criterion: the median, or a probability of being met."""

    bench: Workbench  # cut at the due year
    target: MeasurableTarget
    probability: float | None
    fixed: Mapping[str, float]  # settings that reach the target

    @property
    def limit(self) -> float:
        """Return the least value that counts as met."""
        limit = self.target.threshold
        if limit is None:
            raise ValueError(f"{self.target.id} has no number to solve for")
        return limit

    def draws(self, changes: Mapping[str, float]) -> np.ndarray:
        """Return the measure in the due year, shape ``[n_draws]``."""
        return _drawn(self.bench, self.target.id, tuple({**self.fixed, **changes}.items()))

    def path(self, changes: Mapping[str, float]) -> MetricPath:
        """Return the target's measure with some settings changed."""
        return _path(self.bench, self.target.id, tuple({**self.fixed, **changes}.items()))

    def outcome(self, changes: Mapping[str, float]) -> tuple[float, float | None]:
        """Return median and probability as the verdict has them."""
        path = self.path(changes)
        draws = _in_due_year(self.target, path)
        known = path.has_probability and np.ptp(draws) > 0
        share = float(np.mean(meets(self.target, draws))) if known else None
        return float(np.median(draws)), share

    def excess(self, changes: Mapping[str, float]) -> float:
        """Return criterion less threshold, relative to the threshold.

        At a probability ``p`` the criterion is the ``ceil(p n)``-th largest
        draw: it is at the threshold exactly when ``p`` of the draws meet it,
        and unlike the share of draws it moves continuously with a lever.
        """
        return (self.criterion(self.draws(changes)) - self.limit) / (abs(self.limit) or 1.0)

    def criterion(self, draws: np.ndarray) -> float:
        """Return the median, or the draw that decides about the probability."""
        if self.probability is None:
            return float(np.median(draws))
        place = max(len(draws) - int(np.ceil(self.probability * len(draws) - 1e-9)), 0)
        return float(np.partition(draws, place)[place])

    def met(self, changes: Mapping[str, float]) -> bool:
        """Tell whether the verdict's own comparison holds."""
        draws = self.draws(changes)
        if self.probability is None:
            return bool(meets(self.target, float(np.median(draws))))
        return bool(np.mean(meets(self.target, draws)) >= self.probability - 1e-12)


def _in_due_year(target: Target, path: MetricPath) -> np.ndarray:
    drawn = path.at(target.due_year)
    if drawn is None:
        raise ValueError(f"no draws of {target.id} in {target.due_year}")
    return drawn


def _worked_out(bench: Workbench, target_id: str, settings: Settings) -> MetricPath:
    target = bench.catalog.targets[target_id]
    return bench.path(target, bench.projections(dict(settings)), until=target.due_year)


# A target is asked about at several odds in a row, each time at the same ends of the lever.
_path = remembered(1)(_worked_out)


@remembered(16)
def _drawn(bench: Workbench, target_id: str, settings: Settings) -> np.ndarray:
    target = bench.catalog.targets[target_id]
    drawn = _in_due_year(target, _worked_out(bench, target_id, settings))
    return drawn.copy()  # without the path's other years


def margin(
    bench: Workbench,
    settings: Mapping[str, float],
    target_id: str,
    probability: float | None = None,
) -> Margin | ReasonGiven:
    """Prepare a target for solving; return the reason where it cannot be.

    Raises
    ------
    ValueError
        If the probability is not above 0 and at most 1.
    """
    if probability is not None and not 0 < probability <= 1:
        raise ValueError(f"达成概率须大于0且不超过1，收到 {probability}")
    target = bench.catalog.targets[target_id]
    if target.measure is Measure.QUALITATIVE:
        return Reason.NO_NUMBER_TO_SOLVE.given()
    short = cut(bench, target_id)
    touching = {*influences(bench, target), *bench.catalog.stresses}
    fixed = {name: value for name, value in settings.items() if name in touching and value}
    found = Margin(short, target, probability, fixed)
    path = found.path({})
    if target.due_year in path.observed.index:
        return Reason.OUTCOME_SETTLED.given(due=target.due_year)
    unsure = probability is not None and not path.has_probability
    if unsure or path.at(target.due_year) is None:
        return why_left_out(target, path)
    return found
