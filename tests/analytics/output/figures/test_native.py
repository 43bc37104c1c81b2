"""Native charts: their numbers, the pile of areas a fan is made of, their XML."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analytics.output.charts import fan as charts
from analytics.output.export import office_chart
from analytics.output.figures.native import Band, Line, NativeChart, fan_chart
from tests.support import drawn_briefing as drawn
from tests.support import schema_order

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FAN = fan_chart(drawn.fan_frame(), drawn.SUBJECT, drawn.UNIT)


@pytest.fixture(scope="module")
def made() -> tuple[etree._Element, bytes]:
    """The fan's XML and the workbook embedded with it."""
    xml, workbook = office_chart.chart_and_workbook(FAN, drawn.MADE_ON)
    return etree.fromstring(xml), workbook


def table(workbook: bytes, *, values: bool = True) -> dict[str, list]:
    """Read a sheet back as heading -> cells below it."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=values).active
    return {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}


def test_no_year_is_left_out_of_the_axis():
    assert FAN.categories == ("2022", "2023", "2024", "2025", "2026", "2027")
    assert FAN.lines[0] == Line(charts.HISTORY, (100.0, None, 110.5, 120.0, None, None))


def test_lines_without_any_number_are_not_drawn():
    assert [line.name for line in FAN.lines] == ["历史", "预测中位数", "所需路径", "目标"]


def test_the_workbook_holds_the_figures_numbers(made):
    read = table(made[1])
    assert read["单位：亿元"] == list(FAN.categories)
    assert read["历史"] == [100, None, 110.5, 120, None, None]
    assert read["目标"] == [None, None, None, None, None, 130]
    assert read["95%区间下沿"] == [None, None, None, 120, 114, 108]
    assert read["80%区间上沿"] == [None, None, None, 120, 131, 142]


def test_the_fan_is_a_pile_of_steps_from_quantile_to_quantile(made):
    read = table(made[1])
    pile = ["区间底", "95%区间", "80%区间", "50%区间", "80%区间上部", "95%区间上部"]
    at_2026 = [read[name][4] for name in pile]
    assert at_2026 == [114, 4, 3, 6, 4, 5]


def test_where_there_is_no_fan_the_pile_lies_unseen_on_the_history(made):
    read = table(made[1])
    assert read["区间底"] == [100, 100, 110.5, 120, 114, 108]
    assert read["95%区间"][:4] == [0, 0, 0, 0]


def test_the_steps_follow_the_edges_when_a_reader_edits_them(made):
    written = table(made[1], values=False)
    assert written["区间底"][4] == "=F6"
    assert written["95%区间"][4] == "=G6-F6"
    assert written["95%区间"][0] == 0


def test_series_read_their_names_and_numbers_from_the_workbook(made):
    xml, workbook = made
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True).active
    series = xml.findall(f".//{C}ser")
    assert len(series) == 10
    for one in series:
        place = one.findtext(f"{C}val/{C}numRef/{C}f").split("!")[1].replace("$", "")
        cells = [cell.value for (cell,) in sheet[place]]
        cached = {
            int(point.get("idx")): float(point.findtext(f"{C}v"))
            for point in one.findall(f"{C}val/{C}numRef/{C}numCache/{C}pt")
        }
        assert cached == {at: value for at, value in enumerate(cells) if value is not None}
        name = one.findtext(f"{C}tx/{C}strRef/{C}f").split("!")[1].replace("$", "")
        assert one.findtext(f".//{C}strCache/{C}pt/{C}v") == sheet[name].value


def test_every_text_names_a_chinese_font_and_lines_are_straight(made):
    xml = made[0]
    latin = xml.findall(f".//{A}latin")
    assert latin
    assert {font.getnext().tag for font in latin} == {f"{A}ea"}
    lines = xml.findall(f".//{C}lineChart/{C}ser")
    assert [line.find(f"{C}smooth").get("val") for line in lines] == ["0"] * 4


def test_the_helper_areas_stay_out_of_the_legend(made):
    hidden = made[0].findall(f".//{C}legendEntry/{C}idx")
    assert [entry.get("val") for entry in hidden] == ["0", "4", "5"]


def test_title_and_unit_stand_in_the_chart(made):
    title = "".join(made[0].find(f".//{C}title").itertext())
    assert title == f"{drawn.SUBJECT}（单位：亿元）"


def test_the_value_axis_is_not_pulled_down_to_zero_by_the_areas(made):
    axis = made[0].find(f".//{C}valAx/{C}scaling")
    assert float(axis.find(f"{C}min").get("val")) == 100
    assert float(axis.find(f"{C}max").get("val")) == 160


def test_elements_stand_in_the_order_of_the_schema(made):
    assert schema_order.faults(made[0]) == set()


def test_an_element_out_of_order_is_noticed():
    swapped = etree.fromstring(
        '<c:scaling xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:min val="0"/><c:max val="1"/></c:scaling>'
    )
    assert schema_order.faults(swapped) == {"c:scaling: min max"}


def test_a_chart_without_a_fan_has_lines_or_columns_only():
    growth = NativeChart("增速", "%", ("2024", "2025"), (Line("公布", (3.5, -1.2)),), columns=True)
    xml, workbook = office_chart.chart_and_workbook(growth, drawn.MADE_ON)
    root = etree.fromstring(xml)
    assert root.find(f".//{C}barChart") is not None
    assert root.find(f".//{C}areaChart") is None
    assert root.find(f".//{C}legend") is None
    assert table(workbook) == {"单位：%": ["2024", "2025"], "公布": [3.5, -1.2]}


def test_text_that_looks_like_a_formula_stays_text():
    named = NativeChart("=1+1", "=2", ("=3",), (Line("=HYPERLINK(1)", (-4.0,)),))
    read = table(office_chart.chart_and_workbook(named, drawn.MADE_ON)[1], values=False)
    assert read == {"单位：=2": ["=3"], "=HYPERLINK(1)": [-4]}
    book = openpyxl.load_workbook(
        io.BytesIO(office_chart.chart_and_workbook(named, drawn.MADE_ON)[1])
    )
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s", "n"}


values = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(values, min_size=4, max_size=4).map(sorted), min_size=1, max_size=6))
def test_the_pile_always_reaches_the_highest_edge(rows):
    lows, inner_lows, inner_highs, highs = (tuple(column) for column in zip(*rows, strict=True))
    categories = tuple(str(2025 + at) for at in range(len(rows)))
    bands = (Band(95, lows, highs), Band(80, inner_lows, inner_highs))
    fan = NativeChart("扇形", "亿元", categories, (Line(charts.MEDIAN, inner_lows),), bands)
    read = table(office_chart.chart_and_workbook(fan, drawn.MADE_ON)[1])
    pile = [read[name] for name in ("区间底", "95%区间", "80%区间", "95%区间上部")]
    for steps, high in zip(zip(*pile, strict=True), highs, strict=True):
        assert sum(steps) == pytest.approx(high, abs=1e-6)
        assert min(steps[1:]) >= 0


def test_things_that_are_counted_have_whole_ticks():
    line = Line(charts.HISTORY, (1.0, 2.0, 3.0))
    chart = NativeChart("集群数", "个", ("2024", "2025", "2026"), (line,))
    assert office_chart._axis(chart) == (1, 3, 1)


@settings(deadline=None)
@given(st.lists(values, min_size=1, max_size=9))
def test_the_value_axis_holds_every_number_between_few_ticks(numbers):
    line = Line(charts.HISTORY, tuple(numbers))
    chart = NativeChart("序列", "亿元", tuple(map(str, range(len(numbers)))), (line,))
    low, high, step = office_chart._axis(chart)
    assert low <= min(numbers) and max(numbers) <= high
    assert 1 <= round((high - low) / step) <= 8
