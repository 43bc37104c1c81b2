"""A chart as PNG, SVG or PDF, with its title, unit and origin inside the picture.

The chart is the screen's own specification, drawn by Vega on a light
background; title and notes are set around it by us, as text, broken to the
measure of a government document. Typst makes PNG and PDF of that SVG. Only the
bundled font is needed.
"""

import json
import re
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import typst
import vl_convert

from analytics.output.charts.palette import FONT, LIGHT
from analytics.output.charts.styling import Spec
from analytics.output.export import glyphs
from analytics.output.export.preset import STANDARD, Preset
from analytics.output.export.typeset import TextLine, set_in, stacked
from analytics.output.figures.fan_labels import set_apart
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp

DPI = 300
MARGIN, _SPACE = 10.0, 14.0  # around the picture, between chart and notes
_SMALL = 12  # pixels: nine points on paper, the least in a document
MARK = "#9C4A00"  # of illustrative data; dark enough to stay legible in grey
# PDF/A for the archive, PDF/UA for those who cannot see it
ARCHIVED: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}
_SVG = "http://www.w3.org/2000/svg"
_PAGE = files("analytics.output.export").joinpath("picture.typ")
_HEADER = 33  # bytes of a PNG's signature and header
_VEGA_LITE = "6.4"
_LONGEST_WAIT = 120.0  # seconds for the exports ahead of one's own
_lock = threading.Lock()  # one V8 at work at a time

ElementTree.register_namespace("", _SVG)


class RendererBusy(RuntimeError):
    """Other pictures are being drawn and none has been finished in time."""


@contextmanager
def _renderer() -> Iterator[None]:
    """Wait for one's turn to draw."""
    if not _lock.acquire(timeout=_LONGEST_WAIT):
        raise RendererBusy("图片未生成：正在绘制的图片过多，请稍后重试。")
    try:
        yield
    finally:
        _lock.release()


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(glyphs.FONTS))


def png(figure: Figure, stamp: Stamp, preset: Preset = STANDARD) -> bytes:
    """Draw a figure at 300 dpi; its origin is also kept as text in the file."""
    drawn: bytes = typst.compile(**_on_page(figure, stamp, preset), format="png", ppi=DPI)
    return _with_resolution(drawn, figure, stamp)


def svg(figure: Figure, stamp: Stamp, preset: Preset = STANDARD, *, bare: bool = False) -> bytes:
    """Draw a figure as SVG; where our font is missing the reader's own Chinese font is used.

    A ``bare`` one is the drawing alone, for a document that says the rest in its text.
    """
    return _svg(figure, stamp, preset, bare=bare).encode()


def pdf(figure: Figure, stamp: Stamp, preset: Preset = STANDARD) -> bytes:
    """Draw a figure as a one-page PDF with the font embedded."""
    moment = datetime.combine(stamp.made_on, time(), UTC)
    drawn: bytes = typst.compile(**_on_page(figure, stamp, preset), **ARCHIVED, timestamp=moment)
    return drawn


def _on_page(figure: Figure, stamp: Stamp, preset: Preset) -> dict[str, Any]:
    """Return what Typst is given: a page of the picture's size, its words, our fonts alone."""
    svg = _svg(figure, stamp, preset)
    picture = {
        "svg": svg,
        "width": preset.width_mm,
        "height": _height(svg) / preset.width * preset.width_mm,
        "title": figure.finding,
        "alt": figure.takeaway,
    }
    return {
        "input": _PAGE.read_bytes(),
        "font_paths": [str(glyphs.FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"picture": json.dumps(picture, ensure_ascii=False)},
    }


def _height(svg: str) -> float:
    """Return the height of a picture in CSS pixels."""
    return float(ElementTree.fromstring(svg).attrib["viewBox"].split()[-1])


def check(figure: Figure, stamp: Stamp) -> None:
    """Refuse a figure with characters that cannot be drawn; costs no drawing."""
    glyphs.check(_texts(figure, stamp))


def _texts(figure: Figure, stamp: Stamp) -> Iterator[tuple[str, str]]:
    """Name every text that gets into the picture by the field it comes from."""
    yield from (("标题", figure.finding), ("图名", figure.heading))
    yield "图注", "".join(figure.lines(stamp))
    yield "图中文字", "".join(_strings(figure.paper_spec()))
    for frame in figure.datasets.values():
        for name in frame.select_dtypes(["str", "object"]):
            yield "图中文字", "".join(frame[name].dropna().astype(str))


def _strings(spec: object) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, Mapping):
        for value in spec.values():
            yield from _strings(value)
    elif isinstance(spec, list | tuple):
        for value in spec:
            yield from _strings(value)


def _svg(figure: Figure, stamp: Stamp, preset: Preset, *, bare: bool = False) -> str:
    """Set title, chart and notes below one another."""
    check(figure, stamp)
    inner = preset.width - 2 * MARGIN
    head, foot = ([], []) if bare else _words(figure, stamp, preset, inner)
    above, top = stacked(head, MARGIN + 2 if head else 0)
    space = _SPACE if foot else 0
    besides = stacked(foot, top + space)[1] + MARGIN
    room = preset.chart_height(besides)
    chart = _drawn(figure, inner, room)
    chart_height = _fit(chart, inner, room)
    below, bottom = stacked(foot, top + chart_height + space)
    page = _page(figure, stamp, preset, bottom + MARGIN)
    page.extend(_text(line, y) for line, y in above)
    chart.set("x", f"{MARGIN}")
    chart.set("y", f"{top + 6:.2f}")
    page.append(chart)
    page.extend(_text(line, y) for line, y in below)
    return ElementTree.tostring(page, encoding="unicode")


def _words(
    figure: Figure, stamp: Stamp, preset: Preset, width: float
) -> tuple[list[TextLine], list[TextLine]]:
    """Lay out what stands above and below a chart; illustrative data are marked in any case."""
    if preset.words:
        told = in_brief(figure) if preset.brief else figure
        return _head(figure, width), _foot(told, stamp, width)
    return set_in(figure.mark, _SMALL, MARK, width), []


def in_brief(figure: Figure) -> Figure:
    """Leave out how a figure is read and by what method it is made."""
    return figure.retold(note=replace(figure.details.note, reading="", method=""))


def _drawn(figure: Figure, width: float, height: float | None) -> ElementTree.Element:
    """Have Vega draw the chart."""
    _register_fonts()
    with _renderer():
        drawn = vl_convert.vegalite_to_svg(
            _on_paper(figure, width, height), vl_version=_VEGA_LITE, allowed_base_urls=[]
        )
    return ElementTree.fromstring(_renumbered(drawn))


def _renumbered(drawn: str) -> str:
    """Count Vega's clip paths from nought; it counts on from chart to chart."""
    names = list(dict.fromkeys(re.findall(r'id="(clip\d+)"', drawn)))
    return re.sub(r"\bclip\d+\b", lambda found: f"cut{names.index(found[0])}", drawn)


def _on_paper(figure: Figure, width: float, height: float | None) -> Spec:
    """Return the specification with its data, as large as the paper, without its own title.

    A chart of several views keeps its own size and is shrunk once it is drawn.
    """
    spec = {key: value for key, value in figure.paper_spec().items() if key != "title"}
    high = height or spec.get("height")
    if "fan" in figure.datasets and high:
        figure = replace(figure, datasets=set_apart(figure.datasets, high))
    spec["datasets"] = figure.rows()
    spec = {"padding": 2} | spec | {"background": "white"}
    if spec.get("width") == "container":
        is_fixed = height is not None and "height" in spec
        fit = {"type": "fit" if is_fixed else "fit-x", "contains": "padding"}
        spec |= {"width": width, "autosize": fit} | ({"height": height} if is_fixed else {})
    return spec


def _fit(chart: ElementTree.Element, width: float, height: float | None) -> float:
    """Shrink a drawn chart that is larger than the paper; return its height."""
    wide, high = float(chart.attrib["width"]), float(chart.attrib["height"])
    scale = min(1.0, width / wide, (height or high) / high)
    chart.set("viewBox", f"0 0 {wide:g} {high:g}")
    chart.set("width", f"{wide * scale:.2f}")
    chart.set("height", f"{high * scale:.2f}")
    return high * scale


def _head(figure: Figure, width: float) -> list[TextLine]:
    """Lay out the finding as title, then subject, unit and mark."""
    mark = MARK if figure.demo else LIGHT.text
    title = set_in(figure.finding, 15, LIGHT.history, width, bold=True)
    return title + set_in(figure.heading, _SMALL, mark, width)


def _foot(figure: Figure, stamp: Stamp, width: float) -> list[TextLine]:
    topics = figure.lines(stamp)
    return [line for topic in topics for line in set_in(topic, _SMALL, LIGHT.text, width)]


def _page(figure: Figure, stamp: Stamp, preset: Preset, height: float) -> ElementTree.Element:
    """Begin the picture: its size, white paper, words for screen readers."""
    page = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {
            "width": f"{preset.width_mm:g}mm",
            "height": f"{height / preset.width * preset.width_mm:.2f}mm",
            "viewBox": f"0 0 {preset.width:.2f} {height:.2f}",
            "font-family": FONT,
            "role": "img",
        },
    )
    ElementTree.SubElement(page, f"{{{_SVG}}}title").text = figure.finding
    ElementTree.SubElement(page, f"{{{_SVG}}}desc").text = "\n".join(
        (figure.heading, *figure.lines(stamp))
    )
    ElementTree.SubElement(
        page, f"{{{_SVG}}}rect", {"width": "100%", "height": "100%", "fill": "white"}
    )
    return page


def _text(line: TextLine, y: float) -> ElementTree.Element:
    element = ElementTree.Element(
        f"{{{_SVG}}}text",
        {
            "x": f"{MARGIN}",
            "y": f"{y:.2f}",
            "font-size": f"{line.size:g}",
            "fill": line.colour,
            **({"font-weight": "bold"} if line.bold else {}),
        },
    )
    element.text = line.text
    return element


def _with_resolution(drawn: bytes, figure: Figure, stamp: Stamp) -> bytes:
    """Write the resolution and the origin behind a PNG's header, for programs that place it."""
    dots = round(DPI / 0.0254)  # a metre
    told = (
        _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        _chunk(b"iTXt", _told("Title", figure.finding)),
        _chunk(b"iTXt", _told("Description", "\n".join(figure.lines(stamp)))),
    )
    return drawn[:_HEADER] + b"".join(told) + drawn[_HEADER:]


def _told(keyword: str, text: str) -> bytes:
    """Lay out a text uncompressed, with its language."""
    return b"\0".join((keyword.encode(), b"\0", b"zh-CN", b"", text.encode()))


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Lay out a part of a PNG with its length and checksum."""
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
