"""Illustrative district series: data/catalog/demo.toml → observation rows.

Only the district is illustrated, never a city benchmark. Yearly paths pass through the
declared anchors, identities of the catalog are then computed from their parts, and the
months of a year add up to it to the cent.
"""

import calendar
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import ValidationError

from analytics.catalog.load import Catalog
from analytics.data.sources import illustrative_paths as paths
from analytics.domain import (
    COMPUTED,
    JINSHAN,
    Confidence,
    Frozen,
    Identity,
    Indicator,
    PeriodKind,
    RowStatus,
    Source,
)

NOTE = "演示数据，不作决策依据"
Values = dict[int, float]


class DemoError(ValueError):
    """demo.toml cannot be used; the message says in Chinese which entry and why."""


class Anchor(Frozen):
    """A published statement that the generated series must agree with."""

    id: str
    statement_zh: str
    value: float
    origin: str


class Series(Frozen):
    """How one yearly path is drawn."""

    type: Literal["level", "share", "addition", "stock"]
    anchors: dict[int, float]
    noise: float = 0.0
    cycle: float = 1.0
    decimals: int = 2


class YearToDate(Frozen):
    """A published 1—m月 figure that generated months add up to."""

    indicator: str
    year: int
    month: int
    value: float


class Monthly(Frozen):
    """Which series have months, and how a year is spread over them."""

    indicators: tuple[str, ...]
    first_year: int
    last_month: int
    noise: float
    seasonal: dict[str, tuple[float, ...]]
    factors: dict[str, float]
    year_to_date: tuple[YearToDate, ...]


class DemoPlan(Frozen):
    """Everything declared in demo.toml."""

    seed: int
    first_year: int
    last_year: int
    as_of: date
    source: Source
    shocks: dict[int, float]
    anchors: tuple[Anchor, ...]
    series: dict[str, Series]
    monthly: Monthly


def load_demo_plan(path: Path) -> DemoPlan:
    """Read demo.toml; raise DemoError naming the entry that is wrong."""
    try:
        return DemoPlan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DemoError(f"{path.name}：无法读取（{error}）") from error
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise DemoError(f"{path.name}：“{place}”有误") from error


def illustrate(plan: DemoPlan, catalog: Catalog) -> list[dict[str, Any]]:
    """Generate every illustrative row for the district, yearly then monthly."""
    yearly = yearly_values(plan, catalog)
    rows = []
    for name in sorted(yearly):
        indicator = catalog.indicators[name]
        for year in range(plan.first_year, plan.last_year + 1):
            start, end = date(year, 1, 1), date(year, 12, 31)
            rows.append(_row(plan, indicator, PeriodKind.YEAR, start, end, yearly[name][year]))
    for name in plan.monthly.indicators:
        rows += _monthly_rows(plan, catalog.indicators[name], yearly[name])
    return rows


def required_indicators(catalog: Catalog) -> set[str]:
    """List the targets' indicators, the parts of their identities, and what parts make up."""
    graph = catalog.identities()
    found = {x for target in catalog.targets.values() for x in graph.below(target.indicator)}
    return found | {x for x in graph.wholes_of(found) if found.issuperset(graph.parts_of(x))}


def yearly_values(plan: DemoPlan, catalog: Catalog) -> dict[str, Values]:
    """Draw the declared series and compute the others from their identities."""
    needed = required_indicators(catalog)
    values = {name: _draw(name, plan) for name in plan.series}
    for indicator, link in catalog.identities(COMPUTED).parts_first():
        known = values.keys() >= set(link.of)
        if indicator.id in needed and indicator.id not in values and known:
            values[indicator.id] = _compute(link, values)
    if missing := needed - values.keys():
        raise DemoError(f"demo.toml：缺少序列 {'、'.join(sorted(missing))}")
    return values


def _draw(name: str, plan: DemoPlan) -> Values:
    series = plan.series[name]
    first, last = min(series.anchors), max(series.anchors)
    if first != plan.first_year or last < plan.last_year:
        raise DemoError(f"demo.toml：series.{name} 的锚点须从{plan.first_year}年到末年")
    years = np.arange(first, last + 1)
    rng = paths.generator(plan.seed, name)
    noise = paths.bridge(rng, years, list(series.anchors), series.noise)
    path = _path(series, years, noise, plan)
    decimals = 4 if series.type == "share" else series.decimals
    return {int(y): round(float(v), decimals) for y, v in zip(years, path, strict=True)}


def _path(series: Series, years: np.ndarray, noise: np.ndarray, plan: DemoPlan) -> np.ndarray:
    if series.type == "level":
        shocks = {year: series.cycle * dip for year, dip in plan.shocks.items()}
        return paths.anchored_path(series.anchors, years, noise, shocks)
    draw = {
        "share": paths.share_path,
        "addition": paths.addition_path,
        "stock": paths.stock_path,
    }[series.type]
    return draw(series.anchors, years, noise)


def _compute(link: Identity, values: dict[str, Values]) -> Values:
    parts = [values[part] for part in link.of]
    years = sorted(set.intersection(*(set(part) for part in parts)))
    return {year: combine(link, [part[year] for part in parts]) for year in years}


def combine(link: Identity, parts: list[float]) -> float:
    """Compute the value of a whole from its parts."""
    if link.op == "ratio":
        return parts[0] / parts[1]
    if link.op == "count_over_threshold":
        return float(sum(part >= link.counted_from for part in parts))
    return round(sum(parts), 6)  # of parts in hundredths: removes binary rounding only


def _monthly_rows(plan: DemoPlan, indicator: Indicator, yearly: Values) -> Iterator[dict[str, Any]]:
    for year in range(plan.monthly.first_year, plan.last_year + 2):
        ending = plan.monthly.last_month if year > plan.last_year else 12
        so_far = 0
        parts = _split(plan, indicator.id, year, round(yearly[year] * 100))
        for month, part in zip(paths.PERIODS, parts.tolist(), strict=True):
            if month > ending:
                break
            so_far += part
            end = date(year, month, calendar.monthrange(year, month)[1])
            if month > 2:
                start = date(year, month, 1)
                yield _row(plan, indicator, PeriodKind.MONTH, start, end, part / 100)
            start = date(year, 1, 1)
            yield _row(plan, indicator, PeriodKind.CUMULATIVE, start, end, so_far / 100)


def _split(plan: DemoPlan, name: str, year: int, hundredths: int) -> np.ndarray:
    monthly = plan.monthly
    rng = paths.generator(plan.seed, f"{name}/{year}")
    weights = np.array(monthly.seasonal[name])
    weights = weights * np.exp(rng.standard_normal(len(weights)) * monthly.noise)
    for place, month in enumerate(paths.PERIODS):
        weights[place] *= monthly.factors.get(f"{year}-{month:02}", 1.0)
    until = {
        known.month: round(known.value * 100)
        for known in monthly.year_to_date
        if (known.indicator, known.year) == (name, year)
    }
    return paths.split_year(hundredths, weights, until)


def _row(
    plan: DemoPlan, indicator: Indicator, kind: PeriodKind, start: date, end: date, value: float
) -> dict[str, Any]:
    return {
        "indicator_id": indicator.id,
        "region": JINSHAN,
        "period_kind": kind,
        "period_start": start,
        "period_end": end,
        "year": end.year,
        "month": None if kind is PeriodKind.YEAR else end.month,
        "value": value,
        "unit": indicator.unit,
        "basis": indicator.price_basis,
        "status": RowStatus.ILLUSTRATIVE,
        "lower_bound": False,
        "confidence": Confidence.LOW,
        "source_id": plan.source.id,
        "published_on": None,
        "note": NOTE,
        "origin": f"demo.toml:series.{indicator.id}",
        "revision": 0,
        "rounded": False,
    }
