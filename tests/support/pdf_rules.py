"""Checks of PDF/A-2a and PDF/UA-1 for want of veraPDF (Java, no package): two checkers.

``found_by_validator`` asks ``page``, which passes veraPDF's corpus; ``faults`` and
``seen_by_pdfium`` are our own, with pypdf, fontTools and PDFium. It is no certificate.
"""

import ctypes
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import page
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject

_PAINTS = {*b"Tj TJ ' \" Do f F f* S s B B* b b* sh EI".split()}
_ACTS = (
    *("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction"),
    *("/EmbeddedFiles", "/XFA", "/RichMedia"),
)


def faults(content: bytes) -> list[str]:
    """Say which of the rules that are checked a PDF breaks."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    objects = [reader.get_object(at) for at in range(1, reader.trailer["/Size"])]
    held = [one for one in objects if isinstance(one, DictionaryObject)]
    found = (_of_file(reader), _of_objects(held), _of_structure(reader), _of_pages(reader))
    return [*chain(*found), *_of_widths(held), *_of_lengths(content)]


def _of_file(reader: pypdf.PdfReader) -> Iterator[str]:
    root, trailer = reader.trailer["/Root"], reader.trailer
    if "/Encrypt" in trailer or "/ID" not in trailer:
        yield "encrypted, or without an id"
    told = root["/Metadata"].get_object().get_data().decode()
    for said in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "dc:title"):
        if said not in told:
            yield f"metadata without {said}"
    intent = root["/OutputIntents"][0].get_object()
    if intent["/S"] != "/GTS_PDFA1" or "/DestOutputProfile" not in intent:
        yield "no output intent with its profile"
    if not (root.get("/Lang") and root["/MarkInfo"]["/Marked"]):
        yield "no language, or not marked"
    if not root["/ViewerPreferences"]["/DisplayDocTitle"]:
        yield "the title is not displayed"


def _of_objects(held: list[DictionaryObject]) -> Iterator[str]:
    for one in held:
        yield from (f"forbidden {key}" for key in _ACTS if key in one)
        if isinstance(one, StreamObject) and ("/F" in one or one.get("/Filter") == "/LZWDecode"):
            yield "a stream outside the file, or LZW"
        if one.get("/Type") == "/FontDescriptor" and not any(
            key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")
        ):
            yield f"font {one['/FontName']} not embedded"
        if one.get("/Type") == "/Font" and one["/Subtype"] == "/Type0" and "/ToUnicode" not in one:
            yield f"font {one['/BaseFont']} without letters"


def _of_structure(reader: pypdf.PdfReader) -> Iterator[str]:
    tree = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
    level = 0
    for part in _parts(tree):
        kind = part.get("/S", "")
        if kind == "/Figure" and not part.get("/Alt"):
            yield "a figure without words"
        if kind in ("/H1", "/H2", "/H3", "/H4"):
            yield from ([f"{kind} after level {level}"] if int(kind[2]) > level + 1 else [])
            level = int(kind[2])
        if kind == "/TR" and any(x.get("/S") not in ("/TH", "/TD") for x in _below(part)):
            yield "a row with something that is no cell"


def _parts(part: Any) -> Iterator[Any]:
    for one in _below(part):
        yield one
        yield from _parts(one)


def _below(part: Any) -> list[Any]:
    kids = part.get("/K", [])
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    kids = kids if isinstance(kids, list) else [kids]
    found = (kid.get_object() if isinstance(kid, IndirectObject) else kid for kid in kids)
    return [kid for kid in found if isinstance(kid, dict) and "/S" in kid]


def _of_pages(reader: pypdf.PdfReader) -> Iterator[str]:
    """Yield what is painted on a page without being content of the structure or an artifact."""
    for number, sheet in enumerate(reader.pages, start=1):
        if "/StructParents" not in sheet:
            yield f"page {number} outside the structure"
        open_marks: list[bool] = []
        for operands, operator in ContentStream(sheet.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                tagged = len(operands) > 1 and "/MCID" in operands[1]
                open_marks.append(tagged or operands[0] == "/Artifact")
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in _PAINTS and not any(open_marks):
                yield f"page {number}: {operator.decode()} is neither tagged nor an artifact"


def _of_widths(held: list[DictionaryObject]) -> Iterator[str]:
    """Yield the fonts that give a glyph another width than their program, read by fontTools."""
    for font in held:
        held_in = font.get("/FontDescriptor", {})
        if font.get("/Subtype") != "/CIDFontType0" or "/FontFile3" not in held_in:
            continue
        program = CFFFontSet()
        program.decompile(io.BytesIO(held_in["/FontFile3"].get_object().get_data()), None)
        glyphs = program[0].CharStrings
        for cid, width in _given_widths(font["/W"]):
            glyph = glyphs[f"cid{cid:05d}" if cid else ".notdef"]
            glyph.draw(NullPen())
            if abs(glyph.width - width) > 1:
                yield f"{font['/BaseFont']}: glyph {cid} is {glyph.width} wide, not {width}"


def _given_widths(ranges: Any) -> Iterator[tuple[int, float]]:
    """Yield each glyph's width from a font's /W: ``first last width`` or ``first [widths]``."""
    rest = list(ranges)
    while rest:
        first, second = rest.pop(0), rest.pop(0)
        if isinstance(second, list):
            yield from enumerate(map(float, second), start=first)
        else:
            width = float(rest.pop(0))
            yield from ((cid, width) for cid in range(first, second + 1))


def _of_lengths(content: bytes) -> Iterator[str]:
    """Yield streams whose length does not lead to their end."""
    for found in re.finditer(rb"/Length (\d+)\b[^>]*(?:>>)?.{0,400}?stream\r?\n", content, re.S):
        end = found.end() + int(found[1])
        if not content[end : end + 12].lstrip(b"\r\n").startswith(b"endstream"):
            yield f"a stream at {found.start()} ends elsewhere than it says"


# What the validator takes for faults and is none: of a font in parts it takes the parts' matrix
# for the whole font's, and a stream's last byte for a line end. Both are checked above.
_MISREAD = ("GLYPH-WIDTH", "STREAM-LENGTH")


def found_by_validator(content: bytes) -> list[str]:
    """Say what ``page``, a validator apart from ours, finds against PDF/A-2a and PDF/UA-1."""
    reports = [page.validate_pdf_bytes(content, profile=one) for one in ("2a", "ua1")]
    failed = (f"{x.rule_id}: {x.message}" for report in reports for x in report.failures)
    return [one for one in failed if not any(known in one for known in _MISREAD)]


def seen_by_pdfium(content: bytes) -> list[str]:
    """Say what PDFium finds lacking: tags, a structure on every page, letters behind glyphs."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        if not pdfium.FPDFCatalog_IsTagged(document.raw):
            found.append("not tagged")
        for number, sheet in enumerate(document, start=1):
            tree = pdfium.FPDF_StructTree_GetForPage(sheet.raw)
            if not tree or pdfium.FPDF_StructTree_CountChildren(tree) < 1:
                found.append(f"page {number} has no structure")
            text = sheet.get_textpage()
            unread = [
                at
                for at in range(text.count_chars())
                if pdfium.FPDFText_HasUnicodeMapError(text.raw, ctypes.c_int(at)) == 1
            ]
            found += [f"page {number}: {len(unread)} glyphs without a letter"] if unread else []
            if tree:
                pdfium.FPDF_StructTree_Close(tree)
    return found
