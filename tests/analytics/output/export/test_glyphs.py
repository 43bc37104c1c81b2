"""The bundled font: named as the charts ask for it, and complete for what we write."""

import csv

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.output.charts import palette
from analytics.output.export import glyphs
from analytics.output.export.typeset import TextLine, ems, set_in, stacked, wrapped
from tests.support.paths import ROOT

WORDS = st.text(alphabet="金山区工业产值达成，。（）《》“”—0123456789.,%−ab ", max_size=120)


@pytest.mark.parametrize(("file", "style"), [(glyphs.REGULAR, "Regular"), (glyphs.BOLD, "Bold")])
def test_each_face_bears_the_family_name_that_charts_ask_for(file, style):
    with TTFont(file) as font:
        names = font["name"]
        assert names.getDebugName(1) == palette.FONT.split(",")[0] == "Noto Sans SC"
        assert names.getDebugName(2) == style
        assert "Open Font License" in names.getDebugName(13)


def test_the_licence_lies_beside_the_font():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (glyphs.FONTS / "OFL.txt").read_text("utf-8")


def test_every_character_of_gb2312_can_be_drawn():
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    han = "".join(bytes((r, c)).decode("gb2312", "ignore") for r in rows for c in cells)
    assert len(han) == 6763
    assert glyphs.missing(han) == ""


@pytest.mark.parametrize("text", ["≥＞≤±−×÷≈", "①②③⑩⑳", "←↑→↓▲▼◆●★", "—–…·｜～", "㎡℃‰²³", "αβσ"])
def test_the_signs_of_reports_can_be_drawn(text):
    assert glyphs.missing(text) == ""


def test_every_character_of_the_catalog_and_of_the_sources_can_be_drawn():
    texts = [file.read_text("utf-8") for file in (ROOT / "data/catalog").glob("*.toml")]
    for file in (ROOT / "data/source").rglob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            texts += [cell for row in csv.reader(lines) for cell in row]
    assert glyphs.missing("".join(texts)) == ""


def test_spaces_and_line_breaks_are_not_missing():
    assert glyphs.missing("金山 工业\u3000\n\t产值\u00a0") == ""


def test_a_refusal_names_the_field_and_each_character_once():
    with pytest.raises(glyphs.MissingGlyphs) as refused:
        glyphs.check([("标题", "龘龘字与𠮷"), ("单位", "亿元"), ("图注", "\u200b")])
    said = str(refused.value)
    assert "标题含“龘”（U+9F98）、“𠮷”（U+20BB7）" in said
    assert "图注含" in said and "U+200B" in said
    assert "单位" not in said


def test_a_refusal_of_many_characters_stays_short():
    with pytest.raises(glyphs.MissingGlyphs, match="等20个字符"):
        glyphs.check([("标题", "".join(chr(0x3400 + i) for i in range(20)))])


# ── lines ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("金山区工业产值", 4, ["金山区工", "业产值"]),
        ("金山区工，业", 4, ["金山区", "工，业"]),  # no line begins with a comma
        ("产值达（含本数）", 4, ["产值达", "（含本", "数）"]),  # none ends with a bracket
        ("增长1,835.0亿元", 4, ["增长", "1,835.0", "亿元"]),  # a number stays whole
        ("各方法覆盖17%—73%。", 6.5, ["各方法覆盖", "17%—73%。"]),
        ("", 4, []),
    ],
)
def test_lines_break_where_chinese_typesetting_allows_it(text, limit, lines):
    assert wrapped(text, limit) == lines


@settings(deadline=None)
@given(WORDS, st.floats(3, 40), st.booleans())
def test_no_line_is_wider_than_its_measure_and_no_character_is_lost(text, limit, bold):
    lines = wrapped(text, limit, bold=bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(ems(line, bold=bold) <= limit or len(line) == 1 for line in lines)


def test_bold_is_measured_by_the_bold_face():
    assert ems("1234567890", bold=True) > ems("1234567890")
    assert ems("金山", bold=True) == ems("金山") == 2.0


def test_lines_are_stacked_without_touching():
    placed, end = stacked(set_in("金山区工业产值", 10, "#000", 40), 100)
    (first, y1), (second, y2) = placed
    assert first == TextLine("金山区工", 10, "#000") and second.text == "业产值"
    assert y2 - y1 >= 10 and end >= y2
