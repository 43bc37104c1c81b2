"""The workbook and CSV people fill in: one sheet per action, every indicator, drop-downs.

The same tables always make the same bytes. ``fill`` writes any rows in the template's form,
so that what the program holds can be taken out, corrected and brought back.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.catalog.load import Catalog
from analytics.data.imports.reader import columns
from analytics.data.imports.template_guide import EXAMPLES, GUIDE, WIDE_EXAMPLE, WIDE_TITLE
from analytics.data.reading.spreadsheet_text import neutral
from analytics.domain import EVERY_DISTRICT, JINSHAN, SHANGHAI, Indicator
from analytics.text_zh import unit_zh

FREQUENCY_ZH = {"annual": "年", "quarterly": "季", "monthly": "月"}
YEARS_PREPARED = 5
_SPARE_ROWS = 200  # empty rows below, with the same drop-downs
_MADE = datetime(2024, 1, 1)  # noqa: DTZ001 - fixed, so that bytes do not depend on the clock
_WIDTHS = (34, 26, 10, 8, 11, 13, 14, 9, 11, 12, 26, 8, 8, 6, 60)
_UNITS = ("亿元", "万元", "%", "家", "个", "亩", "公顷", "平方公里", "亿元/平方公里", "万元/亩")
_PERIODS = ("全年", *(f"1—{m}月" for m in range(2, 13)), *(f"{m}月" for m in range(3, 13)))
_ROW_HEIGHT = 18
_GUIDE_LINE = 46  # characters in a line of the guide
_FIRST = 3  # row of the first value, below title, hint and header


@dataclass(frozen=True)
class TableRow:
    """One row of the template; fields in the order of its columns."""

    indicator: str
    id: str
    region: str
    year: int | None
    period: str
    value: float | None
    unit: str
    scope: str = ""
    basis: str = ""
    published: str = ""
    note: str = ""
    enterprises: int | None = None
    confidential: str = ""


def prepared_rows(indicator: Indicator, as_of: date) -> list[TableRow]:
    """List the values asked of one indicator: recent years, and this year's months so far."""
    years = range(as_of.year - YEARS_PREPARED, as_of.year)
    times = [(year, "全年") for year in years]
    step = {"monthly": 1, "quarterly": 3}.get(indicator.frequency)
    if step:
        months = range(max(step, 2), as_of.month + 1, step)
        times += [(as_of.year, f"1—{month}月") for month in months]
    return [blank_row(indicator, year, period) for year, period in times]


def blank_row(indicator: Indicator, year: int, period: str) -> TableRow:
    """Return a row of the template that asks for one value."""
    return TableRow(
        indicator=indicator.name_zh,
        id=indicator.id,
        region=indicator.home_region,
        year=year,
        period=period,
        value=None,
        unit=unit_zh(indicator.unit),
        scope=indicator.scope,
        basis=indicator.price_basis,
    )


def sheets_of(catalog: Catalog) -> dict[str, list[Indicator]]:
    """Divide the indicators among the actions, by the first target that leads to each."""
    placed: dict[str, str] = {}
    for target in catalog.targets.values():
        placed.setdefault(target.indicator, target.action)
    for name, action in list(placed.items()):
        for related in _related(catalog, name):
            placed.setdefault(related, action)
    last = list(catalog.actions)[-1]
    sheets: dict[str, list[Indicator]] = {a.name_zh: [] for a in catalog.actions.values()}
    for name, indicator in catalog.indicators.items():
        if EVERY_DISTRICT in indicator.scopes:
            continue  # tables of the yearbook go in as they are printed
        sheets[catalog.actions[placed.get(name, last)].name_zh].append(indicator)
    return sheets


def _related(catalog: Catalog, name: str) -> Iterator[str]:
    """Yield what an indicator is made of, and the same of the city's counterparts."""
    graph = catalog.identities()
    for part in graph.below(name):
        yield part
        if city := catalog.indicators[part].city_counterpart:
            yield from graph.below(city)


def template_workbook(catalog: Catalog, *, as_of: date) -> bytes:
    """Make the empty workbook, prepared for the years before ``as_of``."""
    return fill_workbook(catalog, _all_prepared(catalog, as_of))


def template_csv(catalog: Catalog, *, as_of: date) -> bytes:
    """Make the empty CSV with the same rows and columns."""
    return fill_csv(catalog, _all_prepared(catalog, as_of))


def _all_prepared(catalog: Catalog, as_of: date) -> list[TableRow]:
    return [
        row
        for indicators in sheets_of(catalog).values()
        for indicator in indicators
        for row in prepared_rows(indicator, as_of)
    ]


def fill_csv(catalog: Catalog, rows: Iterable[TableRow]) -> bytes:
    """Write rows as CSV; text that a spreadsheet would compute is neutralised.

    A definition stands only beside the first row of its indicator, which keeps files small.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns.TITLES.values(), *columns.EXPLAINED])
    defined: set[str] = set()
    for row in rows:
        cells = [*_cells(row), *(_explained(catalog, row.id) if row.id not in defined else ())]
        defined.add(row.id)
        writer.writerow([neutral(c) if isinstance(c, str) else c for c in cells])
    return text.getvalue().encode("utf-8-sig")


def _cells(row: TableRow) -> list[object]:
    return [getattr(row, column.name) for column in fields(TableRow)]


def _explained(catalog: Catalog, name: str) -> tuple[str, str]:
    item = catalog.indicators.get(name)
    if item is None:
        return "", ""
    return FREQUENCY_ZH.get(item.frequency, ""), item.definition_zh


# ── the workbook ─────────────────────────────────────────────────────────────────────────


def fill_workbook(catalog: Catalog, rows: Iterable[TableRow]) -> bytes:
    """Write rows into a workbook of the template's form, each on its action's sheet."""
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": "金山区新型工业化指标填报表", "created": _MADE})
        looks = _Looks(book)
        _guide(book, looks)
        sheets = sheets_of(catalog)
        last = list(sheets)[-1]
        home = {item.id: name for name, items in sheets.items() for item in items}
        placed: dict[str, list[TableRow]] = {name: [] for name in sheets}
        for row in rows:
            placed[home.get(row.id, last)].append(row)
        for number, (name, items) in enumerate(sheets.items(), start=1):
            sheet = book.add_worksheet(name)
            _head(sheet, looks, f"{name}：指标填报表")
            _write_rows(sheet, looks, catalog, placed[name])
            end = _FIRST + len(placed[name]) + _SPARE_ROWS - 1
            sheet.print_area(0, 0, _FIRST + len(placed[name]) - 1, len(columns.TITLES) - 1)
            _drop_downs(sheet, number, len(items), len(_units(items)), end)
        _examples(book, looks)
        _choices(book, sheets)
    return output.getvalue()


class _Looks:
    """The few formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook):
        font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        edge = {"border": 1, "border_color": "#C9D3DC"}
        self.title = book.add_format(font | {"bold": True, "font_size": 15})
        self.hint = book.add_format(font | {"font_color": "#5A6B7B"})
        self.head = book.add_format(
            font | edge | {"bold": True, "bg_color": "#DCE8F1", "align": "center"}
        )
        self.text = book.add_format(font | edge)
        self.value = book.add_format(font | edge | {"bg_color": "#FFF9E0", "align": "right"})
        # wrapped in a row of fixed height: long definitions are cut, not spilled
        self.small = book.add_format(
            font | edge | {"font_size": 9, "font_color": "#5A6B7B", "text_wrap": True}
        )
        self.wrap = book.add_format(font | {"text_wrap": True})


def _head(sheet: Worksheet, looks: _Looks, title: str) -> None:
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, "只填黄色的“数值”列；没有数的留空。填法见“说明”。", looks.hint)
    for column, name in enumerate([*columns.TITLES.values(), *columns.EXPLAINED]):
        sheet.set_column(column, column, _WIDTHS[column])
        sheet.write_string(_FIRST - 1, column, name, looks.head)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)


def _write_rows(
    sheet: Worksheet, looks: _Looks, catalog: Catalog, rows: Sequence[TableRow]
) -> None:
    value_column = list(columns.TITLES).index(columns.VALUE)
    for number, row in enumerate(rows, start=_FIRST):
        sheet.set_row(number, _ROW_HEIGHT)
        for column, cell in enumerate(_cells(row)):
            _write(
                sheet, number, column, cell, looks.value if column == value_column else looks.text
            )
        for place, text in enumerate(_explained(catalog, row.id)):
            sheet.write_string(number, len(columns.TITLES) + place, text, looks.small)


def _write(sheet: Worksheet, row: int, column: int, cell: object, look: Format) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, look)
    else:
        sheet.write_number(row, column, cell, look)


def _units(items: Iterable[Indicator]) -> list[str]:
    own = [unit_zh(item.unit) for item in items]
    return list(dict.fromkeys([*own, *_UNITS]))


def _drop_downs(sheet: Worksheet, number: int, indicators: int, units: int, end: int) -> None:
    """Offer names, regions, periods and units; the lists stand on the sheet 选项."""
    column_of = {name: column for column, name in enumerate(columns.TITLES)}
    names, measures = columns.column_letters(2 * number), columns.column_letters(2 * number + 1)

    def limit(name: str, rule: dict[str, object]) -> None:
        sheet.data_validation(_FIRST, column_of[name], end, column_of[name], rule)

    def listed(source: object, kind: str = "warning") -> dict[str, object]:
        message = "不在下拉清单中，请核对"
        return {"validate": "list", "source": source, "error_type": kind, "error_message": message}

    limit(columns.INDICATOR, listed(f"=选项!${names}$1:${names}${indicators}"))
    limit(columns.UNIT, listed(f"=选项!${measures}$1:${measures}${units}"))
    limit(columns.PERIOD, listed(f"=选项!$A$1:$A${len(_PERIODS)}"))
    limit(columns.REGION, listed([JINSHAN, SHANGHAI]))
    limit(columns.CONFIDENTIAL, listed(["是", "否"]))
    limit(
        columns.ENTERPRISES,
        {
            **{"validate": "integer", "criteria": ">=", "value": 0},
            "error_message": "请填涉及的企业家数；不涉及的留空",
        },
    )
    limit(
        columns.YEAR,
        {
            **{"validate": "integer", "criteria": "between", "minimum": 1949, "maximum": 2100},
            "error_message": "请填四位年份，如2025",
        },
    )
    limit(
        columns.VALUE,
        {
            **{"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12},
            "error_message": "请填数字；没有数的留空",
        },
    )


def _choices(book: xlsxwriter.Workbook, sheets: dict[str, list[Indicator]]) -> None:
    sheet = book.add_worksheet("选项")
    sheet.write_column(0, 0, _PERIODS)
    for number, items in enumerate(sheets.values(), start=1):
        sheet.write_column(0, 2 * number, [item.name_zh for item in items])
        sheet.write_column(0, 2 * number + 1, _units(items))
    sheet.hide()


def _guide(book: xlsxwriter.Workbook, looks: _Looks) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, "金山区新型工业化指标填报表", looks.title)
    for number, (topic, text) in enumerate(GUIDE, start=2):
        sheet.set_row(number, _ROW_HEIGHT * math.ceil(len(text) / _GUIDE_LINE))
        sheet.write_string(number, 0, topic, looks.head)
        sheet.write_string(number, 1, text, looks.wrap)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _examples(book: xlsxwriter.Workbook, looks: _Looks) -> None:
    sheet = book.add_worksheet("示例")
    _head(sheet, looks, "示例：一行一个数（本表不导入，数字为虚构）")
    for number, row in enumerate(EXAMPLES, start=_FIRST):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, looks.text)
    wide = book.add_worksheet("示例（宽表）")
    wide.set_column(0, 0, 30)
    wide.write_string(0, 0, WIDE_TITLE, looks.title)
    for number, cells in enumerate(WIDE_EXAMPLE, start=1):
        for column, cell in enumerate(cells):
            _write(wide, number, column, cell, looks.head if number == 1 else looks.text)
