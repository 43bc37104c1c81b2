"""Cells of a workbook or CSV → entries, one per value, still in the file's own words.

Runs inside the reading process (see :mod:`.worker`): nothing is converted or judged here
 beyond finding headers, so that what follows can name every cell.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.cell_marks import ERROR, FORMULA, PERCENT, find_marks
from analytics.data.imports.reader.errors import ImportFileError
from analytics.data.imports.reader.guard import CSV, LIMITS, decode
from analytics.data.reading.parsing import plain
from analytics.data.reading.spreadsheet_text import unneutral

FIELDS = (*layout.TITLES, layout.TYPE)
NUMBER, TEXT, BOOLEAN, DATE = "number", "text", "boolean", "date"
_HEADER_DEPTH = 30  # rows in which a header is looked for
_STEP = 5000  # rows between two reports of progress
Progress = Callable[[float], None]


@dataclass
class Entries:
    """Values in the order of the file, as columns of equal length."""

    sheets: list[dict[str, Any]] = field(default_factory=list)  # name, header row, columns
    columns: dict[str, list] = field(
        default_factory=lambda: {
            name: [] for name in (*FIELDS, "sheet", "row", "column", "kind", "wide")
        }
    )
    faults: list[dict[str, str]] = field(default_factory=list)
    blank: int = 0
    once: dict[str, str] = field(default_factory=dict, repr=False)  # repeated words, kept once

    def refuse(self, sheet: str, cell: str, rule: str, message: str, remedy: str) -> None:
        """Record a fault of a whole sheet or heading."""
        self._record("refused", sheet, cell, rule, message, remedy)

    def note(self, sheet: str, rule: str, message: str) -> None:
        """Record something worth knowing about a sheet."""
        self._record("note", sheet, "", rule, message, "")

    def _record(self, *values: str) -> None:
        names = ("kind", "sheet", "cell", "rule", "message_zh", "remedy_zh")
        self.faults.append(dict(zip(names, values, strict=True)))


def read(name: str, content: bytes, format_: str, progress: Progress) -> Entries:
    """Read every table of a file."""
    entries = Entries()
    if format_ == CSV:
        rows = _csv_rows(name, decode(name, content))
        rows = [[unneutral(cell) for cell in row] for row in rows]
        _read_sheet(entries, "", iter(rows), {}, len(rows), progress)
    else:
        _read_workbook(entries, name, content, progress)
    if not entries.sheets and not entries.faults:
        entries.refuse("", "", "没有数据", "文件里没有可读的表", "请使用模板，或保留表头一行")
    progress(1.0)
    return entries


def _read_workbook(entries: Entries, name: str, content: bytes, progress: Progress) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        marks, formulas = find_marks(content)
        progress(0.1)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        for place, meta in enumerate(metas):
            if layout.is_guide(meta.name):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                entries.note(meta.name, "隐藏的工作表", "隐藏的工作表没有读取")
                continue
            _check_size(name, sheet)
            if count := formulas.get(meta.name):
                entries.note(meta.name, "公式", f"有{count}个公式，只读上次保存的结果，不重新计算")
            rows = _shifted(sheet.iter_rows(), sheet.start[1])
            found = marks.get(meta.name, {})
            part = _part(progress, place, len(metas))
            _read_sheet(entries, meta.name, rows, found, sheet.end[0] + 1, part)
    except (CalamineError, ExpatError, ElementTree.ParseError, KeyError):
        raise ImportFileError(f"{name}：工作簿不完整或已损坏，请用Excel打开后另存再传") from None


def _part(progress: Progress, place: int, parts: int) -> Progress:
    """Return the progress of one sheet among several."""
    return lambda share: progress(0.1 + 0.9 * (place + share) / parts)


def _check_size(name: str, sheet: Any) -> None:
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > LIMITS.cells:
        raise ImportFileError(
            f"{name}：工作表“{sheet.name}”占用{height:,}行×{width:,}列，过大；"
            "请删除空白行列后另存，或分批导入"
        )


def _shifted(rows: Iterable[list], offset: int) -> Iterator[list]:
    """Give rows back the empty columns before the first used one."""
    return (([""] * offset) + row for row in rows)


def _csv_rows(name: str, text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise ImportFileError(f"{name}：不是可读的CSV（引号或换行有误），请另存后再传") from None


# ── one sheet ────────────────────────────────────────────────────────────────────────────


@dataclass
class _Table:
    """Where things stand in one sheet."""

    number: int
    name: str
    header: int  # row of the header, from 0
    columns: dict[str, int]  # field -> column
    spans: dict[int, headings.Heading]  # column -> time, in the wide layout
    defaults: dict[str, str]  # what the title above the header says
    marks: dict[str, str]


def _read_sheet(
    entries: Entries,
    name: str,
    rows: Iterator[list],
    marks: dict[str, str],
    height: int,
    progress: Progress,
) -> None:
    above: list[list] = []
    for number, row in enumerate(rows):
        if (table := _header(entries, name, number, row, above, marks)) is not None:
            break
        above.append(row)
        if number >= _HEADER_DEPTH:
            break
    else:
        table = None
    if table is None:
        if any(cell_text(cell) for row in above for cell in row):
            entries.refuse(
                *(name, "", "找不到表头", "前30行里找不到“指标”和“数值”（或年份、月份）表头"),
                "请使用模板的表头；与数据无关的工作表请删除",
            )
        return
    if not _usable(entries, table):
        return
    _read_rows(entries, table, rows, height, progress)


def _header(
    entries: Entries, name: str, number: int, row: list, above: list[list], marks: dict[str, str]
) -> _Table | None:
    columns: dict[str, int] = {}
    spans: dict[int, headings.Heading] = {}
    for column, cell in enumerate(row):
        title = layout.field_of(cell)
        if title is not None:
            columns.setdefault(title, column)
        elif heading := headings.read_heading(cell_text(cell)):
            spans[column] = heading
    if not ({layout.INDICATOR, layout.ID} & columns.keys()):
        return None
    if layout.VALUE in columns:
        spans = {}
    elif not spans:
        return None
    title = " ".join(cell_text(cell) for line in above for cell in line)
    defaults = {
        layout.UNIT: headings.unit_in_title(title),
        layout.TYPE: headings.type_in_title(title),
        layout.YEAR: headings.year_in_title(title),
    }
    spans = _with_years(spans, above[-1] if above else [], defaults, columns)
    table = _Table(len(entries.sheets), name, number, columns, spans, defaults, marks)
    entries.sheets.append({"name": name, "header": number, "columns": columns})
    return table


def _with_years(
    spans: dict[int, headings.Heading], above: list, defaults: dict[str, str], columns: dict
) -> dict[int, headings.Heading]:
    """Give months the year written above them (over merged cells) or in the title."""
    years, year = {}, ""
    for column in range(max(spans, default=-1) + 1):
        cell = headings.read_heading(cell_text(above[column])) if column < len(above) else None
        year = cell.year if cell and cell.period == "全年" else year
        years[column] = year
    fallback = "" if layout.YEAR in columns else defaults[layout.YEAR]
    return {
        column: headings.Heading(h.year or years[column] or fallback, h.period, h.type)
        for column, h in spans.items()
    }


def _usable(entries: Entries, table: _Table) -> bool:
    """Refuse a sheet whose header leaves the time open."""
    if table.spans or {layout.YEAR, layout.PERIOD} & table.columns.keys():
        return True
    cell = layout.address(table.header, 0)
    entries.refuse(
        *(table.name, cell, "缺少列", "表头缺少“年份”和“期间”列"),
        "请补上年份列（如2025）和期间列（如全年、1—9月）",
    )
    return False


def _read_rows(
    entries: Entries, table: _Table, rows: Iterator[list], height: int, progress: Progress
) -> None:
    last: dict[str, str] = {}
    for number, row in enumerate(rows, start=table.header + 1):
        if number % _STEP == 0:
            progress(min(number / max(height, 1), 1.0))
        words = {
            name: cell_text(row[column]) if column < len(row) else ""
            for name, column in table.columns.items()
            if name != layout.VALUE
        }
        words[layout.UNIT] = words.get(layout.UNIT) or table.defaults[layout.UNIT]
        if table.spans:
            _carry_down(words, last)
            for column, heading in table.spans.items():
                _take(entries, table, row, number, column, _in_time(words, heading, table))
        else:
            _take(entries, table, row, number, table.columns[layout.VALUE], words)


def _carry_down(words: dict[str, str], last: dict[str, str]) -> None:
    """Repeat an indicator merged over its rows of 累计 and 当月."""
    for name in (layout.INDICATOR, layout.ID, layout.UNIT, layout.REGION):
        if name not in words:
            continue
        same = name == layout.INDICATOR or not words.get(layout.INDICATOR)
        if not words[name] and words.get(layout.TYPE) and same:
            words[name] = last.get(name, "")
    if words.get(layout.INDICATOR) or words.get(layout.ID):
        last.update(words)


def _in_time(words: dict[str, str], heading: headings.Heading, table: _Table) -> dict[str, str]:
    kind = words.get(layout.TYPE) or heading.type or table.defaults[layout.TYPE]
    return words | {
        layout.YEAR: heading.year or words.get(layout.YEAR, ""),
        layout.PERIOD: heading.period,
        layout.TYPE: kind,
    }


def _take(
    entries: Entries, table: _Table, row: list, number: int, column: int, words: dict[str, str]
) -> None:
    cell = row[column] if column < len(row) else ""
    mark = table.marks.get(layout.address(number, column), "") if table.marks else ""
    text, kind = cell_text(cell), _kind(cell)
    if mark in (ERROR, FORMULA):
        text, kind = "", mark
    elif mark == PERCENT and kind == NUMBER:
        kind = PERCENT
    elif not text:
        entries.blank += bool(words.get(layout.INDICATOR) or words.get(layout.ID))
        return
    columns = entries.columns
    for name in FIELDS:
        word = words.get(name, "")
        columns[name].append(entries.once.setdefault(word, word))
    columns[layout.VALUE][-1] = text
    columns["sheet"].append(table.number)
    columns["row"].append(number)
    columns["column"].append(column)
    columns["kind"].append(kind)
    columns["wide"].append(bool(table.spans))


def _kind(cell: object) -> str:
    if isinstance(cell, bool):
        return BOOLEAN
    if isinstance(cell, float | int):
        return NUMBER
    return DATE if isinstance(cell, date | time | timedelta) else TEXT


def cell_text(cell: object) -> str:
    """Write a cell as a person sees it: 2020.0 is 2020, a day without a clock is a day."""
    if isinstance(cell, str):
        return cell if plain(cell) else ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
