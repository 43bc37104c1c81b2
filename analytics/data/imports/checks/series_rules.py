"""Rules between the rows of one series: repeats, size, running totals, gaps, breaks."""

import re
from collections.abc import Iterable

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.catalog.series import Break
from analytics.data.imports.batch import KEY
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure, month_said
from analytics.data.imports.checks.merged import is_positive_total, real
from analytics.domain import EVERY_DISTRICT, Kind, PeriodKind
from analytics.text_zh import years as years_zh

REVISED = re.compile(r"修订|调整|核减|更正|订正")
_SERIES = KEY[:3]
_STEPS = {"monthly": 1, "quarterly": 3}
_ROUNDING = 0.005  # relative difference that rounding and late corrections explain
_OTHERS = 4  # places of unequal repeats that are named
_LEAST = 0.02  # and an absolute one, of figures printed with two decimals


def drop_repeats(rows: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Take one of equal repeats and refuse all of unequal ones; return what remains."""
    key = [*KEY, "published_on"]
    repeated = rows[rows.duplicated(key, keep=False)]
    dropped: list[int] = []
    for _, group in repeated.groupby(key, sort=False):
        entries = list(group.index)
        if group["value"].nunique() == 1:
            dropped += entries[1:]
            for entry in entries[1:]:
                message = f"与{findings.place(entries[0])}相同"
                findings.add(entry, rules.SAME_TWICE, message)
            continue
        near = entries[: _OTHERS + 1]  # a few places suffice, and keep long repeats linear
        for entry in entries:
            others = "、".join([findings.place(e) for e in near if e != entry][:_OTHERS])
            said = f"本处{findings.text(entry)}，{others}另有不同的数"
            findings.add(entry, rules.CONFLICT, said)
        dropped += entries
    return rows.drop(index=dropped)


def check_running_totals(merged: pd.DataFrame, notes: pd.Series, findings: Findings) -> None:
    """Find running totals that fall within a year."""
    rows = merged[(merged["period_kind"] == PeriodKind.CUMULATIVE) & is_positive_total(merged)]
    rows = real(rows)
    if rows.empty:
        return
    groups = rows.groupby(["indicator_id", "region", "year"], sort=False)
    before = groups[["value", "entry", "month"]].shift(1)
    falls = (rows["value"] < before["value"]) & ~rows["lower_bound"]
    found = rows[falls].join(before.add_suffix("_before"))
    for row in found.to_dict("records"):
        entry, earlier = int(row["entry"]), int(row["entry_before"])
        blamed = entry if entry >= 0 else earlier
        if blamed < 0:
            continue
        message = (
            f"{row['year']}年1—{row['month']:.0f}月{figure(row['value'])}，"
            f"少于1—{row['month_before']:.0f}月{figure(row['value_before'])}"
        )
        revised = REVISED.search(notes.get(blamed, ""))
        findings.add(blamed, rules.FALLING_REVISED if revised else rules.FALLING, message)


def check_months(merged: pd.DataFrame, findings: Findings) -> None:
    """Hold single months against the difference of running totals, and years against 1—12月."""
    rows = real(merged)
    totals = rows[rows["period_kind"] == PeriodKind.CUMULATIVE]
    if totals.empty:
        return
    series = ["indicator_id", "region", "year", "month"]
    totals = totals[[*series, "value", "entry"]]
    months = rows[rows["period_kind"] == PeriodKind.MONTH]
    ending = months.merge(totals, on=series, suffixes=("", "_now"))
    earlier = totals.assign(month=totals["month"] + 1)
    found = ending.merge(earlier, on=series, suffixes=("", "_before"))
    expected = found["value_now"] - found["value_before"]
    off = (found["value"] - expected).abs() > found["value_now"].abs().mul(_ROUNDING) + _LEAST
    for row in found.assign(wanted=expected)[off].to_dict("records"):
        entry = max(row["entry"], row["entry_now"], row["entry_before"])
        if entry >= 0:
            said = f"{month_said(row)}，两期累计之差为{figure(row['wanted'])}"
            findings.add(entry, rules.MONTHS, said)
    _check_years(rows, totals, findings)


def _check_years(rows: pd.DataFrame, totals: pd.DataFrame, findings: Findings) -> None:
    years = rows[(rows["period_kind"] == PeriodKind.YEAR) & is_positive_total(rows)]
    whole = totals[totals["month"] == 12]
    found = years.merge(whole, on=["indicator_id", "region", "year"], suffixes=("", "_months"))
    off = (found["value"] - found["value_months"]).abs() > found["value"].abs() * _ROUNDING
    for row in found[off].to_dict("records"):
        entry = max(row["entry"], row["entry_months"])
        if entry >= 0:
            whole_year, sum_ = figure(row["value"]), figure(row["value_months"])
            said = f"{row['year']}年全年{whole_year}，1—12月累计{sum_}"
            findings.add(entry, rules.YEAR_MONTHS, said)


def check_gaps(merged: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Find years or months missing inside a series next to an imported value."""
    rows = real(merged)
    frequency = {key: _STEPS.get(i.frequency, 0) for key, i in catalog.indicators.items()}
    yearly = rows[rows["period_kind"] == PeriodKind.YEAR]
    volumes = {key for key, i in catalog.indicators.items() if EVERY_DISTRICT in i.scopes}
    by_volume = yearly["indicator_id"].isin(volumes)  # a yearbook comes one volume at a time
    series = ["indicator_id", "region"]
    _report_gaps(yearly[~by_volume], "year", 1, series, rules.GAP, findings)
    _report_gaps(yearly[by_volume], "year", 1, series, rules.OLD_GAP, findings)
    for kind in (PeriodKind.CUMULATIVE, PeriodKind.MONTH):
        monthly = rows[rows["period_kind"] == kind]
        if monthly.empty:
            continue
        steps = monthly["indicator_id"].map(frequency).astype("int64")
        some = steps > 0
        groups = ["indicator_id", "region", "year"]
        quarters = monthly["month"].astype("int64").mod(3).eq(0)
        by_quarter = quarters.groupby([monthly[name] for name in groups]).transform("all")
        steps = steps.where(~by_quarter, _STEPS["quarterly"])  # 一季度, 上半年, 前三季度 lack none
        _report_gaps(monthly[some], "month", steps[some], groups, rules.GAP, findings)


def _report_gaps(
    rows: pd.DataFrame,
    time: str,
    step: object,
    groups: list[str],
    inside: rules.Rule,
    findings: Findings,
) -> None:
    """Report missing times; ``inside`` is the rule where both neighbours are imported."""
    if rows.empty:
        return
    timed = rows.assign(time=rows[time])
    before = timed.groupby(groups, sort=False)[["time", "entry"]].shift(1)
    gaps = (timed["time"] - before["time"]) > step
    for place in timed.index[gaps]:
        row, earlier = timed.loc[place], before.loc[place]
        entry = max(int(row["entry"]), int(earlier["entry"]))
        if entry < 0:
            continue
        both = int(row["entry"]) >= 0 and int(earlier["entry"]) >= 0
        missing = range(int(earlier["time"]) + 1, int(row["time"]))
        if groups[-1] == "year":
            said = f"{row['year']}年缺{'、'.join(f'{m}月' for m in missing)}"
        else:
            said = f"缺{years_zh(missing)}的数"
        findings.add(entry, inside if both else rules.OLD_GAP, said)


def check_breaks(merged: pd.DataFrame, breaks: Iterable[Break], findings: Findings) -> None:
    """Note where an imported series runs over a declared break."""
    yearly = real(merged)[lambda rows: rows["period_kind"] == PeriodKind.YEAR]
    present = set(yearly.loc[yearly["imported"], "indicator_id"])
    for one in (one for one in breaks if one.indicator in present):
        series = yearly[
            (yearly["indicator_id"] == one.indicator) & (yearly["region"] == one.region)
        ]
        before, after = series[series["year"] < one.year], series[series["year"] >= one.year]
        entries = series.loc[series["imported"], "entry"]
        if len(before) and len(after) and len(entries):
            findings.add(int(entries.iloc[0]), rules.BREAK, one.note_zh)


def check_stocks(merged: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Note whole numbers held at the year's end that fall."""
    stocks = [
        key
        for key, item in catalog.indicators.items()
        if item.kind is Kind.COUNT and not item.accumulates and item.identity is None
    ]
    rows = real(merged)
    rows = rows[(rows["period_kind"] == PeriodKind.YEAR) & rows["indicator_id"].isin(stocks)]
    before = rows.groupby(["indicator_id", "region"], sort=False)["value"].shift(1)
    for place in rows.index[(rows["value"] < before) & rows["imported"]]:
        row = rows.loc[place]
        said = f"{row['year']}年{figure(row['value'])}，少于上一个数{figure(before[place])}"
        findings.add(int(row["entry"]), rules.STOCK_FALLS, said)
