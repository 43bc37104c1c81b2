"""Numbers and years as people type and print them, or a Chinese reason why not.

Pure functions of text, used by the published files and by user imports alike.
"""

import math
import re
from datetime import date
from functools import lru_cache

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:\.[0-9]*)?"
    r"(?:[eE][+-]?[0-9]{1,3})?"
)
_BELOW_ZERO = re.compile(
    r"[△▽▼] ?(?P<marked>[0-9][0-9, ]*(?:\.[0-9]+)?)|[(](?P<inside>[0-9][0-9, ]*(?:\.[0-9]+)?)[)]"
)
_YEAR = re.compile(r"([0-9]{4})(?:年|\.0+)?")
_DATE = re.compile(
    r"(\d{4})(?:[-/年]\d{1,2}(?:[-/月]\d{1,2}日?)?月?|\.\d{1,2}\.\d{1,2})(?:[ T].*)?"
)
# Only the full-width twins of ASCII are folded. Compatibility forms are not: they would turn
# a footnote mark (①, ², ⑴, ㈠) into a digit of the number it stands behind.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), " "
)
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_PLAIN = _UNSEEN | _FULL_WIDTH | {ord(dash): "-" for dash in "‐‑‒–—―−～﹣~"} | {0xFF5E: "-"}
_MISSING = {"", "-", "--", "...", "/", "na", "n/a", "null", "none", "缺", "无", "x", "*"}
_MISSING |= {"…", "……", "⋯", "***", "**", "空缺", "---", "\\", "暂无", "缺报", "未报", "······"}
_NOT_FINITE = {"inf", "+inf", "-inf", "infinity", "nan", "∞", "-∞"}
_MARK = re.compile(
    r"(?:[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289\u00b9\u00b2\u00b3\u2070-\u2089†‡§※]"
    r"|[*#^]+|[\[〔]注?[0-9一二三四五六七八九十]{0,2}[\]〕]|[(]注?[0-9一二三四五六七八九十]{1,2}[)]|[(]注[)]|注[0-9]?)+$"
)
_APPROXIMATE = re.compile(  # 约1588, 突破1600, 1100余家, 30-35
    r"[~≈><≥≤].*[0-9].*|(?:大?约|近|将近|接近|超|超过|突破|逾|不足|不到|不低于|不超过|达|上).*[0-9].*"
    r"|.*[0-9].*(?:左右|上下|余|多|以上|以下|以内|[+]|强|弱|许)[^0-9]{0,3}|[0-9.,]+[^0-9]{0,2}-[0-9.,]+[^0-9]{0,2}"
)
_TILDES = tuple("~～〜∼∽")  # in front of a number: about, and no minus
_ASCII_MARKS = "*])#^"
_LONG = 64  # characters from which a text is no word that is worth remembering
FIRST_YEAR, LAST_YEAR = 1949, 2100


class ParseError(ValueError):
    """Text that cannot be read; the message is a Chinese reason."""


class YearError(ParseError):
    """The year itself is missing or cannot be read, whatever the period says."""


def plain(text: object) -> str:
    """Return text with full-width forms, dashes and outer blanks made plain."""
    words = str(text)
    return _plain(words) if len(words) < _LONG else words.translate(_PLAIN).strip()


@lru_cache(maxsize=2**15)  # the words of a table repeat a thousand times
def _plain(text: str) -> str:
    return text.translate(_PLAIN).strip()


def split_marks(text: object) -> tuple[str, str]:
    """Separate footnote marks (①, ², ⑴, [注], *) behind a text: 1588.1① → 1588.1, ①."""
    words = plain(text)
    if words.isascii() and words[-1:] not in _ASCII_MARKS:  # spare most numbers the search
        return words, ""
    match = _MARK.search(words)
    if match is None or not match.start():
        return words, ""
    return words[: match.start()].rstrip(), match[0]


def written_below_zero(text: object) -> str:
    """Return the number that accounts write as (12.3) or △12.3, empty where a text is neither."""
    match = _BELOW_ZERO.fullmatch(plain(text))
    number = (match["marked"] or match["inside"]).strip() if match else ""
    return f"-{number}" if _NUMBER.fullmatch(number) else ""


def is_missing(text: object) -> bool:
    """Say whether a cell only says that there is no figure (…, —, ***, 空缺)."""
    return plain(text).lower() in _MISSING


def is_approximate(text: object) -> bool:
    """Say whether a text is a number only nearly: 约1588, 突破1600, 1150余, 30—35."""
    written = str(text).strip()
    if len(written) > _LONG:
        return False
    return written.startswith(_TILDES) or bool(_APPROXIMATE.fullmatch(plain(written)))


def parse_number(text: object) -> float:
    """Read a finite number; commas or blanks between thousands and full-width digits are accepted.

    Raises
    ------
    ParseError
        For an empty cell, a mark of absence (n/a, —, …), Inf, NaN or other text.
    """
    cell = text if isinstance(text, str) and _NUMBER.fullmatch(text) else _number_in(text)
    value = float(cell.replace(",", "").replace(" ", ""))
    if not math.isfinite(value):
        raise ParseError(f"数值不是有限数：“{text}”")
    return value


def _number_in(text: object) -> str:
    """Return the number a text is once its forms are plain, or say why it is none."""
    cell = plain(text).removeprefix("'")  # typed in front so that a spreadsheet keeps it as text
    if str(text).strip().startswith(_TILDES) and cell != "-":
        raise ParseError(f"数值无法识别：“{text}”")
    if cell.lower() in _NOT_FINITE:
        raise ParseError(f"数值不是有限数：“{text}”")
    if cell.lower() in _MISSING:
        raise ParseError(f"缺数值：“{text}”")
    if not _NUMBER.fullmatch(cell):
        raise ParseError(f"数值无法识别：“{text}”")
    return cell


def parse_year(text: object) -> int:
    """Read a year from ``2020``, ``2020年``, ``2020.0`` or a date.

    Raises
    ------
    YearError
        When no year is given, it cannot be read, or it is not between 1949 and 2100.
    """
    cell = plain(text)
    if cell.lower() in _MISSING:
        raise YearError("缺年份：原文未注明年份")
    match = _YEAR.fullmatch(cell) or _DATE.fullmatch(cell)
    if not match:
        raise YearError(f"年份无法识别：“{text}”")
    year = int(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearError(f"年份超出{FIRST_YEAR}—{LAST_YEAR}：“{text}”")
    return year


def parse_date(text: object) -> date | None:
    """Return the first day the printed date allows, or None where it names no year.

    A month stands for its first day and a year for 1 January, so that no figure is
    said to be published later than its source states.
    """
    match = re.search(r"(?<!\d)(\d{4})(?:[-年](\d{1,2})(?:[-月](\d{1,2}))?)?(?!\d)", plain(text))
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
