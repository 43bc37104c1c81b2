"""Draws and history against a target: the verdict and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analytics.domain import (
    RELATIVE,
    Kind,
    Measure,
    Operator,
    Reason,
    ReasonGiven,
    Reasons,
    RowStatus,
    Target,
    Verdict,
)
from analytics.model.judgement.growth import cagr, cumulative_average_growth, required_growth
from analytics.model.judgement.measure import MetricPath
from analytics.model.judgement.progress import (
    Pace,
    Thresholds,
    cumulative_pace,
    growth_pace,
    level_pace,
    linear_pace,
    relative_pace,
)
from analytics.model.projection import Coverage
from analytics.model.projection.history import History, Latest

SIGNIFICANCE = 0.05  # level of the trend test for targets without a number
THRESHOLDS = Thresholds()  # where the words of 序时进度 change; shown on screen
RECENT_YEARS = 5
FEWEST_YEARS = 5  # from here on a projection carries a probability
NOISE = 1e-9  # a growth rate below this is the solver's rounding
WEAK = 1 / 3  # below this probability a good pace is called into question


@dataclass(frozen=True)
class Assessment:
    """One target's verdict; every number is in the target's unit.

    ``required_growth`` and ``recent_growth`` are fractions a year;
    ``required_step`` is the yearly addition still needed. ``reasons`` say why
    there is no verdict or no probability, or what the verdict rests on.
    """

    target: Target
    verdict: Verdict
    reasons: Reasons
    latest: float | None = None
    latest_year: int | None = None
    latest_status: RowStatus | None = None
    bound: Latest | None = None  # a newer figure that is only a lower bound
    expected_now: float | None = None
    median: float | None = None
    interval_80: tuple[float, float] | None = None
    interval_95: tuple[float, float] | None = None
    probability: float | None = None
    mc_error: float | None = None
    coverage: Coverage | None = None  # measured at this history length and distance
    gap: float | None = None
    required_growth: float | None = None
    required_step: float | None = None
    recent_growth: float | None = None
    recent_step: float | None = None  # mean yearly addition of the last five years
    recent_growth_years: int = RECENT_YEARS  # covered by it; fewer where the history is short
    recent_step_years: int = RECENT_YEARS
    statuses: frozenset[RowStatus] = frozenset()
    method: str = ""
    warnings: Reasons = ()
    assumed: bool = False  # the outlook follows from an assumption, not a projection

    @property
    def lacks_benchmark(self) -> bool:
        """Tell whether there is nothing of the city to hold the district against."""
        return any(reason.lacks_benchmark for reason in self.reasons)

    @property
    def trend_is_weak(self) -> bool:
        """Tell whether the pace so far is fine but the projection says otherwise."""
        on_course = self.verdict in (Verdict.AHEAD, Verdict.ON_TRACK, Verdict.EARLY)
        return on_course and self.probability is not None and self.probability < WEAK


def threshold(target: Target) -> float | None:
    """Return the smallest acceptable value; 左右 is met from its lower tolerance on."""
    if target.operator is Operator.FASTER:
        return target.margin
    if target.operator is Operator.APPROX:
        return target.value * (1 - target.tolerance)
    return target.value


def meets(target: Target, values: np.ndarray | float) -> np.ndarray | bool:
    """Compare values with the target by the operator of the plan's wording.

    突破 and 超过 exclude the number itself, every other operator includes it.
    """
    limit = threshold(target)
    return values > limit if target.operator is Operator.GT else values >= limit


def assess(
    target: Target, path: MetricPath, histories: Sequence[History], *, base_year: int
) -> Assessment:
    """Judge a target by its measure, observed and drawn.

    Parameters
    ----------
    target : Target
    path : MetricPath
        The target's own measure.
    histories : sequence of History
        The district's history first, then the city's where the target compares.
    base_year : int
        Year before the first counted one; stated on screen.
    """
    district = histories[0]
    common = {
        "target": target,
        "statuses": frozenset().union(*(history.statuses for history in histories)),
        "bound": _newer_bound(district, path),
        "recent_growth": recent_growth(district.values),
        "recent_step": recent_step(district),
        "recent_growth_years": recent_growth_years(district.values),
        "recent_step_years": recent_step_years(district),
    }
    if path.is_empty:
        common["statuses"] = district.statuses
        reasons = _missing(target, path, district, base_year)
        return Assessment(verdict=_no_data_verdict(path), reasons=reasons, **common)
    if path.observed.empty:
        return _assess_outlook(target, path, common)
    common |= {
        "latest": float(path.observed.iloc[-1]),
        "latest_year": int(path.observed.index[-1]),
        "latest_status": district.status_by_year.get(int(path.observed.index[-1])),
        "method": path.method,
        "warnings": path.reasons,
        "assumed": path.assumed,
    }
    if target.measure is Measure.QUALITATIVE:
        return _assess_trend(path.observed, common)
    due = _due(target, path)
    verdict, why, expected = _judge(target, path, district, base_year)
    unlikely = due.pop("reasons")
    return Assessment(
        verdict=verdict,
        reasons=why or unlikely,
        expected_now=expected,
        gap=threshold(target) - common["latest"],
        **_required(target, path, district, base_year),
        **due,
        **common,
    )


def _assess_outlook(target: Target, path: MetricPath, common: dict) -> Assessment:
    """Judge a target of which nothing is observed since its base, only projected."""
    due = _due(target, path)
    return Assessment(
        verdict=Verdict.UNDETERMINED,
        reasons=(_nothing_observed(target, path), *due.pop("reasons")),
        method=path.method,
        warnings=path.reasons,
        assumed=path.assumed,
        **due,
        **common,
    )


def _nothing_observed(target: Target, path: MetricPath) -> ReasonGiven:
    """Say that the pace cannot be judged: nothing observed, at all or since the base."""
    compared = target.measure in RELATIVE
    if path.since is None:
        return (Reason.NO_COMMON_YEAR_OBSERVED if compared else Reason.NOTHING_OBSERVED).given()
    code = Reason.NO_COMMON_YEAR_SINCE_BASE if compared else Reason.NOTHING_SINCE_BASE
    return code.given(base=path.since)


def _newer_bound(district: History, path: MetricPath) -> Latest | None:
    latest = district.latest
    if latest is None or not latest.lower_bound:
        return None
    return latest if path.observed.empty or latest.year > path.observed.index[-1] else None


def _no_data_verdict(path: MetricPath) -> Verdict:
    alone = any(reason.lacks_benchmark for reason in path.reasons)
    return Verdict.UNDETERMINED if alone else Verdict.NO_DATA


def _missing(target: Target, path: MetricPath, district: History, base_year: int) -> Reasons:
    """Say that there is no benchmark, or what is held and what would be needed."""
    if path.reasons and path.reasons[0].lacks_benchmark:
        return path.reasons[:1]
    return _held(district), _needed(target, base_year)


def _held(district: History) -> ReasonGiven:
    years, months = tuple(map(int, district.values.index[-5:])), len(district.monthly)
    if years:
        if months:
            return Reason.HELD_YEARS_AND_MONTHS.given(years=years, months=months)
        return Reason.HELD_YEARS.given(years=years)
    return Reason.HELD_MONTHS.given(months=months) if months else Reason.HELD_NOTHING.given()


def _needed(target: Target, base_year: int) -> ReasonGiven:
    if target.measure is Measure.CUMULATIVE:
        return Reason.NEEDS_ADDITIONS.given(first=base_year + 1, fewest=FEWEST_YEARS)
    if target.measure is Measure.QUALITATIVE:
        return Reason.NEEDS_A_TREND.given(fewest=FEWEST_YEARS)
    code = Reason.NEEDS_YEARS_OF_BOTH if target.measure in RELATIVE else Reason.NEEDS_YEARS
    return code.given(fewest=FEWEST_YEARS, base=base_year)


def recent_growth(values: pd.Series) -> float | None:
    """Average growth over the last five years held, None where undefined."""
    if len(values) < 2:
        return None
    first, last, span = _recent(values).iloc[0], values.iloc[-1], recent_growth_years(values)
    return cagr(first, last, span) if span > 0 and first > 0 and last > 0 else None


def recent_growth_years(values: pd.Series) -> int:
    """Return the years that the recent growth covers, at most five."""
    return int(values.index[-1] - _recent(values).index[0]) if len(values) else 0


def _recent(values: pd.Series) -> pd.Series:
    return values[values.index >= values.index[-1] - RECENT_YEARS]


def recent_step(district: History) -> float | None:
    """Mean yearly addition of the last five years: additions themselves, or a stock's changes."""
    added = _recent_additions(district)
    return float(added.mean()) if len(added) else None


def recent_step_years(district: History) -> int:
    """Return how many yearly additions the recent one is the mean of, at most five."""
    return len(_recent_additions(district))


def _recent_additions(district: History) -> pd.Series:
    values = district.values
    added = values if district.indicator.accumulates else values.diff().dropna()
    return added.iloc[-RECENT_YEARS:]


def _due(target: Target, path: MetricPath) -> dict:
    """Read the draws of the due year."""
    draws = path.at(target.due_year)
    if draws is None:
        passed = len(path.observed) and path.observed.index[-1] >= target.due_year
        if passed:
            return {"reasons": (Reason.DUE_YEAR_OBSERVED.given(),)}
        return {"reasons": _first(path.reasons, Reason.NOT_PROJECTED)}
    if np.ptp(draws) == 0:  # a constant, or a line from an assumption: no interval
        return {"median": float(draws[0]), "reasons": _first(path.reasons, Reason.CONSTANT)}
    low95, low80, median, high80, high95 = np.quantile(draws, [0.025, 0.1, 0.5, 0.9, 0.975])
    result = {
        "median": float(median),
        "interval_80": (float(low80), float(high80)),
        "interval_95": (float(low95), float(high95)),
    }
    if not path.has_probability:
        return result | {"reasons": (path.why_without_probability,)}
    share = float(np.mean(meets(target, draws)))
    error = float(np.sqrt(share * (1 - share) / len(draws)))
    found = {"reasons": (), "probability": share, "mc_error": error}
    if path.calibration is not None:
        last = path.observed.index[-1] if len(path.observed) else path.years[0] - 1
        distance = target.due_year - int(last)
        found["coverage"] = path.calibration.at(distance)
    return result | found


def _first(reasons: Reasons, default: Reason) -> Reasons:
    return reasons[:1] or (default.given(),)


def _judge(
    target: Target, path: MetricPath, district: History, base_year: int
) -> tuple[Verdict, Reasons, float | None]:
    """Return verdict, its reason where one is owed, and the value due by now."""
    year, latest = int(path.observed.index[-1]), float(path.observed.iloc[-1])
    if year >= target.due_year:
        return _judge_past(target, path)
    pace = _pace(target, path, district, base_year)
    if pace.verdict is Verdict.UNDETERMINED:
        return pace.verdict, (Reason.PACE_WITHOUT_BASE.given(base=base_year),), None
    if target.measure is Measure.CUMULATIVE and meets(target, latest):
        return Verdict.MET, (), None  # sums never fall: done is done
    if pace.verdict is Verdict.EARLY:
        return pace.verdict, (), None
    rate = target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH)
    return pace.verdict, (), threshold(target) if rate else pace.expected


def _judge_past(target: Target, path: MetricPath) -> tuple[Verdict, Reasons, float | None]:
    at_due = path.observed.get(target.due_year)
    if at_due is None:
        return Verdict.UNDETERMINED, (Reason.DUE_YEAR_MISSING.given(due=target.due_year),), None
    if meets(target, float(at_due)):
        return Verdict.MET, (), None
    return Verdict.BEHIND, (Reason.MISSED.given(),), None


def _pace(target: Target, path: MetricPath, district: History, base_year: int) -> Pace:
    """Measure 序时进度 by the kind of target."""
    year, latest = int(path.observed.index[-1]), float(path.observed.iloc[-1])
    limit, elapsed = threshold(target), (year - base_year) / (target.due_year - base_year)
    strict = {"strict": target.operator is Operator.GT}
    match target.measure:
        case Measure.CUMULATIVE:
            return cumulative_pace(latest, limit, elapsed, **strict)
        case Measure.CAGR:
            span = target.due_year - base_year
            return growth_pace(path.base, district.values[year], limit, year - base_year, span)
        case Measure.RELATIVE_TO_CITY:
            return relative_pace(latest, limit)
        case Measure.RELATIVE_GROWTH:
            return relative_pace(latest, 0.0, margin=limit)
    if meets(target, latest):
        return Pace(None, None, None, Verdict.EARLY)
    if path.base is None or elapsed <= 0:
        return Pace(None, None, None, Verdict.UNDETERMINED)
    geometric = district.indicator.kind in (Kind.LEVEL, Kind.RATIO, Kind.FLOW)
    by_kind = level_pace if geometric else linear_pace
    return by_kind(path.base, latest, limit, elapsed, **strict)


def _required(target: Target, path: MetricPath, district: History, base_year: int) -> dict:
    """Return the growth and the yearly step that would still reach the target."""
    year, latest = int(path.observed.index[-1]), float(path.observed.iloc[-1])
    left, limit = target.due_year - year, threshold(target)
    if left <= 0:
        return {}
    if target.measure is Measure.CAGR:
        base, now = path.base, district.values[year]
        goal = base * (1 + limit) ** (target.due_year - base_year)
        return {"required_growth": required_growth(now, goal, left)}
    if target.measure is Measure.RELATIVE_GROWTH:
        return {}
    step = {"required_step": (limit - latest) / left} if latest < limit else {}
    if target.measure is Measure.CUMULATIVE:
        flow = float(district.values.iloc[-1])
        remaining = limit - latest
        possible = flow > 0 and remaining > 0
        rate = cumulative_average_growth(flow, remaining, left) if possible else None
        rate = 0.0 if rate is not None and abs(rate) < NOISE else rate
        return step | {"required_growth": rate}
    rate = required_growth(latest, limit, left) if latest > 0 and limit > 0 else None
    return step | {"required_growth": rate}


def _assess_trend(observed: pd.Series, common: dict) -> Assessment:
    """Judge a target without a number by direction and significance of its trend."""
    if len(observed) < FEWEST_YEARS:
        few = Reason.TREND_TOO_SHORT.given(points=len(observed), fewest=FEWEST_YEARS)
        unknown = (Reason.NO_NUMBER.given(), few)
        return Assessment(verdict=Verdict.NO_DATA, reasons=unknown, **common)
    tau, p_value = map(float, stats.kendalltau(observed.index.to_numpy(), observed.to_numpy()))
    verdict = Verdict.ON_TRACK if tau > 0 else Verdict.BEHIND
    code = Reason.TREND
    if not p_value < SIGNIFICANCE:  # a trend that cannot be computed is not clear either
        verdict, code = Verdict.UNDETERMINED, Reason.TREND_UNCLEAR
    why = code.given(tau=tau, p_value=p_value)
    return Assessment(verdict=verdict, reasons=(why,), **common)
