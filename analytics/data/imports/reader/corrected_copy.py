"""A copy of a file with a comment on every faulty cell, and a list of the faults.

Runs inside the reading process. Formulas are replaced by their saved results, and text that
looks like a formula stays text, so nothing in the copy computes.
"""

import io
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.files import csv_rows, old_sheets
from analytics.data.imports.reader.guard import CSV, XLS, decode
from analytics.data.reading.spreadsheet_text import unneutral

AUTHOR = "导入核对"
LIST_SHEET = "问题清单"
MOST = 5000  # faults marked and listed; with more, mending starts with these
_FILLS = {"refused": "F8CBAD", "held": "FFE699", "note": "DDEBF7"}
_HEADINGS = ("处理", "工作表", "单元格", "填的是", "规则", "问题", "怎么改")
_FIELDS = ("kind_zh", "sheet", "cell", "value", "rule", "message_zh", "remedy_zh")
_WIDTHS = (8, 18, 9, 18, 20, 60, 50)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
_COMPUTED = ("=", "+", "-", "@")


def annotate(name: str, content: bytes, notes: dict[str, Any]) -> bytes:
    """Return the copy as a workbook.

    Parameters
    ----------
    notes : ``format`` of the file, and ``faults`` as mappings with the keys of
        :class:`analytics.data.imports.batch.Fault` and ``kind_zh``.
    """
    book = _BOOKS.get(notes["format"], _opened)(name, content)
    if LIST_SHEET in book.sheetnames:
        del book[LIST_SHEET]
    for sheet in book.worksheets:
        _clear(sheet)
    _comment(book, notes["faults"][:MOST])
    _list(book, notes["faults"])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _opened(name: str, content: bytes) -> Workbook:
    try:
        return load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # openpyxl raises whatever its parsers meet in a damaged file
        raise ImportFileError(f"{name}：无法生成带批注的副本，请按问题清单修改") from None


def _from_csv(name: str, content: bytes) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "数据"
    for number, row in enumerate(csv_rows(name, decode(name, content)), start=1):
        for column, words in enumerate(row, start=1):
            if words:
                _write(sheet.cell(number, column), unneutral(words))
    return book


def _from_old(name: str, content: bytes) -> Workbook:
    """Write the cells of an old workbook into one of the present format."""
    book = Workbook()
    book.remove(book.active)
    for title, start, rows in old_sheets(name, content):
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=start[0] + 1):
            for column, cell in enumerate(row, start=start[1] + 1):
                if isinstance(cell, str) and cell:
                    _write(sheet.cell(number, column), cell)
                elif cell != "":
                    sheet.cell(number, column).value = cell
    return book


_BOOKS: dict[str, Callable[[str, bytes], Workbook]] = {CSV: _from_csv, XLS: _from_old}


def _write(cell: Cell, words: str) -> None:
    """Write a plain number as a number and everything else as text."""
    if _NUMBER.fullmatch(words):
        cell.value = float(words)
        return
    cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", words)
    cell.data_type = "s"


def _clear(sheet: Worksheet) -> None:
    """Take away what an earlier copy marked, and keep text that looks like a formula text."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
            if isinstance(cell.value, str) and cell.value.startswith(_COMPUTED):
                cell.quotePrefix = True  # text stays text when the cell is edited


def _comment(book: Workbook, faults: list[dict[str, str]]) -> None:
    at: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for fault in faults:
        if fault["cell"]:
            at[fault["sheet"], fault["cell"]].append(fault)
    for (name, place), found in at.items():
        sheet = book[name] if name else book.worksheets[0]
        cell = sheet[place]
        if isinstance(cell, MergedCell):
            continue
        words = [
            f"【{f['kind_zh']}】{f['rule']}：{f['message_zh']}。{f['remedy_zh']}" for f in found
        ]
        comment = Comment("\n".join(words)[:2000], AUTHOR, height=60 + 40 * len(words), width=320)
        cell.comment = comment
        worst = min((f["kind"] for f in found), key=list(_FILLS).index)
        cell.fill = PatternFill("solid", start_color=_FILLS[worst])


def _list(book: Workbook, faults: list[dict[str, str]]) -> None:
    sheet = book.create_sheet(LIST_SHEET, 0)
    book.active = 0
    sheet.append(_HEADINGS)
    for number, fault in enumerate(faults[:MOST], start=2):
        for column, field in enumerate(_FIELDS, start=1):
            cell = sheet.cell(number, column, fault[field])
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    if len(faults) > MOST:
        sheet.cell(MOST + 2, 1, f"另有{len(faults) - MOST}处，改好以上各处后再核对")
    for column, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(65 + column)].width = width
        sheet.cell(1, column + 1).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
