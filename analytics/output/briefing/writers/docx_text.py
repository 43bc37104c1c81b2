"""Text of a Word document: runs that name their fonts, fields that Word recounts."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

from analytics.output.briefing.writers import style


def styled(paragraph: WordParagraph, style_id: str, font: str, text: str) -> WordParagraph:
    """Give a paragraph its style and text."""
    properties = paragraph._p.get_or_add_pPr()
    properties.style = style_id
    if text:
        add_run(paragraph, text, font)
    return paragraph


def add_run(paragraph: WordParagraph, text: str, font: str) -> None:
    """Add text with its East Asian font named on the run itself."""
    run = paragraph.add_run(style.clean(text))
    run._r.get_or_add_rPr().insert(0, _fonts(font))


def _fonts(east: str) -> BaseOxmlElement:
    """Name the fonts of a run: Latin letters and figures apart from Chinese."""
    fonts = OxmlElement("w:rFonts")
    named = dict.fromkeys(("ascii", "hAnsi", "cs"), style.LATIN)
    for kind, name in (named | {"eastAsia": east, "hint": "eastAsia"}).items():
        fonts.set(qn(f"w:{kind}"), name)
    return fonts


def add_field(paragraph: WordParagraph, code: str, shown: str, font: str) -> None:
    """Add a field that Word recounts, with the number it has now."""
    field_element = OxmlElement("w:fldSimple")
    field_element.set(qn("w:instr"), code)
    paragraph._p.append(field_element)
    add_run(paragraph, shown, font)
    field_element.append(paragraph.runs[-1]._r)


def bookmark_last(paragraph: WordParagraph, name: str, number: int) -> None:
    """Set a bookmark around the last run or field of a paragraph."""
    last = paragraph._p[-1]
    for tag, place in (("w:bookmarkStart", last.addprevious), ("w:bookmarkEnd", last.addnext)):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        place(mark)
    last.getprevious().set(qn("w:name"), name)
