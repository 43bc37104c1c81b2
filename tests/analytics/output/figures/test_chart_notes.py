"""A reader's notes on a chart: through a link and back, in the picture and in its files."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.output.charts.fan import fan_spec
from analytics.output.figures import chart_notes
from analytics.output.figures.chart_notes import ChartNote, annotated, pack, unpack
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.note import Note

TARGET = "output_2027"
LOCKDOWN = ChartNote(TARGET, 2022, "封控")


def figure() -> Figure:
    """A fan over 2019 to 2027."""
    return Figure(
        name="产值",
        title="产值：走势",
        unit="亿元",
        takeaway="产值向上。",
        demo=False,
        datasets={"fan": pd.DataFrame({"year": range(2019, 2028)}), "span": pd.DataFrame()},
        draw=lambda **options: fan_spec("产值：走势", "亿元", demo=False, **options),
        work_out=lambda: Details(pd.DataFrame(), Note("产值向上", (), "2019—2027年", (), "点线")),
    )


@given(
    year=st.integers(chart_notes.FIRST_YEAR, chart_notes.LAST_YEAR),
    text=st.text().map(chart_notes.clean_text).filter(bool),
)
def test_a_note_comes_back_from_its_link(year, text):
    note = ChartNote(TARGET, year, text)
    assert unpack(pack(note), {TARGET}) == (note, "")


@pytest.mark.parametrize(
    "packed",
    ["", TARGET, f"{TARGET}~2022~ ", f"{TARGET}~1999~甲", f"{TARGET}~²~甲", "other~2022~甲"],
)
def test_what_is_no_note_is_named_and_left_out(packed):
    note, problem = unpack(packed, {TARGET})
    assert note is None
    assert packed[:40] in problem


def test_words_are_kept_to_one_short_line():
    assert chart_notes.clean_text(" 封控\n\t期间 ") == "封控 期间"
    assert len(chart_notes.clean_text("长" * 99)) == chart_notes.LONGEST_NOTE


def test_notes_stand_in_the_picture_and_in_what_its_files_tell():
    made = annotated(figure(), [ChartNote(TARGET, 2026, "新口径"), LOCKDOWN])
    assert len(made.spec(dark=False)["layer"]) == len(figure().spec(dark=False)["layer"]) + 2
    assert made.datasets["notes"]["text"].tolist() == ["封控", "新口径"]
    assert made.datasets["notes"]["side"].tolist() == ["left", "right"]
    assert made.details.note.reading == "点线；图上注记：2022年：封控；2026年：新口径"
    assert [one.value for one in made.details.assumptions] == ["2022年：封控", "2026年：新口径"]
    assert made.takeaway.endswith("图上注记：2022年：封控；2026年：新口径。")


def test_without_a_note_of_its_years_a_figure_is_as_it_was():
    plain = figure()
    assert annotated(plain, []) is plain
    assert annotated(plain, [ChartNote(TARGET, 2010, "早年")]) is plain
