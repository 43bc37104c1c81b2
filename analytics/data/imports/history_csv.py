"""A series handed to the command line as a CSV: a column of years and a column of values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.files import csv_rows
from analytics.data.imports.reader.guard import CSV, check_file, decode
from analytics.data.imports.reader.titles import is_remark, plans
from analytics.data.reading.parsing import (
    ParseError,
    is_missing,
    parse_number,
    parse_year,
    plain,
    split_marks,
)

_DEPTH = 30  # rows in which the head is looked for
_NEEDED = (layout.YEAR, layout.VALUE)
_HOW = "请写一行表头“年份,数值”（year,value 也可），以下每行一个年份和一个数"
_WHOLE_YEAR = ("全年", "年度", "年末", "年底", "年", "annual")
_SAYING_KIND = (layout.TYPE, layout.NOTE, None)  # None: a column of no known heading
_PART = re.compile(r"[0-9]{4}(?:[-/年][0-9]|\.[0-9]+\.)")
_YEARS_END = re.compile(r"[0-9]{4}[-/.年](?:12[-/.月]31|0?1[-/.月]0?1)日?(?:[ T].*)?")
_ONE_EACH = (
    *(layout.INDICATOR, layout.ID, layout.REGION, layout.UNIT, layout.SCOPE, layout.BASIS),
    layout.TYPE,
)
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class History:
    """A yearly series as it was handed in."""

    values: pd.Series  # by year; a year without a figure is left out
    notes: tuple[str, ...]  # what was read otherwise than written


def read_history(path: Path) -> History:
    """Read years and values; mistakes name file, row and column in Chinese.

    Raises
    ------
    ValueError
        When the file is no table of years and values; the message says what was taken for
        its head, what is missing, and how to write it.
    """
    rows = _rows(path)
    head, columns = _head(path.name, rows)
    _require_one_series(path.name, rows, head)
    values: dict[int, float] = {}
    notes = []
    for line, row in enumerate(rows[head + 1 :], start=head + 2):
        if not any(row) or is_remark(row[0]):
            continue
        if any(row[len(rows[head]) :]):
            raise ValueError(f"{path.name}：第{line}行的列多于表头；千分位逗号请去掉，或给数加引号")
        read = _Line(path.name, line, row, rows[head], columns)
        year = read.cell(layout.YEAR, _whole_year)
        if year in values:
            raise ValueError(f"{path.name}：第{line}行的 {read.heading(layout.YEAR)}：{year}年重复")
        number, mark = split_marks(read.text(layout.VALUE))
        if is_missing(number):
            continue
        values[year] = read.cell(layout.VALUE, lambda text: parse_number(split_marks(text)[0]))
        if mark:
            notes.append(f"{year}年的数后有标注“{mark}”，按{number}读取")
    if not values:
        raise ValueError(f"{path.name}：没有数据行")
    index = pd.Index(values, dtype="int64", name="year")
    series = pd.Series(list(values.values()), index=index, dtype="float64").sort_index()
    return History(series, tuple(notes))


def _whole_year(text: str) -> int:
    """Read a year; a month or day within it would pass for the year."""
    words = split_marks(text)[0]
    if _PART.match(words) and not _YEARS_END.fullmatch(words):
        raise ParseError(f"“{text}”不是全年，只推算全年数")
    return parse_year(words)


def _rows(path: Path) -> list[list[str]]:
    try:
        content = path.read_bytes()
    except OSError:
        raise ValueError(f"{path.name}：文件不存在或无法读取") from None
    if check_file(path.name, content) != CSV:
        raise ValueError(f"{path.name}：是Excel工作簿，请把这张表另存为CSV；{_HOW}")
    return csv_rows(path.name, decode(path.name, content))


def _head(name: str, rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Find the row that names both columns; else say what the likeliest one lacks."""
    found = []
    for number, row in enumerate(rows[:_DEPTH]):
        columns = {layout.field_of(cell): column for column, cell in enumerate(row)}
        known = {field: columns[field] for field in _NEEDED if field in columns}
        if len(known) == len(_NEEDED):
            return number, known
        if any(row):
            found.append((len(known), number, known))
    if not found:
        raise ValueError(f"{name}：文件里没有内容；{_HOW}")
    _, number, known = max(found, key=lambda one: (one[0], -one[1]))
    written = "、".join(f"“{cell}”" for cell in rows[number][:5] if cell)
    missing = "和".join(f"“{layout.TITLES[field]}”" for field in _NEEDED if field not in known)
    raise ValueError(f"{name}：以第{number + 1}行（{written}）为表头，缺少{missing}列；{_HOW}")


def _require_one_series(name: str, rows: Sequence[Sequence[str]], head: int) -> None:
    """Refuse a table whose other columns say that its figures are not one yearly series."""
    for line, row in enumerate(rows[:head], start=1):
        if word := plans(" ".join(row)):
            raise ValueError(
                f"{name}：第{line}行写着“{word}”，只推算实际数；确为实际数的请删去这一行"
            )
    fields = [layout.field_of(cell) for cell in rows[head]]
    if fields.count(layout.VALUE) > 1:
        raise ValueError(f"{name}：有{fields.count(layout.VALUE)}列数值，请只留一列")
    for column, field in enumerate(fields):
        heading = rows[head][column].strip()
        said: dict[str, int] = {}
        for line, row in enumerate(rows[head + 1 :], start=head + 2):
            words = plain(row[column]) if column < len(row) and not is_remark(row[0]) else ""
            if words:
                said.setdefault(words, line)
        for words, line in said.items():
            partly = field == layout.PERIOD and words not in _WHOLE_YEAR
            if partly or (field in _SAYING_KIND and plans(words)):
                where = f"第{line}行的 {heading}：" if heading else f"第{line}行："
                raise ValueError(f"{name}：{where}“{words}”不是全年实际数，请去掉")
        if field in _ONE_EACH and len(said) > 1:
            several = layout.joined(f"“{words}”" for words in said)
            raise ValueError(f"{name}：{heading}列有{several}，一次只推算一个序列")


@dataclass(frozen=True)
class _Line:
    """One row and where its cells stand, for messages."""

    name: str
    number: int
    row: Sequence[str]
    head: Sequence[str]
    columns: Mapping[str, int]

    def heading(self, field: str) -> str:
        return self.head[self.columns[field]].strip()

    def text(self, field: str) -> str:
        column = self.columns[field]
        return self.row[column] if column < len(self.row) else ""

    def cell(self, field: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(self.text(field))
        except ParseError as error:
            place = f"{self.name}：第{self.number}行的 {self.heading(field)}"
            raise ValueError(f"{place}：{error}") from None
