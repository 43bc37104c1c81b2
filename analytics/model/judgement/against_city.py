"""District against city: the ratio, its growth premium, and how likely a lead is.

All of it rests on years for which both sides have a published value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import stats

from analytics.model.judgement.joint import Joint, joint_probability
from analytics.model.judgement.measure import MetricPath

FEWEST = 3  # common years from which a slope has an interval
INDEX = 100.0
TERRITORIAL, REGISTERED, UNSTATED = "在地", "属地", "未注明"
_SCOPES = ((REGISTERED, ("属地口径", "区属口径")), (TERRITORIAL, ("在地", "全口径")))


class LeadStanding(StrEnum):
    """Where the district stands at a margin and a confidence."""

    SIGNIFICANT = "显著快于全市"
    FASTER = "快于全市，未达显著幅度"
    SLOWER = "慢于全市"
    OPEN = "快慢尚不能断定"


@dataclass(frozen=True)
class Premium:
    """How much faster the district grew; ``rate`` and ``interval`` in log points a year."""

    rate: float
    interval: tuple[float, float] | None  # None with fewer than three years
    years: tuple[int, ...]


@dataclass(frozen=True)
class LeadChance:
    """Probability that average growth since the base is ahead by a year."""

    year: int
    faster: float  # ahead at all
    significant: float  # ahead by the margin
    n_draws: int


def log_ratio(district: pd.Series, city: pd.Series) -> pd.Series:
    """Return ln(district ÷ city) at the years in which both are positive."""
    ours, theirs = district[district > 0], city[city > 0]
    both = ours.index.intersection(theirs.index)
    ratio = ours.loc[both] / theirs.loc[both]
    return pd.Series(np.log(ratio.to_numpy(dtype="float64")), index=ratio.index, name=ratio.name)


def premium_so_far(ratio: pd.Series, confidence: float) -> Premium | None:
    """Return the slope of the log ratio on the year, with its t interval.

    Ordinary least squares; years without a common value are left out, so that
    uneven gaps count as they are.

    Parameters
    ----------
    ratio : Series
        Log ratio by year, shape [n_years].
    confidence : float
        Of the two-sided interval, a fraction such as 0.9.

    Returns
    -------
    Premium or None
        ``b ± t(n - 2) * s / sqrt(sum (x - mean x)**2)`` with
        ``s**2 = sum of squared residuals / (n - 2)``; without an interval below
        three years, and None below two.
    """
    years = tuple(int(year) for year in ratio.index)
    if len(years) < 2:
        return None
    x = np.array(years, dtype="float64") - np.mean(years)
    y = ratio.to_numpy() - ratio.mean()
    slope = float(x @ y / (x @ x))
    if len(years) < FEWEST:
        return Premium(slope, None, years)
    residual = y - slope * x
    left = len(years) - 2
    error = np.sqrt(residual @ residual / left / (x @ x))
    half = float(stats.t.ppf((1 + confidence) / 2, left) * error)
    return Premium(slope, (slope - half, slope + half), years)


def chances(path: MetricPath, years: Iterable[int], margin: float) -> tuple[LeadChance, ...]:
    """Count the draws in which the district is ahead by each year.

    ``path`` is the district's average growth less the city's (fraction a year),
    ``margin`` the lead that counts as significant. Nothing is returned where
    the draws carry no probability.
    """
    if not path.has_probability:
        return ()
    drawn = ((year, path.at(year)) for year in years)
    return tuple(
        LeadChance(year, float((lead > 0).mean()), float((lead >= margin).mean()), len(lead))
        for year, lead in drawn
        if lead is not None
    )


def joint_lead(paths: Sequence[MetricPath], year: int, margin: float) -> Joint | None:
    """Return the probability that all lead by the margin; None unless all have draws."""
    drawn = (path.at(year) for path in paths if path.has_probability)
    leads = [lead >= margin for lead in drawn if lead is not None]
    return joint_probability(leads) if leads and len(leads) == len(paths) else None


def lead_standing(chance: LeadChance, confidence: float) -> LeadStanding:
    """Put a chance in words at the confidence asked for."""
    if chance.significant >= confidence:
        return LeadStanding.SIGNIFICANT
    if chance.faster >= confidence:
        return LeadStanding.FASTER
    return LeadStanding.SLOWER if 1 - chance.faster >= confidence else LeadStanding.OPEN


def premium_needed(
    index_now: float, city: tuple[float, float, float], years: tuple[int, int, int], margin: float
) -> float:
    """Return the lead still needed a year, so that the average since the base is the margin.

    Parameters
    ----------
    index_now : float
        District's value now over its value in the base year.
    city : tuple of float
        City's values in the base year, now and when due (its median path).
    years : tuple of int
        Base year, year of now, year due; the last is after the others.
    margin : float
        Lead in average yearly growth (fraction).

    Returns
    -------
    float
        Fraction a year: with T, t, b the years and g the city's average growth
        from b to T, ``((1 + g + margin)**(T - b) / index_now)**(1 / (T - t)) - 1``
        less the city's average growth from t to T.
    """
    (base, now, due), (first, at, last) = city, years
    growth = (due / base) ** (1 / (last - first)) - 1
    goal = (1 + growth + margin) ** (last - first)
    left = 1 / (last - at)
    return float((goal / index_now) ** left - (due / now) ** left)


def goal_index(city_growth: float, margin: float, years: int) -> float:
    """Return the ratio (base = 100) at which the average lead is the margin.

    ``city_growth`` is the city's average growth over the ``years`` since the base.
    """
    return INDEX * ((1 + city_growth + margin) / (1 + city_growth)) ** years


def indexed(ratio: MetricPath, since: int) -> MetricPath:
    """Rescale a ratio, observed and drawn, so that the base year is 100."""
    base = INDEX / float(ratio.observed[since])
    return replace(ratio, observed=ratio.observed * base, draws=ratio.draws * base)


def stated_scope(note: str) -> str:
    """Return the scope a source names, 在地 or 属地, or that it names none."""
    return next((name for name, words in _SCOPES if any(w in note for w in words)), UNSTATED)


def change_between(rows: pd.DataFrame, *, points: bool) -> pd.DataFrame:
    """Add the average yearly change since the region's previous usable value.

    Parameters
    ----------
    rows : DataFrame
        Columns region, scope, year, value, usable; a bound or a derived figure
        is not usable. 在地 and 属地 are never joined: the previous value is one
        of the same region and scope.
    points : bool
        True for shares: the difference in a year; else average growth.

    Returns
    -------
    DataFrame
        ``rows`` with ``since`` (year, NaN where there is none) and ``change``
        (fraction a year).
    """
    used = rows[rows["usable"]].sort_values("year")
    before = used.groupby(["region", "scope"])[["year", "value"]].shift()
    span = used["year"] - before["year"]
    if points:
        change = (used["value"] - before["value"]) / span
    else:
        change = (used["value"] / before["value"]) ** (1 / span) - 1
    return rows.assign(since=before["year"], change=change)
