"""How a long table is divided among the pages of a Word document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.output.briefing.writers import docx_room, style
from analytics.output.briefing.writers.docx_template import new_document
from analytics.output.briefing.writers.table_parts import divided

# heads take 20, a page 120: ten rows of 10 fill it
PARTS = [
    # rows, room left, rows of every part
    (10, 120, [10]),
    (11, 120, [9, 2]),  # no row alone: one more goes over
    (30, 120, [10, 10, 10]),
    (12, 60, [4, 8]),  # the first fill what is left of their page
    (12, 40, [10, 2]),  # room for two only: it begins on the next page
    (8, 60, [4, 4]),
    (8, 50, [8]),  # less than half of what fits a page: all of it on the next
    (10, 20, [10]),
    (1, 20, [1]),
    (0, 120, [0]),
]


@pytest.mark.parametrize(("rows", "room", "parts"), PARTS)
def test_rows_fill_what_is_left_of_a_page_and_then_whole_pages(rows, room, parts):
    assert [len(one) for one in divided([10.0] * rows, 20, 0, room, 120)] == parts


def test_the_note_needs_room_below_the_last_row():
    assert [len(one) for one in divided([10.0] * 10, 20, 5, 120, 120)] == [8, 2]


@given(
    st.lists(st.floats(5, 90), min_size=1, max_size=60),
    st.floats(0, 30),
    st.floats(-10, 120),
)
def test_no_row_is_lost_and_every_part_fits_a_page(rows, note, room):
    parts = divided(rows, 20, note, room, 150)
    assert [at for part in parts for at in part] == list(range(len(rows)))
    heights = [*rows[:-1], rows[-1] + note]
    assert all(len(x) == 1 or sum(heights[at] for at in x) <= 130 for x in parts)


def test_the_room_left_is_what_lines_have_not_taken():
    document = new_document(style.STANDARD)
    page, line = docx_room.page_points(document), 28
    assert page == pytest.approx(225 / 25.4 * 72, abs=1)
    for text, style_id in (("短句。", "BodyText"), ("字" * 60, "BodyText"), ("小标题", "Heading1")):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().style = style_id
    width = 156 / 25.4 * 72  # 27 letters of 16 points: sixty and the first two take three lines
    assert docx_room.room_left(document, width, []) == pytest.approx(page - 5 * line)
    paragraph.paragraph_format.page_break_before = True
    assert docx_room.room_left(document, width, []) == pytest.approx(page - line)
