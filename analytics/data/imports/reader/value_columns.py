"""Which columns of a table hold values, and the times that its title gives to them."""

from dataclasses import replace

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, kinds, titles
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.table import Table

_UNKNOWN = "读不懂的表头"
NAMED = {layout.INDICATOR, layout.ID}
ACROSS = {layout.YEAR, layout.PERIOD, layout.REGION}


def with_values(table: Table, described: bool) -> Table | None:
    """Decide which columns hold values; return None where the rows are no head."""
    columns, heads = table.columns, table.heads
    year = table.defaults[layout.YEAR]
    _settle_octobers(heads)
    _name_corner(table)
    if NAMED & columns.keys():
        if layout.VALUE in columns:
            table.values = [columns[layout.VALUE]]
        else:
            _name_months(heads)
            _time_from_title(table)
            fallback = "" if layout.YEAR in columns else year
            for column, head in heads.items():
                if head.period and not head.year:
                    heads[column] = replace(head, year=fallback)
            _time_places(table)
            table.values = [
                column
                for column, head in heads.items()
                if not head.unread and ((head.timed and not head.name) or table.measures(column))
            ]
        if not (table.values or described or any(head.unread for head in heads.values())):
            return None
    elif ACROSS & columns.keys() and layout.VALUE not in columns:
        table.across = True
        named = [c for c, h in heads.items() if (h.name or h.place) and not h.unread]
        table.values = named
        if not named and layout.YEAR in columns and table.subject:  # months over years
            table.across = False
            table.about = table.subject
            _name_months(heads)
            table.values = [c for c, h in heads.items() if h.period and not h.unread]
        elif not named and layout.PERIOD in columns and table.subject:  # 当月, 累计 over months
            table.across, table.about = False, table.subject
            table.values = [c for c, h in heads.items() if h.type and not (h.period or h.unread)]
        if not table.values or min(columns.values()) > min(table.values):
            return None
    else:
        return None
    periods = [heads[c].period for c in table.values if c in heads]
    if NAMED & columns.keys():
        left = range(table.first, min(table.values, default=table.first))
        table.unnamed = [c for c in left if c not in columns.values()]
        names = columns.get(layout.INDICATOR, table.end)
        table.parts = [c for c in table.unnamed if c > names and not table.headings.get(c)]
    table.monthly = bool(periods) and not {"", "全年"} & set(periods)
    read = {*table.values, *columns.values()}
    for column in range(table.first, table.end):
        if column not in read:
            head = heads.get(column, Heading())
            table.others[column] = head.unread or _UNKNOWN
    return table


def _name_corner(table: Table) -> None:
    """Take 月份 or 年份 over the names for 指标 where only times stand beside it."""
    columns, heads = table.columns, table.heads
    corner = {layout.YEAR, layout.PERIOD, layout.REGION} & columns.keys()
    if len(corner) != 1 or (NAMED | {layout.VALUE}) & columns.keys():
        return
    timed = [head for head in heads.values() if head.timed and not head.unread]
    if layout.YEAR in corner and not (table.defaults[layout.YEAR] or any(h.year for h in timed)):
        return  # years stand down, months across
    if timed and not any(head.name for head in heads.values()):
        columns[layout.INDICATOR] = columns.pop(corner.pop())


def _settle_octobers(heads: dict[int, Heading]) -> None:
    """Tell 2025.10 from 2025.1, and a year's first day from January, by the months beside it."""
    order = sorted(heads)
    for column in order:
        head = heads[column]
        before, behind = heads.get(column - 1), heads.get(column + 1)
        if head.unread == headings.YEAR_OR_MONTH and any(
            side and side.unread != headings.YEAR_OR_MONTH and side.period != "全年" and side.timed
            for side in (before, behind)
        ):
            heads[column] = replace(head, unread="")
        if head.unread != headings.AMBIGUOUS:
            continue
        if before and (before.year, before.period) == (head.year, "9月"):
            heads[column] = replace(head, period="10月", unread="")
        elif behind and (behind.year, behind.period) == (head.year, "2月"):
            heads[column] = replace(head, period="1月", unread="")


def _time_from_title(table: Table) -> None:
    """Date 本月 and 累计 by the month the title names; without one they cannot be read."""
    month = titles.last_month(table.defaults[layout.PERIOD]) or _month_beside(table)
    year = table.defaults[layout.YEAR]
    for column, head in table.heads.items():
        if head.type == kinds.SINGLE and headings.is_running(head.period):
            last = titles.last_month(head.period)  # 本月 under 2025年1—9月 is September
            table.heads[column] = head = replace(head, period=last)
        if head.current and year and not (head.timed or head.name or head.unread):
            head = replace(head, year=year, period=table.defaults[layout.PERIOD] or "全年")
            table.heads[column] = head
        open_ = layout.PERIOD not in table.columns and "全年" not in table.headings.get(column, "")
        if head.type and head.period == "全年" and month and open_:
            table.heads[column] = head = replace(head, period=month)  # 2024年累计 under 9月
        named = head.name and not table.measures(column)
        if not head.type or head.period or named or head.unread:
            continue
        if month and (head.year or year):
            table.heads[column] = replace(head, year=head.year or year, period=month)
        else:
            table.heads[column] = replace(head, unread=headings.NO_MONTH)


def _month_beside(table: Table) -> str:
    """Return the last month of the one year so far over the columns: 本月 beside 1—9月."""
    if table.defaults[layout.PERIOD]:
        return ""
    read = [head for head in table.heads.values() if not head.unread]
    running = {titles.last_month(h.period) for h in read if headings.is_running(h.period)}
    return running.pop() if len(running) == 1 else ""


def _time_places(table: Table) -> None:
    """Date columns of places, or of what is told of groups, by the title, if nothing else does."""
    year, period = table.defaults[layout.YEAR], table.defaults[layout.PERIOD]
    if layout.TIMES & table.columns.keys():
        return
    for column, head in table.heads.items():
        told = table.measures(column) or (head.place and not head.name)
        if told and not (head.timed or head.unread):
            dated = (period or "全年") if year else ""
            table.heads[column] = replace(head, year=year, period=dated)


def _name_months(heads: dict[int, Heading]) -> None:
    """Read 11 or 11月 beside 1-11 as the single month."""
    running = {head.period for head in heads.values()}
    for column, head in heads.items():
        name = (head.name or head.period).removesuffix(".0").removesuffix("月")
        if name.isascii() and name.isdecimal() and f"1-{int(name)}月" in running:
            kind = head.type or kinds.SINGLE
            heads[column] = replace(head, name="", period=f"{int(name)}月", type=kind)
