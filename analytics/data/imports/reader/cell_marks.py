"""Cells whose text alone would mislead: error values, formulas never computed, percentages.

A reader of saved results shows an error and a formula without a result as an empty cell. They
are looked for in the sheet's markup, so that no value is lost in silence. A cell formatted as
percent shows 35 % and holds 0.35, one formatted in thousands or with a unit shows another number
than it holds: its format is looked up for the same reason. A raised 1 behind a number or a year
is a footnote mark, which the text alone would make a digit.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.extent import columns, reach
from analytics.data.imports.reader.hidden import hidden_places
from analytics.data.reading.units import is_unit

ERROR, FORMULA, PERCENT, SCALED = "error", "formula", "percent", "scaled"
UNIT, RAISED = "unit:", "raised:"  # and the unit shown, or the text with its marks in brackets
Marks = dict[str, str]  # cell address -> mark
_FORMULA_TAGS = (b"<f ", b"<f/", b"<f>"), (b":f ", b":f/", b":f>")
_ERROR_OR_RAISED = (b't="e"', b"t='e'", b"vertAlign")
_ROW = re.compile(rb"<row(?=[\s/>])")
_SHRUNK = re.compile(r"[0#?],+(?![0#?,])|[0#?](?:!\.|\\\.|\"\.\")")  # 0.0, and 0!.0 of 万
_LITERAL = re.compile(r"\"([^\"]*)\"")
_UNITS_OF_SIZE = ("m", "M", "米", "里")  # a raised 2 behind them is no mark
_PERCENT_FORMATS = {9, 10}  # built-in 0% and 0.00%
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetMarks:
    """What the markup of a sheet tells beside its values."""

    cells: Marks = field(default_factory=dict)
    formulas: int = 0
    hidden_rows: frozenset[int] = frozenset()  # counted from 0, as the columns
    hidden_columns: frozenset[int] = frozenset()


def find_marks(content: bytes, *, most: int = LIMITS.cells) -> dict[str, SheetMarks]:
    """Return the marked cells, formulas, hidden rows and columns of every sheet, by its name.

    Raises
    ------
    ImportFileError
        When a sheet reaches over more than ``most`` cells.
    xml.parsers.expat.ExpatError
        When a sheet's markup is cut off or broken.
    """
    marks: dict[str, SheetMarks] = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles, shared = _styles(archive), _raised_strings(archive)
        for name, path in _sheet_paths(archive):
            text = archive.read(path)
            _check_reach(name, text, most)
            scan = _Scan(styles, shared)
            signs = _signs(text, styles)
            if shared:
                scan.run(text)
            elif signs:
                scan.run(_telling_rows(text, signs))
            marks[name] = SheetMarks(scan.marks, scan.formulas, *hidden_places(text))
    return marks


def _check_reach(name: str, text: bytes, most: int) -> None:
    rows, width = reach(text)
    if rows * width > most and rows * (width := columns(text)) > most:
        raise ImportFileError(
            f"工作表“{name}”占用{rows:,}行×{width:,}列，过大；"
            "请删除数据以外的行和列（有的只含空格）后另存，或分批导入"
        )


def _signs(text: bytes, styles: Marks) -> list[bytes]:
    """Return the signs of marked cells that the markup shows."""
    used = (f"s={quote}{style}{quote}".encode() for style in styles for quote in "\"'")
    tags = [tag for some in _FORMULA_TAGS if some[0][:2] in text for tag in some]
    return [sign for sign in (*_ERROR_OR_RAISED, *used, *tags) if sign in text]


def _telling_rows(text: bytes, signs: Sequence[bytes]) -> bytes:
    """Leave out the rows without any sign: cell by cell a sheet is read a hundred times slower."""
    head, *rows = _ROW.split(text)
    telling = [row for row in rows[:-1] if any(sign in row for sign in signs)]
    return b"<row".join([head, *telling, *rows[-1:]])


def _raised_strings(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the shared texts with raised marks, the marks in brackets, by their number."""
    path = next((p for p in archive.namelist() if p.lower() == "xl/sharedstrings.xml"), None)
    text = archive.read(path) if path else b""
    if b"vertAlign" not in text:
        return {}
    items = (one for one in ElementTree.fromstring(text) if _local(one.tag) == "si")
    said = {number: _with_marks(item) for number, item in enumerate(items)}
    return {number: words for number, words in said.items() if words}


def _with_marks(item: ElementTree.Element) -> str:
    """Join the runs of a text, raised ones in brackets; empty where none is."""
    words, raised = "", False
    for run in item.iter():
        if _local(run.tag) == "r":
            up = any(_is_raised(_local(one.tag), one.attrib) for one in run.iter())
            text = "".join(one.text or "" for one in run.iter() if _local(one.tag) == "t")
            words, mark = _added(words, text, up=up)
            raised = raised or mark
    return words if raised else ""


def _is_raised(tag: str, attributes: dict[str, str]) -> bool:
    return tag == "vertAlign" and attributes.get("val") in ("superscript", "subscript")


def _added(words: str, text: str, *, up: bool) -> tuple[str, bool]:
    """Add a run to a text, as a mark where it is raised; say whether it is one."""
    if up and text.strip() and words and not words.endswith(_UNITS_OF_SIZE):
        return f"{words}({text.strip('()[] ')})", True
    return words + text, False


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


def _styles(archive: zipfile.ZipFile) -> Marks:
    """Return the numbers of the cell styles that show another number than the cell holds."""
    path = next((p for p in archive.namelist() if p.lower() == "xl/styles.xml"), None)
    if path is None:
        return {}
    root = ElementTree.fromstring(archive.read(path))
    formats = dict.fromkeys(_PERCENT_FORMATS, PERCENT)
    cells: list[ElementTree.Element] = []
    for element in root.iter():
        code = element.get("formatCode", "")
        if _local(element.tag) == "numFmt" and (mark := mark_of(code)):
            formats[int(element.get("numFmtId", "0"))] = mark
        if _local(element.tag) == "cellXfs":
            cells = list(element)
    numbers = {str(n): int(cell.get("numFmtId", "0")) for n, cell in enumerate(cells)}
    return {style: formats[one] for style, one in numbers.items() if one in formats}


def mark_of(code: str) -> str:
    """Say how a number format changes what is seen of a number, empty where it does not."""
    if "%" in re.sub(r'"[^"]*"|\\.', "", code):
        return PERCENT
    if _SHRUNK.search(code.split(";")[0]):
        return SCALED
    units = [word for word in _LITERAL.findall(code.split(";")[0]) if is_unit(word)]
    return f"{UNIT}{units[0]}" if units else ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Scan:
    """One pass over a sheet's cells."""

    def __init__(self, styles: Marks, shared: dict[int, str]):
        self.styles, self.shared = styles, shared
        self.marks: Marks = {}
        self.formulas = 0
        self._cell, self._formula, self._in_value, self._text = "", False, False, ""
        self._run, self._rich, self._up, self._raised = "", "", False, False
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
            self._rich, self._raised = "", False
        elif name == "r":
            self._up, self._run = False, ""
        elif _is_raised(name, attributes):
            self._up = True
        elif name == "f":
            self._formula = True
            self.formulas += 1
        elif name in ("v", "t"):
            self._in_value = True

    def _data(self, text: str) -> None:
        if self._in_value:
            self._text += text
            self._run += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "r":
            self._rich, marked = _added(self._rich, self._run, up=self._up)
            self._raised = self._raised or marked
        elif name == "c" and (mark := self._mark()):
            self.marks[self._cell] = mark

    def _mark(self) -> str:
        if self._kind == "e":
            return ERROR
        if self._formula and not self._text.strip():
            return FORMULA
        if self._raised:
            return f"{RAISED}{self._rich}"
        if self._kind == "s" and self._text.isdecimal() and int(self._text) in self.shared:
            return f"{RAISED}{self.shared[int(self._text)]}"
        return self.styles.get(self._style, "") if self._text else ""
