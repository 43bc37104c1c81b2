"""Cells of a workbook or CSV → entries, one per value, still in the file's own words.

Runs inside the reading process (see :mod:`.process`): nothing is converted or judged here
beyond finding headers, so that what follows can name every cell.
"""

import io
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.cell_marks import SheetMarks, find_marks
from analytics.data.imports.reader.entries import Entries, leave
from analytics.data.imports.reader.files import (
    check_size,
    csv_rows,
    filled,
    shifted,
    with_raised_marks,
)
from analytics.data.imports.reader.guard import CSV, XLSX, decode
from analytics.data.imports.reader.old_marks import find_old_marks
from analytics.data.imports.reader.shapes import Hint
from analytics.data.imports.reader.sheet import Progress, read_sheet
from analytics.data.imports.reader.written import is_figure
from analytics.data.reading.spreadsheet_text import unneutral


def read(
    name: str, content: bytes, format_: str, progress: Progress, hints: Sequence[Hint] = ()
) -> Entries:
    """Read every table of a file; ``hints`` say what headings mean in tables known before."""
    entries = Entries(hints=hints, file=name)
    if format_ == CSV:
        rows = csv_rows(name, decode(name, content))
        rows = [[unneutral(cell) for cell in row] for row in rows]
        read_sheet(entries, "", iter(rows), SheetMarks(), len(rows), progress)
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
        marks = find_marks(content) if format_ == XLSX else _old_marks(entries, content)
        progress(0.1)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        for place, meta in enumerate(metas):
            if layout.is_guide(meta.name):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None or sheet.end is None:
                continue
            check_size(name, sheet)
            hidden = meta.visible != SheetVisibleEnum.Visible
            if hidden or layout.explains(meta.name):
                _pass_over(entries, meta.name, sheet, hidden=hidden)
                continue
            found = marks.get(meta.name, SheetMarks())
            if count := found.formulas:
                entries.note(meta.name, "公式", f"有{count}个公式，只读上次保存的结果，不重新计算")
            rows = shifted(sheet.iter_rows(), sheet.start[1])
            rows = filled(rows, sheet.merged_cell_ranges or ())
            rows = with_raised_marks(rows, found.cells)
            part = _part(progress, place, len(metas))
            read_sheet(entries, meta.name, rows, found, sheet.end[0] + 1, part)
    except (CalamineError, ExpatError, ElementTree.ParseError, KeyError):
        raise ImportFileError(f"{name}：工作簿不完整或已损坏，请用Excel打开后另存再传") from None


def _old_marks(entries: Entries, content: bytes) -> dict[str, SheetMarks]:
    try:
        return find_old_marks(content)
    except ImportFileError as error:
        said = f"{error}，百分比格式、缩小显示的数和隐藏的行列没有辨认"
        entries.hold(
            "", "", "格式没有辨认", said, "请另存为.xlsx再传；确认数值与单位无误的可以勾选"
        )
        return {}


def _pass_over(entries: Entries, name: str, sheet: Any, *, hidden: bool) -> None:
    """Leave a sheet that is hidden or only explains; its numbers are listed as not read."""
    what = "隐藏的工作表" if hidden else "只作说明的工作表"
    entries.note(name, what, f"{what}没有读取")
    for number, row in enumerate(shifted(sheet.iter_rows(), sheet.start[1])):
        for column, cell in enumerate(row):
            if cell != "" and is_figure(cell):
                leave(entries, name, number, column, cell, what, "")


def _part(progress: Progress, place: int, parts: int) -> Progress:
    """Return the progress of one sheet among several."""
    return lambda share: progress(0.1 + 0.9 * (place + share) / parts)
