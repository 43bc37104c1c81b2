"""Yearly rates beside a lever: where the draws lead, and what history and the city did.

A rate is growth a year (fraction) for a growth lever and the yearly addition in
the indicator's unit for a flow lever.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.domain import JINSHAN, SHANGHAI, Lever, LeverEffect
from analytics.model.judgement.crossing import crossing
from analytics.model.judgement.growth import cagr
from analytics.model.judgement.measure import STALE_YEARS
from analytics.model.projection import Projection
from analytics.model.scenarios.levers import apply_levers
from analytics.remembered import remembered
from analytics.text_zh import span
from analytics.workbench import Workbench

SPAN = 5  # years of recent growth
LONGEST_SPAN = 10  # years between the city's two values at most


def projected_rate(
    bench: Workbench, lever: Lever, settings: Mapping[str, float], quantile: float = 0.5
) -> float | None:
    """Return a quantile of the rate over a lever's period, None where nothing is projected.

    Only levers of the indicator itself count. Draw by draw, growth is
    ``(end/start)**(1/n) − 1`` from the last year before the period's first
    projected one, and a flow is the mean yearly addition.
    """
    projection = _moved(bench, lever, settings)
    years = [x for x in projection.years if lever.first_year <= x <= lever.last_year]
    if not years or not len(projection.history):
        return None
    first, last = projection.years.index(years[0]), projection.years.index(years[-1])
    draws = projection.draws
    start = draws[:, first - 1] if first else np.full(len(draws), projection.history.iloc[-1])
    if lever.effect is LeverEffect.GROWTH_PP:
        usable = start > 0
        rates = (draws[usable, last] / start[usable]) ** (1 / len(years)) - 1
    elif bench.catalog.indicators[lever.applies_to].accumulates:
        rates = draws[:, first : last + 1].mean(axis=1)
    else:
        rates = (draws[:, last] - start) / len(years)
    return float(np.quantile(rates, quantile)) if len(rates) else None


@dataclass(frozen=True)
class RateScale:
    """A lever's slider in the rate it leads to: percent a year, or the unit a year.

    ``rest`` is the baseline's rate, ``slope`` how far the rate goes with the lever's shown
    value: one where the lever acts on the whole period, less where a part is published.
    """

    rest: float
    slope: float

    def shown(self, moved: float) -> float:
        """Return the rate, to a decimal, at a lever's shown value."""
        return round(self.rest + self.slope * moved, 1)

    def moved(self, shown: float) -> float:
        """Return a lever's shown value at a rate."""
        return (shown - self.rest) / self.slope


@remembered()
def rate_scale(bench: Workbench, lever: Lever) -> RateScale:
    """Lay a lever's scale through its rates at both bounds and at rest."""
    points = 100 if lever.effect is LeverEffect.GROWTH_PP else 1
    low, rest, high = (
        (projected_rate(bench, lever, {lever.id: x} if x else {}) or 0.0) * points
        for x in (lever.minimum, 0.0, lever.maximum)
    )
    slope = (high - low) / ((lever.maximum - lever.minimum) * points)
    return RateScale(round(rest, 1), slope if slope > 0 else 1.0)


def _moved(bench: Workbench, lever: Lever, settings: Mapping[str, float]) -> Projection:
    indicator = bench.catalog.indicators[lever.applies_to]
    own = [x for x in bench.catalog.levers.values() if x.applies_to == indicator.id]
    return apply_levers(
        bench.baseline[indicator.home_region][indicator.id],
        own,
        settings,
        accumulates=indicator.accumulates,
        upper=indicator.upper,
    )


def setting_for(bench: Workbench, lever: Lever, rate: float) -> float | None:
    """Return the lever's value that gives a rate, the bound where it lies beyond.

    None where nothing is projected.
    """

    if projected_rate(bench, lever, {}) is None:
        return None

    def excess(value: float) -> float:
        found = projected_rate(bench, lever, {lever.id: value})
        return 0.0 if found is None else found - rate

    if excess(lever.maximum) <= 0:
        return lever.maximum
    if excess(lever.minimum) >= 0:
        return lever.minimum
    return crossing(excess, lever.minimum, lever.maximum, close=1e-12)


def city_rate(bench: Workbench, lever: Lever) -> tuple[float | None, str]:
    """Return the city's recent rate for a district lever, and its years or why there is none.

    From the latest value back to the last one held at least five years before,
    ten at most; where there is none, to the first of the last five years.
    """
    indicator = bench.catalog.indicators[lever.applies_to]
    if indicator.home_region == SHANGHAI:
        return None, "本项就是全市指标"
    if lever.effect is not LeverEffect.GROWTH_PP:
        return None, "数量类指标规模不同，不与全市比较"
    if indicator.city_counterpart is None:
        return None, "全市没有同口径序列"
    city = bench.history(indicator.city_counterpart, SHANGHAI).values
    ours = bench.history(indicator.id, JINSHAN).values
    if city.empty:
        return None, "全市没有公布年度数值"
    if len(ours) and ours.index[-1] - city.index[-1] > STALE_YEARS:
        return None, f"全市最近公布值为{city.index[-1]}年，过旧"
    return recent_span(city)


def recent_span(values: pd.Series) -> tuple[float | None, str]:
    """Return average growth over about the last five years held, and the years it spans."""
    values = values[values > 0]
    if len(values) < 2:
        return None, "年度数值不足两个"
    last = int(values.index[-1])
    earlier = [int(x) for x in values.index if SPAN <= last - x <= LONGEST_SPAN]
    within = [int(x) for x in values.index if 0 < last - x < SPAN]
    if not earlier and not within:
        return None, f"{last}年以前{LONGEST_SPAN}年内没有数值"
    first = earlier[-1] if earlier else within[0]
    return cagr(float(values[first]), float(values[last]), last - first), span(first, last)
