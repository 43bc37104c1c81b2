"""What goes onto which slide of a deck."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.output.briefing.content import Paragraph, Section, Table
from analytics.output.briefing.writers import slide_plan
from analytics.output.briefing.writers.outline import outline
from analytics.output.briefing.writers.slide_plan import Rows, Words, balanced, planned
from tests.support import drawn_briefing as drawn

ROW = drawn.TABLE.rows[0]


def slides(*sections: Section) -> list:
    """Plan the slides of sections, those of the points left out."""
    return list(planned(outline(drawn.briefing(sections=sections))))[1:]


def table(rows: int, caption: str = "目标进展") -> Table:
    """Return a table of as many rows, all named by their number."""
    return replace(
        drawn.TABLE, caption=caption, rows=tuple((f"{x}", *ROW[1:]) for x in range(rows))
    )


@pytest.mark.parametrize(
    ("items", "pages"),
    [
        ([1] * 10, [10]),
        ([1] * 11, [6, 5]),
        ([1] * 21, [7, 7, 7]),
        ([1] * 7 + [9], [7, 1]),
        ([12, 1], [1, 1]),
        ([], []),
    ],
)
def test_items_are_shared_about_equally_among_as_few_pages_as_they_need(items, pages):
    assert [len(page) for page in balanced(items, 10)] == pages


@settings(max_examples=40)
@given(st.lists(st.floats(1, 60), max_size=30))
def test_every_item_is_on_one_page_and_no_page_is_too_full(heights):
    pages = balanced(heights, 100)
    assert [at for page in pages for at in page] == list(range(len(heights)))
    assert all(sum(heights[at] for at in page) <= 100 for page in pages)


def test_short_sections_of_words_share_a_slide_and_keep_their_headings():
    first, second = (
        Section("情景假设", (Paragraph("未调整。"),)),
        Section("方法", (Paragraph("平均。"),)),
    )
    (shared,) = slides(first, second)
    assert shared == Words(
        "二、情景假设　三、方法", ("二、情景假设", "未调整。", "三、方法", "平均。")
    )


def test_a_table_of_one_row_shares_the_slide_of_the_next_with_the_same_head():
    made = slides(Section("目标进展", (table(1, "甲"), table(4, "乙"), table(1, "丙"))))
    (shared,) = made
    assert [row[0] for row in shared.rows] == ["0", "0", "1", "2", "3", "0"]
    assert shared.caption == "表1　甲"
    assert shared.begins == {1: "表2　乙", 5: "表3　丙"}


@pytest.mark.parametrize("rows", [[1], [41], [2, 1], [9, 11, 14, 14, 6, 10], [1, 7, 3, 6, 1, 12]])
def test_no_row_is_lost_and_none_stands_alone_but_in_a_table_of_one(rows):
    made = slides(
        Section("目标进展", tuple(table(count, f"{at}") for at, count in enumerate(rows)))
    )
    assert all(isinstance(one, Rows) for one in made)
    assert [row[0] for one in made for row in one.rows] == [f"{x}" for n in rows for x in range(n)]
    assert sum(rows) == 1 or min(len(one.rows) for one in made) > 1
    for one in made:
        taken = sum(one.heights) + len(one.begins) * slide_plan.cell_height(1)
        notes = slide_plan.high(one.notes, slide_plan.NOTE)
        assert slide_plan.CAPTION_ROOM + taken + notes <= slide_plan.HEIGHT
    notes = [one.notes for one in made if one.notes]
    assert notes == [(drawn.TABLE.note,)]  # told once, on the last
    begun = [name for one in made for name in (one.caption, *one.begins.values())]
    assert [name for name in begun if not name.endswith("（续）")] == [
        f"表{at + 1}　{at}" for at in range(len(rows))
    ]
