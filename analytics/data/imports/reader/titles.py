"""Titles of office tables: which year, month, unit, kind and thing they name."""

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache

from analytics.data.imports.reader.headings import (
    BRACKETS,
    MONTHS,
    period_words,
    squeezed,
)
from analytics.data.imports.reader.kinds import TYPES
from analytics.data.imports.reader.place_names import is_place
from analytics.data.reading.parsing import plain
from analytics.data.reading.units import is_unit, units_in

_TITLE_UNITS = re.compile(r"(?:计量)?单位[:]?\s*((?:[^\s,;)。]+[、,，\s]*)+)")
_BETWEEN_UNITS = re.compile(r"[、,\s]+(?:(?:计量)?单位[:]?\s*)?")
_MONTH_ENDS = {"一季度": "3月", "第一季度": "3月", "上半年": "6月", "前三季度": "9月"}
_REMARK = re.compile(
    r"[(]?(?:注|备注|说明|来源|数据来源|资料来源|制表|填表|填报|审核|联系|打印|印发)"
)
_PERIOD_LABEL = re.compile(r"(?:报告|统计|所属|数据)(?:期|时间|月份|年月)")
_LONG_TITLE = 30  # characters; a longer line with a full stop is running text
_NUMBERED = re.compile(
    r"[〔\[【](?:19|20)[0-9]{2}[〕\]】]第?[0-9]*号?|[(](?:19|20)[0-9]{2}[)]第?[0-9]+号"
    r"|(?:19|20)[0-9]{2}年(?:度)?第?[0-9]+期"
)
_DATED_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日|([./-])[0-9]{1,2}\1[0-9]{1,2})"
)
_DAY_OF = (  # what is said of a day that dates the paper and not its figures
    r"有效期|编制|编印|编发|制表|制作|填报|填表|打印|印发|发布|公布|更新|下载|导出|修订|报送|报出|上报"
    r"|截稿|批准|签发|审定|建立|成立|文号|表号"
)
_PRINTED = re.compile(
    rf"(?:{_DAY_OF})(?:日期|时间|年月|[-于到:,(]){{0,4}}(?:19|20)[0-9]{{2}}(?:年|[-./])?(?:[0-9]{{1,2}}月?)?"
    r"|(?:19|20)[0-9]{2}(?:年|[-./])(?:[0-9]{1,2}月?)?(?=编|印|制[表作发]?|填|发布|公布|更新|下载|导出|修订|版)"
    r"|(?:局|委|委员会|办|办公室|处|科|科室|中心|公司|部|厅)[,]?(?:19|20)[0-9]{2}年[0-9]{1,2}月$"
)
_UP_TO = re.compile(r"截[-止到]{1,3}((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日止?")
_YEAR_DOT_MONTH = re.compile(  # 2025.9, 2025.1-9
    r"(?<![0-9.])((?:19|20)[0-9]{2})(?:[.](?=[0-9])|[-/](?=[01][0-9](?!年)))"
    r"((?:0?1-)?(?:1[0-2]|0?[1-9]))(?![0-9./月-])"
)
_PERIODICAL = re.compile(r"月报|季报|旬报|月度|季度|逐月|分月")
_MONTHS = 12
_BASE = re.compile(
    r"以?((?:19|20)[0-9]{2})年?(?:为基|不变价|可比价|价格|=100|及以后|以来|起|口径|普查)"
)
_TITLE_YEAR = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})(?![0-9])")
_TITLE_TIME = re.compile(
    r"(?<![0-9.-])(?:[0-9]{1,2}月?-)?(?:1[0-2]|0?[1-9])月(?![0-9]{1,2}日)"
    r"|[上下]半年|前[二两三23]季度|[1一]-[1-4一二三四]季度|第?[一二三四1-4]季度[末底]?"
)
_PLAN_SURE = re.compile(r"预计|预测|测算|预期(?!性)")
_PLAN_SET = re.compile(
    r"(?:计划(?!总?投资)|目标|任务|预算|规划)(?!.{0,6}(?:完成|执行|进展|落实|进度|推进))"
)


@lru_cache(maxsize=2**12)
def is_remark(text: str) -> bool:
    """Say whether a line above or below a table is a remark or running text, not its title."""
    words = plain(text)
    running = ("。" in words and len(words) > _LONG_TITLE) or (
        "," in words and len(words) > 2 * _LONG_TITLE
    )
    return running or bool(_REMARK.match(words))


def unit_in_title(text: str) -> str:
    """Return the units a title states (单位：亿元、%), joined by 、; empty when none."""
    words = plain(text)
    stated = _after_unit(words)
    units = [word for word in stated if is_unit(word)]
    if not units:
        inside = (one for some in BRACKETS.findall(words) for one in units_in(some))
        units = list(filter(is_unit, inside))
    if not units:
        units = stated[:1]
    return "、".join(dict.fromkeys(units))


def unit_stated(text: str) -> str:
    """Return the known units stated after 单位 beside who made the table and when."""
    return "、".join(dict.fromkeys(one for one in _after_unit(plain(text)) if is_unit(one)))


def _after_unit(words: str) -> list[str]:
    after = (_BETWEEN_UNITS.split(one.strip()) for one in _TITLE_UNITS.findall(words))
    return [word for some in after for word in some if word]


def type_in_title(text: str) -> str:
    """Return 累计 or 当月 where a title names exactly one of them."""
    words = re.sub(r"累计新增|新增累计", "", plain(text))
    found = {kind for word, kind in TYPES.items() if word in words}
    return found.pop() if len(found) == 1 else ""


def year_in_title(text: str) -> str:
    """Return the one year that dates a title; none where several do.

    Numbers of documents, days of printing and base years date nothing.
    """
    found = set(_TITLE_YEAR.findall(_BASE.sub("", _dating(text))))
    return found.pop() if len(found) == 1 else ""


def _dating(text: str) -> str:
    """Leave out of a title what dates the paper: its number, days, when it was printed.

    Where nothing else names a year, 截至2025年9月30日 dates the figures.
    """
    words = _YEAR_DOT_MONTH.sub(r"\1年\2月", _NUMBERED.sub("", _joined(text)))
    rest = _without_days(words)
    return rest if _TITLE_YEAR.search(rest) else _without_days(_UP_TO.sub(_months_up_to, words))


def _without_days(words: str) -> str:
    return _PRINTED.sub("", _DATED_DAY.sub("", words))


def _months_up_to(match: re.Match[str]) -> str:
    """Write 截至2025年9月30日 as the months it ends; another day than a month's last stays."""
    year, month, day = map(int, match.groups())
    whole = 1 <= month <= _MONTHS and day == monthrange(year, month)[1]
    return f"{year}年1-{month}月" if whole else match[0]


def dating_lines(rows: Iterable[Iterable[str]]) -> list[str]:
    """Join the words of every row above a table that may date it, less what dates the paper."""
    lines = [_from_label([word for word in row if word]) for row in rows]
    return [_dating(" ".join(line)) for line in lines if line and not is_remark(line[0])]


def _from_label(line: list[str]) -> list[str]:
    """Take of a row what begins with 报告期, if it has that: before it is who made the table."""
    at = next((n for n, word in enumerate(line) if _PERIOD_LABEL.match(plain(word))), 0)
    return line[at:]


def _joined(text: str) -> str:
    """Write a title without blanks, but keep numbers apart: 表1 2025年."""
    return squeezed(re.sub(r"(?<=[0-9])\s+(?=[0-9])", ",", plain(text)))


def period_in_title(text: str) -> str:
    """Return the part of a year that a title names: 2025年1—9月 → 1-9月; several joined by 、."""
    found = {period_words(one) for one in _TITLE_TIME.findall(_dating(text))}
    running = {one for one in found if MONTHS.fullmatch(one) and "-" in one}
    if len(running) == 1 and all(last_month(one) == last_month(*running) for one in found):
        found = running  # a sheet called 9月 under 1—9月
    return "、".join(sorted(found))


def is_periodical(text: str) -> bool:
    """Say whether a title names a table that comes every month or quarter."""
    return bool(_PERIODICAL.search(plain(text)))


def plans(text: str) -> str:
    """Return the word by which a title announces plans or estimates, empty where it does not."""
    words = squeezed(text)
    match = _PLAN_SURE.search(words) or _PLAN_SET.search(words)
    return match[0] if match else ""


_NOT_SUBJECT = re.compile(
    r"表[0-9]+(?:[-.．][0-9]+)*|^[0-9一二三四五六七八九十]+[、.．]|(?:19|20)[0-9]{2}年?|0?1月?-(?:1[0-2]|0?[1-9])月份?"
    r"|(?:1[0-2]|0?[1-9])月份?|上半年|前三季度|[一1]季度|全年|[(][^()]*[)]|(?:计量)?单位[:]?.*"
    r"|(?:月度|分月|逐月|各月|分季度?|季度)|(?:各|分|按)(?:区|街镇|镇|地区|区域)分?|(?:主要)?(?:完成)?情况|一览|统计"
    r"|(?:累计|[当本]月)[值数额](?=$|[、,(])|累计|表$"
)


def subject_in_title(lines: Iterable[str]) -> str:
    """Return what a title says its table is about, less times, units and places listed."""
    for line in lines:
        words = "" if is_remark(line) else _NOT_SUBJECT.sub("", _joined(line)).strip("、,:-")
        if len(words) > 1 and not is_place(words):
            return words
    return ""


_GOES_ON = re.compile(
    r"(?:表[0-9.-]*)?[(]?(?:续上?表?|接上表)[0-9一二三]*[)]?(?:[(]?(?:计量)?单位.*)?"
)
_NUMBERING = re.compile(
    r"^(?:[#*]+|[0-9一二三四五六七八九十]+[、.]|[(][0-9一二三四五六七八九十]+[)])"
)


def without_numbering(text: str) -> str:
    """Return a line without the number in front of it: 一、金山区 → 金山区."""
    return _NUMBERING.sub("", squeezed(text)).rstrip(":")


def date_in_name(file: str) -> str:
    """Return the year, and the part of it, that a file's name tells: 2025年9月."""
    stem = file.rpartition(".")[0]
    year = year_in_title(stem)
    return f"{year}年{period_in_title(stem)}" if year else ""


def says_goes_on(text: str) -> bool:
    """Say whether a line only says that the table above goes on: 续表, 表8-1续."""
    return bool(_GOES_ON.fullmatch(squeezed(text)))


def last_month(period: str) -> str:
    """Return the month at the end of a part of a year: 1-9月 → 9月, 上半年 → 6月."""
    words = _MONTH_ENDS.get(period, period)
    match = MONTHS.fullmatch(words)
    return f"{int(match[1])}月" if match else ""
