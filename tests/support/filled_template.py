"""Fill the downloaded template as an office would: the figures of a release, typed in."""

import io
import re
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

from analytics.catalog.load import load_catalog
from analytics.data.releases.release import open_release
from analytics.data.releases.store import Store

_MONTHS = re.compile(r"1—(\d+)月")


def known_values(root: Path) -> dict[tuple, float]:
    """(indicator, region, year, last month or None) -> value in the template's unit.

    Years before a gap are left out: an office is asked about a year that it skips.
    """
    _, folder = open_release(root, "demo")
    held = Store.open(folder).query("preferred_values")
    units = {name: item.unit for name, item in load_catalog(root).indicators.items()}
    held = held[held["indicator_id"].isin(units) & ~held["lower_bound"]]
    held = held[held["period_kind"].isin(["year", "cumulative"])]
    held = held.sort_values("year")
    gap = held.groupby(["indicator_id", "region", "period_kind"])["year"].diff() > 1
    held["after"] = held["year"].where(gap)
    newest = held.groupby(["indicator_id", "region", "period_kind"])["after"].transform("max")
    held = held[~(held["year"] < newest)]
    keys = zip(held["indicator_id"], held["region"], held["year"], held["month"], strict=True)
    return {
        (name, region, int(year), None if pd.isna(month) else int(month)): value
        * (100 if units[name] == "1" else 1)
        for (name, region, year, month), value in zip(keys, held["value"], strict=True)
    }


def fill(
    template: bytes, values: dict[tuple, float], changes: dict[tuple[str, int], object]
) -> tuple[bytes, int, dict[tuple[str, int], tuple[str, str]]]:
    """Type in values, the yearly ones of ``changes`` instead.

    Returns the workbook, how many values it holds, and sheet and cell of each change.
    """
    book = load_workbook(io.BytesIO(template))
    count, places = 0, {}
    for sheet in book.worksheets:
        at = {cell.value: place for place, cell in enumerate(sheet[3])}
        for row in sheet.iter_rows(min_row=4) if "数值" in at else ():
            name, region, year, month = _key(row, at)
            change = None if month else changes.get((name, year))
            value = values.get((name, region, year, month)) if change is None else change
            if value is None:
                continue
            cell = row[at["数值"]]
            cell.value = value
            count += 1
            if change is not None:
                places[name, year] = (sheet.title, cell.coordinate)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue(), count, places


def _key(row, at: dict[str, int]) -> tuple:
    name, region, year, period = (
        row[at[title]].value for title in ("指标标识", "地区", "年份", "期间")
    )
    months = _MONTHS.fullmatch(str(period))
    return name, region, year, int(months[1]) if months else None
