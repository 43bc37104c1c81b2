"""Widths of table columns and numbering of a briefing's parts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.output.briefing.content import Chart, Paragraph, Section, Table
from analytics.output.briefing.writers import column_widths, style
from analytics.output.briefing.writers.outline import charts_of, counted, outline
from tests.support import drawn_briefing as drawn


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("产值", 4),
        ("abc", 3.3),  # of a face without serifs
        ("120亿元", 7.8),  # a quarter of an em between figure and character
        ("≥130", 5.3),
        ("长的一行\n短", 8),
        ("", 0),
    ],
)
def test_text_is_measured_in_half_width_places(text, places):
    assert column_widths.width_of(text) == pytest.approx(places)


@pytest.mark.parametrize(
    ("cells", "centred"),
    [
        (("8.5%\n2024—2025年年均，演示", "—"), True),  # figures, however long the lines
        (("1,200亿元", "达到全市平均水平\n2027年"), True),
        (("滞后", "快于预期"), False),  # words, however short
        (("上下20个百分点：特色产业基数小，单个项目投产即可改变增速", "5"), False),  # a sentence
        (("—", "无法判定"), False),
    ],
)
def test_figures_stand_in_the_middle_and_names_and_words_begin_left(cells, centred):
    table = Table("表", ("指标", "内容"), tuple(zip(("投资", "2027年"), cells, strict=True)))
    assert column_widths.centred(table) == [False, centred]


def test_a_figure_is_not_parted_from_its_unit_where_words_can_wrap_instead():
    # 60 places: at even shares (27.5 each inside the edges) the range of 33 would be torn
    rows = (("规模以上工业企业单位土地产出年均增长率", "12,345.6—123,456.7亿元/平方公里"),)
    table = Table("表", ("指标", "预计"), rows, widths=(0.5, 0.5))
    assert column_widths.row_lines(table, column_widths.shares_of(table, 60), 60)[1] == 2
    share = column_widths.shares_of(table, 60)[1]
    assert share * 60 - 2.5 > column_widths.width_of(rows[0][1])


def test_width_goes_to_the_column_that_wraps():
    table = Table("表", ("年", "说明"), (("2027", "说明文字" * 7),), widths=(0.5, 0.5))
    first, second = column_widths.shares_of(table, 80)
    assert second > 0.7  # room for 56 places and the edges
    assert first == pytest.approx(1 - second)


def test_a_long_table_may_break_and_a_low_one_may_not():
    row = ("投资", "快于预期")
    assert column_widths.is_low(Table("表", ("指标", "判断"), (row,) * 12), 80)
    assert not column_widths.is_low(Table("表", ("指标", "判断"), (row,) * 41), 80)


cell = st.text(alphabet="产值亿元12.5%—\n", max_size=40)
tables = st.integers(1, 6).flatmap(
    lambda wide: st.builds(
        lambda rows: Table("表", ("指标",) * wide, tuple(rows)),
        st.lists(st.tuples(*[cell] * wide), max_size=8),
    )
)


@settings(deadline=None)
@given(tables, st.floats(60, 130))
def test_shares_always_fill_the_width_and_never_make_the_table_higher(table, places):
    even = [1 / len(table.header)] * len(table.header)
    given_evenly = Table(table.caption, table.header, table.rows, widths=tuple(even))
    shares = column_widths.shares_of(given_evenly, places)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0
    before = sum(column_widths.row_lines(table, even, places))
    # a row may gain a line only where that spares two wraps elsewhere
    assert sum(column_widths.row_lines(table, shares, places)) <= before + len(table.rows)


def test_tables_and_charts_are_counted_apart_through_all_sections():
    (chart,) = drawn.briefing().charts()
    sections = (
        Section("甲", (drawn.TABLE, chart)),
        Section("乙", (Paragraph("文"), chart, drawn.TABLE)),
    )
    parts = outline(drawn.briefing(sections=sections))
    assert [part.heading for part in parts] == ["一、要点", "二、甲", "三、乙"]
    numbers = [[item.number for item in part.items] for part in parts[1:]]
    assert numbers == [[1, 1], [0, 2, 2]]
    assert [number for number, _ in charts_of(parts)] == [1, 2]
    assert all(isinstance(one, Chart) for _, one in charts_of(parts))


def test_charts_take_most_of_the_progress():
    told: list[float] = []
    drawn_one = counted(2, told.append)
    drawn_one()
    drawn_one()
    assert told == [0.45, 0.9]


def test_only_charts_give_way_where_a_page_is_full():
    low = style.COMPACT.lowered(0.8)
    assert low.chart == 132
    assert replace(low, chart=style.COMPACT.chart) == style.COMPACT


@pytest.mark.parametrize("layout", [style.STANDARD, style.STANDARD_PDF, style.COMPACT])
def test_nothing_is_set_below_nine_points(layout):
    assert min(layout.title, layout.heading, layout.body, layout.table, layout.note) >= 9
    assert style.COMPACT.body >= 12
