"""序时进度 of one target: progress made against progress due, by the kind of target."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analytics.domain import (
    ComparedTarget,
    CountTarget,
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
from analytics.model.judgement.members import Member, members_wanted
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

FEWEST_SPANS = 3  # past spans from which the usual way of a sum is read
_GEOMETRIC = (Kind.LEVEL, Kind.RATIO, Kind.FLOW)  # the others move on a straight line


@dataclass(frozen=True)
class PaceFound:
    """The word for the pace so far, the reason where one is owed, the value due by now.

    ``rests_on`` names the member that a count was judged by.
    """

    standing: Standing
    reasons: Reasons = ()
    expected_now: float | None = None
    rests_on: Reasons = ()


def judge_pace(
    target: MeasurableTarget,
    path: MetricPath,
    district: History,
    base_year: int,
    members: Sequence[Member] = (),
) -> PaceFound:
    """Judge what is observed; once the due year is, it alone counts."""
    year, latest = path.last_observed
    if year >= target.due_year:
        return _judge_due_year(target, path)
    if isinstance(target, CountTarget) and members and not meets(target, latest):
        return _judge_by_member(target, members, base_year)
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
            usual = usual_share(district.values, gone, whole)
            return cumulative_pace(
                latest,
                limit,
                gone / whole,
                expected=None if usual is None else usual * limit,
                strict=target.excludes_its_number,
            )
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


def usual_share(additions: pd.Series, gone: int, whole: int) -> float | None:
    """Return how much of a sum was usually there after part of its years.

    Parameters
    ----------
    additions : Series
        Yearly additions by year.
    gone, whole : int
        Years gone and years in all; counts come in lumps and flows grow, so an
        even way is no yardstick for them.

    Returns
    -------
    float or None
        Median, over all spans of ``whole`` years that follow one another, of the
        share of the span's total in its first ``gone`` years; None with fewer than
        three spans.
    """
    if not 0 < gone < whole or additions.empty:
        return None
    every = additions.reindex(range(int(additions.index[0]), int(additions.index[-1]) + 1))
    total = every.rolling(whole).sum()
    first = every.rolling(gone).sum().shift(whole - gone)
    shares = (first / total.where(total > 0)).dropna()
    return float(shares.median()) if len(shares) >= FEWEST_SPANS else None


def _judge_by_member(target: CountTarget, members: Sequence[Member], base_year: int) -> PaceFound:
    """Judge a count by the member that would make it complete: is it on its way to the size?"""
    ranked = sorted(members, key=_newest, reverse=True)
    place = members_wanted(target) - 1
    if place >= len(ranked):
        return PaceFound(Standing.UNDETERMINED)
    member = ranked[place]
    gone, whole = member.path.now[0] - base_year, target.due_year - base_year
    if member.path.observed.empty or member.path.base is None or gone <= 0:
        missing = Reason.PACE_WITHOUT_BASE.given(base=base_year)
        return PaceFound(Standing.UNDETERMINED, (missing,))
    year, now = member.path.now
    pace = level_pace(member.path.base, now, member.threshold, gone / whole)
    met = pace.standing in (Standing.EARLY, Standing.MET)
    said = Reason.JUDGED_BY_MEMBER.given(
        place=place + 1,
        member=member.name_zh,
        year=year,
        value=now,
        unit=member.unit,
        expected=float(pace.expected or 0.0),
    )
    return PaceFound(Standing.AHEAD if met else pace.standing, rests_on=(said,))


def _newest(member: Member) -> float:
    return float("-inf") if member.path.observed.empty else member.path.now[1]
