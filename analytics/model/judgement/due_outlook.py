"""What the draws say of the year in which a target is due."""

from dataclasses import dataclass

import numpy as np

from analytics.domain import MeasurableTarget, Reason, Reasons
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import Coverage

_LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


@dataclass(frozen=True)
class DueOutlook:
    """Median, intervals and probability in the due year; None where they are not given.

    ``reasons`` say why there is no probability; they are empty where there is one.
    """

    reasons: Reasons = ()
    median: float | None = None
    interval_80: tuple[float, float] | None = None
    interval_95: tuple[float, float] | None = None
    probability: float | None = None
    mc_error: float | None = None  # sqrt(p (1 - p) / n)
    coverage: Coverage | None = None  # measured at this history length and distance


def due_outlook(target: MeasurableTarget, path: MetricPath) -> DueOutlook:
    """Read the draws of the due year."""
    draws = path.at(target.due_year)
    if draws is None:
        return DueOutlook(_why_no_draws(target, path))
    if np.ptp(draws) == 0:  # a constant: no interval
        return DueOutlook(_first(path.reasons, Reason.CONSTANT), median=float(draws[0]))
    low95, low80, median, high80, high95 = map(float, np.quantile(draws, _LEVELS))
    certain = path.has_probability
    share = float(np.mean(meets(target, draws)))
    return DueOutlook(
        reasons=() if certain else (path.why_without_probability,),
        median=median,
        interval_80=(low80, high80),
        interval_95=(low95, high95),
        probability=share if certain else None,
        mc_error=float(np.sqrt(share * (1 - share) / len(draws))) if certain else None,
        coverage=_coverage(target, path) if certain else None,
    )


def _why_no_draws(target: MeasurableTarget, path: MetricPath) -> Reasons:
    if len(path.observed) and path.observed.index[-1] >= target.due_year:
        return (Reason.DUE_YEAR_OBSERVED.given(),)
    return _first(path.reasons, Reason.NOT_PROJECTED)


def _first(reasons: Reasons, default: Reason) -> Reasons:
    return reasons[:1] or (default.given(),)


def _coverage(target: MeasurableTarget, path: MetricPath) -> Coverage | None:
    """Return the coverage measured as far ahead as the due year is."""
    if path.calibration is None:
        return None
    last = path.observed.index[-1] if len(path.observed) else path.years[0] - 1
    return path.calibration.at(target.due_year - int(last))
