"""Marks of .xls and .et workbooks: formats that show another number, errors, what is hidden.

The library that reads their values says nothing of formats; the one used here does, and is
slower. Where it cannot read a file, that is said to a person, not passed over.
"""

import io
from typing import Any

from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.cell_marks import ERROR, FORMULA, Marks, SheetMarks, mark_of
from analytics.data.imports.reader.columns import address

_EMPTY_TEXT, _NUMBER, _ERROR = 1, 2, 5  # types of cells


def find_old_marks(content: bytes) -> dict[str, SheetMarks]:
    """Return the marked cells, hidden rows and columns of every sheet, by its name.

    Raises
    ------
    ImportFileError
        When the formats of a file cannot be read, whatever its values say.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
        formats = [book.format_map[one.format_key].format_str for one in book.xf_list]
        shown = {number: mark for number, one in enumerate(formats) if (mark := mark_of(one))}
        return {sheet.name: _marks_of(sheet, shown) for sheet in book.sheets()}
    except MemoryError:
        raise
    except Exception:  # it raises whatever its parsers meet in a damaged file
        raise ImportFileError("单元格的格式无法读取") from None


def _marks_of(sheet: Any, shown: dict[int, str]) -> SheetMarks:
    cells: Marks = {}
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(
            zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        ):
            mark = ""
            if kind == _ERROR:
                mark = ERROR
            elif kind == _EMPTY_TEXT and value == "":
                mark = FORMULA  # without a saved result
            elif kind == _NUMBER:
                mark = shown.get(sheet.cell_xf_index(row, column), "")
            if mark:
                cells[address(row, column)] = mark
    return SheetMarks(
        cells,
        hidden_rows=frozenset(row for row, one in sheet.rowinfo_map.items() if one.hidden),
        hidden_columns=frozenset(column for column, one in sheet.colinfo_map.items() if one.hidden),
    )
