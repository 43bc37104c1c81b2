"""Imports small enough to read: tables drawn as text, and what is held against them."""

import calendar
import io
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

import pandas as pd
import xlsxwriter

from analytics.catalog.load import Catalog, load_catalog
from analytics.catalog.series import Break, load_mapping
from analytics.data.imports.batch import ImportBatch, SourceFile
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.reader.entries import Entries
from analytics.data.imports.reader.guard import check_file
from analytics.data.imports.reader.shapes import Hint
from analytics.data.imports.reader.tables import read
from analytics.data.imports.standing import CURRENT_COLUMNS, Standing
from tests.support.paths import ROOT

TODAY = date(2026, 11, 25)


@cache
def project_catalog() -> Catalog:
    """Return the project's own catalog."""
    return load_catalog(ROOT)


@cache
def declared_breaks() -> tuple[Break, ...]:
    """Return the project's own declared breaks."""
    return load_mapping(ROOT / "data/catalog/series.toml").breaks


def cells(table: str) -> list[list[str]]:
    """Read a table drawn with | between its cells."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def as_csv(table: str) -> bytes:
    """Write a drawn table as CSV."""
    quoted = (",".join(f'"{cell}"' for cell in row) for row in cells(table))
    return "\n".join(quoted).encode()


def monthly_report(month: int, output: float, investment: float) -> bytes:
    """Draw an office's monthly table as CSV, in its own words for two indicators."""
    return as_csv(f"""
        金山区2025年1—{month}月主要经济指标
        指标 | 单位 | {month}月 | 同比
        规上工业产值（属地管理） | 亿元 | {output} | 3.2
        工业领域投资完成额 | 亿元 | {investment} | 4.0
        常住人口 | 万人 | 82.3 | 0.1
    """)


def workbook(rows: Iterable[Iterable[object]], sheet: str = "表") -> bytes:
    """Make a workbook of one sheet; a callable cell writes itself (sheet, row, column, book)."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if callable(cell):
                    cell(page, number, column, book)
                elif cell not in ("", None):
                    page.write(number, column, cell)
    return output.getvalue()


def held(*values: tuple) -> pd.DataFrame:
    """Draw what a release holds: (indicator, region, year, month or None, value[, status]).

    Dates are of the store's own type, as a release returns them.
    """
    rows = [_held(*value) for value in values]
    frame = pd.DataFrame(rows, columns=[*CURRENT_COLUMNS, "published_on"])
    frame = frame.astype({"year": "int64", "value": "float64", "lower_bound": "bool"})
    days = ("period_start", "period_end")
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


def _held(
    name: str, region: str, year: int, month: int | None, value: float, status: str = "official"
) -> dict:
    last = month or 12
    return {
        "indicator_id": name,
        "region": region,
        "period_kind": "cumulative" if month else "year",
        "period_start": date(year, 1, 1),
        "period_end": date(year, last, calendar.monthrange(year, last)[1]),
        "year": year,
        "month": month,
        "value": float(value),
        "status": status,
        "lower_bound": False,
        "published_on": None,
    }


def entries_of(name: str, content: bytes, hints: Sequence[Hint] = ()) -> Entries:
    """Check and read a file in this process."""
    return read(name, content, check_file(name, content), lambda _: None, hints)


def take(
    content: bytes | str, *current: tuple, name: str = "填报.csv", today: date = TODAY
) -> ImportBatch:
    """Read and validate a drawn table or a file against what is held."""
    content = as_csv(content) if isinstance(content, str) else content
    against = Standing(project_catalog(), declared_breaks(), held(*current))
    return take_against(content, against, name=name, today=today)


def take_against(
    content: bytes, against: Standing, *, name: str = "填报.csv", today: date = TODAY
) -> ImportBatch:
    """Read a file in this process and validate it."""
    file = SourceFile(name, content)
    read_ = {name: entries_of(name, content)}
    return validate(read_, [file], against, submitted_by="张三", submitted_on=today)


def faults(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """List kind, cell and rule of every fault but notes about comparators."""
    return [
        (str(fault.kind), fault.cell, fault.rule)
        for fault in batch.faults
        if fault.rule != "缺全市对照数"
    ]
