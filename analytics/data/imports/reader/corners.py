"""Heads whose first column is called by another word than 指标 or 地区, or by none."""

from collections.abc import Sequence

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.exports import describes
from analytics.data.imports.reader.place_names import is_place
from analytics.data.imports.reader.stacks import field_of, unit_behind
from analytics.data.imports.reader.table import Row
from analytics.data.imports.reader.written import is_figure, text_of
from analytics.data.reading.units import is_unit

_HOLDERS = {"单位", "单位名称", "企业名称", "企业", "公司", "公司名称"}  # who has the figures
_GROUP = "类别"


def with_indicator_corner(row: Row) -> Row:
    """Return a head with its first cell called 指标; a unit behind the word there stays."""
    unit = unit_behind([text_of(row[0])])  # 经济指标（亿元）
    return [layout.TITLES[layout.INDICATOR] + (f"（{unit}）" if unit else ""), *row[1:]]


def with_named_corner(ahead: Sequence[Row]) -> Row:
    """Return a head with 单位 or 指标 called what the rows below it are: places, months, groups."""
    row = ahead[0]
    at = _holder(row)
    if at is None:
        return row
    below = [text_of(one[at]) for one in ahead[1:] if at < len(one) and text_of(one[at])]
    called = _called(text_of(row[at]), below, row, at)
    return [*row[:at], called, *row[at + 1 :]] if called else row


def _holder(row: Row) -> int | None:
    """Return the column of 单位 or of 指标 beside words that are no times; None without one."""
    fields = {column: field_of(cell) for column, cell in enumerate(row) if text_of(cell)}
    known = {layout.ID, layout.YEAR, layout.PERIOD, layout.VALUE} & {*fields.values()}
    if known or any(layout.is_group(cell) for cell in row):
        return None
    named = [column for column, name in fields.items() if name == layout.INDICATOR]
    places = [column for column, name in fields.items() if name == layout.REGION]
    holders = [column for column in fields if headings.squeezed(text_of(row[column])) in _HOLDERS]
    if named:
        units = layout.UNIT in fields.values()
        return named[0] if len(named) == 1 and not (places or units) else None
    return holders[0] if len(holders) == 1 and places in ([], holders) else None


def _called(word: str, below: Sequence[str], row: Row, at: int) -> str:
    """Name the column of places, months or groups; empty where its own word stands."""
    if not below or any(is_unit(one) for one in below) or describes([below[0]]):
        return ""
    if any(is_place(one) for one in below):
        return layout.TITLES[layout.REGION] if _only_names(row, at, of_places=True) else ""
    if headings.squeezed(word) in _HOLDERS:
        told = any(is_figure(one) or headings.read_time(one) for one in below)
        return "" if told or any(is_unit(text_of(cell)) for cell in row) else _GROUP
    if not _only_names(row, at, of_places=False):
        return ""
    if all(headings.read_time(one) for one in below):
        return layout.TITLES[layout.PERIOD]
    return "" if any(is_figure(one) for one in below) else _GROUP


def _only_names(row: Row, at: int, *, of_places: bool) -> bool:
    """Say whether beside a column stand names of things alone; over places also times."""
    read = [headings.read_heading(text_of(c)) for c in row[at + 1 :] if text_of(c)]
    named = [one for one in read if one.name and not (one.timed or one.unread)]
    if of_places:
        return bool(named) or any(one.timed for one in read)
    return bool(named) and all(one in named or one.unread for one in read)


def lacks_corner(ahead: Sequence[Row], *, may_have_word: bool) -> bool:
    """Say whether times stand over figures, and names beside them under a corner of no field.

    Parameters
    ----------
    may_have_word : whether the corner may hold a word; where a table goes on, a row of figures
        that look like years would be one.
    """
    head, below = ahead[0], ahead[1] if len(ahead) > 1 else []
    if not below or not head or not isinstance(below[0], str):
        return False
    corner = text_of(head[0])
    if corner and not (may_have_word and _is_plain_word(corner)):
        return False
    said = [column for column, cell in enumerate(head) if text_of(cell)]
    times = [column for column in said if _is_time(head[column])]
    others = (layout.field_of(head[column]) for column in said if column)
    figures = any(is_figure(head[column]) and column not in times for column in said)
    return (
        bool(times and text_of(below[0]) and not figures)
        and not any(name not in (None, layout.UNIT, layout.NOTE) for name in others)
        and any(column < len(below) and is_figure(below[column]) for column in times)
        and layout.field_of(below[0]) is None
    )


def begins_head(cell: str) -> bool:
    """Say whether a cell is a heading that may begin a head."""
    return field_of(cell) in layout.HEADS or layout.is_group(cell) or cell.strip() in _HOLDERS


def _is_plain_word(corner: str) -> bool:
    known = layout.field_of(corner) not in (None, layout.TYPE)  # 类型 over kinds of firms
    return not (begins_head(corner) or known or _is_time(corner))


def _is_time(cell: object) -> bool:
    read = headings.read_heading(text_of(cell))
    return read.timed and not read.unread
