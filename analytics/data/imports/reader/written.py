"""Cells as a person sees them: text, kind, and a number with what is written behind it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from analytics.data.reading.parsing import (
    ParseError,
    parse_number,
    plain,
    split_marks,
    written_below_zero,
)
from analytics.data.reading.units import is_unit

MARKED, BELOW_ZERO, BESIDE_GROWTH = "原表标注", "原表写作", "原表连写"
NUMBER, TEXT, BOOLEAN, DATE = "number", "text", "boolean", "date"
_LONGEST = 60  # characters of a number with what is written behind it
_DAY_ZERO = date(1899, 12, 30)
_WITH_UNIT = re.compile(r"([+-]?[0-9](?:[0-9, ]*[0-9])?(?:\.[0-9]+)?) ?([^0-9,.eE+ -].*)")

_RATE = r"[0-9]+(?:\.[0-9]+)?(?:%|‰|个?百分点)"
_TO = r"(?:同比|环比|(?:比|较)(?:上年|去年)(?:同期)?)?(?:名义|实际)?"
_WORDS = r"(?:增长|增加|增|下降|减少|降|上升|提高|回落|降低)"
_WITH_GROWTH = re.compile(  # 1612.3(+1.5%), 140.3↑7.8%, 28.5提高0.8个百分点
    rf"(.*?[0-9][^()0-9]*?) ?(?:[(]{_TO}(?:[+↑↓▲▼-]|{_WORDS}) ?{_RATE}[)]"
    rf"|[,; ]? ?{_TO}(?:[↑↓]|{_WORDS}) ?{_RATE})"
)


def kind_of(cell: object) -> str:
    """Say what sort of cell it is."""
    if isinstance(cell, bool):
        return BOOLEAN
    if isinstance(cell, float | int):
        return NUMBER
    return DATE if isinstance(cell, date | time | timedelta) else TEXT


def text_of(cell: object) -> str:
    """Write a cell as a person sees it: 2020.0 is 2020, a day without a clock is a day."""
    if isinstance(cell, str):
        return cell if cell.strip() else ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def texts_of(row: Sequence[object]) -> list[str]:
    """Write the cells of a row as a person sees them."""
    return [
        (cell if cell.strip() else "") if isinstance(cell, str) else text_of(cell) for cell in row
    ]


def figures_of(row: Sequence[object], columns: Iterable[int]) -> list[int]:
    """Return which of some columns of a row have a number."""
    width = len(row)
    return [column for column in columns if column < width and is_figure(row[column])]


def is_figure(cell: object) -> bool:
    """Say whether a cell holds a number, typed or written, whatever stands behind it."""
    if isinstance(cell, str):
        return _reads_as_figure(cell)
    return isinstance(cell, (float, int)) and not isinstance(cell, bool)


@lru_cache(maxsize=2**14)
def _reads_as_figure(text: str) -> bool:
    return _is_number(number_and_unit(text)[0])


def month_of_serial(text: str) -> str:
    """Write a day number that is the first or last of a month as that month, else nothing.

    Spreadsheets count days from 30 December 1899; without a date format they show the number.
    """
    if not (len(text) == 5 and text.isascii() and text.isdecimal()):
        return ""
    day = _DAY_ZERO + timedelta(days=int(text))
    ends = day.day == 1 or (day + timedelta(days=1)).day == 1
    return f"{day.year}年{day.month}月" if ends and 2000 <= day.year < 2050 else ""


@lru_cache(maxsize=2**14)
def number_and_unit(text: str) -> tuple[str, str, str]:
    """Separate a number from the unit or the footnote mark written behind it.

    Returns
    -------
    tuple of str
        Number, unit (1588.1亿元 → 亿元) and remark (1588.1① → 原表标注①, △3 → 原表写作△3,
        1588.1（+1.5%） → 原表连写1588.1（+1.5%）); the text as it stands and two empty words
        where it is not a number with one of them.
    """
    if len(text) > _LONGEST:
        return text, "", ""
    if match := _WITH_GROWTH.fullmatch(plain(text)):
        words, unit, note = number_and_unit(match[1])
        if not note and _is_number(words):
            return words, unit, f"{BESIDE_GROWTH}{text.strip()}"
    if below := written_below_zero(text):
        return below, "", f"{BELOW_ZERO}{text.strip()}"
    words, mark = split_marks(text)
    match = _WITH_UNIT.fullmatch(words)
    unit = ""
    if match and is_unit(match[2]):
        words, unit = match[1], match[2]
    if not (mark or unit) or not _is_number(words):
        return text, "", ""
    return words, unit, f"{MARKED}{mark}" if mark else ""


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ParseError:
        return False
    return True
