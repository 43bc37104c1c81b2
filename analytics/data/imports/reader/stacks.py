"""What stands over one column of a table: the words of a head, one above the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.headings import Heading
from analytics.data.imports.reader.shapes import pattern
from analytics.data.imports.reader.table import Row
from analytics.data.imports.reader.written import month_of_serial, text_of
from analytics.data.reading.units import is_unit


def words_over(lines: Sequence[Row], column: int) -> list[str]:
    """Return what the lines of a head say over one column."""
    return [text_of(line[column]) if column < len(line) else "" for line in lines]


def field_of(word: object) -> str | None:
    """Return the field a heading stands for in any table."""
    name, inside = headings.split_unit(text_of(word))
    if is_unit(inside):  # 指标（亿元）
        found = layout.field_of(name)
        return found if found in layout.HEADS else None
    found = layout.field_of(name if "单位" in inside else word)
    return None if found in layout.BESIDE_A_VALUE else found


def own_field(words: Sequence[str], line: int) -> str | None:
    """Return the field one word of a head stands for; a value among other words is not one."""
    name, inside = headings.split_unit(words[line])
    found = layout.field_of(name if "单位" in inside or is_unit(inside) else words[line])
    if found == layout.VALUE and (any(words[:line]) or _tells_more(words[line], words[line + 1 :])):
        return None
    return found


def _tells_more(word: str, below: Sequence[str]) -> bool:
    """Say whether words under 实绩 tell more than its unit: 本月, 上年同期, 增长%."""
    read = (headings.read_heading(one) for one in below if one and one != word)
    return any(replace(one, unit="") != Heading() for one in read)


def unit_behind(words: Sequence[str]) -> str:
    """Return the unit that stands in brackets behind a heading: 数值（亿元）."""
    inside = (headings.split_unit(word)[1] for word in words)
    return next((unit for unit in inside if is_unit(unit)), "")


def is_one_date(row: Row) -> bool:
    """Say whether the cells of a row are parts of one date: 2025 | 年 | 9 | 月."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    if not 2 < len(words) <= 6 or not any(word in ("年", "月") for word in words):
        return False
    return headings.read_time("".join(words)) is not None


def dated_months(over: dict[int, list[str]]) -> dict[int, str]:
    """Write the months that a spreadsheet shows as day numbers; return them as they stood."""
    found = {}
    for column, words in over.items():
        if month := month_of_serial(words[-1] if words else ""):
            found[column] = words[-1]
            words[-1] = month
    return found


def spread_over(line: Row, first: int, end: int) -> Row:
    """Repeat a heading over the empty cells to its right, where merged cells were."""
    spread: Row = []
    word: object = ""
    for column in range(len(line) if len(line) > end else end):
        cell = line[column] if column < len(line) else ""
        if column == first or text_of(cell):
            word = cell
        spread.append("" if field_of(word) and not text_of(cell) else word)
    return spread


def stacked(words: list[str], meant: Mapping[str, str]) -> Heading:
    """Join what the cells over one column say, the lowest first."""
    head = Heading()
    said = _distinct(words)
    for word in reversed(said):
        head = head.under(_meant(word, meant))
    return _answered(head, meant.get(pattern(" ".join(said)))) if len(said) > 1 else head


def _distinct(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def said_over(words: Sequence[str]) -> str:
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
