"""Documents and charts as PDF keep the rules for archives and for those who cannot see them."""

import io

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from analytics.output.briefing.content import Paragraph, Section
from analytics.output.briefing.writers import pdf_writer
from analytics.output.export import image
from tests.support import drawn_briefing as drawn
from tests.support import pdf_rules


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """A briefing with every kind of block, one of one page, and a chart."""
    words = Section("", (Paragraph("各单位：", address=True), Paragraph("经委", right=True)))
    sections = (*drawn.briefing().sections, words)
    long = drawn.briefing(link="http://10.0.0.8:8501/", sections=sections)
    return {
        "briefing": pdf_writer.write(long),
        "one_page": pdf_writer.write(drawn.briefing(compact=True)),
        "chart": image.pdf(drawn.figure(), drawn.STAMP),
    }


@pytest.mark.parametrize("name", ["briefing", "one_page", "chart"])
def test_two_checkers_find_no_rule_broken(made, name):
    assert pdf_rules.found_by_validator(made[name]) == []
    assert pdf_rules.faults(made[name]) == []
    assert pdf_rules.seen_by_pdfium(made[name]) == []


def broken(content: bytes, change) -> bytes:
    """Change a PDF and write it again."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def _without_alt(writer):
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/S") == "/Figure":
            one.pop("/Alt")


def _without_font(writer):
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                one.pop(key, None)


def _with_script(writer):
    said = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): NameObject("/x")}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(said))


def _untagged(writer):
    page = writer.pages[0]
    content = page.get_contents()
    content.set_data(b"BT (x) Tj ET " + content.get_data())
    page[NameObject("/Contents")] = writer._add_object(content)


def _with_another_width(writer):
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/Subtype") == "/CIDFontType0":
            one[NameObject("/W")] = ArrayObject(NumberObject(x) for x in (1, 2, 333))


def test_a_width_that_is_not_the_fonts_own_is_found(made):
    faulty = broken(made["briefing"], _with_another_width)
    assert any("wide, not 333" in one for one in pdf_rules.faults(faulty))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_alt, "a figure without words"),
        (_without_font, "not embedded"),
        (_with_script, "forbidden /"),
        (_untagged, "neither tagged nor an artifact"),
    ],
)
def test_a_planted_fault_is_found(made, change, said):
    assert any(said in one for one in pdf_rules.faults(broken(made["briefing"], change)))
    assert pdf_rules.found_by_validator(broken(made["briefing"], change)) != []
