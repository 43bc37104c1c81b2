"""Tables as CSV and XLSX for people; text a spreadsheet would compute is neutralised."""

import csv
import io
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.data.reading.spreadsheet_text import neutral

_MADE = datetime(2024, 1, 1)  # noqa: DTZ001 - fixed, so that bytes do not depend on the clock
_WIDEST = 60


def to_csv(frame: pd.DataFrame, notes: tuple[str, ...] = ()) -> bytes:
    """Write a table that opens in Excel with its Chinese intact, notes below it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([_plain(cell) for cell in row])
    writer.writerows([neutral(note)] for note in notes)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return neutral(cell)
    return "" if pd.isna(cell) else cell


def to_xlsx(frame: pd.DataFrame, title: str, notes: tuple[str, ...] = ()) -> bytes:
    """Write a table under its title, notes below it; the same table makes the same bytes."""
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": title, "created": _MADE})
        sheet = book.add_worksheet(title[:31])
        font = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
        plain = book.add_format(font | {"border": 1, "border_color": "#C9D3DC"})
        head = book.add_format(
            font | {"border": 1, "border_color": "#C9D3DC", "bold": True, "bg_color": "#DCE8F1"}
        )
        sheet.write_string(0, 0, title, book.add_format(font | {"bold": True, "text_wrap": False}))
        _write_table(sheet, frame, head, plain)
        quiet = book.add_format(font | {"text_wrap": False, "font_color": "#5A6B7B"})
        for place, note in enumerate(notes, start=len(frame) + 3):
            sheet.write_string(place, 0, note, quiet)
    return output.getvalue()


def _write_table(sheet: Worksheet, frame: pd.DataFrame, head: Format, plain: Format) -> None:
    for column, name in enumerate(frame.columns):
        longest = max([len(str(name)), *(len(str(cell)) for cell in frame[name])])
        sheet.set_column(column, column, min(2 * longest + 2, _WIDEST))
        sheet.write_string(1, column, str(name), head)
        for row, cell in enumerate(frame[name].tolist(), start=2):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, plain)
            elif pd.isna(cell):
                sheet.write_blank(row, column, None, plain)
            else:
                sheet.write_number(row, column, cell, plain)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
