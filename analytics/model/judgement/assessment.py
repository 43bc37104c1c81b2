"""Draws and history against a target: the verdict and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.domain import (
    RELATIVE,
    Measure,
    Prospect,
    Reason,
    ReasonGiven,
    Reasons,
    RowStatus,
    Standing,
    Target,
    TrendTarget,
    Verdict,
    phrase,
)
from analytics.model.judgement.due_outlook import DueOutlook, due_outlook
from analytics.model.judgement.effort import Needed, Recent, needed, recent
from analytics.model.judgement.measure import MetricPath
from analytics.model.judgement.members import Member
from analytics.model.judgement.pace import judge_pace
from analytics.model.judgement.progress import Thresholds
from analytics.model.judgement.prospects import prospect
from analytics.model.judgement.trend import trend
from analytics.model.projection.history import History, Latest

THRESHOLDS = Thresholds()  # where the words of 序时进度 change; shown on screen
FEWEST_YEARS = 5  # from here on a projection carries a probability
_NAMED_YEARS = 5  # years held that are named where data are missing


@dataclass(frozen=True)
class Observed:
    """The newest exact value of the target's measure."""

    value: float
    year: int
    status: RowStatus | None  # None where the year's own figure is computed


@dataclass(frozen=True)
class Assessment:
    """One target's progress and outlook; every number is in the target's unit.

    ``reasons`` say why there is no verdict or no probability, or what the
    verdict rests on.
    """

    target: Target
    standing: Standing
    reasons: Reasons = ()
    observed: Observed | None = None
    bound: Latest | None = None  # a newer figure that is only a lower bound
    nowcast: Observed | None = None  # of a running year that is partly published
    expected_now: float | None = None  # in the nowcast's year, else in the observed one
    gap: float | None = None
    due: DueOutlook = field(default_factory=DueOutlook)
    needed: Needed = field(default_factory=Needed)
    recent: Recent = field(default_factory=Recent)
    statuses: frozenset[RowStatus] = frozenset()
    method: str = ""
    warnings: Reasons = ()
    is_reference: bool = False  # 参照推算: the usual growth of its kind stands in for its own
    # Least and largest odds over other methods and windows, of the baseline even in a scenario;
    # None until they were worked out.
    method_range: tuple[float, float] | None = None

    @property
    def prospect(self) -> Prospect:
        """The outlook in a word."""
        return prospect(self.standing, self.probability)

    @property
    def verdict(self) -> Verdict:
        """The one phrase for the target, of progress and outlook."""
        return phrase(self.standing, self.prospect)

    @property
    def latest(self) -> float | None:
        """The newest exact value."""
        return None if self.observed is None else self.observed.value

    @property
    def latest_year(self) -> int | None:
        """The year of the newest exact value."""
        return None if self.observed is None else self.observed.year

    @property
    def median(self) -> float | None:
        """The projected median of the due year."""
        return self.due.median

    @property
    def interval_80(self) -> tuple[float, float] | None:
        """The projected 80 % interval of the due year."""
        return self.due.interval_80

    @property
    def probability(self) -> float | None:
        """The share of draws that meet the target when due."""
        return self.due.probability

    @property
    def lacks_benchmark(self) -> bool:
        """Tell whether there is nothing of the city to hold the district against."""
        return any(reason.lacks_benchmark for reason in self.reasons)


def assess(
    target: Target,
    path: MetricPath,
    histories: Sequence[History],
    *,
    base_year: int,
    members: Sequence[Member] = (),
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
    members : sequence of Member
        Those that a count over a threshold counts.
    """
    district = histories[0]
    held = Assessment(
        target=target,
        standing=Standing.UNDETERMINED,
        bound=_newer_bound(district, path),
        recent=recent(district),
        statuses=district.statuses,
    )
    if path.is_empty:
        return _without_data(held, path, district, base_year)
    known = replace(
        held,
        observed=_observed(path, district),
        nowcast=_nowcast(target, path),
        statuses=held.statuses.union(*(history.statuses for history in histories)),
        method=path.method,
        warnings=path.reasons,
        is_reference=path.is_reference,
    )
    if isinstance(target, TrendTarget):
        return _judged_by_trend(known, path.observed, base_year)
    due = due_outlook(target, path)
    if known.observed is None:
        return replace(known, reasons=(_nothing_observed(target, path), *due.reasons), due=due)
    pace = judge_pace(target, path, district, base_year, members)
    return replace(
        known,
        standing=pace.standing,
        reasons=(*(pace.reasons or due.reasons), *pace.rests_on),
        expected_now=pace.expected_now,
        gap=target.threshold - known.observed.value,
        due=due,
        needed=needed(target, path, district, base_year),
    )


def _observed(path: MetricPath, district: History) -> Observed | None:
    if path.observed.empty:
        return None
    year, value = path.last_observed
    return Observed(value, year, district.status_by_year.get(year))


def _nowcast(target: Target, path: MetricPath) -> Observed | None:
    if path.observed.empty or path.now[0] in (path.last_observed[0], target.due_year):
        return None
    return Observed(*path.now[::-1], None)


def _newer_bound(district: History, path: MetricPath) -> Latest | None:
    latest = district.latest
    if latest is None or not latest.lower_bound:
        return None
    return latest if path.observed.empty or latest.year > path.observed.index[-1] else None


# ── why there is no verdict ──────────────────────────────────────────────────────────────


def _without_data(
    held: Assessment, path: MetricPath, district: History, base_year: int
) -> Assessment:
    """Say that there is no benchmark, or what is held and what would be needed."""
    if path.reasons and path.reasons[0].lacks_benchmark:
        return replace(held, standing=Standing.UNDETERMINED, reasons=path.reasons[:1])
    missing = (_held(district), _wanted(held.target, base_year))
    return replace(held, standing=Standing.NO_DATA, reasons=missing)


def _held(district: History) -> ReasonGiven:
    years = tuple(map(int, district.values.index[-_NAMED_YEARS:]))
    months = len(district.monthly)
    if years and months:
        return Reason.HELD_YEARS_AND_MONTHS.given(years=years, months=months)
    if years:
        return Reason.HELD_YEARS.given(years=years)
    return Reason.HELD_MONTHS.given(months=months) if months else Reason.HELD_NOTHING.given()


def _wanted(target: Target, base_year: int) -> ReasonGiven:
    if target.measure is Measure.CUMULATIVE:
        return Reason.NEEDS_ADDITIONS.given(first=base_year + 1, fewest=FEWEST_YEARS)
    if target.measure is Measure.QUALITATIVE:
        return Reason.NEEDS_A_TREND.given(fewest=FEWEST_YEARS)
    code = Reason.NEEDS_YEARS_OF_BOTH if target.measure in RELATIVE else Reason.NEEDS_YEARS
    return code.given(fewest=FEWEST_YEARS, base=base_year)


def _nothing_observed(target: Target, path: MetricPath) -> ReasonGiven:
    """Say that the pace cannot be judged: nothing observed, at all or since the base."""
    compared = target.measure in RELATIVE
    if path.since is None:
        return (Reason.NO_COMMON_YEAR_OBSERVED if compared else Reason.NOTHING_OBSERVED).given()
    code = Reason.NO_COMMON_YEAR_SINCE_BASE if compared else Reason.NOTHING_SINCE_BASE
    return code.given(base=path.since)


# ── a target without a number ────────────────────────────────────────────────────────────


def _judged_by_trend(known: Assessment, observed: pd.Series, base_year: int) -> Assessment:
    """Judge a target without a number by its trend, and by its direction since the base year."""
    if len(observed) < FEWEST_YEARS:
        few = Reason.TREND_TOO_SHORT.given(points=len(observed), fewest=FEWEST_YEARS)
        unknown = (Reason.NO_NUMBER.given(), few)
        return replace(known, standing=Standing.NO_DATA, reasons=unknown)
    found, (first, last) = trend(observed), map(int, observed.index[[0, -1]])
    tau, p_value = found.tau, found.p_value
    if not found.is_clear:
        unclear = Reason.TREND_UNCLEAR.given(first=first, last=last, tau=tau, p_value=p_value)
        return replace(known, standing=Standing.UNDETERMINED, reasons=(unclear,))
    since = float(observed.iloc[-1] - observed.get(base_year, np.nan))
    if since * tau < 0:
        turned = Reason.TREND_TURNED.given(
            first=first, last=last, tau=tau, p_value=p_value, base=base_year
        )
        return replace(known, standing=Standing.UNDETERMINED, reasons=(turned,))
    said = Reason.TREND.given(first=first, last=last, tau=tau, p_value=p_value)
    return replace(
        known, standing=Standing.ON_TRACK if tau > 0 else Standing.BEHIND, reasons=(said,)
    )
