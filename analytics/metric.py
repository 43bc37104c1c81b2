"""From an indicator's history and draws to the quantity a target speaks of.

Each function returns the target's own measure year by year: what was observed,
then one column of draws per projected year.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.projection import Calibration, Projection
from analytics.projection.assumption import RUNG

STALE_YEARS = 3  # a benchmark older than this, measured from the district's latest, is none


@dataclass(frozen=True, eq=False)
class MetricPath:
    """Observed values, then ``draws[n_draws, n_years]``, in the target's unit."""

    observed: pd.Series
    years: tuple[int, ...]
    draws: np.ndarray
    base: float | None = None
    has_probability: bool = False
    method: str = ""
    reasons: tuple[str, ...] = field(default=())
    calibration: Calibration | None = None
    assumed: bool = False  # a line that follows from an assumption, not a projection

    def at(self, year: int) -> np.ndarray | None:
        """Return the draws of one projected year, None where there are none."""
        return self.draws[:, self.years.index(year)] if year in self.years else None


def _empty(reason: str) -> MetricPath:
    observed = pd.Series(dtype="float64", index=pd.Index([], dtype="int64"))
    return MetricPath(observed, (), np.empty((0, 0)), reasons=(reason,))


def level_path(history: pd.Series, projection: Projection, base_year: int | None) -> MetricPath:
    """Measure the value itself."""
    base = history.get(base_year)
    return MetricPath(
        observed=history,
        years=projection.years,
        draws=projection.draws,
        base=None if base is None else float(base),
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        assumed=projection.rung == RUNG,
    )


def cumulative_path(history: pd.Series, projection: Projection, base_year: int) -> MetricPath:
    """Sum yearly additions after the base year (the base year is not counted)."""
    since = history[history.index > base_year]
    end = history.index[-1] if len(history) else base_year
    missing = sorted(set(range(base_year + 1, end + 1)) - set(since.index))
    if since.empty or missing:
        years = "、".join(map(str, missing)) + "年" if missing else f"{base_year + 1}年起"
        return _empty(f"缺少{years}的当年新增数，无法累计")
    observed = since.cumsum()
    draws = np.cumsum(projection.draws, axis=1) + observed.iloc[-1]
    return MetricPath(
        observed=observed,
        years=projection.years,
        draws=draws,
        base=0.0,
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        assumed=projection.rung == RUNG,
    )


def growth_path(
    history: pd.Series, projection: Projection, base_year: int, until: int | None = None
) -> MetricPath:
    """Measure average yearly growth since the base year (水平法, fraction).

    Years after ``until`` are left out: nobody asks for them.
    """
    base = history.get(base_year)
    if base is None or base <= 0:
        return _empty(f"缺少基期（{base_year}年）的数值，无法计算年均增长率")
    since = history.to_numpy()[history.index > base_year]
    observed_years = history.index[history.index > base_year]
    growth = (np.maximum(since, 0) / base) ** (1 / (observed_years.to_numpy() - base_year)) - 1
    years = tuple(year for year in projection.years if until is None or year <= until)
    ahead = np.array(years, dtype="float64") - base_year
    future = np.maximum(projection.draws[:, : len(years)], 0) / base
    return MetricPath(
        observed=pd.Series(growth, index=observed_years),
        years=years,
        draws=future ** (1 / ahead) - 1,
        base=float(base),
        has_probability=projection.has_probability,
        method=projection.method,
        reasons=projection.warnings,
        calibration=projection.calibration,
        assumed=projection.rung == RUNG,
    )


def relative_path(district: MetricPath, city: MetricPath) -> MetricPath:
    """Divide the district's measure by the city's, year by year and draw by draw."""
    return _against_city(district, city, np.divide, "district ÷ city")


def relative_growth_path(district: MetricPath, city: MetricPath) -> MetricPath:
    """Subtract the city's average growth since the base year from the district's."""
    return _against_city(district, city, np.subtract, "district − city")


def _against_city(district: MetricPath, city: MetricPath, operation, name: str) -> MetricPath:
    if not len(district.observed):
        return _empty(next(iter(district.reasons), "本区无数据"))
    if not len(city.observed):
        return _empty("无对标：全市" + next(iter(city.reasons), "无公布数据"))
    if district.observed.index[-1] - city.observed.index[-1] > STALE_YEARS:
        return _empty(f"无对标：全市该指标最近公布值为{city.observed.index[-1]}年，不作外推比较")
    both = district.observed.index.intersection(city.observed.index)
    years = tuple(year for year in district.years if year in city.years)
    if not years:
        return _empty("无对标：全市序列不足以推算到同一年份")
    draws = operation(
        np.column_stack([district.at(year) for year in years]),
        np.column_stack([city.at(year) for year in years]),
    )
    return MetricPath(
        observed=operation(district.observed.loc[both], city.observed.loc[both]).rename(name),
        years=years,
        draws=draws,
        has_probability=district.has_probability and city.has_probability,
        method=f"本区：{district.method}；全市：{city.method}",
        calibration=district.calibration,
        assumed=district.assumed or city.assumed,
        reasons=(*district.reasons, *(f"全市：{reason}" for reason in city.reasons)),
    )
