"""Cells of a workbook or CSV → entries, one per value, still in the file's own words.

Runs inside the reading process (see :mod:`.worker`): nothing is converted or judged here
 beyond finding headers, so that what follows can name every cell.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.cell_marks import (
    ERROR,
    FORMULA,
    PERCENT,
    RAISED,
    SCALED,
    UNIT,
    find_marks,
)
from analytics.data.imports.reader.exports import describe, describes
from analytics.data.imports.reader.guard import CSV, XLSX, decode
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.heads import find_tables, has_numbers
from analytics.data.imports.reader.shapes import Hint
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.written import (
    NUMBER,
    TEXT,
    is_figure,
    kind_of,
    month_of_serial,
    number_and_unit,
    text_of,
)
from analytics.data.reading.parsing import is_missing, plain
from analytics.data.reading.spreadsheet_text import unneutral

# The unit over a column and in the title stand farther from a number than its own cell.
FIELDS = (*layout.TITLES, layout.TYPE, layout.UNIT_HEAD, layout.UNIT_TITLE)
_HEADER_DEPTH = 30  # rows in which a header is looked for
_STEP = 5000  # rows between two reports of progress
_MOST_ROWS = 200_000
_MOST_VALUES = 500_000  # of all sheets
_NAME_KIND = re.compile(
    r"(.+)[_:：-](累计值?|本年累计|当期值?|当月值?|本月)((?:[（(][^()（）]*[)）])?)"
)
_NAME_MONTHS = re.compile(r"(.+?)(累计|当月|本月)")  # where months stand over the columns
OTHER_TIME = "分段行写着另外的年月"  # why rows below it are not read
TOO_LONG = "这一行的格数多于表头"
_HEAD_OF, _REST_OF = re.compile(r"[+-]?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]*)?")
Progress = Callable[[float], None]


@dataclass
class Entries:
    """Values in the order of the file, as columns of equal length."""

    sheets: list[dict[str, Any]] = field(default_factory=list)  # name, header row, columns
    columns: dict[str, list[Any]] = field(
        default_factory=lambda: {
            name: [] for name in (*FIELDS, "sheet", "row", "column", "kind", "wide")
        }
    )
    faults: list[dict[str, str]] = field(default_factory=list)
    blank: int = 0
    unread: list[dict[str, Any]] = field(default_factory=list)  # numbers left where they stand
    hints: Sequence[Hint] = field(default=(), repr=False)
    once: dict[str, str] = field(default_factory=dict, repr=False)  # repeated words, kept once

    def refuse(self, sheet: str, cell: str, rule: str, message: str, remedy: str) -> None:
        """Record a fault of a whole sheet or heading."""
        self._record("refused", sheet, cell, rule, message, remedy)

    def hold(self, sheet: str, cell: str, rule: str, message: str, remedy: str) -> None:
        """Record a doubt about a sheet or heading that a person answers."""
        self._record("held", sheet, cell, rule, message, remedy)

    def note(self, sheet: str, rule: str, message: str) -> None:
        """Record something worth knowing about a sheet."""
        self._record("note", sheet, "", rule, message, "")

    def _record(self, *values: str) -> None:
        names = ("kind", "sheet", "cell", "rule", "message_zh", "remedy_zh")
        self.faults.append(dict(zip(names, values, strict=True)))


def read(
    name: str, content: bytes, format_: str, progress: Progress, hints: Sequence[Hint] = ()
) -> Entries:
    """Read every table of a file; ``hints`` say what headings mean in tables known before."""
    entries = Entries(hints=hints)
    if format_ == CSV:
        rows = csv_rows(name, decode(name, content))
        rows = [[unneutral(cell) for cell in row] for row in rows]
        _read_sheet(entries, "", iter(rows), {}, len(rows), progress)
    else:
        _read_workbook(entries, name, content, format_, progress)
    if not entries.sheets and not entries.faults:
        entries.refuse("", "", "没有数据", "文件里没有可读的表", "请使用模板，或保留表头一行")
    progress(1.0)
    return entries


def _read_workbook(
    entries: Entries, name: str, content: bytes, format_: str, progress: Progress
) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        marks, formulas = find_marks(content) if format_ == XLSX else ({}, {})
        progress(0.1)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        for place, meta in enumerate(metas):
            if layout.is_guide(meta.name):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None or sheet.end is None:
                continue
            _check_size(name, sheet)
            hidden = meta.visible != SheetVisibleEnum.Visible
            if hidden or layout.explains(meta.name):
                _pass_over(entries, meta.name, sheet, hidden=hidden)
                continue
            if count := formulas.get(meta.name):
                entries.note(meta.name, "公式", f"有{count}个公式，只读上次保存的结果，不重新计算")
            rows = _shifted(sheet.iter_rows(), sheet.start[1])
            rows = _filled(rows, sheet.merged_cell_ranges or ())
            found = marks.get(meta.name, {})
            rows = _with_raised_marks(rows, found)
            part = _part(progress, place, len(metas))
            _read_sheet(entries, meta.name, rows, found, sheet.end[0] + 1, part)
    except (CalamineError, ExpatError, ElementTree.ParseError, KeyError):
        raise ImportFileError(f"{name}：工作簿不完整或已损坏，请用Excel打开后另存再传") from None


def _pass_over(entries: Entries, name: str, sheet: Any, *, hidden: bool) -> None:
    """Leave a sheet that is hidden or only explains; its numbers are listed as not read."""
    what = "隐藏的工作表" if hidden else "只作说明的工作表"
    entries.note(name, what, f"{what}没有读取")
    for number, row in enumerate(_shifted(sheet.iter_rows(), sheet.start[1])):
        for column, cell in enumerate(row):
            if cell != "" and is_figure(cell):
                _leave(entries, name, number, column, cell, what, "")


def old_sheets(name: str, content: bytes) -> Iterator[tuple[str, tuple[int, int], Iterable[Row]]]:
    """Yield name, first cell and rows of every sheet of an .xls workbook that holds cells."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            yield title, sheet.start or (0, 0), sheet.iter_rows() if sheet.start else []
    except CalamineError:
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


def _shifted(rows: Iterable[Row], offset: int) -> Iterator[Row]:
    """Give rows back the empty columns before the first used one."""
    return (([""] * offset) + row for row in rows)


def _filled(
    rows: Iterable[Row], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Row]:
    """Write the word of cells merged downwards into each of them; numbers stand once."""
    down = [(a, b) for a, b in merged if b[0] > a[0] and a[1] == b[1]]
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in down:
        starts.setdefault(top, []).append((column, bottom))
    open_: dict[int, tuple[int, str]] = {}  # column -> last row, word
    for number, row in enumerate(rows):
        for column, bottom in starts.get(number, ()):
            if column < len(row) and isinstance(row[column], str) and row[column]:
                open_[column] = (bottom, row[column])
        if open_:
            open_ = {c: one for c, one in open_.items() if one[0] >= number}
            for column, (_, word) in open_.items():
                if column < len(row) and row[column] == "":
                    row[column] = word
        yield row


def _with_raised_marks(rows: Iterator[Row], marks: dict[str, str]) -> Iterator[Row]:
    """Write footnote marks that are raised in their cell in brackets, apart from its digits."""
    raised = {at: mark.removeprefix(RAISED) for at, mark in marks.items() if RAISED in mark}
    if not raised:
        return rows
    return (
        [raised.get(layout.address(number, column), cell) for column, cell in enumerate(row)]
        for number, row in enumerate(rows)
    )


def _spread(mark: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return in how many lines a mark stands, and how often in one; commas group digits too."""
    counts = [line.count(mark) for line in lines]
    return sum(map(bool, counts)), max(counts)


def csv_rows(name: str, text: str) -> list[list[str]]:
    """Split text into rows and cells; the delimiter is in most of its first lines."""
    lines = text.lstrip("\r\n").split("\n", _HEADER_DEPTH)[:_HEADER_DEPTH]
    delimiter = max(",\t;", key=lambda mark: _spread(mark, lines))
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        place = f"第{len(rows) + 1}行起"
        raise ImportFileError(
            f"{name}：{place}不是可读的CSV（引号或换行有误），请另存后再传"
        ) from None
    return rows


# ── one sheet ────────────────────────────────────────────────────────────────────────────


def _read_sheet(
    entries: Entries,
    name: str,
    rows: Iterator[Row],
    marks: dict[str, str],
    height: int,
    progress: Progress,
) -> None:
    reader = _SheetReader(entries, name, marks)
    ahead: list[Row] = []
    number = 0
    for row in rows:
        ahead.append(row)
        if len(ahead) > 2:  # a head may have two more rows below it
            number += reader.take(number, ahead)
        if number % _STEP == 0:
            progress(min(number / max(height, 1), 1.0))
        if len(entries.columns["row"]) > _MOST_VALUES:
            raise ImportFileError(f"全部工作表超过{_MOST_VALUES:,}个数，请分批导入")
        if number > _MOST_ROWS:
            raise ImportFileError(f"工作表“{name}”超过{_MOST_ROWS:,}行，请分批导入")
    while ahead:
        number += reader.take(number, ahead)
    reader.finish()


class _SheetReader:
    """Reads the rows of one sheet, one table after the other."""

    def __init__(self, entries: Entries, name: str, marks: dict[str, str]):
        self.entries, self.name, self.marks = entries, name, marks
        self.tables: list[Table] = []
        self.above: list[Row] = []  # rows since the last numbers: a title, or remarks
        self.found = self.refused = False
        self.seen: dict[str, bool] = {}
        self.stray: list[tuple[int, Row]] = []

    def take(self, number: int, ahead: list[Row]) -> int:
        """Take the first row, and the rows of its head with it; return how many."""
        row = ahead[0]
        if _lacks_corner(ahead):
            row = ahead[0] = [layout.TITLES[layout.INDICATOR], *row[1:]]
        if self._may_head(row):
            tables, depth = find_tables(self.name, number, ahead, self.above, self.entries.hints)
            if tables:
                self._open(tables)
                self.above = []
                del ahead[:depth]
                return depth
        del ahead[:1]
        figures = has_numbers(row) and (bool(self.tables) or not _only_a_year(row))
        if self.tables:
            beyond = any(map(is_figure, row[self._end() :]))
            split = not self.name and beyond and _split_by_commas(row)
            for table in self.tables:
                if not figures:
                    _read_section(table, row)
                if split:  # 1,588.1 without quotes is two cells: which is which is a guess
                    _leave_row(self.entries, table, row, number)
                else:
                    _read_row(self.entries, table, row, number, self.marks)
            self._beyond(number, row)
        elif figures:
            self.stray.append((number, row))
        if not figures:
            self.above = [*self.above[-_HEADER_DEPTH:], row]
        elif self.tables:
            self.above = []
        return 1

    def _beyond(self, number: int, row: Row) -> None:
        """Leave the figures of a row to the right of every table."""
        for column in range(self._end(), len(row)):
            if row[column] != "" and is_figure(row[column]):
                _leave(self.entries, self.name, number, column, row[column], "表头以外", "")

    def _end(self) -> int:
        return max(table.end for table in self.tables)

    def _may_head(self, row: Row) -> bool:
        """Spare the closer look where a cell is a figure, or none is a heading of ours."""
        if any(isinstance(cell, float) and not _may_be_time(cell) for cell in row):
            return False
        for cell in row:
            if isinstance(cell, str) and 0 < len(cell) <= 12:
                known = self.seen.get(cell)
                if known is None:
                    known = self.seen[cell] = layout.field_of(cell) in layout.HEADS
                if known:
                    return True
        return False

    def _open(self, tables: list[Table]) -> None:
        self.found = True
        usable = [table for table in tables if table.usable]
        for table in tables:
            table.number = len(self.entries.sheets)
            self.entries.sheets.append(
                {
                    "name": self.name,
                    "header": table.header,
                    "columns": table.columns,
                    "title": table.title,
                    "across": table.across,
                    "shape": table.shape,
                    "serials": list(table.serials.values()),
                }
            )
            _doubt(self.entries, table)
        if len(usable) < len(tables):
            self.refused = True
            self.entries.refuse(
                *(self.name, layout.address(tables[0].header, 0), "缺少列"),
                "表头缺少“年份”和“期间”列，标题也没有写明年份",
                "请补上年份列（如2025）和期间列（如全年、1—9月）",
            )
        self.tables = usable

    def finish(self) -> None:
        """Close the last table; say what stands outside every table."""
        outside = [(n, row) for n, row in self.stray if self.found]
        for number, row in outside:
            for column, cell in enumerate(row):
                if is_figure(cell):
                    _leave(self.entries, self.name, number, column, cell, "表头以外", "")
        if self.found or not (self.above or self.stray):
            return
        words = [text_of(cell) for row in self.above[:1] for cell in row if text_of(cell)]
        rows = [row for _, row in self.stray] + self.above
        if not any(text_of(cell) for row in rows for cell in row):
            return
        first = words or [text_of(c) for row in rows[:1] for c in row if text_of(c)]
        taken = "、".join(f"“{word[:12]}”" for word in first[:5])
        self.entries.refuse(
            *(self.name, "", "找不到表头"),
            f"没有一行能作表头（第一行写着{taken}）：缺“指标”列，以及“数值”列或写明年份、月份的列",
            "请写一行表头，如“指标、单位、2024年、2025年”；与数据无关的工作表请删除",
        )


def _lacks_corner(ahead: Sequence[Row]) -> bool:
    """Say whether times stand over figures, and names beside them under an empty corner."""
    head, below = ahead[0], ahead[1] if len(ahead) > 1 else []
    if not below or not head or text_of(head[0]) or not isinstance(below[0], str):
        return False
    said = [column for column, cell in enumerate(head) if text_of(cell)]
    times = [column for column in said if layout.field_of(head[column]) != layout.UNIT]
    return (
        bool(times and text_of(below[0]))
        and all(_is_time(head[column]) for column in times)
        and any(column < len(below) and is_figure(below[column]) for column in times)
        and layout.field_of(below[0]) is None
    )


def _is_time(cell: object) -> bool:
    read = headings.read_heading(text_of(cell))
    return read.timed and not read.unread


def _only_a_year(row: Row) -> bool:
    """Say whether all a row holds is a year, which dates the table below it."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    return len(words) == 1 and bool(titles.year_in_title(words[0])) and len(words[0]) <= 6


def _may_be_time(cell: float) -> bool:
    """Say whether a number in a head may be a month or a year: 9, 2025, 2025.8."""
    if cell.is_integer() and month_of_serial(text_of(cell)):
        return True
    return 1900 <= cell < 2100 or (1 <= cell <= 12 and cell.is_integer())


def _doubt(entries: Entries, table: Table) -> None:
    """Hold a column of a whole year under a title of a part of it, or of plans."""
    part, year = table.defaults[layout.PERIOD], table.defaults[layout.YEAR]
    if (word := titles.plans(table.title)) and table.values:
        entries.hold(
            *(table.sheet, layout.address(table.header, table.first), "标题写着计划或预计"),
            f"标题或工作表名写着“{word}”，表头没有写明是实际数",
            "只导入实际数；确为实际数的请确认",
        )
    for column, serial in table.serials.items():
        head = table.heads[column]
        entries.hold(
            *(table.sheet, layout.address(table.header, column), "表头是日期序号"),
            f"表头写的是{serial}，按{head.year}年{head.period}读取",
            f"核对后确认，或把表头写成{head.year}年{head.period}",
        )
    for column, head in table.heads.items():
        if part and head.period == "全年" and year in ("", head.year) and not head.unread:
            dated = f"{year}年{part}" if year else part
            entries.hold(
                *(table.sheet, layout.address(table.header, column), "标题与表头的期间不同"),
                f"标题或工作表名写着{dated}，表头写的是{head.year}年，按全年读取",
                f"若是{part}累计，请把表头改为“{head.year}年{part}”；确为全年数的请确认",
            )
            return


def _read_section(table: Table, row: Row) -> None:
    """Take the unit, place or time that a row without figures says of the rows below it."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    if not words or titles.is_remark(words[0]) or table.describing:
        return
    if "单位" in (said := plain(" ".join(words))) and (unit := titles.unit_in_title(said)):
        table.defaults[layout.UNIT] = unit
    if len(words) > 1:
        return
    word = titles.without_numbering(words[0])
    if titles.is_place(word) and not table.by_place:
        table.place = word
    time = headings.read_time(word)
    if time is None or (table.across and table.wide):  # an empty row of an export
        return
    if table.wide:
        over = [table.heads[column] for column in table.values if column in table.heads]
        table.parted = "" if all(_dates(time, head) for head in over) else word
        return
    table.defaults[layout.YEAR] = time.year or table.defaults[layout.YEAR]
    if time.period != "全年":
        table.defaults[layout.PERIOD] = time.period


def _dates(time: Heading, head: Heading) -> bool:
    """Say whether a time said over some rows is that of a column."""
    return time.year in ("", head.year) and time.period in ("全年", head.period)


def _read_row(entries: Entries, table: Table, row: Row, number: int, marks: dict[str, str]) -> None:
    table.describing = table.describing and describes(row)
    if table.describing:
        describe(table, row)
        return
    words = {
        name: text_of(row[column]) if column < len(row) else ""
        for name, column in table.columns.items()
        if name != layout.VALUE
    }
    words[layout.UNIT_TITLE] = table.defaults[layout.UNIT]
    _split_kind(words, table.monthly)
    _default_time(words, table)
    _split_place(words, table)
    foreign = titles.is_remark(_first_word(row, table))
    if table.across or table.wide:
        _carry_down(words, table.last)
    named = bool(words.get(layout.INDICATOR) or words.get(layout.ID))
    for column in table.values:
        if foreign or table.parted or not (named or table.across):
            _pass(entries, table, row, number, column, foreign)
        else:
            _take(entries, table, row, number, column, words, marks)
    for column, reason in table.others.items():
        cell = row[column] if column < len(row) else ""
        if cell != "" and is_figure(cell):
            heading = table.headings.get(column, "")
            _leave(entries, table.sheet, number, column, cell, reason, heading, table.number)


def _split_by_commas(row: Row) -> bool:
    """Say whether a number without quotes may have become two cells: 1,588.1."""
    return any(_HEAD_OF.fullmatch(str(a)) and _REST_OF.fullmatch(str(b)) for a, b in pairwise(row))


def _leave_row(entries: Entries, table: Table, row: Row, number: int) -> None:
    """Leave the figures of a row that has more cells than its head."""
    for column in range(table.first, table.end):
        if row[column] != "" and is_figure(row[column]):
            word = _first_word(row, table)
            _leave(entries, table.sheet, number, column, row[column], TOO_LONG, word)


def _pass(
    entries: Entries, table: Table, row: Row, number: int, column: int, foreign: bool
) -> None:
    """Leave a number that stands beside no indicator, and say so."""
    cell = row[column] if column < len(row) else ""
    if cell == "" or not is_figure(cell):
        return
    word = _first_word(row, table)
    if table.parted and not foreign:
        _leave(entries, table.sheet, number, column, cell, OTHER_TIME, word)
        return
    reason = "附注行" if foreign else "没有写指标的行"
    _leave(entries, table.sheet, number, column, cell, reason, word, table.number)


def _default_time(words: dict[str, str], table: Table) -> None:
    """Take a date beside a row apart; fill year, period and kind of a long table from its title.

    A period over the columns, as 频率 says it of an export, leaves the year to the row's date.
    """
    time = headings.read_time(words.get(layout.PERIOD, ""))
    if time and time.year and layout.YEAR not in table.columns:
        words[layout.YEAR], words[layout.PERIOD] = time.year, time.period
        words[layout.TYPE] = words.get(layout.TYPE) or time.type
    if table.wide:
        return
    timed = words.get(layout.YEAR) or words.get(layout.PERIOD)
    if not timed and not {layout.YEAR, layout.PERIOD} & table.columns.keys():
        words[layout.YEAR] = table.defaults[layout.YEAR]
        words[layout.PERIOD] = table.defaults[layout.PERIOD] or "全年"
    elif layout.YEAR not in table.columns and not (time and time.year):
        words[layout.YEAR] = table.defaults[layout.YEAR]
    words[layout.TYPE] = words.get(layout.TYPE) or table.defaults[layout.TYPE]


def _split_place(words: dict[str, str], table: Table) -> None:
    """Take a place in the column of indicators for one, and the title for the indicator."""
    name = words.get(layout.INDICATOR, "")
    if name and layout.REGION not in table.columns and titles.is_place(name):
        words[layout.REGION] = re.sub(r"\s+", "", name)
        words[layout.INDICATOR] = table.subject
        table.by_place = True
    elif table.wide and table.subject and (time := headings.read_time(name)) and not time.year:
        words[layout.INDICATOR], words[layout.PERIOD] = table.subject, time.period
        words[layout.TYPE] = words.get(layout.TYPE) or time.type
    elif table.place and not words.get(layout.REGION):
        words[layout.REGION] = table.place


def _split_kind(words: dict[str, str], monthly: bool) -> None:
    """Separate 累计值 or 当期值 behind the name of an indicator: 产值_累计值(亿元)."""
    name, kind = _name_and_kind(words.get(layout.INDICATOR, ""), monthly)
    if kind and not words.get(layout.TYPE):
        words[layout.INDICATOR], words[layout.TYPE] = name, kind


@lru_cache(maxsize=2**12)
def _name_and_kind(name: str, monthly: bool) -> tuple[str, str]:
    if match := _NAME_KIND.fullmatch(name):
        return f"{match[1]}{match[3]}", headings.type_of(match[2])
    match = _NAME_MONTHS.fullmatch(name.strip()) if monthly else None
    return (match[1], headings.type_of(match[2])) if match else (name, "")


def _first_word(row: Row, table: Table) -> str:
    for column in range(table.first, min(table.end, len(row))):
        cell = row[column]
        if isinstance(cell, str) and cell.strip():
            return cell
    return ""


def _carry_down(words: dict[str, str], last: dict[str, str]) -> None:
    """Repeat an indicator merged over its rows of 累计 and 当月."""
    for name in (layout.INDICATOR, layout.ID, layout.UNIT, layout.REGION, layout.YEAR):
        if name not in words:
            continue
        if name == layout.YEAR:
            words[name] = words[name] or (last.get(name, "") if words.get(layout.PERIOD) else "")
            continue
        same = name == layout.INDICATOR or not words.get(layout.INDICATOR)
        if not words[name] and words.get(layout.TYPE) and same:
            words[name] = last.get(name, "")
    if words.get(layout.INDICATOR) or words.get(layout.ID) or words.get(layout.YEAR):
        last.update(words)


def _in_time(words: dict[str, str], table: Table, column: int) -> dict[str, str]:
    """Add what stands over a column to what stands in a row."""
    head = table.heads.get(column)
    if head is None:
        return words
    said = dict(words)
    if table.across:
        said[layout.INDICATOR] = head.name
        _split_kind(said, monthly=False)
    if head.timed or table.wide:
        said[layout.YEAR] = head.year or words.get(layout.YEAR, "")
        beside = words.get(layout.PERIOD, "")
        part = beside and head.period == "全年" and not table.across  # 1—9月 under 2025年
        said[layout.PERIOD] = beside if part else head.period or beside
        said[layout.TYPE] = words.get(layout.TYPE) or head.type or table.defaults[layout.TYPE]
    said[layout.UNIT_HEAD] = head.unit
    if head.note:
        said[layout.NOTE] = "；".join(w for w in (words.get(layout.NOTE, ""), head.note) if w)
    return said


def _take(
    entries: Entries,
    table: Table,
    row: Row,
    number: int,
    column: int,
    words: dict[str, str],
    marks: dict[str, str],
) -> None:
    cell = row[column] if column < len(row) else ""
    mark = marks.get(layout.address(number, column), "") if marks else ""
    text, kind = text_of(cell), kind_of(cell)
    said = _in_time(words, table, column)
    if mark in (ERROR, FORMULA):
        text, kind = "", mark
    elif mark in (PERCENT, SCALED) and kind == NUMBER:
        kind = mark
    elif mark.startswith(UNIT) and kind == NUMBER:
        said = _with_unit(said, mark.removeprefix(UNIT))
    elif not text or (kind == TEXT and is_missing(text)):
        entries.blank += 1
        return
    elif kind == TEXT:
        text, unit, note = number_and_unit(text)
        said = _with_unit(said, unit) if unit else said
        if note:
            said = said | {layout.NOTE: f"{said.get(layout.NOTE, '')}{note}"}
    columns = entries.columns
    for name in FIELDS:
        word = said.get(name, "")
        columns[name].append(entries.once.setdefault(word, word))
    columns[layout.VALUE][-1] = text
    columns["sheet"].append(table.number)
    columns["row"].append(number)
    columns["column"].append(column)
    columns["kind"].append(kind)
    columns["wide"].append(table.wide)


def _with_unit(said: dict[str, str], unit: str) -> dict[str, str]:
    """Take the unit in the cell itself; what its row says stands farther, as over a column."""
    farther = said.get(layout.UNIT_HEAD) or said.get(layout.UNIT, "")
    return said | {layout.UNIT: unit, layout.UNIT_HEAD: farther}


def _leave(
    entries: Entries,
    sheet: str,
    row: int,
    column: int,
    cell: object,
    reason: str,
    heading: str,
    table: int = -1,
) -> None:
    """Record a number that is not read, so that a person sees it is left out."""
    entries.unread.append(
        {
            "sheet": sheet,
            "row": row,
            "column": column,
            "value": text_of(cell),
            "reason": reason,
            "heading": heading,
            "table": table,
        }
    )
