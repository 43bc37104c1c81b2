"""Draws and history against a target: the verdict and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analytics.domain import RELATIVE, Kind, Measure, Operator, RowStatus, Target, Verdict
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
    ``required_step`` is the yearly addition still needed. ``probability`` is
    None exactly when ``reason`` says why.
    """

    target: Target
    verdict: Verdict
    reason: str
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
    warnings: tuple[str, ...] = ()
    assumed: bool = False  # the outlook follows from an assumption, not a projection

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
        reason = _missing(target, path, district, base_year)
        return Assessment(verdict=_no_data_verdict(path), reason=reason, **common)
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
    verdict, reason, expected = _judge(target, path, district, base_year)
    return Assessment(
        verdict=verdict,
        reason=reason or due.pop("reason"),
        expected_now=expected,
        gap=threshold(target) - common["latest"],
        **_required(target, path, district, base_year),
        **{key: value for key, value in due.items() if key != "reason"},
        **common,
    )


def _assess_outlook(target: Target, path: MetricPath, common: dict) -> Assessment:
    """Judge a target of which nothing is observed since its base, only projected."""
    compared = "本区与全市共同年份的" if target.measure in RELATIVE else ""
    since = f"{path.since}年以来" if path.since else ""
    due = _due(target, path)
    reasons = (f"{since}尚无{compared}实际值，序时进度无法判定", due.pop("reason"))
    return Assessment(
        verdict=Verdict.UNDETERMINED,
        reason="；".join(reason for reason in reasons if reason),
        method=path.method,
        warnings=path.reasons,
        assumed=path.assumed,
        **due,
        **common,
    )


def _newer_bound(district: History, path: MetricPath) -> Latest | None:
    latest = district.latest
    if latest is None or not latest.lower_bound:
        return None
    return latest if path.observed.empty or latest.year > path.observed.index[-1] else None


def _no_data_verdict(path: MetricPath) -> Verdict:
    no_benchmark = any(reason.startswith("无对标") for reason in path.reasons)
    return Verdict.UNDETERMINED if no_benchmark else Verdict.NO_DATA


def _missing(target: Target, path: MetricPath, district: History, base_year: int) -> str:
    """Say what is held, what is missing and what would be needed."""
    first = path.reasons[0] if path.reasons else ""
    if first.startswith("无对标"):
        return first
    years = "、".join(str(year) for year in district.values.index[-5:])
    held = f"现有{years}年数值" if years else "本区没有年度数值"
    if len(district.monthly):
        held += f"，只有{len(district.monthly)}条月度或累计记录"
    return f"数据不足：{held}；需要{_needed(target, base_year)}"


def _needed(target: Target, base_year: int) -> str:
    fewest = f"至少{FEWEST_YEARS}年"
    if target.measure is Measure.CUMULATIVE:
        return f"{base_year + 1}年起逐年新增数，推算概率另需此前{fewest}"
    if target.measure is Measure.QUALITATIVE:
        return f"逐年数值（{fewest}）以检验趋势"
    city = "，以及全市同口径数值" if target.measure in RELATIVE else ""
    return f"逐年数值（{fewest}，含基期{base_year}年）{city}"


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
        reason = "到期年份已有实际值" if passed else _first(path.reasons, "历史不足，未作预测")
        return {"reason": reason}
    if np.ptp(draws) == 0:  # a constant, or a line from an assumption: no interval
        return {"median": float(draws[0]), "reason": _first(path.reasons, "无变化，不作区间预测")}
    low95, low80, median, high80, high95 = np.quantile(draws, [0.025, 0.1, 0.5, 0.9, 0.975])
    result = {
        "median": float(median),
        "interval_80": (float(low80), float(high80)),
        "interval_95": (float(low95), float(high95)),
    }
    if not path.has_probability:
        return result | {"reason": _first(path.reasons, "历史过短，不给出概率")}
    share = float(np.mean(meets(target, draws)))
    error = float(np.sqrt(share * (1 - share) / len(draws)))
    found = {"reason": "", "probability": share, "mc_error": error}
    if path.calibration is not None:
        last = path.observed.index[-1] if len(path.observed) else path.years[0] - 1
        distance = target.due_year - int(last)
        found["coverage"] = path.calibration.at(distance)
    return result | found


def _first(reasons: tuple[str, ...], default: str) -> str:
    return reasons[0] if reasons else default


def _judge(
    target: Target, path: MetricPath, district: History, base_year: int
) -> tuple[Verdict, str, float | None]:
    """Return verdict, its reason where one is owed, and the value due by now."""
    year, latest = int(path.observed.index[-1]), float(path.observed.iloc[-1])
    if year >= target.due_year:
        return _judge_past(target, path)
    pace = _pace(target, path, district, base_year)
    if pace.verdict is Verdict.UNDETERMINED:
        return pace.verdict, f"缺少基期（{base_year}年）数值，无法计算序时进度", None
    if target.measure is Measure.CUMULATIVE and meets(target, latest):
        return Verdict.MET, "", None  # sums never fall: done is done
    if pace.verdict is Verdict.EARLY:
        return pace.verdict, "", None
    rate = target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH)
    return pace.verdict, "", threshold(target) if rate else pace.expected


def _judge_past(target: Target, path: MetricPath) -> tuple[Verdict, str, float | None]:
    at_due = path.observed.get(target.due_year)
    if at_due is None:
        return Verdict.UNDETERMINED, f"缺少到期年份（{target.due_year}年）的数值", None
    if meets(target, float(at_due)):
        return Verdict.MET, "", None
    return Verdict.BEHIND, "到期未达到", None


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
        few = f"仅有{len(observed)}个年度数值，不足以检验趋势（至少{FEWEST_YEARS}个）"
        reason = f"规划未给数值；{few}"
        return Assessment(verdict=Verdict.NO_DATA, reason=reason, **common)
    tau, p_value = stats.kendalltau(observed.index.to_numpy(), observed.to_numpy())
    note = f"规划未给数值，按趋势判断（Kendall τ={tau:.2f}，p={p_value:.3f}）"
    if p_value < SIGNIFICANCE:
        verdict = Verdict.ON_TRACK if tau > 0 else Verdict.BEHIND
        return Assessment(verdict=verdict, reason=note, **common)
    return Assessment(verdict=Verdict.UNDETERMINED, reason=f"{note}，趋势不显著", **common)
