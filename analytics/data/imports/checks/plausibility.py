"""Figures that are in order by themselves and still are likely something else."""

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure, month_said
from analytics.data.imports.checks.merged import is_positive_total, real
from analytics.domain import JINSHAN, SHANGHAI, Indicator, Kind, Measure, PeriodKind

_SERIES = ["indicator_id", "region", "period_kind"]
_MONTH_SPREAD = 1.1  # v ÷ month of a running total is nearly the same in every month
_LEAST_MONTHS, _LEAST_YEARS = 3, 3
_MONTHS_SHARE = 0.3  # of a year near by, which no single month reaches
_SLOW = 1.25  # largest yearly step of a stock
_MUCH = 0.5  # share of the plan's sum over years that one year hardly adds, year after year
_FEW = 10  # numbers below it come and go: none at first, the plan's sum in one year
_NEAR = 3  # years within which another year's figure, or the city's, is a measure


def check_plausibility(
    merged: pd.DataFrame, current: pd.DataFrame, catalog: Catalog, findings: Findings
) -> None:
    """Hold zeros among positive values, stocks given as additions, totals given as months."""
    rows = real(merged)
    check_zeros(rows, catalog, findings)
    check_stocks_as_additions(rows, catalog, findings)
    check_totals_as_months(rows, findings)
    check_months_beside_years(rows, findings)
    check_decembers(rows, findings)
    check_ceilings(rows, current, catalog, findings)


def check_zeros(rows: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Hold an imported zero of what is never nothing, or is not in its other periods."""
    if not ((rows["value"] == 0) & rows["imported"]).any():
        return
    seldom = {key for key, item in catalog.indicators.items() if _is_kept_up(item)}
    some = rows[rows["indicator_id"].isin(seldom)]
    most = some.groupby(_SERIES, sort=False)["value"].transform("max")
    none_yet = (some["kind"] == Kind.COUNT) & (most < _FEW)
    never = some["kind"].isin([Kind.LEVEL, Kind.RATIO])
    zero = (some["value"] == 0) & ((most > 0) | never) & ~none_yet & some["imported"]
    for row, others in zip(some[zero].to_dict("records"), most[zero], strict=True):
        name = catalog.indicators[row["indicator_id"]].name_zh
        why = "同一序列的其他数都大于0" if others > 0 else "也没有大于0的其他数"
        findings.add(row["entry"], rules.ZERO, f"{name}{row['year']}年填的是0，{why}")


def _is_kept_up(item: Indicator) -> bool:
    """Say whether a zero is more likely a missing figure: of levels, stocks, shares, money."""
    if item.kind is Kind.FLOW:
        return item.unit == "亿元"
    counted = item.kind in (Kind.LEVEL, Kind.RATIO, Kind.SHARE, Kind.COUNT)
    return counted and not item.accumulates


def check_stocks_as_additions(rows: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Hold yearly additions that reach the plan's whole sum or creep up like a stock."""
    so_far = rows["period_kind"].isin([PeriodKind.YEAR, PeriodKind.CUMULATIVE])
    ours = rows[so_far & (rows["region"] == JINSHAN)]
    sums = {
        target.indicator: target.value
        for target in catalog.targets.values()
        if target.measure == Measure.CUMULATIVE and target.value is not None
    }
    ours = ours[ours["indicator_id"].isin(sums)]
    for name, group in ours.groupby("indicator_id", sort=False):
        item = catalog.indicators[str(name)]
        planned = sums.get(str(name), 0.0)
        if planned < _FEW or not group["imported"].any():
            continue
        yearly = group["period_kind"] == PeriodKind.YEAR
        creeping = item.kind is Kind.COUNT and _creeps(group["value"][yearly], planned)
        large = (group["value"] >= planned) | (yearly & creeping)
        for row in group[large & group["imported"]].to_dict("records"):
            value = figure(row["value"], item.unit)
            said = f"“{item.name_zh}”按当年新增计，{row['year']}年填的是{value}"
            findings.add(row["entry"], rules.STOCK_AS_FLOW, said)


def _creeps(values: pd.Series, planned: float) -> bool:
    """Say whether every year adds much of the plan's sum and a little more than the last."""
    steps = (values / values.shift(1)).dropna()
    return (
        len(values) >= _LEAST_YEARS
        and values.min() >= _MUCH * planned
        and bool(steps.between(1.0, _SLOW).all())
    )


def check_totals_as_months(rows: pd.DataFrame, findings: Findings) -> None:
    """Hold single months of one year that grow in step with the month, as running totals do."""
    months = rows[(rows["period_kind"] == PeriodKind.MONTH) & (rows["value"] > 0)]
    if months.empty:
        return
    months = months.assign(share=months["value"] / months["month"].astype("float64"))
    years = months.groupby(["indicator_id", "region", "year"], sort=False)["share"]
    spread = years.transform("max") / years.transform("min")
    alike = (years.transform("size") >= _LEAST_MONTHS) & (spread <= _MONTH_SPREAD)
    for row in months[alike & months["imported"]].to_dict("records"):
        said = f"{month_said(row)}，各月之数随月份成比例增加"
        findings.add(row["entry"], rules.RUNNING_AS_MONTH, said)


def check_months_beside_years(rows: pd.DataFrame, findings: Findings) -> None:
    """Hold single months that are a large part of a whole year near by."""
    totals = rows[is_positive_total(rows)]
    years = totals[(totals["period_kind"] == PeriodKind.YEAR) & (totals["value"] > 0)]
    months = totals[(totals["period_kind"] == PeriodKind.MONTH) & totals["imported"]]
    series = ["indicator_id", "region"]
    pairs = months.merge(years[[*series, "year", "value"]], on=series, suffixes=("", "_whole"))
    pairs["apart"] = (pairs["year"] - pairs["year_whole"]).abs()
    large = pairs["value"] > _MONTHS_SHARE * pairs["value_whole"]
    found = pairs[large & (pairs["apart"] <= _NEAR)]
    nearest = found.sort_values(["entry", "apart"]).drop_duplicates("entry")
    for row in nearest.to_dict("records"):
        whole, share = figure(row["value_whole"]), row["value"] / row["value_whole"]
        said = f"{month_said(row)}，是{row['year_whole']}年全年{whole}的{share:.0%}"
        findings.add(row["entry"], rules.RUNNING_AS_MONTH, said)


def check_decembers(rows: pd.DataFrame, findings: Findings) -> None:
    """Hold Decembers with no other month of their year: 2024-12-31 mostly dates a whole year."""
    parts = rows[rows["period_kind"].isin([PeriodKind.CUMULATIVE, PeriodKind.MONTH])]
    months = parts.groupby(["indicator_id", "region", "year"], sort=False)["month"]
    only = months.transform("min").eq(12) & months.transform("size").eq(1)
    alone = parts[only & parts["imported"] & parts["period_kind"].eq(PeriodKind.MONTH)]
    for row in alone.to_dict("records"):
        said = f"{month_said(row)}，这一年没有其他月份的数"
        findings.add(row["entry"], rules.DECEMBER, said)


def check_ceilings(
    rows: pd.DataFrame, current: pd.DataFrame, catalog: Catalog, findings: Findings
) -> None:
    """Hold a district's figure that reaches the city's own, or the city's whole product."""
    totals = rows[rows["kind"].isin([Kind.LEVEL, Kind.FLOW, Kind.COUNT])]
    ours = totals[totals["imported"] & (totals["region"] == JINSHAN)]
    if ours.empty:
        return
    city = pd.concat([rows[rows["region"] == SHANGHAI], _product(current)])
    tops = _tops(city)
    asked = ("entry", "indicator_id", "period_kind", "year", "value")
    for entry, name, period, year, value in zip(*(ours[x].tolist() for x in asked), strict=True):
        item = catalog.indicators[name]
        ceilings = [(item.city_counterpart or "", str(period))]
        if item.unit == "亿元":
            ceilings.append(("gdp", str(PeriodKind.YEAR)))
        for whole, kind in ceilings:
            top = tops.get((whole, kind, year))
            if top is not None and value >= top:
                said = f"{item.name_zh}{figure(value, item.unit)}，不小于上海市的"
                city_name = catalog.indicators[whole].name_zh
                said += f"{city_name}{figure(top, item.unit)}"
                findings.add(entry, rules.OVER_CITY, said)
                break


def _tops(city: pd.DataFrame) -> dict[tuple[str, str, int], float]:
    """Return the city's largest value around every year, by indicator and kind of period."""
    tops: dict[tuple[str, str, int], float] = {}
    years = zip(*(city[n].tolist() for n in ("indicator_id", "period_kind", "year")), strict=True)
    for (name, period, year), value in zip(years, city["value"].tolist(), strict=True):
        for near in range(year - _NEAR, year + _NEAR + 1):
            place = str(name), str(period), near
            tops[place] = max(value, tops.get(place, value))
    return tops


def _product(current: pd.DataFrame) -> pd.DataFrame:
    return current[
        (current["indicator_id"] == "gdp")
        & (current["region"] == SHANGHAI)
        & (current["period_kind"] == PeriodKind.YEAR)
    ]
