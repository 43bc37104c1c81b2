"""Exported pictures, opened again with other libraries, also on a machine without fonts."""

import io
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pypdf
import pytest
from PIL import Image

from analytics import text_zh
from analytics.output.export import image
from analytics.output.export.glyphs import MissingGlyphs
from analytics.output.figures.figure import Figure
from tests.support import drawn_briefing as drawn
from tests.support.paths import ROOT

NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/fonts</dir><cachedir>{0}/cache</cachedir></fontconfig>"""
DRAW = """
import pickle, sys
from analytics.output.export import image
figure, stamp = pickle.load(sys.stdin.buffer)
register, image._register_fonts = image._register_fonts, lambda: None
drawn = {"bare": image.png(figure, stamp)}
image._register_fonts = register
drawn |= {"png": image.png(figure, stamp), "pdf": image.pdf(figure, stamp)}
sys.stdout.buffer.write(pickle.dumps(drawn))
"""
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(scope="module")
def figure() -> Figure:
    """One chart with illustrative data, under a scenario."""
    return drawn.figure()


@pytest.fixture(scope="module")
def picture(figure) -> Image.Image:
    """The chart as PNG, decoded."""
    with Image.open(io.BytesIO(image.png(figure, drawn.STAMP))) as opened:
        opened.load()
    return opened


def _headed(figure: Figure, finding: str) -> Figure:
    return figure.retold(note=replace(figure.details.note, finding=finding))


def _pdf_text(content: bytes) -> str:
    """Return a PDF's text without the line breaks of its layout."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def _svg_text(content: bytes) -> str:
    return "".join(element.text or "" for element in ElementTree.fromstring(content).iter(TEXT))


def _wanted(figure: Figure) -> list[str]:
    """All that has to be read inside the picture, without spaces."""
    note = figure.details.note
    wanted = [
        note.finding,
        figure.title,
        f"单位：{figure.unit}",
        f"数据性质：{'、'.join(note.natures)}",
        f"期间：{note.period}",
        f"{drawn.SOURCE.title}（{drawn.SOURCE.dated}）",
        f"情景：{drawn.SCENARIO.name}（编号{drawn.SCENARIO.id}）",
        drawn.RELEASE.id,
        f"校验{drawn.RELEASE.hash[:8]}",
        "数据截至2026年10月31日",
        "制作日期：2026年11月23日",
        *(["含演示数据，不作决策依据"] if figure.demo else []),
    ]
    return ["".join(text.split()) for text in wanted]


# ── what is inside ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("write", "read"), [(image.svg, _svg_text), (image.pdf, _pdf_text)])
def test_the_picture_says_what_it_shows_and_where_it_comes_from(figure, write, read):
    inside = "".join(read(write(figure, drawn.STAMP)).split())
    assert [text for text in _wanted(figure) if text not in inside] == []


def test_a_picture_without_illustrative_data_bears_no_mark():
    plain = drawn.figure(illustrative=False)
    assert "演示" not in _svg_text(image.svg(plain, drawn.STAMP))
    assert text_zh.DEMO_MARK in _svg_text(image.svg(drawn.figure(), drawn.STAMP))


def test_the_picture_names_what_is_drawn_and_nothing_else(figure):
    held = figure.datasets["fan"].dropna(axis="columns", how="all")
    assert "baseline" not in held
    words = {e.text for e in ElementTree.fromstring(image.svg(figure, drawn.STAMP)).iter(TEXT)}
    assert {"2025年 120.0", "预测 128.0", "目标 130.0", "80%上沿 142.0"} <= words
    assert not any("基准" in word for word in words if word)


def test_the_charts_own_title_is_not_printed_twice(figure):
    assert _svg_text(image.svg(figure, drawn.STAMP)).count(figure.title) == 1


def test_a_long_title_is_broken_and_pushes_the_chart_down(figure):
    long = _headed(figure, "规上工业产值达成情况" * 12)
    heights = [
        pypdf.PdfReader(io.BytesIO(image.pdf(x, drawn.STAMP))).pages[0].mediabox.height
        for x in (figure, long)
    ]
    assert heights[1] > heights[0] + 20
    assert "规上工业产值达成情况" * 12 in _pdf_text(image.pdf(long, drawn.STAMP))


def test_words_with_signs_of_markup_are_printed_as_they_are(figure):
    hostile = _headed(figure, "<b>A&amp;B</b> ]]> &lt;script&gt;")
    assert "<b>A&amp;B</b> ]]> &lt;script&gt;" in _svg_text(image.svg(hostile, drawn.STAMP))
    assert "<b>" in _pdf_text(image.pdf(hostile, drawn.STAMP))


# ── size and look ────────────────────────────────────────────────────────────────────────


def test_a_png_is_156_mm_wide_at_300_dpi(picture):
    assert picture.width == 1843
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    assert picture.width / picture.info["dpi"][0] * 25.4 == pytest.approx(156, abs=0.05)


def test_a_pdf_and_an_svg_are_156_mm_wide(figure):
    box = pypdf.PdfReader(io.BytesIO(image.pdf(figure, drawn.STAMP))).pages[0].mediabox
    assert float(box.width) / 72 * 25.4 == pytest.approx(156, abs=0.1)
    assert ElementTree.fromstring(image.svg(figure, drawn.STAMP)).get("width") == "156mm"


def test_a_png_names_its_origin_in_its_own_text_fields(figure, picture):
    assert picture.info["Title"] == figure.finding
    assert drawn.RELEASE.id in picture.info["Description"]


def test_the_paper_is_white_and_lets_nothing_shine_through(picture):
    assert picture.convert("RGBA").getextrema()[3] == (255, 255)
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_a_pdf_names_its_title_and_language_and_describes_the_picture(figure):
    document = pypdf.PdfReader(io.BytesIO(image.pdf(figure, drawn.STAMP)))
    root = document.trailer["/Root"]
    assert document.metadata.title == figure.finding
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert figure.takeaway in _alternatives(root["/StructTreeRoot"])


def _alternatives(node) -> list[str]:
    """Return the descriptions in a PDF's structure."""
    element = node.get_object()
    said = [str(element["/Alt"])] if "/Alt" in element else []
    below = element.get("/K", [])
    below = below if isinstance(below, list) else [below]
    parts = [x for x in below if hasattr(x.get_object(), "keys")]
    return said + [text for part in parts for text in _alternatives(part)]


def test_nothing_touches_the_edge_of_the_paper(picture):
    ink = np.asarray(picture.convert("L")) < 250
    edge = 12  # pixels, one millimetre
    for side in (ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:]):
        assert not side.any()
    assert ink.any()


def test_the_fan_and_the_lines_differ_in_grey(picture):
    """Three bands, gridlines, history and paper leave at least six distinct greys in bulk."""
    greys, counts = np.unique(np.asarray(picture.convert("L")), return_counts=True)
    assert len(greys[counts > 1500]) >= 6


def test_the_same_state_gives_the_same_picture_also_when_asked_for_at_once(figure):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: image.svg(figure, drawn.STAMP), range(8)))
    assert set(made) == {image.svg(figure, drawn.STAMP)}
    assert image.png(figure, drawn.STAMP) == image.png(figure, drawn.STAMP)
    assert _pdf_text(image.pdf(figure, drawn.STAMP)) == _pdf_text(image.pdf(figure, drawn.STAMP))


# ── fonts ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def without_fonts(figure, tmp_path_factory) -> dict[str, bytes]:
    """PNG and PDF drawn where no font is installed, and a PNG without the bundled one."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "fonts").mkdir()
    (folder / "fonts.conf").write_text(NO_FONTS.format(folder), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        input=pickle.dumps((figure, drawn.STAMP)),
        capture_output=True,
        cwd=ROOT,
        env={
            **{"FONTCONFIG_FILE": str(folder / "fonts.conf"), "FONTCONFIG_PATH": str(folder)},
            **{"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": os.environ["PATH"]},
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return pickle.loads(done.stdout)


def _pixels(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as opened:
        return np.asarray(opened.convert("RGB"))


def test_a_machine_without_any_font_draws_the_same_picture(without_fonts, picture):
    assert np.array_equal(_pixels(without_fonts["png"]), np.asarray(picture.convert("RGB")))


def test_without_the_bundled_font_it_would_not(without_fonts, picture):
    bare = _pixels(without_fonts["bare"])
    drawn = np.asarray(picture.convert("RGB"))
    assert bare.shape != drawn.shape or not np.array_equal(bare, drawn)


def test_a_pdf_from_a_machine_without_fonts_holds_the_text_and_both_faces(without_fonts, figure):
    inside = _pdf_text(without_fonts["pdf"])
    assert [text for text in _wanted(figure) if text not in inside] == []
    fonts = _fonts(without_fonts["pdf"])
    assert {name.split("+")[-1] for name in fonts} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all(fonts.values()), "a face is named but not embedded"


def _fonts(content: bytes) -> dict[str, bool]:
    """Return the name of every font of a PDF and whether it is embedded."""
    found = {}
    for entry in pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"].values():
        for face in entry.get_object().get("/DescendantFonts", [entry]):
            described = face.get_object()["/FontDescriptor"].get_object()
            found[str(described["/FontName"]).lstrip("/")] = bool(
                {"/FontFile", "/FontFile2", "/FontFile3"} & described.keys()
            )
    return found


@pytest.mark.parametrize("write", [image.png, image.svg, image.pdf])
def test_no_picture_is_made_with_a_character_that_would_be_missing(figure, write):
    with pytest.raises(MissingGlyphs, match="标题含“龘”"):
        write(_headed(figure, "龘产业"), drawn.STAMP)


def test_a_character_missing_in_the_data_is_noticed_too(figure):
    named = figure.datasets["fan"].assign(title="𠮷企业")
    with pytest.raises(MissingGlyphs, match="图中文字含“𠮷”"):
        image.check(replace(figure, datasets={"fan": named}), drawn.STAMP)


def test_whoever_waits_too_long_is_told_and_the_next_one_is_served(figure, monkeypatch):
    monkeypatch.setattr(image, "_LONGEST_WAIT", 0.0)
    with image._lock, pytest.raises(image.RendererBusy, match="请稍后重试"):
        image.svg(figure, drawn.STAMP)
    assert image.svg(figure, drawn.STAMP).startswith(b"<svg")
