"""How far along: the statistical offices' progress ratio, and 序时进度 by kind of target.

The ratio and its score follow Statistics Canada's and Eurostat's practice for
the Sustainable Development Goals (observed against required yearly growth);
the published Canadian cases are reproduced in the tests. 序时进度 compares the
share of the way travelled with the share of the time elapsed.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.domain import Standing

_ZERO = 0.001  # stands for a zero base or target, whose growth is undefined
_LIMIT_EXPONENT = 4.44
_SUBSTANTIAL, _MODERATE = 0.95, 0.60
_RATE_SUBSTANTIAL, _RATE_MODERATE = 0.015, 0.005
_BEST = 5.0
# Lines through the knots (-0.6, -5), (0.6, 0), (1.3, 5), with the four decimals
# the published scores were computed with.
_LOWER_LINE = (4.1667, -2.5)
_UPPER_LINE = (7.1429, -4.2857)


class ProgressStatus(StrEnum):
    """Status words of the published method."""

    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL = "substantial_progress"
    MODERATE = "moderate_progress"
    LIMITED = "limited_progress"
    DETERIORATION = "deterioration"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True)
class Progress:
    """Result of :func:`progress_ratio`; value and score are None when unknown.

    ``value`` is the ratio of observed to required growth with a target, the
    observed growth (fraction a year, positive in the wanted direction) without.
    """

    value: float | None
    score: float | None
    status: ProgressStatus


_UNKNOWN = Progress(None, None, ProgressStatus.NOT_AVAILABLE)


def progress_ratio(
    base_year: float,
    base_value: float | None,
    current_year: float | None,
    current_value: float | None,
    *,
    direction: int,
    target: float | None = None,
    target_year: float | None = None,
    limit: float | None = None,
) -> Progress:
    """Measure progress since a base year against a target, or by growth alone.

    Parameters
    ----------
    base_year, current_year, target_year : float
        Years; the target year is required with a target.
    base_value, current_value, target : float or None
        Same unit; None or NaN is missing.
    direction : int
        +1 when more is better, -1 when less is better.
    limit : float, optional
        Natural maximum (100 for a percentage): near it little growth is a lot,
        so positive cut-offs shrink by ``1 - (base/limit)**4.44``.

    Returns
    -------
    Progress
        With a target R = d * CAGR_observed / abs(CAGR_required): 0.95
        substantial, 0.60 moderate, 0 limited; achieved whatever R once met.
        Without: d * CAGR_observed against 1.5 %, 0.5 % and 0. Not available
        with fewer than two years or mixed signs.

    Raises
    ------
    ValueError
        If the direction is not ±1 or a target comes without its year.
    """
    if direction not in (1, -1):
        raise ValueError(f"方向须为 1 或 -1，收到 {direction}")
    goal, goal_year = _known(target), _known(target_year)
    if goal is not None and goal_year is None:
        raise ValueError("给出目标值时须同时给出目标年份")
    first, year, now = _known(base_value), _known(current_year), _known(current_value)
    if first is None or year is None or now is None or year <= base_year:
        return _UNKNOWN
    base = first or _ZERO
    wanted = _wanted_sign(base, now, goal, direction)
    if wanted is None:
        return _UNKNOWN
    observed = wanted * _growth(base, now, year - base_year)
    if goal is None or goal_year is None:
        return _without_target(observed, first, limit)
    if goal_year <= base_year:
        return _UNKNOWN
    met = direction * (now - goal) >= 0
    return _with_target(observed, _growth(base, goal or _ZERO, goal_year - base_year), met)


def _known(value: float | None) -> float | None:
    """Return a value, None where it is missing."""
    return None if value is None or math.isnan(value) else value


def _wanted_sign(base: float, now: float, goal: float | None, direction: int) -> int | None:
    """Return the sign of growth that is progress; None where values have mixed signs."""
    ends = [base, now] + ([] if goal is None else [goal])
    if min(ends) < 0 < max(ends):
        return None
    return -direction if max(ends) <= 0 and min(ends) < 0 else direction


def _growth(first: float, last: float, years: float) -> float:
    """Return yearly growth; unlike growth.cagr a last value of zero is -100 %."""
    return float((last / first) ** (1.0 / years)) - 1.0


def _with_target(observed: float, required: float, met: bool) -> Progress:
    ratio = observed / abs(required) if required else None
    if met:
        return Progress(ratio, _BEST, ProgressStatus.TARGET_ACHIEVED)
    if ratio is None:  # the target is the base value, and it was lost
        return Progress(None, -_BEST, ProgressStatus.DETERIORATION)
    slope, intercept = _LOWER_LINE if ratio < _MODERATE else _UPPER_LINE
    score = max(-_BEST, min(_BEST, slope * ratio + intercept))
    return Progress(ratio, score, _classify(ratio, _SUBSTANTIAL, _MODERATE))


def _without_target(observed: float, base: float, limit: float | None) -> Progress:
    room = 1.0
    if limit is not None and 0 <= base <= limit:
        room = 1.0 - (base / limit) ** _LIMIT_EXPONENT
    status = _classify(observed, _RATE_SUBSTANTIAL * room, _RATE_MODERATE * room)
    if room == 0 and observed >= 0:
        return Progress(observed, _BEST, status)  # at the limit, and held
    knots = (-0.02, 0.0, _RATE_MODERATE * room, _RATE_SUBSTANTIAL * room, 0.02 * room)
    score = float(np.interp(observed, knots, (-_BEST, -2.5, 0.0, 2.5, _BEST)))
    return Progress(observed, score, status)


def _classify(value: float, substantial: float, moderate: float) -> ProgressStatus:
    if value >= substantial:
        return ProgressStatus.SUBSTANTIAL
    if value >= moderate:
        return ProgressStatus.MODERATE
    return ProgressStatus.LIMITED if value >= 0 else ProgressStatus.DETERIORATION


@dataclass(frozen=True)
class Thresholds:
    """Progress made over progress due at which the word changes.

    There is no national threshold. 0.95 is where the statistical offices' ratio
    begins to call progress substantial; 1.05 mirrors it.
    """

    ahead: float = 1.05
    on_track: float = 0.95


@dataclass(frozen=True)
class Pace:
    """序时进度 of one target at one moment; None where it cannot be computed.

    ``expected`` is the value due by now in the measure's own unit,
    ``completed`` the share of the whole way travelled, ``ratio`` progress made
    over progress due, ``needed`` the yearly growth that the rest would take.
    """

    expected: float | None
    completed: float | None
    ratio: float | None
    standing: Standing
    needed: float | None = None


UNDETERMINED = Pace(None, None, None, Standing.UNDETERMINED)


def pace_standing(
    ratio: float | None, *, met: bool, elapsed: float, thresholds: Thresholds = Thresholds()
) -> Standing:
    """Return the official word for progress made over progress due.

    ``elapsed`` is the share of the time gone; from 1 on only being met counts.
    """
    if met:
        return Standing.EARLY if elapsed < 1.0 else Standing.MET
    if elapsed >= 1.0:
        return Standing.MISSED
    if ratio is None:
        return Standing.UNDETERMINED
    if ratio >= thresholds.ahead:
        return Standing.AHEAD
    return Standing.ON_TRACK if ratio >= thresholds.on_track else Standing.BEHIND


def cumulative_pace(
    done: float,
    target: float,
    elapsed: float,
    *,
    expected: float | None = None,
    strict: bool = False,
    thresholds: Thresholds = Thresholds(),
) -> Pace:
    """Compare a running total (累计新增) with its share of the time.

    Parameters
    ----------
    done, target : float
        Total since the base year and total wanted, same unit.
    elapsed : float
        Years elapsed over years in all (fraction; 1 or more once due).
    expected : float, optional
        Another yardstick for now, such as the median path of past years, since
        such counts are lumpy; ``target * elapsed`` unless given.
    strict : bool
        True when the wording excludes the number itself (突破).
    thresholds : Thresholds
        Where the words change.
    """
    due = target * min(elapsed, 1.0) if expected is None else expected
    return _pace(0.0, done, target, elapsed, due, strict, thresholds)


def linear_pace(
    base: float,
    now: float,
    target: float,
    elapsed: float,
    *,
    strict: bool = False,
    thresholds: Thresholds = Thresholds(),
) -> Pace:
    """Compare a stock (存量达到) or a share (占比) with the straight line to its target.

    ``completed`` is ``(now - base)/(target - base)``, never now/target; targets
    below the base work too. Parameters as in :func:`cumulative_pace`.
    """
    due = base + (target - base) * min(elapsed, 1.0)
    return _pace(base, now, target, elapsed, due, strict, thresholds)


def level_pace(
    base: float,
    now: float,
    target: float,
    elapsed: float,
    *,
    strict: bool = False,
    thresholds: Thresholds = Thresholds(),
) -> Pace:
    """Compare a level (水平突破) with the geometric path ``base*(target/base)**elapsed``.

    无法判定 without a positive base and target. Parameters as in
    :func:`cumulative_pace`.
    """
    if min(base, target) <= 0:
        return UNDETERMINED
    due = base * (target / base) ** min(elapsed, 1.0)
    return _pace(base, now, target, elapsed, due, strict, thresholds)


def growth_pace(
    base: float,
    now: float,
    target_rate: float,
    years_elapsed: float,
    years_total: float,
    *,
    strict: bool = False,
    thresholds: Thresholds = Thresholds(),
) -> Pace:
    """Compare average growth to date (年均增长, fractions a year) with the target rate.

    ``expected`` is the level the target rate would have reached by now and
    ``needed`` the rate for the years left that would still make the average. An
    average is not reached before the last year, so 提前实现 is never said.
    """
    if min(base, now) <= 0 or years_elapsed <= 0 or target_rate <= -1:
        return UNDETERMINED
    elapsed = years_elapsed / years_total
    rate = math.expm1(math.log(now / base) / years_elapsed)
    met = rate > target_rate or (rate == target_rate and not strict)
    ratio = rate / target_rate if target_rate else None
    goal = base * (1.0 + target_rate) ** years_total
    left = years_total - years_elapsed
    over = met and left <= 0
    return Pace(
        expected=base * (1.0 + target_rate) ** min(years_elapsed, years_total),
        completed=(now - base) / (goal - base) if target_rate else None,
        ratio=ratio,
        standing=pace_standing(ratio, met=over, elapsed=elapsed, thresholds=thresholds),
        needed=math.expm1(math.log(goal / now) / left) if left > 0 else None,
    )


def relative_pace(
    district_growth: float | None, city_growth: float | None, *, margin: float = 0.0
) -> Pace:
    """Compare growth with the city's (fractions a year): a gap of at least the margin.

    There is no way to travel, only a gap: 快于预期 above the margin,
    基本符合预期 on it, 滞后 below; 无法判定 when either figure is missing.
    """
    ours, theirs = _known(district_growth), _known(city_growth)
    if ours is None or theirs is None:
        return UNDETERMINED
    due = theirs + margin
    if ours == due:
        return Pace(due, None, None, Standing.ON_TRACK)
    ahead = ours > due
    return Pace(due, None, None, Standing.AHEAD if ahead else Standing.BEHIND)


def _pace(
    base: float,
    now: float,
    target: float,
    elapsed: float,
    due: float,
    strict: bool,
    thresholds: Thresholds,
) -> Pace:
    """Build the pace of a way from a base to a target, upward or downward."""
    upward = 1.0 if target >= base else -1.0
    beyond = upward * (now - target)
    met = beyond > 0 or (beyond == 0 and not strict)
    ratio = (now - base) / (due - base) if due != base else None
    completed = (now - base) / (target - base) if target != base else None
    standing = pace_standing(ratio, met=met, elapsed=elapsed, thresholds=thresholds)
    return Pace(due, completed, ratio, standing)
