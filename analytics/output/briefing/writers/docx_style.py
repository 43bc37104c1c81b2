"""Page, styles and settings of a Word document in Chinese official style (GB/T 9704)."""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from analytics.output.briefing.writers import style
from analytics.output.briefing.writers.style import Layout

_W = nsdecls("w")
_KEPT_PARTS = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,
}
_STAND_INS = {  # what Word takes where a machine lacks the font
    style.TITLE: "宋体",
    style.LEVEL1: "SimHei",
    style.LEVEL2: "KaiTi",
    style.BODY: "FangSong",
    style.PAGE_NUMBER: "SimSun",
}


@dataclass(frozen=True)
class _Style:
    """One paragraph style; sizes in points, the indent in letters."""

    id: str
    name: str
    font: str
    size: float
    align: str = "both"
    line: float | None = None
    before: float = 0
    after: float = 0
    indent: int = 0
    bold: bool = False
    level: int | None = None
    keep_next: bool = False
    whole: bool = False
    colour: str | None = None


def _styles(layout: Layout) -> list[_Style]:
    body, line, note = layout.body, layout.line, layout.note
    table_line = layout.table * 1.25
    heading = {"line": line, "align": "left", "indent": 2, "keep_next": True}
    caption = {"align": "center", "line": layout.table * 1.6}
    return [
        _Style("Normal", "Normal", style.BODY, body, line=line),
        _Style("Title", "Title", style.TITLE, layout.title, "center", layout.title * 1.6, after=4),
        _Style("Subtitle", "Subtitle", style.LEVEL2, body, "center", line, after=line / 2),
        _Style("Heading1", "heading 1", style.LEVEL1, layout.heading, level=0, **heading),
        _Style("Heading2", "heading 2", style.LEVEL2, layout.heading, level=1, **heading),
        _Style("BodyText", "Body Text", style.BODY, body, "left", line, indent=2),
        _Style(
            "TableCaption", "表题", style.LEVEL1, layout.table, before=6, keep_next=True, **caption
        ),
        _Style("FigureCaption", "图题", style.LEVEL1, layout.table, after=6, **caption),
        _Style("TableHead", "表头", style.LEVEL1, layout.table, "center", table_line),
        _Style("TableText", "表文", style.BODY, layout.table, "left", table_line),
        _Style("Note", "注释", style.LEVEL2, note, "left", note * 1.4, after=note, whole=True),
        _Style("Figure", "图", style.BODY, body, "center", before=4, keep_next=True),
        _Style("Header", "header", style.LEVEL2, 9, "right", colour=style.DEMO_INK),
        _Style("Footer", "footer", style.PAGE_NUMBER, 14, "center"),
        _Style("Colophon", "版记", style.LEVEL2, 7.5, "center", colour=style.QUIET),
    ]


def new_document(layout: Layout) -> WordDocument:
    """Open an empty A4 document with the official text area and nothing of Word's own styles."""
    document = Document()
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype not in _KEPT_PARTS:
            del part.rels[key]
    for key, relation in list(part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del part.package.rels[key]
    part.part_related_by(RELATIONSHIP_TYPE.STYLES)._element = parse_xml(_styles_xml(layout))
    part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)._element = parse_xml(_SETTINGS)
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = _font_table().encode()
    _lay_out(document, layout)
    return document


def _lay_out(document: WordDocument, layout: Layout) -> None:
    section = document.sections[0]
    width, height = style.PAGE_MM
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = Mm(style.LEFT_MM)
    section.right_margin = Mm(width - style.LEFT_MM - style.TEXT_WIDTH_MM)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.header_distance = Mm(layout.top * 0.55)
    section.footer_distance = Mm(layout.bottom * 0.45)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:  # fixed line distances, no grid
        section._sectPr.remove(grid)


def fonts_xml(east: str) -> str:
    """Name the fonts of a run: Latin letters and figures apart from Chinese."""
    latin = style.LATIN
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}" '
        'w:hint="eastAsia"/>'
    )


def _styles_xml(layout: Layout) -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml(style.BODY)}"
        f'<w:sz w:val="{_half(layout.body)}"/><w:szCs w:val="{_half(layout.body)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:kinsoku/><w:overflowPunct/><w:spacing w:after="0"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"'
        '/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" '
        'w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
    )
    letters = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name '
        'w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>"
    )
    paragraphs = "".join(map(_style_xml, _styles(layout)))
    return f"<w:styles {_W}>{defaults}{paragraphs}{letters}{table}</w:styles>"


def _style_xml(one: _Style) -> str:
    default = ' w:default="1"' if one.id == "Normal" else ' w:customStyle="1"'
    if one.id != "Normal" and one.name.isascii():
        default = ""
    based = "" if one.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{one.id}"><w:name w:val="{one.name}"/>'
        f"{based}<w:qFormat/>{_paragraph_xml(one)}{_run_xml(one)}</w:style>"
    )


def _paragraph_xml(one: _Style) -> str:
    keep = "<w:keepNext/>" * one.keep_next + "<w:keepLines/>" * one.whole
    breaks = "<w:kinsoku/><w:overflowPunct/>" if one.id == "Normal" else ""
    line = "" if one.line is None else f' w:line="{round(one.line * 20)}" w:lineRule="exact"'
    if one.line is None:
        line = ' w:line="240" w:lineRule="auto"'
    spacing = (
        f'<w:spacing w:before="{round(one.before * 20)}" w:after="{round(one.after * 20)}"{line}/>'
    )
    first = round(one.indent * one.size * 20)
    indent = f'<w:ind w:firstLineChars="{one.indent * 100}" w:firstLine="{first}"/>'
    level = "" if one.level is None else f'<w:outlineLvl w:val="{one.level}"/>'
    return f'<w:pPr>{keep}{breaks}{spacing}{indent}<w:jc w:val="{one.align}"/>{level}</w:pPr>'


def _run_xml(one: _Style) -> str:
    bold = "<w:b/>" if one.bold else ""
    colour = f'<w:color w:val="{one.colour}"/>' if one.colour else ""
    size = f'<w:sz w:val="{_half(one.size)}"/><w:szCs w:val="{_half(one.size)}"/>'
    return f"<w:rPr>{fonts_xml(one.font)}{bold}{colour}{size}</w:rPr>"


def _half(points: float) -> int:
    return round(points * 2)


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in _STAND_INS.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>{fonts}'
        f'<w:font w:name="{style.LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


_COMPAT = "http://schemas.microsoft.com/office/word"
_SETTINGS = (
    f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    f'<w:compatSetting w:name="compatibilityMode" w:uri="{_COMPAT}" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
