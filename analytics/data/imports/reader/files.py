"""Files as rows of cells: sheets of workbooks, with what is merged or raised in them, and text."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.cell_marks import RAISED
from analytics.data.imports.reader.headings import is_year
from analytics.data.imports.reader.table import Row
from analytics.data.imports.reader.written import is_figure

_FIRST_LINES = 30  # in which a delimiter is looked for


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


def csv_rows(name: str, text: str) -> list[list[str]]:
    """Split text into rows and cells; the delimiter is in most of its first lines."""
    lines = text.lstrip("\r\n").split("\n", _FIRST_LINES)[:_FIRST_LINES]
    delimiter = max(",\t;", key=lambda mark: _spread(mark, lines))
    rows: list[list[str]] = []
    csv.field_size_limit(LIMITS.size)  # a long cell is one that is not known, no broken line
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        place = f"第{len(rows) + 1}行起"
        raise ImportFileError(
            f"{name}：{place}不是可读的CSV（引号或换行有误），请另存后再传"
        ) from None
    return rows


def _spread(mark: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return in how many lines a mark stands, and how often in one; commas group digits too."""
    counts = [line.count(mark) for line in lines]
    return sum(map(bool, counts)), max(counts)


def check_size(name: str, sheet: Any) -> None:
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > LIMITS.cells:
        raise ImportFileError(
            f"{name}：工作表“{sheet.name}”占用{height:,}行×{width:,}列，过大；"
            "请删除空白行列后另存，或分批导入"
        )


def shifted(rows: Iterable[Row], offset: int) -> Iterator[Row]:
    """Give rows back the empty columns before the first used one."""
    return (([""] * offset) + row for row in rows)


def filled(
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
            if column < len(row) and _is_word(row[column]):
                open_[column] = (bottom, row[column])
        if open_:
            open_ = {c: one for c, one in open_.items() if one[0] >= number}
            for column, (_, word) in open_.items():
                if column < len(row) and row[column] == "":
                    row[column] = word
        yield row


def _is_word(cell: object) -> bool:
    """Say whether a cell holds a word, or a year as text; other numbers stand once."""
    return isinstance(cell, str) and bool(cell) and (not is_figure(cell) or is_year(cell))


def with_raised_marks(rows: Iterator[Row], marks: dict[str, str]) -> Iterator[Row]:
    """Write footnote marks that are raised in their cell in brackets, apart from its digits."""
    raised = {at: mark.removeprefix(RAISED) for at, mark in marks.items() if RAISED in mark}
    if not raised:
        return rows
    return (
        [raised.get(layout.address(number, column), cell) for column, cell in enumerate(row)]
        for number, row in enumerate(rows)
    )
