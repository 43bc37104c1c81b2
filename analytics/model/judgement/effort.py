"""The growth or yearly addition still needed, and the recent one beside it."""

from dataclasses import dataclass

import pandas as pd

from analytics.domain import GrowthTarget, LeadTarget, MeasurableTarget, SumTarget
from analytics.model.judgement.growth import cagr, cumulative_average_growth, required_growth
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection.history import History
from analytics.remembered import remembered

RECENT_YEARS = 5
_NOISE = 1e-9  # a growth rate below this is the solver's rounding


@dataclass(frozen=True)
class Needed:
    """What would still reach the target; None where it cannot be computed."""

    growth: float | None = None  # fraction a year
    step: float | None = None  # yearly addition in the target's unit


@dataclass(frozen=True)
class Recent:
    """What was reached a year lately; the years covered are fewer where the history is short."""

    growth: float | None = None  # fraction a year
    growth_years: int = RECENT_YEARS
    step: float | None = None  # mean yearly addition: additions themselves, or a stock's changes
    step_years: int = RECENT_YEARS


@remembered()
def recent(district: History) -> Recent:
    """Return average growth and mean addition of the last five years held."""
    values, added = district.values, _recent_additions(district)
    return Recent(
        growth=recent_growth(values),
        growth_years=recent_growth_years(values),
        step=float(added.mean()) if len(added) else None,
        step_years=len(added),
    )


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
    recent_ones: pd.Series = values[values.index >= values.index[-1] - RECENT_YEARS]
    return recent_ones


def _recent_additions(district: History) -> pd.Series:
    values = district.values
    added: pd.Series = values if district.indicator.accumulates else values.diff().dropna()
    return added.iloc[-RECENT_YEARS:]


def needed(target: MeasurableTarget, path: MetricPath, district: History, base_year: int) -> Needed:
    """Return the growth and the yearly step that would still reach the target.

    They start from the running year's projected median where it is partly published.
    """
    (held, observed), (year, latest) = path.last_observed, path.now
    if year >= target.due_year:
        year, latest = held, observed
    left, limit = target.due_year - year, target.threshold
    if left <= 0 or isinstance(target, LeadTarget):
        return Needed()
    if isinstance(target, GrowthTarget):
        goal = path.level_at(limit, target.due_year - base_year)
        return Needed(growth=required_growth(path.level_at(latest, year - base_year), goal, left))
    step = (limit - latest) / left if latest < limit else None
    if isinstance(target, SumTarget):
        flow = latest - observed if year > held else float(district.values.iloc[-1])
        return Needed(_for_the_rest(flow, limit - latest, left), step)
    rate = required_growth(latest, limit, left) if latest > 0 and limit > 0 else None
    return Needed(rate, step)


def _for_the_rest(flow: float, remaining: float, years: int) -> float | None:
    """Return the yearly growth of the additions that sums to what remains."""
    if flow <= 0 or remaining <= 0:
        return None
    rate = cumulative_average_growth(flow, remaining, years)
    return 0.0 if abs(rate) < _NOISE else rate
