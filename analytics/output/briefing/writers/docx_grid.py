"""Tables of a Word document: thin rules, a repeated head, rows that stay whole."""

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.table import _Cell

from analytics.output.briefing.content import Table
from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.column_widths import centred, row_lines, shares_of
from analytics.output.briefing.writers.docx_room import pitch_of
from analytics.output.briefing.writers.docx_text import styled

_RULE = 0.5  # points
_EDGE = 57  # twentieths of a point beside a cell's text: 1 mm, less than columns are reckoned with
_AIR = 20  # twentieths of a point above and below it


@dataclass(frozen=True)
class Looks:
    """How a table's columns are set: width of each, and whether its texts stand in the middle."""

    widths: tuple[Length, ...]
    centred: tuple[bool, ...]


def looks_of(table: Table, layout: style.Layout, width_mm: float) -> Looks:
    """Share out a width among a table's columns; parts of one table look alike."""
    shares = shares_of(table, layout.places)
    return Looks(tuple(Mm(share * width_mm) for share in shares), tuple(centred(table)))


def row_heights(document: WordDocument, table: Table, layout: style.Layout) -> list[float]:
    """Reckon how high every row will be, in points, the head's first."""
    head, *rows = row_lines(table, shares_of(table, layout.places), layout.places)
    above, below = (pitch_of(document, name).line for name in ("TableHead", "TableText"))
    around = _RULE + 2 * _AIR / 20
    return [head * above + around, *(count * below + around for count in rows)]


def add_grid(
    document: WordDocument, table: Table, looks: Looks, *, whole: bool, noted: bool
) -> None:
    """Add a table with thin rules and a repeated head.

    ``whole``, it stays on one page; ``noted``, with what follows it too.
    """
    grid = document.add_table(rows=0, cols=len(table.header))
    grid.autofit = False
    for column, width in zip(grid.columns, looks.widths, strict=True):
        column.width = width
    _rule(grid._tbl.tblPr)
    for number, texts in enumerate((table.header, *table.rows)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if not number:
            properties.append(OxmlElement("w:tblHeader"))
        looked = zip(row.cells, texts, looks.widths, looks.centred, strict=True)
        for cell, text, width, centre in looked:
            _fill(cell, text, width, head=not number, centre=centre)
    _keep_together(grid, whole=whole, noted=noted)


def _keep_together(grid: WordTable, *, whole: bool, noted: bool) -> None:
    """Keep rows together, and the last one with the note."""
    rows = list(grid.rows)
    for row in (rows if whole else rows[-2:])[: None if noted else -1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: _Cell, text: str, width: Length, *, head: bool, centre: bool) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    name, font = ("TableHead", style.LEVEL1) if head else ("TableText", style.BODY)
    styled(paragraph, name, font, text)
    if centre and not head:
        paragraph._p.get_or_add_pPr().get_or_add_jc().val = 1
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{style.HEADER_FILL}"/>'
    properties = cell._tc.get_or_add_tcPr()
    if head:
        properties.append(parse_xml(shade))
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def _rule(properties: BaseOxmlElement) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{style.RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    sizes = {"top": _AIR, "left": _EDGE, "bottom": _AIR, "right": _EDGE}  # in the schema's order
    edges = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sizes.items())
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{edges}</w:tblCellMar>"))
