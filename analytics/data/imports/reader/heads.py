"""The head of a table: which rows it has, and what stands over every column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.headings import ColumnHead
from analytics.data.imports.reader.shapes import Hint, meanings, pattern, shape_of
from analytics.data.imports.reader.written import text_of
from analytics.data.reading.parsing import is_missing, plain

Row = list[Any]  # cells of one row, as the file has them
_ABOVE = 3  # rows over the head that may group its columns
_BELOW = 2  # rows under it
_UNKNOWN = "读不懂的表头"
_ACROSS = {layout.YEAR, layout.PERIOD, layout.REGION}


@dataclass
class Table:
    """Where things stand in one table."""

    sheet: str
    header: int  # row of the head, from 0
    first: int  # its first column, and the one after its last
    end: int
    columns: dict[str, int]  # field -> column
    heads: dict[int, ColumnHead]  # column -> what stands over it
    defaults: dict[str, str]  # what the title above says
    title: str
    across: bool  # indicators stand over the columns, times or places beside the rows
    values: list[int] = field(default_factory=list)  # columns that are read
    others: dict[int, str] = field(default_factory=dict)  # column -> why it is not read
    headings: dict[int, str] = field(default_factory=dict)  # column -> words of its heading
    number: int = 0
    shape: str = ""  # see shapes.shape_of
    last: dict[str, str] = field(default_factory=dict)

    @property
    def wide(self) -> bool:
        """Say whether the time stands over the columns."""
        return any(self.heads[column].timed for column in self.values if column in self.heads)

    @property
    def usable(self) -> bool:
        """Say whether the head or the title tells the time."""
        timed = self.wide or {layout.YEAR, layout.PERIOD} & self.columns.keys() or not self.values
        return bool(timed or self.defaults[layout.YEAR])


def has_numbers(row: Row) -> bool:
    """Say whether a row holds a number, typed or written."""
    return any(_is_number(cell) for cell in row)


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        words = plain(cell).replace(",", "").removesuffix("%")
        return (
            words.replace(".", "", 1).lstrip("+-").isascii()
            and words.replace(".", "", 1).lstrip("+-").isdecimal()
        )
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def find_tables(
    sheet: str, number: int, rows: Sequence[Row], above: Sequence[Row], hints: Sequence[Hint] = ()
) -> tuple[list[Table], int]:
    """Read a head that begins in the first of the rows; return its tables and its depth.

    Tables that stand side by side share a head: each begins at an 指标 column of its own.
    """
    depth = 1
    while depth <= _BELOW and depth < len(rows) and _goes_on(rows[0], rows[depth]):
        depth += 1
    lines = [*_grouping(above), *rows[:depth]]
    place = len(lines) - depth  # of the head itself among the lines
    width = max(len(line) for line in lines)
    title_rows = [row for row in above if any(text_of(cell) for cell in row)]
    tables = []
    for first, end in _parts(rows[0], width):
        table = _table(sheet, number, lines, place, first, end, title_rows, hints)
        if table is not None:
            tables.append(table)
    return tables, depth


def _goes_on(head: Row, row: Row) -> bool:
    """Say whether a row still belongs to the head: units, months, names, and no numbers."""
    words = [(column, text_of(cell)) for column, cell in enumerate(row) if text_of(cell)]
    if not words:
        return False
    understood = 0
    for column, word in words:
        over = text_of(head[column]) if column < len(head) else ""
        read = headings.read_column_head(word)
        if _field_of(word) or over == word:
            continue
        if read.timed and _field_of(over) in _ACROSS:
            return False  # a year beside the rows: figures such as 2,020 look like years too
        if _is_number(row[column]) and not read.timed:
            return False
        if is_missing(word):
            return False
        understood += not read.bare or word in ("绝对值", "数值", "Year")
        if read.bare and _field_of(over) == layout.INDICATOR:
            return False
    return bool(understood)


def _grouping(above: Sequence[Row]) -> list[Row]:
    """Return the rows right over the head whose cells each say a time, kind or unit."""
    lines: list[Row] = []
    for row in reversed(above[-_ABOVE:]):
        words = [text_of(cell) for cell in row if text_of(cell)]
        read = [headings.read_column_head(word) for word in words]
        if words and not any(one.timed or one.type or one.unread for one in read):
            if not all(headings.unit_in_title(word) for word in words):
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
) -> Table | None:
    columns: dict[str, int] = {}
    stacks: dict[int, ColumnHead] = {}
    named: dict[int, str] = {}
    spread = [*(_spread(line, first, end) for line in lines[:-1]), lines[-1]]
    over = {
        column: [text_of(line[column]) if column < len(line) else "" for line in spread]
        for column in range(first, end)
    }
    said = [text_of(cell) for row in title_rows for cell in row if text_of(cell)]
    title = " ".join([*(line for line in said if not headings.is_remark(line)), sheet])
    shape = shape_of(title, (word for words in over.values() for word in words))
    meant = meanings(hints, shape, title)
    said_of = {
        column: [layout.field_of(w) for w in words[place:]] for column, words in over.items()
    }
    is_long = any(layout.VALUE in fields for fields in said_of.values())
    for column, words in over.items():
        known = (one for one in said_of[column] if is_long or one not in layout.BESIDE_A_VALUE)
        own = next((one for one in known if one), None)
        if own is not None:
            columns.setdefault(own, column)
            if columns[own] == column:
                continue
        stacks[column] = _stacked(words, meant)
        named[column] = next((w for w in reversed(words) if w), "")
    table = Table(
        *(sheet, number, first, end, columns, stacks, _defaults(sheet, title_rows), title),
        across=False,
        headings=named,
        shape=shape,
    )
    return _with_values(table)


def _field_of(word: object) -> str | None:
    """Return the field a heading stands for in any table."""
    found = layout.field_of(word)
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


def _stacked(words: list[str], meant: Mapping[str, str]) -> ColumnHead:
    """Join what the cells over one column say, the lowest first."""
    head = ColumnHead()
    for word in reversed([w for n, w in enumerate(words) if w and w not in words[:n]]):
        head = head.under(_meant(word, meant))
    return head


def _meant(word: str, meant: Mapping[str, str]) -> ColumnHead:
    """Read one heading, by what a kept mapping says of it where it says something."""
    answer = meant.get(pattern(word))
    if answer is None:
        return headings.read_column_head(word)
    if not answer:
        return ColumnHead(unread=headings.LEFT_OUT)
    if kind := headings.type_of(answer):
        read = headings.read_column_head(word)
        return replace(read, type=kind, unread="", name="" if not read.timed else read.name)
    return headings.read_column_head(answer)


def _defaults(sheet: str, rows: list[Row]) -> dict[str, str]:
    lines = [text_of(cell) for row in rows for cell in row if text_of(cell)]
    words = [line for line in lines if not headings.is_remark(line)]
    text = " ".join([*words, sheet])
    return {
        layout.UNIT: headings.unit_in_title(" ".join(words)),
        layout.TYPE: headings.type_in_title(text),
        layout.YEAR: headings.year_in_title(text),
        layout.PERIOD: headings.period_in_title(text),
    }


def _with_values(table: Table) -> Table | None:
    """Decide which columns hold values; return None where the rows are no head."""
    columns, heads = table.columns, table.heads
    year = table.defaults[layout.YEAR]
    if {layout.INDICATOR, layout.ID} & columns.keys():
        if layout.VALUE in columns:
            table.values = [columns[layout.VALUE]]
        else:
            _name_months(heads)
            fallback = "" if layout.YEAR in columns else year
            for column, head in heads.items():
                if head.period and not head.year:
                    heads[column] = replace(head, year=fallback)
            table.values = [c for c, h in heads.items() if h.timed and not h.unread]
        if not table.values and not any(head.unread for head in heads.values()):
            return None
    elif _ACROSS & columns.keys() and layout.VALUE not in columns:
        table.across = True
        table.values = [c for c, h in heads.items() if h.name and not h.unread]
        if not table.values or min(columns.values()) > min(table.values):
            return None
    else:
        return None
    read = {*table.values, *columns.values()}
    for column in range(table.first, table.end):
        if column not in read:
            head = heads.get(column, ColumnHead())
            table.others[column] = head.unread or _UNKNOWN
    return table


def _name_months(heads: dict[int, ColumnHead]) -> None:
    """Read 11 or 11月 beside 1-11 as the single month."""
    running = {head.period for head in heads.values()}
    for column, head in heads.items():
        name = (head.name or head.period).removesuffix(".0").removesuffix("月")
        if name.isascii() and name.isdecimal() and f"1-{int(name)}月" in running:
            kind = head.type or headings.SINGLE
            heads[column] = replace(head, name="", period=f"{int(name)}月", type=kind)
