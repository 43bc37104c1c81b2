"""Rows of a table → entries: the words beside a number, the time over it, the number itself."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.cell_marks import (
    ERROR,
    FORMULA,
    PERCENT,
    SCALED,
    UNIT,
    SheetMarks,
)
from analytics.data.imports.reader.entries import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    OTHER_TIME,
    REMARK,
    TOO_LONG,
    UNNAMED,
    Entries,
    leave,
)
from analytics.data.imports.reader.exports import describe, describes
from analytics.data.imports.reader.groups import PART, names_part, take_group
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.kinds import SINGLE
from analytics.data.imports.reader.place_names import is_place
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.written import (
    NUMBER,
    TEXT,
    is_figure,
    kind_of,
    number_and_unit,
    text_of,
    texts_of,
)
from analytics.data.reading.parsing import is_missing, plain
from analytics.data.reading.units import is_unit

_NAME_KIND = re.compile(
    r"(.+)[_:：-](累计值?|本年累计|当期值?|当月值?|本月)((?:[（(][^()（）]*[)）])?)"
)
_NAME_MONTHS = re.compile(r"(.+?)(累计值?|当月值?|当期值?|本月)")  # where months stand beside it
_CHANGE, _DIGIT = re.compile(r"增|比|均"), re.compile(r"[0-9一二三四五六七八九十〇]")
_SEVERAL = re.compile(r"[与和及、]")
_AT_PRICES = re.compile(r"现价|现行价格?|当年价格?")
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计)$")
_DITTO = {"〃", "″", "同上", '"'}
_WHOLE = {
    "合计",
    "总计",
    "小计",
    "全部",
    "总数",
    "总量",
    "完成",
    "完成数",
    "实际",
    "实绩",
    "实际完成",
}  # of a name, below which its parts stand
_HEAD_OF, _REST_OF = re.compile(r"[+-]?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]*)?")


def _dates(time: Heading, head: Heading) -> bool:
    """Say whether a time said over some rows is that of a column."""
    return time.year in ("", head.year) and time.period in ("全年", head.period)


def read_section(table: Table, row: Row) -> None:
    """Take the unit, place or time that a row without figures says of the rows below it."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    if not words or titles.is_remark(words[0]) or table.describing:
        return
    if "单位" in (said := plain(" ".join(words))) and (unit := titles.unit_in_title(said)):
        table.defaults[layout.UNIT] = unit
    if len(words) > 1:
        return
    word = titles.without_numbering(words[0])
    if is_place(word) and not table.by_place:
        table.place = word
    table.section = word if names_part(word) and not table.by_place else ""
    time = headings.read_time(word)
    if time is None or (table.across and table.wide):  # an empty row of an export
        return
    if table.wide:
        over = [table.heads[column] for column in table.values if column in table.heads]
        if time.year and time.period == "全年" and not any(head.year for head in over):
            table.part = ""
            table.defaults[layout.YEAR] = time.year
            return
        table.part = ""
        if not time.year and all(head.period == "全年" for head in over):
            table.part = time.period  # 1—9月 over rows under 2025年
            return
        table.parted = "" if all(_dates(time, head) for head in over) else word
        return
    table.defaults[layout.YEAR] = time.year or table.defaults[layout.YEAR]
    if time.period != "全年":
        table.defaults[layout.PERIOD] = time.period


def read_row(
    entries: Entries,
    table: Table,
    row: Row,
    number: int,
    figures: Sequence[int],
    marks: SheetMarks,
) -> None:
    """Take what one row says; ``figures`` are the columns in which it has a number."""
    table.describing = table.describing and describes(row)
    if table.describing:
        describe(table, row)
        return
    texts = texts_of(row)
    texts += [""] * (table.end - len(texts))
    words = _words_of(texts, table)
    first = _first_word(row, table)
    foreign = titles.is_remark(first) or _is_total(words, table)
    _carry_down(words, table.last, years=table.across or table.wide)
    _drop_their_code(words)
    named = bool(words.get(layout.INDICATOR) or words.get(layout.ID))
    because = _because(table, foreign=foreign, named=named, hidden=number in marks.hidden_rows)
    for column in table.values:
        reason = because or (HIDDEN_COLUMN if column in marks.hidden_columns else "")
        if not reason:
            near = _beside(words, texts, table, column)
            cell = row[column] if column < len(row) else ""
            _take(entries, table, (cell, texts[column]), number, column, near, marks.cells)
        elif column in figures:
            said = table.headings.get(column, "") if reason == HIDDEN_COLUMN else first
            asked = table.number if reason in (REMARK, UNNAMED) else -1
            leave(entries, table.sheet, number, column, row[column], reason, said, asked)
    for column in figures:
        if reason := table.others.get(column, ""):
            said = table.headings.get(column, "")
            leave(entries, table.sheet, number, column, row[column], reason, said, table.number)


def _words_of(texts: Sequence[str], table: Table) -> dict[str, str]:
    """Return what the cells beside the values say, and what follows from it and the title."""
    words = {name: texts[column] for name, column in table.beside}
    words[layout.UNIT_TITLE] = table.defaults[layout.UNIT]
    if table.quarterly and re.fullmatch(r"[1-4]", words[layout.PERIOD].strip()):
        words[layout.PERIOD] = f"{words[layout.PERIOD].strip()}季度"
    _repeat_above(words, table.above)
    if table.part:
        words[layout.PERIOD] = words.get(layout.PERIOD) or table.part
    if table.section and words.get(layout.INDICATOR):
        words[layout.INDICATOR] = f"{table.section}\n{words[layout.INDICATOR]}"
    if table.about:
        words[layout.INDICATOR] = table.about
    beside = [texts[column] for column in table.unnamed]
    if table.across and layout.PERIOD not in table.columns:
        beside += [texts[column] for column in table.values if _is_part(texts[column])]
    _take_kind(words, beside)
    _take_other_sort(words, [texts[c] for c in table.unnamed if c not in table.parts])
    _take_part(words, [texts[column] for column in table.parts], table)
    take_group(words, texts, table)
    _split_kind(words, table.monthly)
    _default_time(words, table)
    _split_place(words, table)
    return words


def _drop_their_code(words: dict[str, str]) -> None:
    """Leave out 指标代码 of an office's own, 01 or GY0101, where the name stands beside it."""
    if words.get(layout.INDICATOR) and not layout.OWN_ID.fullmatch(plain(words.get(layout.ID, ""))):
        words.pop(layout.ID, None)


def _repeat_above(words: dict[str, str], above: dict[str, str]) -> None:
    """Write what stands above in place of 〃 and 同上."""
    for name, word in words.items():
        if word.strip() in _DITTO:
            words[name] = above.get(name, "")
    above.update(words)


def _beside(
    words: dict[str, str], texts: Sequence[str], table: Table, column: int
) -> dict[str, str]:
    """Take the unit that stands beside one of several columns of figures."""
    unit = table.unit_beside.get(column)
    if unit is None:
        return words
    return words | {layout.UNIT: texts[unit]}


def _because(table: Table, *, foreign: bool, named: bool, hidden: bool) -> str:
    """Say why no value of a row is read; empty where they are."""
    if foreign:
        return REMARK
    if table.parted:
        return OTHER_TIME
    if not (named or table.across):
        return UNNAMED
    return HIDDEN_ROW if hidden else ""


def _is_total(words: dict[str, str], table: Table) -> bool:
    """Say whether a row below years or months is 平均, 合计 or a change between them.

    Beside a name, 2016—2020年均 is a time that cannot be taken, not such a row.
    """
    said = [plain(words[name]) for name in (layout.YEAR, layout.PERIOD) if words.get(name)]
    if any(_CHANGE.search(one) and not _DIGIT.search(one) for one in said):
        return True
    down = table.across or table.about
    return bool(down) and any(
        _CHANGE.search(one) or not (_DIGIT.search(one) or headings.read_time(one)) for one in said
    )


def split_by_commas(row: Row) -> bool:
    """Say whether a number without quotes may have become two cells: 1,588.1."""
    return any(_HEAD_OF.fullmatch(str(a)) and _REST_OF.fullmatch(str(b)) for a, b in pairwise(row))


def leave_row(
    entries: Entries, table: Table, row: Row, number: int, figures: Sequence[int]
) -> None:
    """Leave the figures of a row that has more cells than its head."""
    for column in figures:
        if table.first <= column < table.end:
            word = _first_word(row, table)
            leave(entries, table.sheet, number, column, row[column], TOO_LONG, word)


def _default_time(words: dict[str, str], table: Table) -> None:
    """Take a date beside a row apart; fill year, period and kind of a long table from its title.

    A period over the columns, as 频率 says it of an export, leaves the year to the row's date.
    """
    said = _with_lost_zero(words.get(layout.PERIOD, ""), table)
    time = headings.read_time(said)
    if time and time.year and layout.YEAR not in table.columns and not headings.lost_zero(said):
        words[layout.YEAR], words[layout.PERIOD] = time.year, time.period
        words[layout.TYPE] = words.get(layout.TYPE) or time.type
    if table.wide:
        return
    timed = words.get(layout.YEAR) or words.get(layout.PERIOD)
    if not timed and not layout.TIMES & table.columns.keys():
        words[layout.YEAR] = table.defaults[layout.YEAR]
        words[layout.PERIOD] = table.defaults[layout.PERIOD] or "全年"
    elif layout.YEAR not in table.columns and timed and not (time and time.year):
        words[layout.YEAR] = table.defaults[layout.YEAR]
    words[layout.TYPE] = words.get(layout.TYPE) or table.defaults[layout.TYPE]


def _with_lost_zero(said: str, table: Table) -> str:
    """Tell 2025.10, its zero lost, from 2025.1 by the month beside the row above."""
    time = headings.read_time(said)
    if time is None:
        return said
    above, table.month_above = table.month_above, (time.year, time.period)
    if headings.lost_zero(said) and above == (time.year, "9月"):
        table.month_above = time.year, "10月"
        return f"{time.year}年10月"
    if headings.lost_zero(said) and above == (str(int(time.year) - 1), "12月"):
        return f"{time.year}年1月"
    return said


def _split_place(words: dict[str, str], table: Table) -> None:
    """Take a place in the column of indicators for one, and the title for the indicator."""
    name = words.get(layout.INDICATOR, "")
    place = _SUM.sub("", name)  # 金山区合计, above or below its towns
    if name and layout.REGION not in table.columns and is_place(place):
        words[layout.REGION] = re.sub(r"\s+", "", place)
        words[layout.INDICATOR] = table.subject
        table.by_place = True
    elif table.wide and table.subject and (time := headings.read_time(name)) and not time.year:
        words[layout.INDICATOR], words[layout.PERIOD] = table.subject, time.period
        words[layout.TYPE] = words.get(layout.TYPE) or time.type
    elif table.place and not words.get(layout.REGION):
        words[layout.REGION] = table.place


def _take_kind(words: dict[str, str], beside: Sequence[str]) -> None:
    """Take a unit, 累计, 本月 or 1-9月 in a column whose heading says nothing of the kind."""
    for word in beside:
        if is_unit(word):
            words[layout.UNIT] = words.get(layout.UNIT) or word
        elif kind := headings.type_of(word):
            words[layout.TYPE] = words.get(layout.TYPE) or kind
        elif (time := headings.read_time(word)) and not time.year:
            words[layout.PERIOD] = words.get(layout.PERIOD) or time.period
            words[layout.TYPE] = words.get(layout.TYPE) or time.type


def _is_part(text: str) -> bool:
    """Say whether a cell among figures names a part of a year: 1—9月 below an unknown word."""
    time = headings.read_time(text) if text and not is_figure(text) else None
    return time is not None and not time.year


def _take_other_sort(words: dict[str, str], beside: Sequence[str]) -> None:
    """Add 同比% or 计划 beside a name to it: the row is not of the thing itself."""
    name = words.get(layout.INDICATOR, "")
    other = next((word for word in beside if word and headings.read_heading(word).unread), "")
    if name and other:
        words[layout.INDICATOR] = f"{name}\n{other}"


def _take_part(words: dict[str, str], beside: Sequence[str], table: Table) -> None:
    """Take the second of two columns of names: 其中 | 新材料, or a name | 合计."""
    if layout.INDICATOR not in words:
        return
    part = next((word.strip() for word in reversed(beside) if _names(word)), "")
    whole = words[layout.INDICATOR]
    if not part:
        table.whole = whole or table.whole
        return
    whole = table.whole = whole or table.whole
    bare = titles.without_numbering(whole)
    if plain(part) in _WHOLE or not part:
        words[layout.INDICATOR] = whole
    else:
        words[layout.INDICATOR] = part if bare in ("", "其中") else f"{whole}\n{part}"


def _names(word: str) -> bool:
    """Say whether a word under an empty heading is a name: no number, unit, kind or time."""
    text = plain(word)
    return bool(
        len(text) > 1
        and not text.isascii()
        and not (is_unit(text) or headings.type_of(text) or headings.read_time(text))
        and not is_missing(text)
    )


def _split_kind(words: dict[str, str], monthly: bool) -> None:
    """Separate 累计值 or 当期值 behind the name of an indicator: 产值_累计值(亿元)."""
    name, kind = _name_and_kind(words.get(layout.INDICATOR, ""), monthly)
    if kind and not words.get(layout.TYPE):
        words[layout.INDICATOR], words[layout.TYPE] = name, kind


@lru_cache(maxsize=2**12)
def _name_and_kind(name: str, monthly: bool) -> tuple[str, str]:
    if match := _NAME_KIND.fullmatch(name):
        return f"{match[1]}{match[3]}", headings.type_of(match[2])
    match = _NAME_MONTHS.fullmatch(name.strip()) if monthly else None
    return (match[1], headings.type_of(match[2])) if match else (name, "")


def _first_word(row: Row, table: Table) -> str:
    for cell in row[table.first : table.end]:
        if isinstance(cell, str) and cell.strip():
            return cell
    return ""


def _carry_down(words: dict[str, str], last: dict[str, str], *, years: bool) -> None:
    """Repeat an indicator merged over its rows of 累计 and 当月, and a year over its months."""
    for name in (layout.INDICATOR, layout.ID, layout.UNIT, layout.REGION, layout.YEAR):
        if name not in words:
            continue
        if name == layout.YEAR and not years:
            continue
        if name == layout.YEAR:
            words[name] = words[name] or (last.get(name, "") if words.get(layout.PERIOD) else "")
            continue
        same = name == layout.INDICATOR or not words.get(layout.INDICATOR)
        goes_on = words.get(layout.TYPE) or words.get(layout.YEAR)  # under the name of the first
        if not words[name] and goes_on and same:
            words[name] = last.get(name, "")
    if words.get(layout.INDICATOR) or words.get(layout.ID) or words.get(layout.YEAR):
        last.update(words)


def _in_time(words: dict[str, str], table: Table, column: int) -> dict[str, str]:
    """Add what stands over a column to what stands in a row."""
    said = dict(words)
    head = table.heads.get(column)
    if head is None:
        return said
    if head.place:
        said[layout.REGION] = head.place
    if table.across:
        name = _name_over(table, head)
        group = words.get(PART)
        said[layout.INDICATOR] = f"{group}\n{name}" if group else name
        _split_kind(said, monthly=layout.PERIOD in table.columns)
    elif table.grouped and head.name and said.get(layout.INDICATOR):
        said[layout.INDICATOR] = f"{said[layout.INDICATOR]}{head.name}"
    if head.timed or table.wide:
        said |= _time_over(words, table, head)
    elif head.type:
        said[layout.TYPE] = words.get(layout.TYPE) or head.type
    so_far = layout.PERIOD not in table.columns and headings.is_running(said.get(layout.PERIOD, ""))
    if so_far and head.type == SINGLE:  # 本月 under 2025年1—9月
        said[layout.PERIOD] = titles.last_month(said[layout.PERIOD])
    said[layout.UNIT_HEAD] = head.unit
    if head.note:
        said[layout.NOTE] = "；".join(w for w in (words.get(layout.NOTE, ""), head.note) if w)
    return said


def _name_over(table: Table, head: Heading) -> str:
    """Return the name over a column: 产值, or the one thing of the title that it is of."""
    of_subject = not _SEVERAL.search(table.subject) and table.subject.endswith(head.name)
    return table.subject if of_subject or _AT_PRICES.fullmatch(plain(head.name)) else head.name


def _time_over(words: dict[str, str], table: Table, head: Heading) -> dict[str, str]:
    """Return year, period and kind of a figure, from what stands over and beside it."""
    year, part = words.get(layout.YEAR, ""), words.get(layout.PERIOD, "")
    if head.year:  # two years cannot be read, and are said
        year = f"{year}、{head.year}" if year and head.year not in year else head.year
    elif not year and layout.YEAR not in table.columns:
        year = table.defaults[layout.YEAR]
    if words.get(layout.TYPE) and not part:  # 累计 or 本月 under 2025年
        part = titles.last_month(table.defaults[layout.PERIOD])
    whole = head.period == "全年"
    if whole and head.year and layout.PERIOD in table.columns and not part:
        year = ""  # a month left out is no whole year
    of_year = whole and (not table.across or head.year)  # of an export 全年 is its 频率
    return {
        layout.YEAR: year,
        layout.PERIOD: part if part and of_year else head.period or part,  # 1—9月 under 2025年
        layout.TYPE: words.get(layout.TYPE) or head.type or table.defaults[layout.TYPE],
    }


def _take(
    entries: Entries,
    table: Table,
    figure: tuple[object, str],
    number: int,
    column: int,
    words: dict[str, str],
    marks: dict[str, str],
) -> None:
    """Take a number, given as its cell and as a person sees it."""
    cell, text = figure
    mark = marks.get(layout.address(number, column), "") if marks else ""
    kind = kind_of(cell)
    said = _in_time(words, table, column)
    if mark in (ERROR, FORMULA):
        text, kind = "", mark
    elif mark in (PERCENT, SCALED) and kind == NUMBER:
        kind = mark
    elif mark.startswith(UNIT) and kind == NUMBER:
        said = _with_unit(said, mark.removeprefix(UNIT))
    elif not text or (kind == TEXT and is_missing(text)):
        entries.blank += 1
        return
    elif kind == TEXT:
        text, unit, note = number_and_unit(text)
        said = _with_unit(said, unit) if unit else said
        if note:
            said = said | {layout.NOTE: f"{said.get(layout.NOTE, '')}{note}"}
    said[layout.VALUE] = text
    open_ = not said.get(layout.TYPE) and _leaves_kind_open(said, table)
    if open_:
        month = headings.period_text(said[layout.PERIOD], "")
        said = said | {layout.PERIOD: month, layout.TYPE: table.month_kind}
        open_ = month != "12月"  # mostly of a whole year, and held as such
    over = table.wide or open_
    entries.add(said, (table.number, number, column, kind, over))


def _leaves_kind_open(said: dict[str, str], table: Table) -> bool:
    """Say whether 9月, of a title or beside a row, may be the month or the year so far.

    In a table of the template's own kind, with 年份, 期间 and 数值, it is the month.
    """
    own = {layout.YEAR, layout.PERIOD, layout.VALUE} <= table.columns.keys()
    if own or headings.split_type(headings.squeezed(said.get(layout.PERIOD, "")))[1]:
        return False
    return headings.needs_type(headings.period_text(said.get(layout.PERIOD, ""), ""))


def _with_unit(said: dict[str, str], unit: str) -> dict[str, str]:
    """Take the unit in the cell itself; what its row says stands farther, as over a column."""
    farther = said.get(layout.UNIT_HEAD) or said.get(layout.UNIT, "")
    return said | {layout.UNIT: unit, layout.UNIT_HEAD: farther}
