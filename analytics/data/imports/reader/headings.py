"""Headings and titles of office tables: which years, months and units they name."""

import re
from dataclasses import dataclass

from analytics.data.reading.parsing import plain

RUNNING, SINGLE = "累计", "当月"
_TYPES = {
    RUNNING: RUNNING,
    "累计值": RUNNING,
    "本年累计": RUNNING,
    "1至本月累计": RUNNING,
    SINGLE: SINGLE,
    "当月值": SINGLE,
    "本月": SINGLE,
    "当期": SINGLE,
    "单月": SINGLE,
}
_YEAR = re.compile(r"(\d{4})(?:\.0+)?(?:年度?)?")
_YEAR_MONTH = re.compile(r"(\d{4})(?:年|-|/|\.)?(0[1-9]|1[0-2]|[1-9])月?(?:-0?1)?(?: 00:00:00)?")
_YEAR_PERIOD = re.compile(r"(?:(\d{4})年)?(.+)")
_MONTHS = re.compile(r"(?:1月?-)?(1[0-2]|0?[1-9])月")
_NAMED = ("一季度", "第一季度", "上半年", "前三季度", "全年", "年末", "年底", "年度")
_TITLE_UNIT = re.compile(r"单位[::]\s*([^\s,,;;)）]+)")
_NAME_UNIT = re.compile(r"^(.*?)[((]([^()（）]+)[))]$")


@dataclass(frozen=True)
class Heading:
    """The time a column is about; what it leaves open is empty."""

    year: str
    period: str
    type: str = ""


def type_of(text: object) -> str:
    """Return 累计 or 当月, empty where the text names neither."""
    return _TYPES.get(_squeezed(text), "")


def read_heading(text: object) -> Heading | None:
    """Read a column heading such as 2024年, 2025年1—9月, 2025-09 or 9月累计."""
    words, kind = split_type(_squeezed(text))
    if match := _YEAR.fullmatch(words):
        return Heading(match[1], "全年", kind)
    if match := _YEAR_MONTH.fullmatch(words):
        return Heading(match[1], f"{int(match[2])}月", kind)
    match = _YEAR_PERIOD.fullmatch(words)
    if match and (match[2] in _NAMED or _MONTHS.fullmatch(match[2])):
        return Heading(match[1] or "", match[2], kind)
    return None


def split_type(words: str) -> tuple[str, str]:
    """Separate a trailing 累计 or 当月, bracketed or not, from a period."""
    for word, kind in sorted(_TYPES.items(), key=lambda item: -len(item[0])):
        for ending in (f"({word})", word):
            if words.endswith(ending) and words != ending:
                return words[: -len(ending)], kind
    return words, ""


def period_text(period: str, kind: str) -> str:
    """Write a period the way the extract step reads it: 9月累计 → 1-9月, 2月当月 → 2月."""
    words, named = split_type(_squeezed(period))
    kind = named or kind
    match = _MONTHS.fullmatch(words)
    if match and kind == RUNNING:
        return f"1-{int(match[1])}月"
    return words


def needs_type(period: str) -> bool:
    """Say whether a heading like 9月 leaves open if it is the month or the year so far."""
    return bool(re.fullmatch(r"(1[0-2]|0?[1-9])月", period))


def unit_in_title(text: str) -> str:
    """Return the unit a title states (单位：亿元), empty when it states none."""
    match = _TITLE_UNIT.search(plain(text))
    return match[1] if match else ""


def type_in_title(text: str) -> str:
    """Return 累计 or 当月 where a title names exactly one of them."""
    found = {kind for word, kind in _TYPES.items() if word in plain(text)}
    return found.pop() if len(found) == 1 else ""


def year_in_title(text: str) -> str:
    """Return the one year a title names, empty when there is none or more than one."""
    found = set(re.findall(r"(?<!\d)((?:19|20)\d{2})年?(?!\d)", plain(text)))
    return found.pop() if len(found) == 1 else ""


def split_unit(name: str) -> tuple[str, str]:
    """Separate a bracketed unit from an indicator's name: 产值（亿元） → 产值, 亿元."""
    match = _NAME_UNIT.match(plain(name))
    return (match[1], match[2]) if match else (name, "")


def _squeezed(text: object) -> str:
    return re.sub(r"\s+", "", plain(text)).replace("至", "-")
