"""A chart's numbers as CSV and as a workbook with a native chart, both with their origin.

A text that a spreadsheet would take for a formula is marked as text; numbers,
negative ones included, stay numbers.
"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from numbers import Integral
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.data.reading.spreadsheet_text import neutral
from analytics.output.export.office_chart import SHEET, add_chart
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import NativeChart
from analytics.output.figures.note import Stamp

_CHART_ROWS = 22  # a chart stands above its numbers
_NOTE_COLUMNS = 9
_WIDE, _LINE = 46, 15.0  # widest column in characters, height of a line in points


def csv_bytes(figure: Figure, stamp: Stamp) -> bytes:
    """Write a chart's numbers as CSV that Excel opens with its Chinese intact.

    Every row repeats unit, source, scenario, release and day, so that rows of
    several files can be put together and still say where they come from.
    """
    table = _with_origin(figure, figure.stamped(stamp))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([neutral(str(name)) for name in table])
    for row in table.itertuples(index=False):
        writer.writerow([_csv_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> Any:
    if isinstance(value, str):
        return neutral(value)
    return "" if pd.isna(value) else value


def _with_origin(figure: Figure, stamp: Stamp) -> pd.DataFrame:
    note = figure.details.note
    return figure.details.table.assign(
        **{
            "标题": note.finding,
            "图名": figure.title,
            "单位": figure.unit,
            "数据性质": "、".join(note.natures),
            **({"筛选": note.filters} if note.filters else {}),
            "来源": "；".join(dict.fromkeys(source.text_zh for source in note.sources)),
            "情景": stamp.scenario.name,
            "情景编号": stamp.scenario.id,
            "数据版本": stamp.release.id,
            "版本校验": stamp.release.hash,
            "数据截至": f"{stamp.release.as_of:%Y-%m-%d}",
            "制作日期": f"{stamp.made_on:%Y-%m-%d}",
            **({"提示": figure.mark} if figure.demo else {}),
        }
    )


def xlsx(figure: Figure, stamp: Stamp) -> bytes:
    """Write a workbook: native chart with its numbers, table, assumptions, terms, sources."""
    buffer, details = io.BytesIO(), figure.details
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = datetime.combine(stamp.made_on, time(), UTC)
        book.set_properties({"title": figure.finding, "subject": figure.name, "created": made})
        sheets = _Sheets(book)
        _chart_sheet(sheets, figure, stamp)
        sheets.table("数据", details.table.columns, details.table.itertuples(index=False))
        sheets.table(
            "假设", ("项目", "取值", "依据"), _assumptions(details), "基准情景，无另外的假设。"
        )
        sheets.table("指标解释", ("指标", "单位", "口径", "定义"), _definitions(details), "无。")
        sheets.table(
            "来源", ("性质", "来源", "发布日期", "网址"), _sources(details), "无年度数值。"
        )
    return buffer.getvalue()


def _assumptions(details: Details) -> list[tuple[str, ...]]:
    return [(x.name, x.value, x.why) for x in details.assumptions]


def _definitions(details: Details) -> list[tuple[str, ...]]:
    return [(x.name, x.unit, x.scope, x.text) for x in details.definitions]


def _sources(details: Details) -> list[tuple[str, ...]]:
    return [(x.nature, x.title, x.dated, x.url) for x in details.note.sources]


def _chart_sheet(sheets: "_Sheets", figure: Figure, stamp: Stamp) -> None:
    """Put title and notes on top, then each native chart above its numbers."""
    sheet, notes = sheets.add(SHEET), figure.lines(stamp)
    if len(figure.details.native) == 1:
        sheet.fit_to_pages(1, 1)  # the last rows would stand alone on a second page
    sheets.line(sheet, 0, figure.finding, sheets.title)
    for row, line in enumerate((figure.heading, *notes), start=1):
        warned = figure.demo and row == 1
        sheets.line(sheet, row, line, sheets.warning if warned else sheets.note)
    top = 2 + len(notes)
    for native in figure.details.native:
        numbers = top + _CHART_ROWS
        chart = add_chart(sheets.book, sheet, _as_text(native), numbers)
        chart.show_hidden_data()
        sheet.insert_chart(top, 0, chart, {"description": figure.finding})
        top = numbers + len(native.categories) + 2
    _hide_steps(sheet, figure.details.native)


def _as_text(native: NativeChart) -> NativeChart:
    """Keep what a chart is called from being taken for a reference to a cell."""
    lines = tuple(replace(line, name=neutral(line.name)) for line in native.lines)
    categories = tuple(map(neutral, native.categories))
    return replace(native, title=neutral(native.title), categories=categories, lines=lines)


def _hide_steps(sheet: Worksheet, natives: Sequence[NativeChart]) -> None:
    """Fold away the columns that only pile up the fan; the chart still reads them."""
    for native in natives:
        first = 1 + len(native.lines) + 2 * len(native.bands)
        if native.bands:
            last = first + 2 * len(native.bands) - 1
            sheet.set_column(first, last, None, None, {"hidden": True})


class _Sheets:
    """Sheets of one workbook and the looks of their cells."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        font = {"font_name": "微软雅黑", "font_size": 10}
        broken = {**font, "text_wrap": True, "valign": "top"}
        self.title = book.add_format({**broken, "font_size": 14, "bold": True})
        self.note = book.add_format({**broken, "font_color": "#43505C"})
        self.warning = book.add_format({**broken, "font_color": "#9C4A00", "bold": True})
        self.head = book.add_format({**font, "bold": True, "bottom": 1, "bg_color": "#EEF2F5"})
        self.plain = book.add_format(broken)
        self.number = book.add_format({**font, "num_format": "#,##0.00", "valign": "top"})
        self.whole = book.add_format({**font, "num_format": "0", "valign": "top"})

    def add(self, name: str) -> Worksheet:
        """Add a sheet that prints on the width of one page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        """Write a text as text, whatever it begins with."""
        sheet.write_string(row, column, neutral(text), look)

    def line(self, sheet: Worksheet, row: int, text: str, look: Format) -> None:
        """Write a text across the columns, high enough for all its lines."""
        sheet.merge_range(row, 0, row, _NOTE_COLUMNS - 1, "", look)
        self.text(sheet, row, 0, text, look)
        size = 1.4 if look is self.title else 1.0
        sheet.set_row(row, _height(text, 13 * _NOTE_COLUMNS / size) * size)

    def table(
        self, name: str, headings: Iterable[str], lines: Iterable[Iterable[Any]], empty: str = ""
    ) -> None:
        """Write a sheet with one table, a sentence where it has no rows."""
        sheet = self.add(name)
        header, rows = list(headings), [list(line) for line in lines]
        widths = [_width(title, [row[at] for row in rows]) for at, title in enumerate(header)]
        for column, (title, width) in enumerate(zip(header, widths, strict=True)):
            self.text(sheet, 0, column, title, self.head)
            sheet.set_column(column, column, width)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(sheet, at, column, value)
            cells = zip(row, widths, strict=True)
            sheet.set_row(at, max(_height(x, width) for x, width in cells))
        if not rows:
            self.text(sheet, 1, 0, empty, self.note)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        if isinstance(value, str):
            self.text(sheet, row, column, value, self.plain)
        elif not pd.isna(value):
            whole = isinstance(value, Integral)  # years and counts of years
            sheet.write_number(row, column, value, self.whole if whole else self.number)


def _width(title: str, values: list[Any]) -> float:
    """Return the column width that shows most cells in one line."""
    texts = [title, *(value for value in values if isinstance(value, str))]
    return max(11.0, min(_WIDE, 3 + max(map(_columns, texts))))


def _height(value: object, width: float) -> float:
    """Return the height of a cell whose text is broken to a column's width."""
    lines = math.ceil(_columns(value) / (width - 1)) if isinstance(value, str) else 1
    return _LINE * max(1, lines)


def _columns(text: str) -> float:
    """Return the width of a text in digits of the sheet's font."""
    return sum(2.1 if ord(character) > 0x2E7F else 1.1 for character in text)
