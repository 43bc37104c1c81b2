"""Chinese text broken into lines of a given width, by the bundled font's own measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.output.export.glyphs import advances

LEADING = 1.45  # line height as a multiple of the type size
_NEVER_FIRST = "，。、；：？！）》〉」』】〕”’％%…—～·｜,.;:?!)]}"
_NEVER_LAST = "（《〈「『【〔“‘([{＞≥±—～"


@dataclass(frozen=True)
class TextLine:
    """One line of text as it is set."""

    text: str
    size: float
    colour: str
    bold: bool = False


def ems(text: str, *, bold: bool = False) -> float:
    """Return the width of a text set in one line, as a multiple of the type size."""
    widths = advances(bold=bold)
    return sum(widths.get(ord(character), 1.0) for character in text)


def set_in(
    text: str, size: float, colour: str, width: float, *, bold: bool = False
) -> list[TextLine]:
    """Set a text in lines no wider than ``width``."""
    lines = wrapped(text, width / size, bold=bold)
    return [TextLine(line, size, colour, bold) for line in lines]


def wrapped(text: str, limit: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than ``limit`` ems.

    Numbers and Latin words stay whole, no line begins with a closing mark or
    ends with an opening one, unless a single piece is wider than the line.
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and ems((line + piece).rstrip(), bold=bold) > limit:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while len(line) > 1 and ems(line.rstrip(), bold=bold) > limit:
            cut = _fitting(line, limit, bold=bold)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _fitting(text: str, limit: float, *, bold: bool) -> int:
    """Return how many characters of a piece too long for a line fit into it."""
    count = len(text)
    while count > 1 and ems(text[:count], bold=bold) > limit:
        count -= 1
    return count


def _pieces(text: str) -> list[str]:
    """Split a text where a line may break."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        if pieces and _sticks(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _sticks(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return True
    return _is_word(before) and _is_word(after)


def _is_word(character: str) -> bool:
    """Tell whether a character belongs to a number or a Latin word."""
    return "!" <= character <= "~" or character in "−–"


def stacked(lines: Iterable[TextLine], top: float) -> tuple[list[tuple[TextLine, float]], float]:
    """Give every line its baseline, the first below ``top``; return also where they end."""
    placed = []
    for line in lines:
        placed.append((line, top + line.size * 1.1))
        top += line.size * LEADING
    return placed, top
