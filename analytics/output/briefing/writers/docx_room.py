"""How much of its page a Word document has filled, reckoned from its styles.

Nothing rests on the reckoning being exact: a part of a table is kept whole, so that one line
more or less leaves white on a page and never a table without its head.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.styles.style import ParagraphStyle

from analytics.output.briefing.writers.column_widths import wrapped_lines

_LATIN = 0.97  # of a line is filled: Chinese does not break before a full stop
_PICTURE = 8.0  # points of a picture's line beside the picture


@dataclass(frozen=True)
class Pitch:
    """What a style makes of a line: type size, distance, space before and after, in points."""

    size: float
    line: float
    around: float
    kept: bool


def pitch_of(document: WordDocument, style_id: str) -> Pitch:
    """Read a paragraph style, with what it takes over from those it is based on."""
    named = {one.style_id: one for one in document.styles if isinstance(one, ParagraphStyle)}
    chain: list[ParagraphStyle] = []
    style = named.get(style_id)
    while style is not None:
        chain.append(style)
        style = style.base_style if isinstance(style.base_style, ParagraphStyle) else None
    size = next((one.font.size.pt for one in chain if one.font.size), 10.5)
    formats = [one.paragraph_format for one in chain]
    line = next((one.line_spacing for one in formats if one.line_spacing), 1.0)
    spaces = [
        next((space.pt for one in formats if (space := getattr(one, side)) is not None), 0.0)
        for side in ("space_before", "space_after")
    ]
    kept = next((one.keep_with_next for one in formats if one.keep_with_next is not None), False)
    high = line.pt if isinstance(line, Length) else float(line) * size * 1.3
    return Pitch(size, high, sum(spaces), bool(kept))


def page_points(document: WordDocument) -> float:
    """Return the height between the margins."""
    page = document.sections[0]
    sides = (page.page_height, page.top_margin, page.bottom_margin)
    height, top, bottom = (int(side or 0) for side in sides)
    return float(Length(height - top - bottom).pt)


def room_left(document: WordDocument, width_pt: float, tables: Sequence[float]) -> float:
    """Return the points left below the last block; ``tables`` are the heights of all so far."""
    page = page_points(document)
    used = 0.0
    for group in _groups(document, width_pt, tables):
        high = sum(block.height for block in group)
        if group[0].begins:
            used = 0.0
        if used + high <= page:
            used += high
        elif len(group) == 1 and group[0].breaks:
            used = (used + high) % page
        else:
            used = high % page
    return page - used


@dataclass(frozen=True)
class _Block:
    height: float
    kept: bool = False  # with the next
    begins: bool = False  # a page
    breaks: bool = False  # may go on to the next page


def _groups(
    document: WordDocument, width_pt: float, tables: Sequence[float]
) -> Iterator[list[_Block]]:
    """Yield blocks that stay on one page together."""
    group: list[_Block] = []
    for block in _blocks(document, width_pt, tables):
        group.append(block)
        if not block.kept:
            yield group
            group = []
    if group:
        yield group


def _blocks(document: WordDocument, width_pt: float, tables: Sequence[float]) -> Iterator[_Block]:
    heights = iter(tables)
    pitches: dict[str, Pitch] = {}
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            yield _Block(next(heights), kept=True)
        elif element.tag == qn("w:p"):
            style = element.pPr.style if element.pPr is not None else "Normal"
            if style not in pitches:
                pitches[style] = pitch_of(document, style)
            yield _paragraph(element, pitches[style], width_pt)


def _paragraph(element: BaseOxmlElement, pitch: Pitch, width_pt: float) -> _Block:
    look = element.get_or_add_pPr()
    kept = pitch.kept if look.keepNext_val is None else look.keepNext_val
    block = partial(_Block, kept=kept, begins=bool(look.pageBreakBefore_val))
    pictures = [int(one.get("cy")) for one in element.iter(qn("wp:extent"))]
    if pictures:
        return block(Length(max(pictures)).pt + pitch.around + _PICTURE)
    text = "".join("\n" if one.tag == qn("w:br") else one.text or "" for one in _letters(element))
    lines = wrapped_lines(f"　　{text}", width_pt / (pitch.size / 2) * _LATIN)
    return block(lines * pitch.line + pitch.around, breaks=lines > 1)


def _letters(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    yield from element.iter(qn("w:t"), qn("w:br"))
