"""序时进度 of one target: progress made against progress due, by the kind of target."""

from dataclasses import dataclass, replace

from analytics.domain import (
    ComparedTarget,
    GrowthTarget,
    Kind,
    LeadTarget,
    MeasurableTarget,
    Reason,
    Reasons,
    Standing,
    SumTarget,
)
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath
from analytics.model.judgement.progress import (
    UNDETERMINED,
    Pace,
    cumulative_pace,
    growth_pace,
    level_pace,
    linear_pace,
    relative_pace,
)
from analytics.model.projection.history import History

_GEOMETRIC = (Kind.LEVEL, Kind.RATIO, Kind.FLOW)  # the others move on a straight line


@dataclass(frozen=True)
class PaceFound:
    """The word for the pace so far, the reason where one is owed, the value due by now."""

    standing: Standing
    reasons: Reasons = ()
    expected_now: float | None = None


def judge_pace(
    target: MeasurableTarget, path: MetricPath, district: History, base_year: int
) -> PaceFound:
    """Judge what is observed; once the due year is, it alone counts."""
    year, latest = path.last_observed
    if year >= target.due_year:
        return _judge_due_year(target, path)
    pace = _pace(target, path, district, base_year)
    if pace.standing in (Standing.EARLY, Standing.MET) and not meets(target, latest):
        pace = replace(pace, standing=Standing.AHEAD)  # expected of a running year, not there yet
    if pace.standing is Standing.UNDETERMINED:
        return PaceFound(pace.standing, (Reason.PACE_WITHOUT_BASE.given(base=base_year),))
    if isinstance(target, SumTarget) and meets(target, latest):
        return PaceFound(Standing.MET)  # sums never fall: done is done
    if pace.standing is Standing.EARLY:
        return PaceFound(pace.standing)
    rate = isinstance(target, GrowthTarget | LeadTarget)
    return PaceFound(pace.standing, (), target.threshold if rate else pace.expected)


def _judge_due_year(target: MeasurableTarget, path: MetricPath) -> PaceFound:
    at_due = path.observed.get(target.due_year)
    if at_due is None:
        missing = Reason.DUE_YEAR_MISSING.given(due=target.due_year)
        return PaceFound(Standing.UNDETERMINED, (missing,))
    if meets(target, float(at_due)):
        return PaceFound(Standing.MET)
    return PaceFound(Standing.MISSED, (Reason.MISSED.given(),))


def _pace(target: MeasurableTarget, path: MetricPath, district: History, base_year: int) -> Pace:
    year, latest = path.now if path.now[0] < target.due_year else path.last_observed
    limit, gone, whole = target.threshold, year - base_year, target.due_year - base_year
    match target:
        case SumTarget():
            strict = target.excludes_its_number
            return cumulative_pace(latest, limit, gone / whole, strict=strict)
        case GrowthTarget():
            base = path.base or 0.0
            return growth_pace(base, base * (1 + latest) ** gone, limit, gone, whole)
        case ComparedTarget():
            return relative_pace(latest, limit)
        case LeadTarget():
            return relative_pace(latest, 0.0, margin=limit)
    if meets(target, path.last_observed[1]):
        return Pace(None, None, None, Standing.EARLY)
    if path.base is None or gone <= 0:
        return UNDETERMINED
    by_kind = level_pace if district.indicator.kind in _GEOMETRIC else linear_pace
    strict = target.excludes_its_number
    return by_kind(path.base, latest, limit, gone / whole, strict=strict)
