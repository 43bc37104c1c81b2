"""Native, editable chart of a figure: one drawing for PowerPoint, Word and Excel.

XlsxWriter draws the chart in a workbook that holds its numbers. PowerPoint and
Word take the same drawing as a part of their own, with the workbook embedded
beside it, so that 编辑数据 opens the numbers. A fan is a pile of areas: an
unseen one up to the lowest quantile, then the steps from quantile to quantile.
"""

import io
import math
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd
from lxml import etree
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from analytics.output.charts import fan
from analytics.output.charts.palette import CATEGORIES, LIGHT
from analytics.output.figures.native import BOUND, Line, NativeChart

SHEET = "图表数据"
FONT = "微软雅黑"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STATED = 2  # decimals of the plan's own numbers at most
_HEADROOM = 0.5  # steps of the axis that a number printed above its mark takes
_TINTS = {95: "#DCE9F3", 80: "#B9D3E8", 50: "#8DB8DA"}  # solid, so that grey copies differ
_Options = dict[str, Any]  # as XlsxWriter takes them
_LOOKS: dict[str, _Options] = {
    fan.HISTORY: {"line": {"width": 2.25}, "marker": {"type": "circle", "size": 5}},
    BOUND: {"line": {"none": True}, "marker": {"type": "triangle", "size": 8}},
    fan.MEDIAN: {"line": {"width": 2.25, "dash_type": "dash"}},
    fan.BASELINE: {"line": {"width": 1.5, "dash_type": "round_dot"}},
    fan.REQUIRED: {"line": {"width": 1.75, "dash_type": "long_dash_dot"}},
    fan.TARGET: {"line": {"none": True}, "marker": {"type": "diamond", "size": 11}},
}


def chart_and_workbook(
    native: NativeChart, made_on: date, *, points: float = 9, titled: bool = True
) -> tuple[bytes, bytes]:
    """Return the chart's XML, its external data awaiting ``rId1``, and the workbook.

    ``points`` is the type size of axes and legend; one not ``titled`` has its caption beside it.
    """
    drawn = _workbook(native, made_on, with_chart=True, points=points)
    with zipfile.ZipFile(io.BytesIO(drawn)) as archive:
        xml = archive.read("xl/charts/chart1.xml")
    return _for_embedding(xml, titled=titled), _workbook(
        native, made_on, with_chart=False, points=points
    )


def _workbook(native: NativeChart, made_on: date, *, with_chart: bool, points: float) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
        sheet = book.add_worksheet(SHEET)
        chart = add_chart(book, sheet, native, points=points)
        if with_chart:
            sheet.insert_chart("H2", chart)
    return buffer.getvalue()


def add_chart(
    book: Workbook, sheet: Worksheet, native: NativeChart, first_row: int = 0, *, points: float = 9
) -> Chart:
    """Write a chart's numbers to a sheet and return the chart, to be inserted.

    Columns: category, the lines, both edges of every band, then the steps the
    fan is piled up from, as formulas of the edges.
    """
    table = _Table(book, sheet, native, first_row)
    table.write_values()
    front = _front(book, table, points)
    if not native.bands:
        return _styled(front, native, points)
    bands = _bands(book, table)
    bands.combine(front)
    return _styled(bands, native, points)


class _Table:
    """Where a chart's numbers stand on its sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet, native: NativeChart, first_row: int):
        self.sheet, self.native, self.top = sheet, native, first_row
        self.count = len(native.categories)
        self.first_edge = 1 + len(native.lines)
        self.first_step = self.first_edge + 2 * len(native.bands)
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.cell = book.add_format({"num_format": "#,##0.00"})

    def write_values(self) -> None:
        """Write the columns with their headings."""
        native, sheet = self.native, self.sheet
        sheet.set_column(0, self.first_step + 2 * len(native.bands), 13)
        self._column(0, f"单位：{native.unit}", native.categories)
        for at, line in enumerate(native.lines, start=1):
            self._column(at, line.name, line.values)
        for at, (name, edge) in enumerate(self.edges(), start=self.first_edge):
            self._column(at, name, edge)
        if native.bands:
            self._steps()

    def edges(self) -> list[tuple[str, tuple[float | None, ...]]]:
        """Return every band's edges from the lowest to the highest."""
        lows = [(f"{band.name}下沿", band.low) for band in self.native.bands]
        highs = [(f"{band.name}上沿", band.high) for band in reversed(self.native.bands)]
        return [*lows, *highs]

    def _column(
        self, at: int, heading: str, values: Sequence[str] | Sequence[float | None]
    ) -> None:
        self.sheet.write_string(self.top, at, heading, self.head)
        for row, value in enumerate(values, start=self.top + 1):
            if isinstance(value, str):
                self.sheet.write_string(row, at, value)
            elif value is not None:
                self.sheet.write_number(row, at, value, self.cell)

    def _steps(self) -> None:
        edges = [values for _, values in self.edges()]
        unseen = _unseen_floor(edges[0], self.native)
        for at, name in enumerate(self.step_names(), start=self.first_step):
            self.sheet.write_string(self.top, at, name, self.head)
        for row in range(self.count):
            self._step(row, 0, unseen[row], is_formula=edges[0][row] is not None)
            for at, (low, high) in enumerate(pairwise(edges), start=1):
                self._step_between(row, at, low[row], high[row])

    def _step_between(self, row: int, at: int, low: float | None, high: float | None) -> None:
        if low is None or high is None:
            self._step(row, at, 0.0, is_formula=False)
        else:
            self._step(row, at, high - low, is_formula=True)

    def _step(self, row: int, at: int, value: float, *, is_formula: bool) -> None:
        line, column = self.top + 1 + row, self.first_step + at
        if not is_formula:
            self.sheet.write_number(line, column, value, self.cell)
            return
        edge = f"{xl_col_to_name(self.first_edge + at)}{line + 1}"
        below = f"-{xl_col_to_name(self.first_edge + at - 1)}{line + 1}" if at else ""
        self.sheet.write_formula(line, column, f"={edge}{below}", self.cell, value)

    def step_names(self) -> list[str]:
        """Name the areas of the pile; the lower of two of one band carries its name."""
        names = [band.name for band in self.native.bands]
        return ["区间底", *names, *(f"{name}上部" for name in reversed(names[:-1]))]

    def series(self, column: int) -> _Options:
        """Return a column as a series: its heading, the categories and its numbers."""
        first, last, sheet = self.top + 1, self.top + self.count, self.sheet.name
        return {
            "name": [sheet, self.top, column],
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, column, last, column],
        }


def _unseen_floor(lowest: Sequence[float | None], native: NativeChart) -> list[float]:
    """Carry the lowest edge to the years without a fan: an area has no gaps, it would dive."""
    history = next((line.values for line in native.lines if line.name == fan.HISTORY), lowest)
    floor = pd.Series(
        [low if low is not None else seen for low, seen in zip(lowest, history, strict=True)],
        dtype="float64",
    )
    return floor.ffill().bfill().tolist()


def _front(book: Workbook, table: _Table, points: float) -> Chart:
    chart = book.add_chart({"type": "column" if table.native.columns else "line"})
    for at, line in enumerate(table.native.lines):
        look = (
            _columns_look(at)
            if table.native.columns
            else _line_look(table.native, line, at, points)
        )
        chart.add_series({**table.series(at + 1), **look})
    return chart


def _columns_look(at: int) -> _Options:
    return {"fill": {"color": CATEGORIES[at % len(CATEGORIES)]}, "gap": 60}


def _line_look(native: NativeChart, line: Line, at: int, points: float) -> _Options:
    colours = LIGHT
    named = {
        fan.HISTORY: colours.history,
        BOUND: colours.history,
        fan.MEDIAN: colours.projection,
        fan.BASELINE: colours.baseline,
        fan.REQUIRED: colours.required,
        fan.TARGET: colours.target,
    }
    colour = named.get(line.name, CATEGORIES[at % len(CATEGORIES)])
    look = _LOOKS.get(line.name, {"line": {"width": 2}})
    made: _Options = {**look, "line": {"color": colour, **look["line"]}}
    if "marker" in look:
        made["marker"] = {**look["marker"], "fill": {"color": colour}, "border": {"color": colour}}
    if line.name == fan.TARGET:
        made["data_labels"] = _target_label(native, line, _font(points, colour, bold=True))
    return made


def _target_label(native: NativeChart, target: Line, font: _Options) -> _Options:
    """Print the target's value on the side of it away from the median."""
    value, above = _target_place(native, target)
    return {
        "value": True,
        "position": "above" if above else "below",
        "font": font,
        "num_format": _number_format(value),
    }


def _target_place(native: NativeChart, target: Line) -> tuple[float, bool]:
    """Return a target's value and whether it is printed above: away from the median."""
    at, value = next((at, x) for at, x in enumerate(target.values) if x is not None)
    medians = (line.values[at] for line in native.lines if line.name == fan.MEDIAN)
    median = next(medians, None)
    return value, median is None or median < value


def _number_format(value: float) -> str:
    """Return the Excel format that prints a number as it is stated, a computed one shorter."""
    _, _, decimals = f"{value:.10g}".partition(".")
    decimals = decimals if len(decimals) <= _STATED else decimals[:1]
    return f"#,##0.{'0' * len(decimals)}" if decimals else "#,##0"


def _bands(book: Workbook, table: _Table) -> Chart:
    chart = book.add_chart({"type": "area", "subtype": "stacked"})
    widths = [band.width for band in table.native.bands]
    fills = [None, *widths, *reversed(widths[:-1])]
    for at, width in enumerate(fills, start=table.first_step):
        fill = {"none": True} if width is None else {"color": _TINTS[width]}
        chart.add_series({**table.series(at), "fill": fill, "border": {"none": True}})
    return chart


def _styled(chart: Chart, native: NativeChart, points: float) -> Chart:
    grey, faint = LIGHT.text, LIGHT.grid
    low, high, step = _axis(native)
    title = f"{native.title}（单位：{native.unit}）"
    chart.set_title({"name": title, "name_font": _font(points + 2, LIGHT.history, bold=True)})
    chart.set_x_axis(
        {
            "num_font": {**_font(points, grey), "rotation": 360},  # upright, said outright
            "line": {"color": grey},
            "major_tick_mark": "none",
            "label_position": "low",
            "interval_unit": max(1, math.ceil(len(native.categories) / 14)),
        }
    )
    chart.set_y_axis(
        {
            **{"min": low, "max": high, "major_unit": step},
            "num_format": _number_format(step),
            "num_font": _font(points, grey),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": faint, "width": 0.75}},
        }
    )
    unnamed = [0, *range(len(native.bands) + 1, 2 * len(native.bands))] if native.bands else []
    chart.set_legend(
        {"position": "bottom", "font": _font(points, grey), "delete_series": unnamed}
        if len(native.lines) > 1 or native.bands
        else {"none": True}
    )
    _show_blanks(chart, "gap" if native.broken else "span")
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 740, "height": 400})
    return chart


def _show_blanks(chart: Chart, way: str) -> None:
    """Say what a line does where nothing is known.

    XlsxWriter leaves out 'gap', Excel's own way, and by the standard what is left out is zero:
    other programs would let the line dive to the axis.
    """
    chart.show_blanks_as(way)
    chart._write_disp_blanks_as = partial(chart._xml_empty_tag, "c:dispBlanksAs", [("val", way)])


def _font(size: float, colour: str, *, bold: bool = False) -> _Options:
    return {"name": FONT, "size": size, "color": colour, "bold": bold}


def _axis(native: NativeChart) -> tuple[float, float, float]:
    """Return the value axis: lowest and highest tick and the step between.

    Areas would pull the axis down to zero and flatten everything else.
    """
    series = [line.values for line in native.lines]
    series += [edge for band in native.bands for edge in (band.low, band.high)]
    known = [value for values in series for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if native.columns:
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or abs(high) or 1.0
    if high == low:
        low, high = low - span / 2 if low else 0.0, high + span / 2
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= span / 6)
    if all(value.is_integer() for value in known):
        step = max(step, 1.0)  # things are counted whole
    top = math.ceil(high / step) * step
    targets = [_target_place(native, line) for line in native.lines if line.name == fan.TARGET]
    if any(above and top - value < _HEADROOM * step for value, above in targets):
        top += step  # or its number would stand outside and have the whole drawing shrunk
    return math.floor(low / step) * step, top, step


def _for_embedding(xml: bytes, *, titled: bool) -> bytes:
    """Complete Excel's chart for Word and PowerPoint.

    East Asian fonts are named beside Latin ones; what Excel leaves to its own
    defaults (straight lines, square corners, values alone as labels) is said; the workbook is
    pointed to.
    """
    root = etree.fromstring(xml)
    if not titled:
        _take_title(root)
    for spoken in (*root.iter(f"{_A}rPr"), *root.iter(f"{_C}lang")):
        spoken.set("lang" if spoken.tag.startswith(_A) else "val", "zh-CN")
    for latin in list(root.iter(f"{_A}latin")):
        latin.addnext(etree.Element(f"{_A}ea", typeface=latin.get("typeface")))
    root.find(f"{_C}lang").addnext(etree.Element(f"{_C}roundedCorners", val="0"))
    for series in root.iterfind(f".//{_C}lineChart/{_C}ser"):
        etree.SubElement(series, f"{_C}smooth", val="0")
    for labels in root.iter(f"{_C}dLbls"):
        _say_what_labels_show(labels)
    for settings in root.findall(f"{_C}printSettings"):
        root.remove(settings)
    data = etree.SubElement(root, f"{_C}externalData", {f"{_R}id": "rId1"})
    etree.SubElement(data, f"{_C}autoUpdate", val="0")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _take_title(root: etree._Element) -> None:
    title = root.find(f"{_C}chart/{_C}title")
    title.addnext(etree.Element(f"{_C}autoTitleDeleted", val="1"))
    title.getparent().remove(title)


def _say_what_labels_show(labels: etree._Element) -> None:
    shown = labels.find(f"{_C}showVal")
    shown.addprevious(etree.Element(f"{_C}showLegendKey", val="0"))
    for name in ("showBubbleSize", "showPercent", "showSerName", "showCatName"):
        shown.addnext(etree.Element(f"{_C}{name}", val="0"))
