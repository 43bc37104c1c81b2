"""A briefing as a Word document: A4, official typefaces, native tables and charts.

Charts stand in the text as charts that can be edited, with caption and origin as text.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from analytics.model.draws.baseline import OnProgress, ignore_progress
from analytics.output.briefing import live_link
from analytics.output.briefing.content import Briefing, Chart, Paragraph, Table
from analytics.output.briefing.writers import office_template, style
from analytics.output.briefing.writers.column_widths import is_low, wrapped_lines
from analytics.output.briefing.writers.docx_grid import add_grid, looks_of, row_heights
from analytics.output.briefing.writers.docx_room import page_points, pitch_of, room_left
from analytics.output.briefing.writers.docx_template import new_document
from analytics.output.briefing.writers.docx_text import add_field, add_run, bookmark_last, styled
from analytics.output.briefing.writers.outline import (
    Chapter,
    charts_of,
    counted,
    in_text,
    origin_lines,
    outline,
    said_before,
)
from analytics.output.briefing.writers.packing import repacked
from analytics.output.briefing.writers.pdf_writer import one_page
from analytics.output.briefing.writers.table_parts import divided
from analytics.output.export import image
from analytics.output.export.office_chart import chart_and_workbook
from analytics.output.figures.native import NativeChart
from analytics.text_zh import DEMO_MARK

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SPARE = 24.0  # points left free on a page: programs wrap a line more or less
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(
    briefing: Briefing, progress: OnProgress = ignore_progress, *, template: bytes | None = None
) -> bytes:
    """Return the briefing as a Word document; ``progress`` is told the share done.

    In a ``template`` of the office's own its typefaces, margins, head and foot stand.
    """
    parts = outline(briefing)
    writer = _Writer(briefing, counted(len(charts_of(parts)), progress), template)
    writer.head()
    for part in parts:
        writer.part(part)
    writer.link()
    if template is not None:
        _take_typefaces_of_styles(writer.document)
    made = io.BytesIO()
    writer.document.save(made)
    progress(1.0)
    return repacked(made.getvalue(), briefing.made_on)


@dataclass
class _Writer:
    """The document being written, and how many drawings it has so far."""

    briefing: Briefing
    drawn: Callable[[], None]
    template: bytes | None = None
    pictures: int = 0
    drawings: int = 0
    heights: list[float] = field(default_factory=list)  # of the tables so far, in points
    layout: style.Layout = field(init=False)
    width: float = field(init=False)  # of tables and charts, in millimetres
    document: WordDocument = field(init=False)

    def __post_init__(self) -> None:
        """Open the document with its properties, header and footer."""
        self.layout = one_page(self.briefing) if self.briefing.compact else style.STANDARD
        self.document = new_document(self.layout)
        if self.template is not None:
            self.document = office_template.word_template(self.template, self.document)
        self.width = min(style.TEXT_WIDTH_MM, office_template.text_width_mm(self.document))
        _describe(self.document, self.briefing)
        section = self.document.sections[0]
        if self.template is None:
            self._foot()
        if self.briefing.illustrative:
            self._mark()
        _heads_first(section._sectPr)

    def _mark(self) -> None:
        """Mark illustrative data at the head of every page, below what stands there."""
        section, settings = self.document.sections[0], self.document.settings
        even = [section.even_page_header] if settings.odd_and_even_pages_header_footer else []
        first = [section.first_page_header] if section.different_first_page_header_footer else []
        for header in (section.header, *even, *first):
            mark = header.add_paragraph() if self.template else header.paragraphs[0]
            styled(mark, "Header", style.LEVEL2, DEMO_MARK)

    def _foot(self) -> None:
        """Number the pages at their outer edge (GB/T 9704) and name the document's origin."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            number = footer.paragraphs[0]
            styled(number, "Footer", style.PAGE_NUMBER, "— ")
            add_field(number, " PAGE ", "1", style.PAGE_NUMBER)
            add_run(number, " —", style.PAGE_NUMBER)
            number.alignment = side
            number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(14)
            styled(footer.add_paragraph(), "Colophon", style.LEVEL2, self.briefing.origin)

    def head(self) -> None:
        """Write the title."""
        self._add("Title", style.TITLE, self.briefing.title)
        if self.briefing.subtitle:
            self._add("Subtitle", style.LEVEL2, self.briefing.subtitle)

    def part(self, part: Chapter) -> None:
        """Write one numbered section."""
        if self.layout.full and part.heading:
            heading = self._add("Heading1", style.LEVEL1, part.heading)
            heading.paragraph_format.page_break_before = part.begins_page or None
        for item in part.items:
            match item.block:
                case Paragraph(text, small=True):
                    self._add("Note", style.LEVEL2, text)
                case Paragraph(text, right=True):
                    signature = self._add("BodyText", style.BODY, text)
                    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                case Paragraph(text, address=True):
                    _from_the_edge(self._add("BodyText", style.BODY, text))
                case Paragraph(text):
                    self._add("BodyText", style.BODY, text)
                case Table() as table:
                    self._table(item.number, table)
                case Chart() as chart:
                    self._chart(item.number, chart)

    def link(self) -> None:
        """Say at the end where the document's state is seen live, and draw the code of it."""
        if not self.briefing.link or not self.layout.linked:
            return
        lead = self._add("Note", style.LEVEL2, f"{live_link.LEAD_ZH}{self.briefing.link}")
        code = live_link.qr_png(self.briefing.link)
        if code is None:
            return
        lead.paragraph_format.keep_with_next = True
        run = self._add("Figure", style.BODY, "").add_run()
        picture = run.add_picture(io.BytesIO(code), width=Mm(live_link.SIDE_MM))
        self._name(picture._inline.docPr, "二维码", f"二维码，内容为：{self.briefing.link}")

    def _add(self, style_id: str, font: str, text: str) -> WordParagraph:
        return styled(self.document.add_paragraph(), style_id, font, text)

    def _table(self, number: int, table: Table) -> None:
        """Write a table; what does not fit on its page goes on under a 续表 on the next."""
        looks = looks_of(table, self.layout, self.width)
        heights = row_heights(self.document, table, self.layout)
        parts = self._parts(table, heights)
        for rows in parts:
            if rows is parts[0]:
                self._caption("TableCaption", "表", number, table.caption, marked=len(parts) > 1)
            else:
                self._continued(number, table.caption)
            last = rows is parts[-1]
            kept = replace(table, rows=table.rows[rows.start : rows.stop], widths=())
            add_grid(self.document, kept, looks, whole=self.layout.full, noted=last)
            self.heights.append(heights[0] + sum(heights[1:][rows.start : rows.stop]))
        self._add("Note", style.LEVEL2, table.note)

    def _parts(self, table: Table, heights: Sequence[float]) -> list[range]:
        """Divide a table that is not low at the end of its page; a one-pager is not divided."""
        if not self.layout.full or is_low(table, self.layout.places):
            return [range(len(table.rows))]
        head, *rows = heights
        caption = pitch_of(self.document, "TableCaption")
        note = pitch_of(self.document, "Note")
        below = wrapped_lines(table.note, Mm(self.width).pt / (note.size / 2)) * note.line
        room = room_left(self.document, Mm(self.width).pt, self.heights)
        top = caption.line + caption.around + head
        whole = page_points(self.document) - _SPARE
        return divided(rows, top, below + note.around, room - _SPARE, whole)

    def _continued(self, number: int, text: str) -> None:
        """Begin a page with what goes on from the page before, by the number that one has."""
        caption = self._add("TableCaption", style.LEVEL1, "续表")
        caption.paragraph_format.page_break_before = True
        add_field(caption, f" REF {_mark_of(number)} ", str(number), style.LEVEL1)
        add_run(caption, f"　{text}", style.LEVEL1)

    def _chart(self, number: int, chart: Chart) -> None:
        """Draw a chart that can be edited; one without such a form as a picture."""
        if sentence := said_before(number, chart, self.layout):
            self._add("BodyText", style.BODY, sentence).paragraph_format.keep_with_next = True
        natives = chart.figure.details.native
        if len(natives) == 1:
            self._native(number, chart, natives[0])
            named = f"{chart.caption}（单位：{natives[0].unit}）"
            caption = self._caption("FigureCaption", "图", number, named)
            if self.layout.full:
                caption.paragraph_format.keep_with_next = True
                lines = origin_lines(chart.figure, self.briefing.stamp)
                self._add("Note", style.LEVEL2, "\n".join(lines))
        else:
            self._picture(number, chart)
            self._caption("FigureCaption", "图", number, chart.caption)
        self.drawn()

    def _picture(self, number: int, chart: Chart) -> None:
        drawn = image.png(in_text(chart.figure, self.layout), self.briefing.stamp)
        picture = (
            self._add("Figure", style.BODY, "")
            .add_run()
            .add_picture(io.BytesIO(drawn), width=Mm(self.width))
        )
        self._name(picture._inline.docPr, f"图{number}", chart.takeaway or chart.caption)

    def _caption(
        self, style_id: str, kind: str, number: int, text: str, *, marked: bool = False
    ) -> WordParagraph:
        caption = self._add(style_id, style.LEVEL1, kind)
        add_field(caption, f" SEQ {kind} \\* ARABIC ", str(number), style.LEVEL1)
        if marked:
            bookmark_last(caption, _mark_of(number), number)
        add_run(caption, f"　{text}", style.LEVEL1)
        return caption

    def _native(self, number: int, chart: Chart, drawing: NativeChart) -> None:
        figure = self._add("Figure", style.BODY, "")
        self.drawings += 1
        key = _chart_part(self.document, self.drawings, drawing, self.briefing)
        width, height = (int(Mm(side)) for side in (self.width, self.layout.chart_mm))
        inline = parse_xml(
            f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name=""/>'
            "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
            'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'r:id="{key}"/></a:graphicData></a:graphic></wp:inline>'
        )
        self._name(inline.docPr, f"图{number}", chart.takeaway or chart.caption)
        figure.add_run()._r.add_drawing(inline)

    def _name(self, properties: BaseOxmlElement, name: str, description: str) -> None:
        self.pictures += 1
        properties.set("id", str(self.pictures))
        properties.set("name", name)
        properties.set("descr", style.clean(description))


def _mark_of(number: int) -> str:
    """Name the bookmark of a table's number."""
    return f"table_{number}"


def _describe(document: WordDocument, briefing: Briefing) -> None:
    moment = datetime.combine(briefing.made_on, time(), UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.subject = style.clean(briefing.title), briefing.origin
    properties.author = properties.last_modified_by = style.AUTHOR
    properties.created = properties.modified = properties.last_printed = moment
    properties.identifier = f"{briefing.scenario.id}-{briefing.release.hash}"
    properties.keywords = DEMO_MARK if briefing.illustrative else ""
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1


def _from_the_edge(paragraph: WordParagraph) -> None:
    """Begin a paragraph without the two letters of room that its style has."""
    paragraph.paragraph_format.first_line_indent = Mm(0)
    indent = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "0")


def _heads_first(section: BaseOxmlElement) -> None:
    """Name a section's heads before its feet, as Word does."""
    named = [one for one in section if one.tag.endswith("Reference")]
    for one in sorted(named, key=lambda one: one.tag.endswith("headerReference")):
        section.remove(one)
        section.insert(0, one)


def _take_typefaces_of_styles(document: WordDocument) -> None:
    """Let runs name no typeface of their own, so that the template's styles decide."""
    for fonts in list(document.element.body.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)


def _chart_part(
    document: WordDocument, number: int, drawing: NativeChart, briefing: Briefing
) -> str:
    """Add the chart with its workbook to the package; return the relation's key."""
    xml, workbook = chart_and_workbook(drawing, briefing.made_on, titled=False)
    package = document.part.package
    sheet = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, xml, package)
    chart.relate_to(Part(sheet, _WORKBOOK, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
    return document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
