"""The head of a table: which rows it has, and what stands over every column."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, kinds, titles
from analytics.data.imports.reader.exports import describes, turned
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.shapes import Hint, meanings, pattern, shape_of
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.written import is_figure, month_of_serial, text_of
from analytics.data.reading.parsing import is_missing, plain
from analytics.data.reading.units import is_unit

_ABOVE = 3  # rows over the head that may group its columns
_BELOW = 2  # rows under it
_UNKNOWN = "读不懂的表头"
_NAMED = {layout.INDICATOR, layout.ID}
_ACROSS = {layout.YEAR, layout.PERIOD, layout.REGION}


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
    lines = [*_grouping(above), rows[0], *below[: depth - 1]]
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
    if _NAMED & {_field_of(cell) for cell in head}:
        return head
    at = next((column for column, cell in enumerate(head) if layout.is_group(cell)), None)
    if at is None:
        return head
    return [*head[:at], layout.TITLES[layout.INDICATOR], *head[at + 1 :]]


def _goes_on(head: Row, row: Row) -> bool:
    """Say whether a row still belongs to the head: units, months, names, and no numbers."""
    words = [(column, text_of(cell)) for column, cell in enumerate(row) if text_of(cell)]
    if not words:
        return False
    if _names_columns(head, row, words):
        return True
    understood = 0
    for column, word in words:
        over = text_of(head[column]) if column < len(head) else ""
        read = headings.read_heading(word)
        if _field_of(word) or over == word:
            understood += _field_of(word) == layout.VALUE
            continue
        if read.timed and _field_of(over) in _ACROSS | _NAMED:
            return False  # a year beside the rows: figures such as 2,020 look like years too
        if is_figure(row[column]) and not read.timed:
            return False
        if is_missing(word):
            return False
        understood += not read.bare or word in ("绝对值", "数值", "Year")
        if read.bare and _field_of(over) == layout.INDICATOR:
            return False
    return bool(understood)


def _as_units(head: Row, row: Row) -> Row:
    """Say 单位 in front of bare units, where a row below names across holds nothing else."""
    across = any(_field_of(cell) in _ACROSS for cell in head)
    words = [text_of(cell) for cell in row]
    same = [text_of(cell) for cell in head] + [""] * len(row)
    others = [word for word, over in zip(words, same, strict=False) if word not in ("", over)]
    if not others or not all(is_unit(word) or _field_of(word) for word in others):
        return row
    if not (across or all(is_unit(word) and "%" not in word for word in others)):
        return row
    return [f"单位:{plain(word).strip('()')}" if is_unit(word) else word for word in words]


def _names_columns(head: Row, row: Row, words: Sequence[tuple[int, str]]) -> bool:
    """Say whether a row only has words, all of them beside the column that names its rows."""
    keys = [column for column, cell in enumerate(head) if _field_of(cell) in _NAMED | _ACROSS]
    if not keys:
        return False
    beside = all(column > keys[0] and not _field_of(word) for column, word in words)
    spread = any(not text_of(head[column]) for column, _ in words if column < len(head))
    return (
        beside
        and spread
        and not any(column in keys for column, _ in words)
        and not any(is_figure(row[column]) or is_missing(word) for column, word in words)
    )


def _grouping(above: Sequence[Row]) -> list[Row]:
    """Return the rows right over the head whose cells each say a time, kind or unit."""
    lines: list[Row] = []
    for row in reversed(above[-_ABOVE:]):
        words = [text_of(cell) for cell in row if text_of(cell)]
        if any(plain(word).endswith(":") for word in words):
            continue  # 报告期： 2025年9月
        read = [headings.read_heading(word) for word in words]
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


def _parts(head: Row, width: int) -> list[tuple[int, int]]:
    """Return first and end column of the tables side by side."""
    fields = [(column, _field_of(cell)) for column, cell in enumerate(head)]
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
    spread = [*(_spread(line, first, end) for line in lines[:-1]), lines[-1]]
    over = {
        column: _over(spread if any(_over(lines, column)) else [], column)
        for column in range(first, end)
    }
    serials = _dated(over)
    said = [text_of(cell) for row in title_rows for cell in row if text_of(cell)]
    title = " ".join([*(line for line in said if not titles.is_remark(line)), sheet])
    shape = shape_of(title, (word for words in over.values() for word in words))
    meant = meanings(hints, shape, title)
    said_of = {
        column: [_own_field(words, line) for line in range(place, len(words))]
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
                    stacks[column] = Heading(unit=_unit_behind(words))
                continue
        stacks[column] = _stacked(words, meant)
        named[column] = _said_over(words)
    table = Table(
        *(sheet, number, first, end, columns, stacks, _defaults(sheet, title_rows), title),
        across=False,
        grouped=grouped,
        headings=named,
        serials={} if meant.get(pattern("1")) == headings.DAY_NUMBER else serials,
        subject=titles.subject_in_title(said),
        shape=shape,
    )
    kind = meant.get(pattern(table.defaults[layout.PERIOD]), "")
    table.defaults[layout.TYPE] = table.defaults[layout.TYPE] or headings.type_of(kind)
    found = _with_values(table, described)
    if found is not None and len(units) > 1:
        found.unit_beside = _units_beside(found.values, units)
    return found


def _own_field(words: Sequence[str], line: int) -> str | None:
    """Return the field one word of a head stands for; a value under other words is not one."""
    name, inside = headings.split_unit(words[line])
    found = layout.field_of(name if "单位" in inside or is_unit(inside) else words[line])
    return None if found == layout.VALUE and any(words[:line]) else found


def _unit_behind(words: Sequence[str]) -> str:
    """Return the unit that stands in brackets behind a heading: 数值（亿元）."""
    inside = (headings.split_unit(word)[1] for word in words)
    return next((unit for unit in inside if is_unit(unit)), "")


def _units_beside(values: Sequence[int], units: Sequence[int]) -> dict[int, int]:
    """Say for every column of figures which of several unit columns is its own.

    Units stand behind their figures, or before them where one comes first.
    """
    if min(units) < min(values, default=0):
        return {v: max((u for u in units if u < v), default=min(units)) for v in values}
    return {v: min((u for u in units if u > v), default=max(units)) for v in values}


def _over(lines: Sequence[Row], column: int) -> list[str]:
    """Return what the lines of a head say over one column."""
    return [text_of(line[column]) if column < len(line) else "" for line in lines]


def _dated(over: dict[int, list[str]]) -> dict[int, str]:
    """Write the months that a spreadsheet shows as day numbers; return them as they stood."""
    found = {}
    for column, words in over.items():
        if month := month_of_serial(words[-1] if words else ""):
            found[column] = words[-1]
            words[-1] = month
    return found


def _field_of(word: object) -> str | None:
    """Return the field a heading stands for in any table."""
    name, inside = headings.split_unit(text_of(word))
    found = layout.field_of(name if "单位" in inside else word)
    return None if found in layout.BESIDE_A_VALUE else found


def _spread(line: Row, first: int, end: int) -> Row:
    """Repeat a heading over the empty cells to its right, where merged cells were."""
    spread: Row = []
    word: object = ""
    for column in range(len(line) if len(line) > end else end):
        cell = line[column] if column < len(line) else ""
        if column == first or text_of(cell):
            word = cell
        spread.append("" if _field_of(word) and not text_of(cell) else word)
    return spread


def _stacked(words: list[str], meant: Mapping[str, str]) -> Heading:
    """Join what the cells over one column say, the lowest first."""
    head = Heading()
    said = _distinct(words)
    for word in reversed(said):
        head = head.under(_meant(word, meant))
    return _answered(head, meant.get(pattern(" ".join(said)))) if len(said) > 1 else head


def _distinct(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def _said_over(words: Sequence[str]) -> str:
    """Return what a column is asked about by: its lowest heading, or all where that says less."""
    said = _distinct(words)
    lowest = headings.read_heading(said[-1] if said else "")
    telling = lowest.unread or (lowest.bare and lowest.name)
    return said[-1] if telling else " ".join(said)


def _meant(word: str, meant: Mapping[str, str]) -> Heading:
    """Read one heading, by what a kept mapping says of it where it says something."""
    read = headings.read_heading(word)
    answer = meant.get(pattern(word))
    if answer is None and read.period and not read.type:  # 2025年9月, asked about as 9月
        answer = meant.get(pattern(read.period))
    return _answered(read, answer)


def _answered(read: Heading, answer: str | None) -> Heading:
    """Take what a person said of a heading in place of what was read."""
    if answer in (None, headings.DAY_NUMBER):
        return read
    if not answer:
        return Heading(unread=headings.LEFT_OUT)
    if kind := headings.type_of(answer):
        return replace(read, type=kind, unread="", name="" if not read.timed else read.name)
    return headings.read_heading(answer)


def _defaults(sheet: str, rows: list[Row]) -> dict[str, str]:
    lines = [text_of(cell) for row in rows for cell in row if text_of(cell)]
    words = [line for line in lines if not titles.is_remark(line)]
    dated = [*titles.dating_lines([text_of(c) for c in row] for row in rows), sheet]
    return {
        layout.UNIT: titles.unit_in_title(" ".join(words)),
        layout.TYPE: titles.type_in_title(" ".join([*words, sheet])),
        layout.YEAR: titles.year_in_title(" ".join(dated)),
        layout.PERIOD: titles.period_in_title(" ".join(dated)),
    }


def _with_values(table: Table, described: bool) -> Table | None:
    """Decide which columns hold values; return None where the rows are no head."""
    columns, heads = table.columns, table.heads
    year = table.defaults[layout.YEAR]
    _settle_octobers(heads)
    _name_corner(table)
    if _NAMED & columns.keys():
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
    elif _ACROSS & columns.keys() and layout.VALUE not in columns:
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
    if _NAMED & columns.keys():
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
    if len(corner) != 1 or (_NAMED | {layout.VALUE}) & columns.keys():
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
    month = titles.last_month(table.defaults[layout.PERIOD])
    year = table.defaults[layout.YEAR]
    for column, head in table.heads.items():
        if head.type == kinds.SINGLE and headings.is_running(head.period):
            last = titles.last_month(head.period)  # 本月 under 2025年1—9月 is September
            table.heads[column] = head = replace(head, period=last)
        if head.current and year and not (head.timed or head.name or head.unread):
            head = replace(head, year=year, period=table.defaults[layout.PERIOD] or "全年")
            table.heads[column] = head
        named = head.name and not table.measures(column)
        if not head.type or head.period or named or head.unread:
            continue
        if month and (head.year or year):
            table.heads[column] = replace(head, year=head.year or year, period=month)
        else:
            table.heads[column] = replace(head, unread=headings.NO_MONTH)


def _time_places(table: Table) -> None:
    """Date columns of places, or of what is told of groups, by the title, if nothing else does."""
    year, period = table.defaults[layout.YEAR], table.defaults[layout.PERIOD]
    if {layout.YEAR, layout.PERIOD} & table.columns.keys():
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
