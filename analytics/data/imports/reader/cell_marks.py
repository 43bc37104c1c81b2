"""Cells whose text alone would mislead: error values, formulas never computed, percentages.

A reader of saved results shows an error and a formula without a result as an empty cell. They
are looked for in the sheet's markup, so that no value is lost in silence. A cell formatted as
percent shows 35 % and holds 0.35; its format is looked up for the same reason.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

ERROR, FORMULA, PERCENT = "error", "formula", "percent"
Marks = dict[str, str]  # cell address -> mark
_PERCENT_FORMATS = {9, 10}  # built-in 0% and 0.00%
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def find_marks(content: bytes) -> tuple[dict[str, Marks], dict[str, int]]:
    """Return the marked cells and the number of formulas of every sheet, by sheet name.

    Raises
    ------
    xml.parsers.expat.ExpatError
        When a sheet's markup is cut off or broken.
    """
    marks: dict[str, Marks] = {}
    formulas: dict[str, int] = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        percent = _percent_styles(archive)
        for name, path in _sheet_paths(archive):
            text = archive.read(path)
            if not _worth_reading(text, percent):
                continue
            scan = _Scan(percent)
            scan.run(text)
            marks[name], formulas[name] = scan.marks, scan.formulas
    return marks, formulas


def _worth_reading(text: bytes, percent: set[str]) -> bool:
    """Spare the slow reading where the markup shows nothing of the kind."""
    if re.search(rb"[<:]f[ />]|\bt=[\"']e[\"']", text):
        return True
    used = set(re.findall(rb"\bs=[\"'](\d+)[\"']", text)) if percent else set()
    return any(style.encode() in used for style in percent)


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    present = {path.lower(): path for path in archive.namelist()}
    links = present.get("xl/_rels/workbook.xml.rels")
    if links is None:
        return
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(archive.read(links))
    }
    book = ElementTree.fromstring(archive.read(present["xl/workbook.xml"]))
    for element in book.iter():
        if _local(element.tag) == "sheet":
            target = targets.get(element.get(_REL), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path.lower() in present:
                yield element.get("name", ""), present[path.lower()]


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show percent."""
    path = next((p for p in archive.namelist() if p.lower() == "xl/styles.xml"), None)
    if path is None:
        return set()
    root = ElementTree.fromstring(archive.read(path))
    formats = set(_PERCENT_FORMATS)
    cells: list[ElementTree.Element] = []
    for element in root.iter():
        code = element.get("formatCode", "")
        if _local(element.tag) == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", code):
            formats.add(int(element.get("numFmtId", "0")))
        if _local(element.tag) == "cellXfs":
            cells = list(element)
    return {str(n) for n, cell in enumerate(cells) if int(cell.get("numFmtId", "0")) in formats}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Scan:
    """One pass over a sheet's cells."""

    def __init__(self, percent: set[str]):
        self.percent = percent
        self.marks: Marks = {}
        self.formulas = 0
        self._cell, self._formula, self._in_value, self._text = "", False, False, ""
        self._kind = self._style = ""

    def run(self, text: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(text, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._cell, self._formula, self._text = attributes.get("r", ""), False, ""
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        elif name == "f":
            self._formula = True
            self.formulas += 1
        elif name in ("v", "t"):
            self._in_value = True

    def _data(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c" and (mark := self._mark()):
            self.marks[self._cell] = mark

    def _mark(self) -> str:
        if self._kind == "e":
            return ERROR
        if self._formula and not self._text.strip():
            return FORMULA
        return PERCENT if self._style in self.percent and self._text else ""
