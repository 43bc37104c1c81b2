"""The head of a table: which rows it has, and what stands over every column."""

from collections.abc import Sequence

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.exports import describes, turned
from analytics.data.imports.reader.groups import sorts_behind
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.shapes import Hint, meanings, pattern, shape_of
from analytics.data.imports.reader.stacks import (
    dated_months,
    field_of,
    is_one_date,
    own_field,
    said_over,
    spread_over,
    stacked,
    unit_behind,
    words_over,
)
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.value_columns import ACROSS, NAMED, with_values
from analytics.data.imports.reader.written import is_figure, text_of
from analytics.data.reading.parsing import is_missing, plain
from analytics.data.reading.units import is_unit

_ABOVE = 3  # rows over the head that may group its columns
_BELOW = 2  # rows under it


def find_tables(
    sheet: str, number: int, rows: Sequence[Row], above: Sequence[Row], hints: Sequence[Hint] = ()
) -> tuple[list[Table], int]:
    """Read a head that begins in the first of the rows; return its tables and its depth.

    Tables that stand side by side share a head: each begins at an 指标 column of its own.
    """
    depth = 1
    head = _named_by_group(rows[0])
    grouped = head != rows[0]
    rows = [head, *(_named_by_group(row) if grouped else row for row in rows[1:])]
    below = [_as_units(rows[0], row) for row in rows[1:]]
    while depth <= _BELOW and depth < len(rows) and _goes_on(rows[0], below[depth - 1]):
        depth += 1
    named = bool(NAMED & {field_of(cell) for cell in rows[0]})
    lines = [*_grouping(above, named=named), rows[0], *below[: depth - 1]]
    place = len(lines) - depth  # of the head itself among the lines
    width = max(len(line) for line in lines)
    title_rows = [row for row in above if any(text_of(cell) for cell in row)]
    tables = []
    described = len(rows) > 1 and describes(rows[1])
    for first, end in _parts(rows[0], width):
        table = _table(
            *(sheet, number, lines, place, first, end, title_rows, hints),
            described=described,
            grouped=grouped,
        )
        if described and table is not None and not table.values:
            table = turned(table)
        if table is not None:
            table.settle()
            tables.append(table)
    return tables, depth


def _named_by_group(head: Row) -> Row:
    """Take the groups beside figures for their names, where no column has names of its own."""
    if NAMED & {field_of(cell) for cell in head}:
        return head
    at = next((column for column, cell in enumerate(head) if layout.is_group(cell)), None)
    if at is None:
        return head
    return [*head[:at], layout.TITLES[layout.INDICATOR], *head[at + 1 :]]


def _goes_on(head: Row, row: Row) -> bool:
    """Say whether a row still belongs to the head: units, months, names, and no numbers."""
    words = [(column, text_of(cell)) for column, cell in enumerate(row) if text_of(cell)]
    if not words or _tells_of_rows(head, words):
        return False
    if _names_columns(head, row, words):
        return True
    understood = 0
    for column, word in words:
        over = text_of(head[column]) if column < len(head) else ""
        read = headings.read_heading(word)
        if field_of(word) or over == word:
            understood += field_of(word) == layout.VALUE
            continue
        if read.timed and field_of(over) in ACROSS | NAMED:
            return False  # a year beside the rows: figures such as 2,020 look like years too
        if is_figure(row[column]) and not read.timed:
            return False
        if is_missing(word):
            return False
        understood += not read.bare or word in ("绝对值", "数值", "Year")
        if read.bare and field_of(over) == layout.INDICATOR:
            return False
    return bool(understood)


def _tells_of_rows(head: Row, words: Sequence[tuple[int, str]]) -> bool:
    """Say whether a lone word under 指标 is the unit or the time of the rows below it."""
    (column, word), *more = words
    under = column < len(head) and field_of(head[column]) in NAMED
    said = headings.read_heading(word)
    return bool(under and not more and (said.timed or "单位" in plain(word)))


def _as_units(head: Row, row: Row) -> Row:
    """Say 单位 in front of bare units, where a row below names across holds nothing else."""
    across = any(field_of(cell) in ACROSS for cell in head)
    words = [text_of(cell) for cell in row]
    same = [text_of(cell) for cell in head] + [""] * len(row)
    others = [word for word, over in zip(words, same, strict=False) if word not in ("", over)]
    if not others or not all(is_unit(word) or field_of(word) for word in others):
        return row
    bare = [word for word in others if is_unit(word) and "%" not in word]
    if not across and not (bare and all(map(is_unit, others))):
        return row
    kept = () if across or len(bare) == len(others) else ("%", "(%)")  # growth beside 亿元
    return [
        f"单位:{plain(word).strip('()')}" if is_unit(word) and plain(word) not in kept else word
        for word in words
    ]


def _names_columns(head: Row, row: Row, words: Sequence[tuple[int, str]]) -> bool:
    """Say whether a row only has words, all of them beside the column that names its rows."""
    keys = [column for column, cell in enumerate(head) if field_of(cell) in NAMED | ACROSS]
    if not keys:
        return False
    beside = all(column > keys[0] and not field_of(word) for column, word in words)
    spread = any(not text_of(head[column]) for column, _ in words if column < len(head))
    return (
        beside
        and spread
        and not any(column in keys for column, _ in words)
        and not any(is_figure(row[column]) or is_missing(word) for column, word in words)
    )


def _grouping(above: Sequence[Row], *, named: bool) -> list[Row]:
    """Return the rows right over the head whose cells each say a time, kind or unit.

    Over a head without a column of names a lone year is the title: times stand beside the rows.
    """
    lines: list[Row] = []
    for row in reversed(above[-_ABOVE:]):
        words = [text_of(cell) for cell in row if text_of(cell)]
        if any(plain(word).endswith(":") for word in words) or is_one_date(row):
            continue  # 报告期： 2025年9月
        read = [headings.read_heading(word) for word in words]
        over_all = len(read) == 1 and named and not read[0].unread
        if _is_title_with_date(row, read) and not over_all:
            continue
        if any(one.name for one in read) and not any(one.timed for one in read):
            break  # a title
        if words and not any(one.timed or one.type or one.unread for one in read):
            if sum(bool(one.place) for one in read) > 1:
                lines.insert(0, row)
            elif not all(titles.unit_in_title(word) for word in words):
                break
            continue
        lines.insert(0, row)
    return lines


def _is_title_with_date(row: Row, read: Sequence[Heading]) -> bool:
    """Say whether a row is a date alone at the left, or a title at the left and a date after it."""
    if not read or not text_of(row[0]) or not (read[-1].timed or read[-1].unread):
        return False
    return len(read) == 1 or (len(read) == 2 and read[0].bare)


def _parts(head: Row, width: int) -> list[tuple[int, int]]:
    """Return first and end column of the tables side by side."""
    fields = [(column, field_of(cell)) for column, cell in enumerate(head)]
    starts = [column for column, name in fields if name == layout.INDICATOR]
    if len(starts) < 2:
        return [(0, width)]
    return list(zip([0, *starts[1:]], [*starts[1:], width], strict=True))


def _table(
    sheet: str,
    number: int,
    lines: list[Row],
    place: int,
    first: int,
    end: int,
    title_rows: list[Row],
    hints: Sequence[Hint],
    *,
    described: bool,
    grouped: bool,
) -> Table | None:
    columns: dict[str, int] = {}
    stacks: dict[int, Heading] = {}
    named: dict[int, str] = {}
    spread = [*(spread_over(line, first, end) for line in lines[:-1]), lines[-1]]
    over = {
        column: words_over(spread if any(words_over(lines, column)) else [], column)
        for column in range(first, end)
    }
    serials = dated_months(over)
    said = [text_of(cell) for row in title_rows for cell in row if text_of(cell)]
    title = " ".join([*(line for line in said if not titles.is_remark(line)), sheet])
    shape = shape_of(title, (word for words in over.values() for word in words))
    meant = meanings(hints, shape, title)
    said_of = {
        column: [own_field(words, line) for line in range(place, len(words))]
        for column, words in over.items()
    }
    is_long = any(layout.VALUE in fields for fields in said_of.values())
    units: list[int] = []
    for column, words in over.items():
        known = (one for one in said_of[column] if is_long or one not in layout.BESIDE_A_VALUE)
        own = next((one for one in known if one), None)
        if own is not None:
            columns.setdefault(own, column)
            if own == layout.UNIT:
                units.append(column)
            if columns[own] == column:
                if own == layout.VALUE:
                    stacks[column] = Heading(unit=unit_behind(words))
                continue
        stacks[column] = stacked(words, meant)
        named[column] = said_over(words)
    table = Table(
        *(sheet, number, first, end, columns, stacks, _defaults(sheet, title_rows), title),
        across=False,
        grouped=grouped,
        headings=named,
        serials={} if meant.get(pattern("1")) == headings.DAY_NUMBER else serials,
        subject=titles.subject_in_title(said),
        shape=shape,
    )
    corner = unit_behind(over[columns[layout.INDICATOR]]) if layout.INDICATOR in columns else ""
    table.defaults[layout.UNIT] = corner or table.defaults[layout.UNIT]  # 指标（亿元）
    table.month_kind = headings.type_of(meant.get(pattern("1月"), ""))
    periods = over[columns[layout.PERIOD]] if layout.PERIOD in columns else []
    table.quarterly = any(headings.squeezed(word) in layout.QUARTERS for word in periods)
    kind = meant.get(pattern(table.defaults[layout.PERIOD]), "")
    table.defaults[layout.TYPE] = table.defaults[layout.TYPE] or headings.type_of(kind)
    found = with_values(table, described)
    if found is not None:
        found.sorts = sorts_behind(found)
    if found is not None and len(units) > 1:
        found.unit_beside = _units_beside(found.values, units)
    return found


def _units_beside(values: Sequence[int], units: Sequence[int]) -> dict[int, int]:
    """Say for every column of figures which of several unit columns is its own.

    Units stand behind their figures, or before them where one comes first.
    """
    if min(units) < min(values, default=0):
        return {v: max((u for u in units if u < v), default=min(units)) for v in values}
    return {v: min((u for u in units if u > v), default=max(units)) for v in values}


def _defaults(sheet: str, rows: list[Row]) -> dict[str, str]:
    lines = [text_of(cell) for row in rows for cell in row if text_of(cell)]
    words = [line for line in lines if not titles.is_remark(line)]
    dated = [*titles.dating_lines([text_of(c) for c in row] for row in rows), sheet]
    return {
        layout.UNIT: titles.unit_in_title(" ".join(words)) or titles.unit_stated(" ".join(lines)),
        layout.TYPE: titles.type_in_title(" ".join([*words, sheet])),
        layout.YEAR: titles.year_in_title(" ".join(dated)),
        layout.PERIOD: titles.period_in_title(" ".join(dated)),
    }
