"""Widths of a table's columns: the shares that make the table lowest."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise, permutations
from math import ceil

from analytics import text_zh
from analytics.output.briefing.content import Table

_FIGURES = 28  # half-width places up to which a column of figures is centred
_STEPS = (0.32, 0.16, 0.08, 0.04, 0.02, 0.01)  # shares moved from column to column
_LEAST = 0.07
_LOW = 20  # lines
_FIGURE = 1.1  # places that a figure or Latin letter takes
_FIGURE_LINE = re.compile(r"[^，（：。]*\d[^，（：。]*")  # a figure or range with its unit
_PADDING = 2.5  # places taken by a cell's edges and ragged line ends


def width_of(text: str) -> float:
    """Return how many half-width places the widest line of a text takes."""
    return max(map(_places, text.split("\n")))


def _places(line: str) -> float:
    """Measure a line; between Chinese and a figure or Latin letter lies a quarter of an em.

    Figures of a face without serifs are a tenth wider than half an em.
    """
    wide = [unicodedata.east_asian_width(letter) in "WFA" for letter in line]
    pairs = pairwise(zip(line, wide, strict=True))
    gaps = sum(x.isalnum() and y.isalnum() and a != b for (x, a), (y, b) in pairs)
    narrow = len(line) - sum(wide)
    return 2 * sum(wide) + narrow * _FIGURE + gaps / 2


def centred(table: Table) -> list[bool]:
    """Tell which columns hold figures, which stand in the middle; names and words begin left."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    return [at > 0 and _holds_figures(cells) for at, cells in enumerate(columns)]


def _holds_figures(cells: Sequence[str]) -> bool:
    written = [cell for cell in cells if cell != text_zh.DASH]
    short = max(map(width_of, written), default=0.0) <= _FIGURES
    return short and sum(bool(re.search(r"\d", cell)) for cell in written) * 2 >= len(written)


def shares_of(table: Table, places: float) -> list[float]:
    """Share out a table ``places`` half-width letters wide; the shares add up to 1.

    From the shares given, or what the cells hold, width is moved between
    columns as long as that makes rows lower.
    """
    columns = [_Column(cells) for cells in zip(table.header, *table.rows, strict=True)]
    shares = list(table.widths) or [column.wish() for column in columns]
    shares = [share / sum(shares) for share in shares]
    lines = [column.cost(share * places) for column, share in zip(columns, shares, strict=True)]
    tries = [(pair, step) for step in _STEPS for pair in permutations(range(len(shares)), 2)]
    while sum(_move(columns, shares, lines, *each, places) for each in tries):
        pass
    return shares


def row_lines(table: Table, shares: Sequence[float], places: float) -> list[int]:
    """Count the lines of every row, the header's first."""
    columns = [_Column(cells) for cells in zip(table.header, *table.rows, strict=True)]
    lines = [column.lines(share * places) for column, share in zip(columns, shares, strict=True)]
    return list(map(max, zip(*lines, strict=True)))


def is_low(table: Table, places: float) -> bool:
    """Tell whether a table is so low that it should not be broken over two pages."""
    return sum(row_lines(table, shares_of(table, places), places)) <= _LOW


def wrapped_lines(text: str, places: float) -> int:
    """Count the lines of a running text."""
    return sum(max(ceil(_places(line) / places), 1) for line in text.split("\n"))


def _move(
    columns: list["_Column"],
    shares: list[float],
    lines: list[list[int]],
    pair: tuple[int, int],
    step: float,
    places: float,
) -> bool:
    """Give one column a step of another's width if the table gets lower."""
    giver, taker = pair
    if shares[giver] - step < _LEAST:
        return False
    tried = list(lines)
    tried[giver] = columns[giver].cost((shares[giver] - step) * places)
    tried[taker] = columns[taker].cost((shares[taker] + step) * places)
    if _height(tried) >= _height(lines):
        return False
    shares[giver], shares[taker] = shares[giver] - step, shares[taker] + step
    lines[:] = tried
    return True


def _height(lines: list[list[int]]) -> float:
    """Return the lines a table takes; a wrapped cell in a row that stays as low counts half."""
    rows: list[int] = [max(row) for row in zip(*lines, strict=True)]
    return sum(rows) + 0.5 * sum(sum(column) for column in lines)


class _Column:
    """The cells of one column, as the widths of their lines."""

    def __init__(self, cells: Sequence[str]):
        self.cells = [[_places(line) for line in cell.split("\n")] for cell in cells]
        self.figures = [
            [bool(_FIGURE_LINE.fullmatch(line)) for line in cell.split("\n")] for cell in cells
        ]

    def wish(self) -> float:
        """Return the width it would take; of long texts, which can wrap, only a part."""
        widest = max(max(cell) for cell in self.cells)
        return widest if widest <= 16 else 16 + (widest - 16) ** 0.75

    def lines(self, places: float) -> list[int]:
        """Count the lines of every cell at a width."""
        room = max(places - _PADDING, 1)
        return [sum(max(ceil(width / room), 1) for width in cell) for cell in self.cells]

    def cost(self, places: float) -> list[int]:
        """Count the lines of every cell, and one more where a figure would be parted."""
        room = max(places - _PADDING, 1)
        parted = [
            sum(width > room and figure for width, figure in zip(*cell, strict=True))
            for cell in zip(self.cells, self.figures, strict=True)
        ]
        return list(map(sum, zip(self.lines(places), parted, strict=True)))
