"""The Word template ``briefing.docx``: A4, styles and settings of official documents (GB/T 9704).

Fonts, alignment, keeping together, colours and languages are the template's and
are edited in Word. A standard document is set in its sizes; a compact one sets
sizes and margins of its own.
"""

from importlib.resources import files

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, Twips
from docx.styles.style import ParagraphStyle

from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.style import Layout

_TEMPLATE = files("analytics.output.briefing.writers").joinpath("briefing.docx")


def new_document(layout: Layout) -> WordDocument:
    """Open an empty document of the template, in the sizes of a layout."""
    with _TEMPLATE.open("rb") as template:
        document = Document(template)
    if layout is not style.STANDARD:
        _set_margins(document, layout)
        for name, size, line, space in _sizes(layout):
            _set_size(document, name, size, _twips(line), _twips(space))
        document.styles[_PICTURE].font.size = _half_points(layout.body)
    return document


def _set_margins(document: WordDocument, layout: Layout) -> None:
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.header_distance = Mm(layout.top * 0.55)
    section.footer_distance = Mm(layout.bottom * 0.45)


_PICTURE = "图"  # its lines are as high as the picture
_Size = tuple[str, float, float, float]  # style, type size, line distance, space after; in points


def _sizes(layout: Layout) -> tuple[_Size, ...]:
    body, line, note = layout.body, layout.line, layout.note
    caption, cell = layout.table * 1.6, layout.table * 1.25
    return (
        ("Normal", body, line, 0),
        ("Title", layout.title, layout.title * 1.6, 4),
        ("Subtitle", body, line, line / 2),
        ("heading 1", layout.heading, line, 0),
        ("heading 2", layout.heading, line, 0),
        ("Body Text", body, line, 0),
        ("表题", layout.table, caption, 0),
        ("图题", layout.table, caption, 6),
        ("表头", layout.table, cell, 0),
        ("表文", layout.table, cell, 0),
        ("注释", note, note * 1.4, note),
    )


def _set_size(document: WordDocument, name: str, size: float, line: Length, space: Length) -> None:
    one = document.styles[name]
    assert isinstance(one, ParagraphStyle)
    one.font.size = _half_points(size)
    layout = one.paragraph_format
    layout.line_spacing, layout.space_after = line, space
    indent = one.element.pPr.find(qn("w:ind"))
    letters = int(indent.get(qn("w:firstLineChars"), "0")) / 100
    layout.first_line_indent = _twips(letters * size)


def _half_points(points: float) -> Length:
    """Round a type size as Word counts it."""
    return Pt(round(points * 2) / 2)


def _twips(points: float) -> Length:
    """Round a distance as Word counts it."""
    return Twips(round(points * 20))
