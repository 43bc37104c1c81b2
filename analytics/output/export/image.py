"""A chart as PNG, SVG or PDF, with its title, unit and origin inside the picture.

The chart is the screen's own specification, drawn by Vega on a light
background; title and notes are set around it by us, broken to the measure of a
government document. Only the bundled font is needed.
"""

import io
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from xml.etree import ElementTree

import vl_convert
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analytics.output.charts.palette import FONT, LIGHT
from analytics.output.charts.styling import Spec
from analytics.output.export import glyphs
from analytics.output.export.typeset import Line, set_in, stacked
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp

WIDTH_MM, DPI = 156, 300  # the text width of an official A4 page
PNG_WIDTH = round(WIDTH_MM / 25.4 * DPI)
WIDTH = WIDTH_MM / 25.4 * 96  # CSS pixels, so that 12 px is 9 pt on paper
MARGIN = 10.0
_MILLIMETRES, _POINTS = (WIDTH_MM, "mm"), (WIDTH_MM / 25.4 * 72, "px")  # a PDF counts points
MARK = "#9C4A00"  # of illustrative data; dark enough to stay legible in grey
_SVG = "http://www.w3.org/2000/svg"
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


def png(figure: Figure, stamp: Stamp) -> bytes:
    """Draw a figure 156 mm wide at 300 dpi; its origin is also kept as text in the file."""
    svg = _svg(figure, stamp)
    with _renderer():
        drawn = vl_convert.svg_to_png(svg, scale=PNG_WIDTH / WIDTH)
    return _with_resolution(drawn, figure, stamp)


def svg(figure: Figure, stamp: Stamp) -> bytes:
    """Draw a figure as SVG; where our font is missing the reader's own Chinese font is used."""
    return _svg(figure, stamp).encode()


def pdf(figure: Figure, stamp: Stamp) -> bytes:
    """Draw a figure as a one-page PDF with the font embedded."""
    svg = _svg(figure, stamp, _POINTS)
    with _renderer():
        return vl_convert.svg_to_pdf(svg)


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


def _svg(figure: Figure, stamp: Stamp, measure: tuple[float, str] = _MILLIMETRES) -> str:
    """Set title, chart and notes below one another; ``measure`` is the width and its unit."""
    check(figure, stamp)
    _register_fonts()
    with _renderer():
        drawn = vl_convert.vegalite_to_svg(
            _on_paper(figure), vl_version=_VEGA_LITE, allowed_base_urls=[]
        )
    chart = ElementTree.fromstring(_renumbered(drawn))
    inner = WIDTH - 2 * MARGIN
    chart_height = _fit(chart, inner)
    above, top = stacked(_head(figure, inner), MARGIN + 2)
    below, bottom = stacked(_foot(figure, stamp, inner), top + chart_height + 14)
    page = _page(figure, stamp, bottom + MARGIN, measure)
    page.extend(_text(line, y) for line, y in above)
    chart.set("x", f"{MARGIN}")
    chart.set("y", f"{top + 6:.2f}")
    page.append(chart)
    page.extend(_text(line, y) for line, y in below)
    return ElementTree.tostring(page, encoding="unicode")


def _renumbered(drawn: str) -> str:
    """Count Vega's clip paths from nought; it counts on from chart to chart."""
    names = list(dict.fromkeys(re.findall(r'id="(clip\d+)"', drawn)))
    return re.sub(r"\bclip\d+\b", lambda found: f"cut{names.index(found[0])}", drawn)


def _on_paper(figure: Figure) -> Spec:
    """Return the specification with its data, as wide as the paper, without its own title."""
    spec = {key: value for key, value in figure.paper_spec().items() if key != "title"}
    spec["datasets"] = figure.rows()
    spec |= {"background": "white", "padding": 2}
    if spec.get("width") == "container":
        spec |= {"width": WIDTH - 2 * MARGIN, "autosize": {"type": "fit-x", "contains": "padding"}}
    return spec


def _fit(chart: ElementTree.Element, width: float) -> float:
    """Shrink a drawn chart that is wider than the paper; return its height."""
    wide, high = float(chart.get("width")), float(chart.get("height"))
    scale = min(1.0, width / wide)
    chart.set("viewBox", f"0 0 {wide:g} {high:g}")
    chart.set("width", f"{wide * scale:.2f}")
    chart.set("height", f"{high * scale:.2f}")
    return high * scale


def _head(figure: Figure, width: float) -> list[Line]:
    """Lay out the finding as title, then subject, unit and mark."""
    mark = MARK if figure.demo else LIGHT.text
    title = set_in(figure.finding, 15, LIGHT.history, width, bold=True)
    return title + set_in(figure.heading, 11, mark, width)


def _foot(figure: Figure, stamp: Stamp, width: float) -> list[Line]:
    topics = figure.lines(stamp)
    return [line for topic in topics for line in set_in(topic, 9.5, LIGHT.text, width)]


def _page(
    figure: Figure, stamp: Stamp, height: float, measure: tuple[float, str]
) -> ElementTree.Element:
    """Begin the picture: its size, white paper, words for screen readers."""
    width, unit = measure
    page = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {
            "width": f"{width:g}{unit}",
            "height": f"{height / WIDTH * width:.2f}{unit}",
            "viewBox": f"0 0 {WIDTH:.2f} {height:.2f}",
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


def _text(line: Line, y: float) -> ElementTree.Element:
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
    """Write the resolution and the origin into a PNG, for programs that place it on a page."""
    about = PngInfo()
    about.add_itxt("Title", figure.finding, lang="zh-CN")
    about.add_itxt("Description", "\n".join(figure.lines(stamp)), lang="zh-CN")
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        image.convert("RGB").save(buffer, format="PNG", dpi=(DPI, DPI), pnginfo=about)
    return buffer.getvalue()
