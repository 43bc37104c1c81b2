"""Titles of office tables: which year, month, unit, kind and thing they name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from analytics.data.imports.reader.headings import (
    BRACKETS,
    MONTHS,
    TYPES,
    period_words,
    squeezed,
)
from analytics.data.reading.parsing import plain
from analytics.data.reading.units import is_unit
from analytics.domain import DISTRICTS, SHANGHAI

_TITLE_UNITS = re.compile(r"(?:计量)?单位[:]?\s*((?:[^\s,;)。]+[、,，\s]*)+)")
_MONTH_ENDS = {"一季度": "3月", "第一季度": "3月", "上半年": "6月", "前三季度": "9月"}
_PLACES = DISTRICTS | {"金山", "本区", "全区", SHANGHAI, "上海", "全市", "崇明县"}
_REMARK = re.compile(
    r"[(]?(?:注|备注|说明|来源|数据来源|资料来源|制表|填表|填报|审核|联系|打印|印发)"
)
_NUMBERED = re.compile(
    r"[〔\[【](?:19|20)[0-9]{2}[〕\]】]第?[0-9]*号?|[(](?:19|20)[0-9]{2}[)]第?[0-9]+号"
)
_DATED_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日|([./-])[0-9]{1,2}\1[0-9]{1,2})"
)
_BASE = re.compile(
    r"以?((?:19|20)[0-9]{2})年?(?:为基|不变价|可比价|价格|=100|及以后|以来|起|口径|普查)"
)
_TITLE_YEAR = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})(?![0-9])")
_TITLE_TIME = re.compile(
    r"(?:19|20)[0-9]{2}年((?:0?1月?-)?(?:1[0-2]|0?[1-9])月|上半年|前三季度|[一1]季度)(?!.{0,3}日)"
)


@lru_cache(maxsize=2**12)
def is_remark(text: str) -> bool:
    """Say whether a line above or below a table is a remark, not part of its title."""
    return bool(_REMARK.match(plain(text)))


def unit_in_title(text: str) -> str:
    """Return the units a title states (单位：亿元、%), joined by 、; empty when none."""
    words = plain(text)
    match = _TITLE_UNITS.search(words)
    stated = re.split(r"[、,\s]+", match[1].strip()) if match else []
    units = [word for word in stated if is_unit(word)]
    if not units:
        units = [inside for inside in BRACKETS.findall(words) if is_unit(inside)]
    if not units and match and stated:
        units = stated[:1]
    return "、".join(dict.fromkeys(units))


def type_in_title(text: str) -> str:
    """Return 累计 or 当月 where a title names exactly one of them."""
    words = re.sub(r"累计新增|新增累计", "", plain(text))
    found = {kind for word, kind in TYPES.items() if word in words}
    return found.pop() if len(found) == 1 else ""


def year_in_title(text: str) -> str:
    """Return the one year that dates a title; none where several do.

    Numbers of documents, days of printing and base years date nothing.
    """
    words = _NUMBERED.sub("", _joined(text))
    words = _BASE.sub("", _DATED_DAY.sub("", words))
    found = set(_TITLE_YEAR.findall(words))
    return found.pop() if len(found) == 1 else ""


def _joined(text: str) -> str:
    """Write a title without blanks, but keep numbers apart: 表1 2025年."""
    return squeezed(re.sub(r"(?<=[0-9])\s+(?=[0-9])", ",", plain(text)))


def period_in_title(text: str) -> str:
    """Return the one part of a year that a title names: 2025年1—9月 → 1-9月."""
    words = _DATED_DAY.sub("", _joined(text))
    found = set(_TITLE_TIME.findall(words))
    return period_words(found.pop()) if len(found) == 1 else ""


_NOT_SUBJECT = re.compile(
    r"表[0-9]+(?:[-.．][0-9]+)*|^[0-9一二三四五六七八九十]+[、.．]|(?:19|20)[0-9]{2}年?|0?1月?-(?:1[0-2]|0?[1-9])月份?"
    r"|(?:1[0-2]|0?[1-9])月份?|上半年|前三季度|[一1]季度|全年|[(][^()]*[)]|(?:计量)?单位[:]?.*"
    r"|(?:各|分|按)(?:区|街镇|镇|地区|区域)分?|(?:主要)?(?:完成)?情况|一览|统计|累计|表$"
)


def subject_in_title(lines: Iterable[str]) -> str:
    """Return what a title says its table is about, less times, units and places listed."""
    for line in lines:
        words = "" if is_remark(line) else _NOT_SUBJECT.sub("", _joined(line)).strip("、,:-")
        if len(words) > 1 and not is_place(words):
            return words
    return ""


@lru_cache(maxsize=2**12)
def is_place(text: str) -> bool:
    """Say whether a word names the city, a district, or all of either."""
    return squeezed(text) in _PLACES


def last_month(period: str) -> str:
    """Return the month at the end of a part of a year: 1-9月 → 9月, 上半年 → 6月."""
    words = _MONTH_ENDS.get(period, period)
    match = MONTHS.fullmatch(words)
    return f"{int(match[1])}月" if match else ""
