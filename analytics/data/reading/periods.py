"""Printed periods (annual, 1-9月, 时点2021-09, 2016-2020年均 …) → kind and dates.

The dates of a YEAR, CUMULATIVE, MONTH or SPAN are what the figure adds up or averages
over. The dates of a POINT or EVENT bound the moment as closely as the text allows:
``时点2021-09`` is some moment of that September, ``年内时点`` some moment of the year.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analytics.data.reading.parsing import ParseError, parse_year, plain
from analytics.domain import PeriodKind


@dataclass(frozen=True)
class Period:
    """What span of time a figure speaks of; dates are inclusive."""

    kind: PeriodKind
    start: date
    end: date


def parse_period(year_text: object, period_text: object) -> Period:
    """Read the year and period cells of one row.

    Raises
    ------
    ParseError
        When the year is missing, the period is unknown, or the two disagree.
    """
    year = parse_year(year_text)
    text = re.sub(r"(?<=[\d月])至(?=\d)", "-", plain(period_text).replace(" ", ""))
    for pattern, read in _READERS:
        match = re.fullmatch(pattern, text)
        if match:
            period = read(year, match)
            _require_year(year, period, period_text)
            return period
    raise ParseError(f"期间无法识别：“{period_text}”")


def _require_year(year: int, period: Period, period_text: object) -> None:
    if period.end.year != year:
        raise ParseError(f"年份与期间不一致：{year}年，“{period_text}”")
    if period.start > period.end:
        raise ParseError(f"期间起点晚于终点：“{period_text}”")


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(_checked(year, month).year, month, calendar.monthrange(year, month)[1])


def _checked(year: int, month: int, day: int = 1) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ParseError(f"日期不存在：{year}年{month}月{day}日") from None


def _years(kind: PeriodKind, first: int, last: int) -> Period:
    return Period(kind, date(first, 1, 1), date(last, 12, 31))


def _whole_year(kind: PeriodKind) -> Callable[[int, re.Match[str]], Period]:
    return lambda year, match: _years(kind, year, year)


def _span(kind: PeriodKind) -> Callable[[int, re.Match[str]], Period]:
    return lambda year, match: _years(kind, int(match[1]), int(match[2]))


def _since_base(year: int, match: re.Match[str]) -> Period:
    """2020→2025: the base year itself is not counted."""
    return _years(PeriodKind.SPAN, int(match[1]) + 1, int(match[2]))


def _since_until(year: int, match: re.Match[str]) -> Period:
    end = month_end(int(match[2]), int(match[3]))
    return Period(PeriodKind.SPAN, date(int(match[1]), 1, 1), end)


def _month(year: int, match: re.Match[str]) -> Period:
    month = int(match[1])
    return Period(PeriodKind.MONTH, _checked(year, month), month_end(year, month))


def _cumulative(year: int, last_month: int) -> Period:
    return Period(PeriodKind.CUMULATIVE, date(year, 1, 1), month_end(year, last_month))


def _months(year: int, match: re.Match[str]) -> Period:
    return _cumulative(year, int(match[1]))


def _until_day(year: int, match: re.Match[str]) -> Period:
    end = _checked(year, int(match[1]), int(match[2]))
    return Period(PeriodKind.CUMULATIVE, date(year, 1, 1), end)


def _until_mid_month(year: int, match: re.Match[str]) -> Period:
    end = _checked(year, int(match[1]), 20)  # 中旬 = 11th to 20th
    return Period(PeriodKind.CUMULATIVE, date(year, 1, 1), end)


def _quarters(last_month: int) -> Callable[[int, re.Match[str]], Period]:
    return lambda year, match: _cumulative(year, last_month)


def _point_month(year: int, match: re.Match[str]) -> Period:
    named, month = int(match[1]), int(match[2])
    return Period(PeriodKind.POINT, _checked(named, month), month_end(named, month))


def _point_year(year: int, match: re.Match[str]) -> Period:
    return _years(PeriodKind.POINT, int(match[1]), int(match[1]))


def _event_day(year: int, match: re.Match[str]) -> Period:
    day = _checked(int(match[1]), int(match[2]), int(match[3]))
    return Period(PeriodKind.EVENT, day, day)


_Y, _M, _D = r"(\d{4})", r"(\d{1,2})", r"(\d{1,2})"
# A stock said to be 累计 within one year is the stock at some moment of that year.
_READERS: tuple[tuple[str, Callable[[int, re.Match[str]], Period]], ...] = (
    (r"annual|全年|年度|年末|年底", _whole_year(PeriodKind.YEAR)),
    (rf"{_M}月?", _month),
    (rf"1月?-{_M}月?", _months),
    (rf"1月?-\d{{1,2}}月\(截至{_M}-{_D}\)", _until_day),
    (rf"1月?-{_M}月中旬", _until_mid_month),
    (r"一季度|第一季度|Q1", _quarters(3)),
    (r"上半年|H1", _quarters(6)),
    (r"前三季度", _quarters(9)),
    (rf"(?:时点|累计至){_Y}-{_M}", _point_month),
    (rf"时点{_Y}", _point_year),
    (r"时点|年内时点|研究时点|累计", _whole_year(PeriodKind.POINT)),
    (rf"{_Y}-{_Y}(?:年均|累计)", _span(PeriodKind.SPAN)),
    (rf"累计{_Y}-{_Y}", _span(PeriodKind.SPAN)),
    (rf"{_Y}→{_Y}(?:\(.*\))?", _since_base),
    (rf"{_Y}年以来累计\(至{_Y}-{_M}发布\)", _since_until),
    (rf"{_Y}-{_M}-{_D}活动", _event_day),
    (r".*当日", _whole_year(PeriodKind.EVENT)),
    (r"(?:annual)?target|目标|年度目标", _whole_year(PeriodKind.PLAN)),
    (rf"{_Y}-{_Y}(?:target|目标)", _span(PeriodKind.PLAN)),
)
