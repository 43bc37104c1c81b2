"""序时进度 of one target: progress made against progress due, by the kind of target."""

from dataclasses import dataclass

from analytics.domain import (
    ComparedTarget,
    GrowthTarget,
    Kind,
    LeadTarget,
    MeasurableTarget,
    Reason,
    Reasons,
    SumTarget,
    Verdict,
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
class PaceVerdict:
    """The word for the pace so far, the reason where one is owed, the value due by now."""

    verdict: Verdict
    reasons: Reasons = ()
    expected_now: float | None = None


def judge_pace(
    target: MeasurableTarget, path: MetricPath, district: History, base_year: int
) -> PaceVerdict:
    """Judge what is observed; once the due year is, it alone counts."""
    year, latest = path.last_observed
    if year >= target.due_year:
        return _judge_due_year(target, path)
    pace = _pace(target, path, district, base_year)
    if pace.verdict is Verdict.UNDETERMINED:
        return PaceVerdict(pace.verdict, (Reason.PACE_WITHOUT_BASE.given(base=base_year),))
    if isinstance(target, SumTarget) and meets(target, latest):
        return PaceVerdict(Verdict.MET)  # sums never fall: done is done
    if pace.verdict is Verdict.EARLY:
        return PaceVerdict(pace.verdict)
    rate = isinstance(target, GrowthTarget | LeadTarget)
    return PaceVerdict(pace.verdict, (), target.threshold if rate else pace.expected)


def _judge_due_year(target: MeasurableTarget, path: MetricPath) -> PaceVerdict:
    at_due = path.observed.get(target.due_year)
    if at_due is None:
        missing = Reason.DUE_YEAR_MISSING.given(due=target.due_year)
        return PaceVerdict(Verdict.UNDETERMINED, (missing,))
    if meets(target, float(at_due)):
        return PaceVerdict(Verdict.MET)
    return PaceVerdict(Verdict.BEHIND, (Reason.MISSED.given(),))


def _pace(target: MeasurableTarget, path: MetricPath, district: History, base_year: int) -> Pace:
    year, latest = path.last_observed
    limit, gone, whole = target.threshold, year - base_year, target.due_year - base_year
    match target:
        case SumTarget():
            strict = target.excludes_its_number
            return cumulative_pace(latest, limit, gone / whole, strict=strict)
        case GrowthTarget():
            now = float(district.values[year])
            return growth_pace(path.base or 0.0, now, limit, gone, whole)
        case ComparedTarget():
            return relative_pace(latest, limit)
        case LeadTarget():
            return relative_pace(latest, 0.0, margin=limit)
    if meets(target, latest):
        return Pace(None, None, None, Verdict.EARLY)
    if path.base is None or gone <= 0:
        return UNDETERMINED
    by_kind = level_pace if district.indicator.kind in _GEOMETRIC else linear_pace
    strict = target.excludes_its_number
    return by_kind(path.base, latest, limit, gone / whole, strict=strict)
