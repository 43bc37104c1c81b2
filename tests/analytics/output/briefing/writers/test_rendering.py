"""Documents as LibreOffice prints them in our own font: Chinese, complete, nothing clipped.

Where a page breaks is LibreOffice's choice, so nothing here rests on it but that a one-pager,
which leaves room, is one page.
"""

import os
import re
import subprocess
from dataclasses import replace

import pytest
from pptx import Presentation

from analytics.domain import Scenario
from analytics.output.briefing import named_figures
from analytics.output.briefing.compose import compose, default_request
from analytics.output.briefing.content import Briefing, Paragraph, Section
from analytics.output.briefing.kinds import Library, load_library
from analytics.output.briefing.writers import docx_writer, pdf_writer, pptx_writer, style
from analytics.output.export import glyphs
from analytics.text_zh import DEMO_MARK
from analytics.workbench import View
from tests.support import drawn_briefing as drawn
from tests.support.ensure_office import MISSING, find_office
from tests.support.page_pictures import Page, overlapping, pages
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(find_office() is None, reason=MISSING)
TEMPLATE = ROOT / "analytics/output/briefing/writers/briefing.pptx"
ONE_PAGERS = ("one_page", "published", "scenario", "one_page_long", "published_long")
SLIDES = ("drawn", "one_page", "quarterly", "named_long")
MOVED = {"gross_output_registered.g2027": 0.02, "carbon_fibre_output.g2027": 0.05}
LINK = "http://10.0.0.8:8501/%E7%AE%80%E6%8A%A5?release=demo-2026-10-31-0123abcd&sd27=2&v=1"
FOUR_POINTS = tuple("一二三四五六七八九十" * 6 for _ in range(4))  # of 60 characters each
OUR_FONT_ONLY = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def briefings(demo_bench, published_bench) -> dict[str, Briefing]:
    """One drawn briefing, two of the demo release, and two more that must fit one page."""
    library, view = load_library(ROOT), demo_bench.view({})
    scenario = Scenario(release=demo_bench.release.id)
    made = {"drawn": drawn.briefing()}
    made["one_page"] = _one_page(view, library)
    request = default_request(view, library.presets["quarterly"])
    made["quarterly"] = compose(view, scenario, request, library, drawn.MADE_ON)
    moved = demo_bench.view(MOVED, view)
    made["scenario"] = replace(_one_page(moved, library), highlights=FOUR_POINTS)
    rows = tuple((f"指标{at}甲", *drawn.TABLE.rows[0][1:]) for at in range(60))
    made["named_long"] = _longest_names(view, library)
    long = Section("目标进展", (replace(drawn.TABLE, rows=rows),))
    made["long"] = drawn.briefing(sections=(long,))
    nothing_known = published_bench.view({})
    made["published"] = _one_page(nothing_known, library)
    for name in ("one_page", "published"):
        made[f"{name}_long"] = replace(made[name], highlights=FOUR_POINTS)
    asked = default_request(nothing_known, library.named("数据需求函"))
    unmoved = Scenario(release=published_bench.release.id)
    made["letter"] = compose(nothing_known, unmoved, asked, library, drawn.MADE_ON)
    return made


def _longest_names(view: View, library: Library) -> Briefing:
    drawable = [x for x in named_figures.drawable(view) if x in view.bench.catalog.targets]
    drawable.sort(key=lambda x: -len(view.bench.catalog.targets[x].name_zh))
    request = default_request(view, library.presets["quarterly"])
    request = replace(request, targets=tuple(drawable[:12]), charts=tuple(drawable[:4]))
    scenario = Scenario(release=view.bench.release.id)
    return compose(view, scenario, request, library, drawn.MADE_ON)


def _one_page(view: View, library: Library) -> Briefing:
    request = default_request(view, library.presets["one_page"])
    made = compose(view, Scenario(release=view.bench.release.id), request, library, drawn.MADE_ON)
    return replace(made, link=LINK)


@pytest.fixture(scope="module")
def printed(briefings, tmp_path_factory) -> dict[str, list[Page]]:
    """Every document's pages, all printed by one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("printed")
    for name, briefing in briefings.items():
        (folder / f"{name}_text.docx").write_bytes(docx_writer.write(briefing))
    for name in SLIDES:
        briefing = briefings[name]
        (folder / f"{name}_slides.pptx").write_bytes(pptx_writer.write(briefing))
    files = sorted(str(path) for path in folder.iterdir())
    command = [find_office(), "--headless", f"-env:UserInstallation={(folder / 'user').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *files]
    fonts = folder / "fonts.conf"
    fonts.write_text(OUR_FONT_ONLY.format(fonts=glyphs.FONTS, cache=folder / "cache"), "utf-8")
    alone = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=600, env=alone)
    return {path.stem: pages(path.read_bytes()) for path in folder.glob("*.pdf")}


def squeezed(text: str) -> str:
    """Return a text without spaces and line ends."""
    return re.sub(r"\s", "", text)


def all_text(read: list[Page]) -> str:
    """Return the text of all pages, squeezed."""
    return squeezed("".join(page.text for page in read))


def foot(number: int, briefing: Briefing) -> str:
    """Return what stands below a page of text, squeezed."""
    return squeezed(f"— {number} — {briefing.origin}")


def running_text(read: list[Page], briefing: Briefing) -> str:
    """Return the text of all pages without what head and foot put between them, squeezed."""
    texts = [squeezed(page.text) for page in read]
    bodies = [text.replace(foot(at, briefing), "") for at, text in enumerate(texts, start=1)]
    return "".join(body.removeprefix(squeezed(DEMO_MARK)) for body in bodies)


def said(briefing: Briefing) -> list[str]:
    """Return everything a reader must find: points, paragraphs, captions, cells."""
    blocks = [block for section in briefing.sections for block in section.blocks]
    words = [block.text for block in blocks if isinstance(block, Paragraph)]
    cells = [cell for x in briefing.tables() for row in (x.header, *x.rows) for cell in row]
    captions = [block.caption for block in briefing.tables()]
    return [briefing.title, *briefing.highlights, *words, *captions, *cells]


@pytest.mark.parametrize("name", ["drawn", "one_page", "quarterly"])
@pytest.mark.parametrize("kind", ["text", "slides"])
def test_every_word_and_number_is_printed(printed, briefings, name, kind):
    found = running_text(printed[f"{name}_{kind}"], briefings[name])
    missing = [text for text in said(briefings[name]) if squeezed(text) not in found]
    assert missing == []


@pytest.mark.parametrize("name", ["drawn", "one_page", "quarterly"])
def test_every_page_of_text_has_its_number_and_origin_at_its_foot(printed, briefings, name):
    for number, page in enumerate(printed[f"{name}_text"], start=1):
        assert squeezed(page.text).count(foot(number, briefings[name])) == 1


@pytest.mark.parametrize("name", ["drawn_text", "one_page_text", "quarterly_text"])
def test_text_stays_inside_the_156_mm_of_the_text_area(printed, name):
    for page in printed[name]:
        assert (round(page.width), round(page.height)) == (210, 297)
        assert min(letter.left for letter in page.letters) >= style.LEFT_MM - 1
        right = max(letter.right for letter in page.letters)
        assert right <= style.LEFT_MM + style.TEXT_WIDTH_MM + 3  # a stop may hang over
        assert min(page.margins()) > 8


@pytest.mark.parametrize("name", ["drawn_slides", "one_page_slides", "quarterly_slides"])
def test_slides_keep_clear_of_their_edges(printed, name):
    for page in printed[name]:
        assert page.width / page.height == pytest.approx(16 / 9, abs=0.01)
        assert min(page.margins()) > 1.5


@pytest.mark.parametrize("name", SLIDES)
@pytest.mark.parametrize("kind", ["text", "slides"])
def test_nothing_is_printed_below_9_points(printed, name, kind):
    letters = [letter for page in printed[f"{name}_{kind}"] for letter in page.letters]
    assert min(letter.size for letter in letters) >= 9 - 0.05  # LibreOffice rounds


@pytest.mark.parametrize("name", SLIDES)
def test_a_title_keeps_clear_of_the_rule_below_it(printed, name):
    (rule,) = [x for x in Presentation(TEMPLATE).slide_master.shapes if x.name == "标题线"]
    for page in printed[f"{name}_slides"][1:]:
        title = [letter for letter in page.letters if letter.size > 16 and letter.top < rule.top.mm]
        assert title
        assert max(letter.bottom for letter in title) < rule.top.mm - 2


@pytest.mark.parametrize("name", SLIDES)
@pytest.mark.parametrize("kind", ["text", "slides"])
def test_nothing_is_printed_over_anything(printed, name, kind):
    assert [overlapping(page) for page in printed[f"{name}_{kind}"]] == [
        [] for _ in printed[f"{name}_{kind}"]
    ]


@pytest.mark.parametrize("name", ["drawn_text", "quarterly_slides"])
def test_native_charts_are_drawn_with_their_chinese_legend(printed, name):
    found = all_text(printed[name])
    for entry in ("95%区间", "80%区间", "50%区间", "预测中位数", "所需路径"):
        assert entry in found


@pytest.mark.parametrize("name", ONE_PAGERS)
def test_a_one_pager_is_one_page_in_word_and_pdf(printed, briefings, name):
    assert len(printed[f"{name}_text"]) == 1
    assert pdf_writer.page_count(briefings[name]) == 1


def test_every_page_a_table_goes_on_to_begins_with_its_name(printed, briefings):
    pages_read = [
        squeezed(page.text).removeprefix(squeezed(DEMO_MARK)) for page in printed["long_text"]
    ]
    later = [text for text in pages_read if re.search(r"指标\d+甲", text) and "指标0甲" not in text]
    assert len(later) >= 2
    assert all(text.startswith("续表1目标进展") for text in later)


def test_no_annex_is_parted_from_its_table_and_no_row_stands_alone(printed, briefings):
    letter = briefings["letter"]
    texts = [squeezed(page.text) for page in printed["letter_text"]]
    table = letter.tables()[0]
    (first,) = [text for text in texts if squeezed(f"附件1　{table.caption[:5]}") in text[:40]]
    assert squeezed(table.rows[0][0]) in first
    names = [squeezed(row[0]) for row in table.rows]
    goes_on = [text for text in texts if squeezed(f"表1　{table.caption[:5]}") in text]
    rows = [sum(name in text for name in names) for text in goes_on]
    assert [count for count in rows if count < 2] == []
    assert sum(rows) >= len(names)
