"""A workbook of one plain table, row by row as a person sees it: enterprise ledgers.

Runs inside the reading process, under its limits; nothing is converted or judged here.
"""

import io
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.cell_marks import ERROR, FORMULA, SheetMarks, find_marks
from analytics.data.imports.reader.columns import address, is_guide
from analytics.data.imports.reader.written import text_of
from analytics.data.reading.parsing import plain

_DEPTH = 30  # rows in which the heading is looked for


def read_plain_rows(name: str, content: bytes, heading: str) -> dict[str, object]:
    """Return heading and rows of the first sheet that has this heading in a row.

    Returns
    -------
    dict
        ``sheet``, ``first_row`` (of the data, counted from 1), ``headings`` and ``rows``;
        a cell whose formula gave an error or no result reads as ``#``.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        marks = find_marks(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet or is_guide(meta.name):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None or sheet.end is None:
                continue
            if (sheet.end[0] + 1) * (sheet.end[1] + 1) > LIMITS.cells:
                raise ImportFileError(f"{name}：工作表“{meta.name}”过大，请删除空白行列后另存")
            offset = [""] * sheet.start[1]
            rows = [[text_of(cell) for cell in [*offset, *row]] for row in sheet.iter_rows()]
            _mark(rows, marks.get(meta.name, SheetMarks()).cells)
            if found := _from_heading(meta.name, rows, heading):
                return found
    except (CalamineError, ExpatError, ElementTree.ParseError, KeyError):
        raise ImportFileError(f"{name}：工作簿不完整或已损坏，请用Excel打开后另存再传") from None
    raise ImportFileError(f"{name}：前{_DEPTH}行里找不到“{heading}”表头")


def _mark(rows: list[list[str]], marks: dict[str, str]) -> None:
    """Put # where a formula has no usable result."""
    wrong = {cell for cell, mark in marks.items() if mark in (ERROR, FORMULA)}
    if not wrong:
        return
    for number, row in enumerate(rows):
        for column in range(len(row)):
            if address(number, column) in wrong:
                row[column] = "#"


def _from_heading(sheet: str, rows: list[list[str]], heading: str) -> dict[str, object] | None:
    for number, row in enumerate(rows[:_DEPTH]):
        titles = [plain(cell).replace(" ", "").replace("\n", "") for cell in row]
        if heading in titles:
            return {
                "sheet": sheet,
                "first_row": number + 2,
                "headings": titles,
                "rows": rows[number + 1 :],
            }
    return None
