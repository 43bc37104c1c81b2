"""The number in a value cell, in the unit the indicator is stored in."""

from functools import cache

from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure, shown
from analytics.data.imports.reader import written
from analytics.data.imports.reader.cell_marks import ERROR, FORMULA, PERCENT, SCALED
from analytics.data.reading.parsing import ParseError, is_approximate, parse_number, plain
from analytics.data.reading.units import convert

_LARGEST = 1e15  # beyond it a number of a spreadsheet has lost its last digits
_NOT_NUMBERS = {
    ERROR: "单元格是错误值（如#DIV/0!）",
    FORMULA: "公式没有保存的结果，程序不计算公式；请改为数值",
    written.BOOLEAN: "单元格是逻辑值，不是数字",
    written.DATE: "单元格是日期，不是数字",
}


def read_value(
    findings: Findings, entry: int, text: str, kind: str, unit: str | None, goal: str | None
) -> float | None:
    """Return the value in the unit ``goal``; record why not where there is none.

    Parameters
    ----------
    kind : what the cell held, see :mod:`analytics.data.imports.reader.written`.
    unit, goal : the stated unit and the indicator's, None when another cell is at fault.
    """
    if goal is None:
        return None
    try:
        value = _number(text, kind)
    except ParseError as error:
        said = str(error)
        if kind == written.TEXT and is_approximate(text):
            said = f"“{shown(text)}”是约数，没有读取；请填确数，没有的留空，原话写在“说明”列"
        findings.add(entry, rules.NUMBER, said)
        return None
    if kind == written.TEXT and findings.in_workbook(entry):
        findings.add(entry, rules.NUMBER_AS_TEXT, f"数值是文本，按{figure(value)}读取")
    if unit is None:
        return None
    if kind == PERCENT:
        value = _as_shown(findings, entry, value, unit)
    if kind == SCALED:
        said = f"单元格按格式显示的数小于实际存的{figure(value)}，按存的数读取"
        findings.add(entry, rules.SCALED_CELL, said)
    return value if _same_unit(unit, goal) else convert(value, unit, goal)


def _number(text: str, kind: str) -> float:
    if kind in _NOT_NUMBERS:
        raise ParseError(_NOT_NUMBERS[kind])
    if text.startswith(("=", "@")):
        raise ParseError(f"是公式文本“{shown(text)}”，程序不计算公式")
    try:
        value = parse_number(text)
    except ParseError as error:
        raise ParseError(
            str(error) if len(text) < 60 else f"数值无法识别：“{shown(text)}”"
        ) from None
    if abs(value) > _LARGEST:
        raise ParseError(f"数值过大：“{shown(text)}”")
    return value


def _as_shown(findings: Findings, entry: int, value: float, unit: str) -> float:
    """Read a cell formatted as percent the way it is shown, where the unit is percent."""
    if plain(unit) != "%":
        return value
    value = round(value * 100, 10)
    findings.add(entry, rules.PERCENT_CELL, f"单元格显示为百分数，按{figure(value)}%读取")
    return value


@cache
def _same_unit(unit: str, goal: str) -> bool:
    return convert(1.0, unit, goal) == 1.0
