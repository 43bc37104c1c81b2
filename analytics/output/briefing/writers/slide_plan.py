"""What goes onto which slide: few words together, like tables in one run, nothing left alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from analytics.output.briefing.content import Chart, Paragraph, Table
from analytics.output.briefing.writers.column_widths import (
    centred,
    row_lines,
    shares_of,
    wrapped_lines,
)
from analytics.output.briefing.writers.outline import Chapter, Item
from analytics.output.briefing.writers.table_parts import filled

MORE = "（续）"
WIDTH, HEIGHT = 867.0, 408.0  # points that words, tables and charts have
TEXT, SAID, CAPTION, CELL, NOTE = 16, 14, 13, 11, 9  # type sizes in points
LEADING, CELL_LEADING, AFTER = 1.35, 1.25, 9
CAPTION_ROOM = 22.7  # points, 8 mm
_EDGES = 8  # points above and below a cell's text
_FEW = 5  # lines of words that go below a table


@dataclass(frozen=True)
class Words:
    """A slide of paragraphs."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A slide of a table's rows; ``heights`` in points, the head's first.

    ``begins`` names the tables that begin below the first row, by row.
    """

    title: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    shares: tuple[float, ...]
    centred: tuple[bool, ...]
    notes: tuple[str, ...] = ()
    begins: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """A chart with its number; it may need several slides."""

    number: int
    chart: Chart


Planned = Words | Rows | Drawing


def planned(parts: Sequence[Chapter]) -> Iterator[Planned]:
    """Yield the slides after the cover; short sections of words alone share one."""
    waiting: list[Chapter] = []
    for part in parts:
        if waiting and not (_words_alone(part) and _fit((*waiting, part))):
            yield from _together(waiting)
            waiting = []
        if part is parts[0] and _words_alone(part):
            yield from _together([part])  # the points have a slide of their own
        elif _words_alone(part):
            waiting.append(part)
        else:
            yield from _chapter(part)
    yield from _together(waiting)


def lines(texts: Sequence[str], size: float) -> int:
    """Count the lines that texts take across a slide."""
    places = WIDTH / (size / 2) * 0.9  # Latin letters are wider than half an em
    return sum(wrapped_lines(text, places) for text in texts)


def high(texts: Sequence[str], size: float) -> float:
    """Return how high texts stand, in points."""
    return lines(texts, size) * size * LEADING


def balanced(heights: Sequence[float], room: float) -> list[range]:
    """Share items in their order among as few pages as they need, about equally full."""
    pages, first = [], 0
    for left in range(len(filled(heights, room, room)), 0, -1):
        share = sum(heights[first:]) / left
        at, used = first + 1, heights[first]
        while at < len(heights) and used + heights[at] <= room:
            rest_fits = len(filled(heights[at:], room, room)) < left
            if rest_fits and used + heights[at] / 2 > share:
                break
            at, used = at + 1, used + heights[at]
        pages.append(range(first, at))
        first = at
    return pages


def _words_alone(part: Chapter) -> bool:
    return all(isinstance(item.block, Paragraph) for item in part.items)


def _texts(items: Sequence[Item]) -> list[str]:
    return [item.block.text for item in items if isinstance(item.block, Paragraph)]


def _fit(parts: Sequence[Chapter]) -> bool:
    """Tell whether sections of words go onto one slide."""
    return sum(map(_text_height, _joined(parts))) <= HEIGHT


def _text_height(text: str) -> float:
    return high([text], TEXT) + AFTER


def _joined(parts: Sequence[Chapter]) -> list[str]:
    """Return the paragraphs of sections, below their headings where there are several."""
    alone = len(parts) == 1
    return [
        text for part in parts for text in ([] if alone else [part.heading]) + _texts(part.items)
    ]


def _together(parts: Sequence[Chapter]) -> Iterator[Words]:
    if parts:
        yield from _words("　".join(part.heading for part in parts), _joined(parts))


def _words(title: str, texts: Sequence[str]) -> Iterator[Words]:
    for at, page in enumerate(balanced([_text_height(text) for text in texts], HEIGHT)):
        yield Words(title + MORE * bool(at), tuple(texts[i] for i in page))


def _chapter(part: Chapter) -> Iterator[Planned]:
    """Plan a section with tables or charts; its few words stand below its last table."""
    words = _texts(part.items)
    others = [item for item in part.items if not isinstance(item.block, Paragraph)]
    if isinstance(others[-1].block, Table) and lines(words, NOTE) <= _FEW:
        runs = [list(group) for _, group in groupby(others, _likeness)]
        for run in runs:
            yield from _run(part.heading, run, words if run is runs[-1] else [])
        return
    for _, group in groupby(part.items, _likeness):
        yield from _run(part.heading, list(group), [])


def _likeness(item: Item) -> object:
    """Tell which neighbours go together: words, and tables with the same head."""
    match item.block:
        case Table() as table:
            return table.header
        case Chart():
            return item.number
        case _:
            return None


def _run(heading: str, run: Sequence[Item], words: Sequence[str]) -> Iterator[Planned]:
    tables = [(item.number, item.block) for item in run if isinstance(item.block, Table)]
    if tables:
        yield from _rows(heading, tables, words)
    elif isinstance(chart := run[0].block, Chart):
        yield Drawing(run[0].number, chart)
    else:
        yield from _words(heading, _texts(run))


def _rows(title: str, tables: Sequence[tuple[int, Table]], words: Sequence[str]) -> Iterator[Rows]:
    """Share the rows of tables with one head among slides, each table under its caption."""
    places = WIDTH / (CELL / 2)
    one = tables[0][1]
    every = tuple(row for _, table in tables for row in table.rows)
    whole = Table("", one.header, every, widths=one.widths)
    shares = tuple(shares_of(whole, places))
    head, *below = (cell_height(count) for count in row_lines(whole, shares, places))
    starts = _starts(tables)
    notes = tuple(dict.fromkeys((*(table.note for _, table in tables if table.note), *words)))
    taken = [height + (cell_height(1) if at in starts else 0) for at, height in enumerate(below)]
    taken[-1:] = [height + high(notes, NOTE) for height in taken[-1:]]
    pages = balanced(taken, HEIGHT - CAPTION_ROOM - head - cell_height(1))
    for at, page in enumerate(pages or [range(0)]):
        first = max((start for start in starts if start <= page.start), default=0)
        yield Rows(
            title + MORE * bool(at),
            starts[first] + MORE * (page.start > first),
            one.header,
            every[page.start : page.stop],
            (head, *below[page.start : page.stop]),
            shares,
            tuple(centred(whole)),
            notes if at == max(len(pages) - 1, 0) else (),
            {start - page.start: name for start, name in starts.items() if start in page[1:]},
        )


def _starts(tables: Sequence[tuple[int, Table]]) -> dict[int, str]:
    """Return the caption of each table by the row that it begins with."""
    firsts = accumulate((len(table.rows) for _, table in tables), initial=0)
    named = (f"表{number}　{table.caption}" for number, table in tables)
    return dict(zip(firsts, named, strict=False))


def cell_height(count: int) -> float:
    """Return how high a cell of some lines stands, in points."""
    return count * CELL * CELL_LEADING + _EDGES
