"""The office's own Word or PowerPoint file as a template: checked, emptied, given our styles."""

import copy
import io
import zipfile
from typing import Any

import docx
import pptx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree
from pptx.oxml.ns import qn as slide_qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Length, Mm

MOST_BYTES = 8 * 1024 * 1024
_MOST_UNPACKED = 80 * 1024 * 1024
_NARROWEST = 120  # mm; tables of six columns need as much
_SLIDE = (Mm(338.67), Mm(190.5))
_OFF = Mm(1)  # by which a slide's size may differ
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


class TemplateError(ValueError):
    """A template cannot be used; the message (Chinese) says why."""


def word_template(content: bytes, ours: WordDocument) -> WordDocument:
    """Open an office's document without its text, with every style of ours that it lacks.

    A style that it has by name keeps its look, and ours of that name follows it.
    """
    document: WordDocument = _opened(content, "word/document.xml", docx.Document)
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    if not len(body) or body[-1].tag != qn("w:sectPr"):
        raise TemplateError("Word模板没有页面设置，请用普通文档另存")
    for columns in body[-1].findall(qn("w:cols")):  # our tables need the whole width
        body[-1].remove(columns)
    if text_width_mm(document) < _NARROWEST:
        raise TemplateError(f"Word模板的版心不足{_NARROWEST}毫米，表格放不下")
    _add_styles(document, ours)
    return document


def text_width_mm(document: WordDocument) -> float:
    """Return the width between the margins."""
    page = document.sections[0]
    sides = (page.page_width, page.left_margin, page.right_margin)
    if None in sides:
        raise TemplateError("Word模板没有纸张大小或页边距")
    width, left, right = (int(side or 0) for side in sides)
    return Length(width - left - right).mm


def slide_template(content: bytes) -> tuple[Deck, SlideLayout]:
    """Open an office's deck without its slides; return its layout of a title above free room."""
    deck = _opened(content, "ppt/presentation.xml", pptx.Presentation)
    size = (int(deck.slide_width or 0), int(deck.slide_height or 0))
    if any(abs(given - wanted) > _OFF for given, wanted in zip(size, _SLIDE, strict=True)):
        raise TemplateError("PPT模板须为16:9宽屏（33.87×19.05厘米）")
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    _forget_slides(deck)
    titled = [layout for layout in deck.slide_layouts if any(map(_is_title, layout.placeholders))]
    if not titled:
        raise TemplateError("PPT模板没有带标题的版式")
    return deck, min(titled, key=lambda layout: len(layout.placeholders))


def _forget_slides(deck: Deck) -> None:
    """Remove what names slides that are gone: custom shows, and the deck's sections."""
    root = deck.part._element
    for tag in ("p:custShowLst", "p:extLst"):
        for named in root.findall(slide_qn(tag)):
            root.remove(named)


def _is_title(placeholder: Any) -> bool:
    return bool(placeholder.placeholder_format.idx == 0)


def _opened(content: bytes, member: str, read: Any) -> Any:
    """Open a package that is what it says it is, and not more than a template needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(content) > MOST_BYTES or sum(x.file_size for x in members) > _MOST_UNPACKED:
                raise TemplateError(f"模板过大：不超过{MOST_BYTES // 1024 // 1024} MB")
            if member not in package.namelist():
                raise TemplateError("模板应为 .docx 或 .pptx 文件，且与所选格式一致")
            texts = (package.read(x) for x in members if x.filename.endswith((".xml", ".rels")))
            if any(sign in text for text in texts for sign in _FORBIDDEN):
                raise TemplateError("模板含有不允许的声明")
        return read(io.BytesIO(content))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError) as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError("模板打不开：应为未加密的 .docx 或 .pptx 文件") from None


def _add_styles(document: WordDocument, ours: WordDocument) -> None:
    theirs = {_name(one): one.get(qn("w:styleId")) for one in _styles(document)}
    known = {one.get(qn("w:styleId")) for one in _styles(document)}
    normal = theirs.get("normal")
    for style in _styles(ours):
        key = style.get(qn("w:styleId"))
        if key in known:
            continue
        same = theirs.get(_name(style))
        added = _following(key, same) if same else _based_on(style, normal)
        document.styles.element.append(added)


def _styles(document: WordDocument) -> list[BaseOxmlElement]:
    found = document.styles.element.findall(qn("w:style"))
    return [one for one in found if one.get(qn("w:type")) == "paragraph"]


def _name(style: BaseOxmlElement) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).lower()


def _following(key: str, same: str) -> BaseOxmlElement:
    """Make a style under our id that looks like the office's of the same name."""
    style = OxmlElement("w:style")
    for name, value in (("type", "paragraph"), ("customStyle", "1"), ("styleId", key)):
        style.set(qn(f"w:{name}"), value)
    for tag, value in (("w:name", f"简报 {key}"), ("w:basedOn", same)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        style.append(child)
    return style


def _based_on(style: BaseOxmlElement, normal: str | None) -> BaseOxmlElement:
    """Copy a style of ours that the office has none for, upon the office's plain text."""
    made = copy.deepcopy(style)
    for tag in ("w:basedOn", "w:next", "w:link"):
        named = made.find(qn(tag))
        if named is not None and tag == "w:basedOn" and normal:
            named.set(qn("w:val"), normal)
        elif named is not None and tag != "w:next":
            made.remove(named)
    return made
