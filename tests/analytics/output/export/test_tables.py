"""Exported tables, opened again with pandas and openpyxl."""

import csv
import io
import math
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.data.reading.spreadsheet_text import neutral
from analytics.domain import Scenario
from analytics.output.charts import fan as charts
from analytics.output.export import chart_tables, file_names
from analytics.output.export.office_chart import chart_and_workbook
from analytics.output.figures import fan_table
from analytics.output.figures.fan_numbers import with_gaps
from analytics.output.figures.figure import Assumption, Definition, Figure
from analytics.output.figures.native import Line, NativeChart, fan_chart
from tests.support import drawn_briefing as drawn

SHEETS = ["图表数据", "数据", "假设", "指标解释", "来源"]
EDGES = [f"{width}%区间{edge}" for width in (95, 80, 50) for edge in ("下沿", "上沿")]
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
HOSTILE = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", " =", "＝", "x"]), TEXTS)


@pytest.fixture(scope="module")
def figure() -> Figure:
    """One chart under a scenario, as a page exports it."""
    natures = {2022: "公布", 2024: "公布", 2025: "演示"}
    return drawn.figure().retold(
        table=fan_table.table(drawn.fan_frame(), natures, "情景"),
        assumptions=(Assumption("产值年均增速", "年均增速+1.0个百分点", "近十年的波动"),),
        definitions=(Definition("规上工业产值", "亿元", "属地", "主营业务收入2000万元以上"),),
    )


@pytest.fixture(scope="module")
def book(figure) -> openpyxl.Workbook:
    """The workbook, read by another library."""
    return _opened(figure)


def _opened(figure: Figure, *, values: bool = False) -> openpyxl.Workbook:
    made = chart_tables.xlsx(figure, drawn.STAMP)
    return openpyxl.load_workbook(io.BytesIO(made), data_only=values)


def _read_csv(figure: Figure) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(_csv(figure)), encoding="utf-8-sig")


def _csv(figure: Figure) -> bytes:
    return chart_tables.csv_bytes(figure, drawn.STAMP)


def _table(sheet) -> pd.DataFrame:
    rows = list(sheet.values)
    return pd.DataFrame(rows[1:], columns=rows[0])


def _plain(frame: pd.DataFrame) -> list[list]:
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


# ── CSV ──────────────────────────────────────────────────────────────────────────────────


def test_a_csv_begins_with_the_mark_by_which_excel_knows_chinese(figure):
    assert _csv(figure).startswith("\ufeff年份,性质,历史".encode())


def test_a_csv_holds_the_numbers_of_the_chart_to_the_last_digit(figure):
    back = _read_csv(figure)[list(figure.details.table)]
    assert _plain(back) == _plain(figure.details.table)


def test_every_row_of_a_csv_says_what_it_is_and_where_it_comes_from(figure):
    back, release = _read_csv(figure), drawn.RELEASE
    assert {
        name: back[name].unique().tolist()
        for name in list(back)[len(figure.details.table.columns) :]
    } == {
        "标题": [figure.finding],
        "图名": [drawn.SUBJECT],
        "单位": ["亿元"],
        "数据性质": ["公布、演示、情景"],
        "来源": ["金山区国民经济和社会发展统计公报（2026年3月）"],
        "情景": ["加压"],
        "情景编号": [drawn.SCENARIO.id],
        "数据版本": [release.id],
        "版本校验": [release.hash],
        "数据截至": ["2026-10-31"],
        "制作日期": ["2026-11-23"],
        "提示": ["含演示数据，不作决策依据"],
    }


def test_a_csv_of_published_figures_alone_bears_no_mark():
    assert "提示" not in _read_csv(drawn.figure(illustrative=False))


def test_each_years_number_says_its_nature(figure):
    assert _read_csv(figure)["性质"].tolist() == ["公布", "公布", "演示", "情景", "情景"]


# ── workbook ─────────────────────────────────────────────────────────────────────────────


def test_a_workbook_has_chart_table_assumptions_terms_and_sources(book):
    assert book.sheetnames == SHEETS
    assert _plain(_table(book["假设"])) == [
        ["产值年均增速", "年均增速+1.0个百分点", "近十年的波动"]
    ]
    assert _plain(_table(book["指标解释"])) == [
        ["规上工业产值", "亿元", "属地", "主营业务收入2000万元以上"]
    ]
    assert _plain(_table(book["来源"]))[0][:3] == ["公布", drawn.SOURCE.title, "2026年3月"]


def test_the_table_holds_the_numbers_of_the_chart(book, figure):
    assert _plain(_table(book["数据"])) == _plain(figure.details.table)


def test_the_first_sheet_bears_title_notes_and_mark(book, figure):
    said = [row[0] for row in book["图表数据"].iter_rows(max_row=6, max_col=1, values_only=True)]
    assert said == [figure.finding, figure.heading, *figure.lines(drawn.STAMP)]
    assert "含演示数据，不作决策依据" in said[1]


def test_the_native_chart_draws_fan_lines_and_target_from_the_cells_beside_it(figure):
    sheet = _opened(figure, values=True)["图表数据"]
    (chart,) = sheet._charts
    kinds = [type(part).__name__ for part in chart._charts]
    assert kinds == ["AreaChart", "LineChart"]
    fan, lines = chart._charts
    drawn_lines = {
        _heading(sheet, x.tx.strRef.f): _numbers(sheet, x.val.numRef.f) for x in lines.series
    }
    rows = drawn.fan_frame().set_index("year").reindex(range(2022, 2028))
    fields = {
        charts.HISTORY: "observed",
        charts.MEDIAN: "median",
        charts.REQUIRED: "required",
        charts.TARGET: "target",
    }
    assert drawn_lines == {
        name: [None if math.isnan(x) else x for x in rows[field]] for name, field in fields.items()
    }
    assert len(fan.series) == 6 and chart._charts[0].grouping == "stacked"


def test_the_pile_of_areas_reaches_each_edge_of_the_fan(figure):
    sheet = _opened(figure, values=True)["图表数据"]
    fan = sheet._charts[0]._charts[0]
    steps = [_numbers(sheet, series.val.numRef.f) for series in fan.series]
    reached = [sum(step[-1] for step in steps[: n + 1]) for n in range(6)]
    assert reached == pytest.approx([108.0, 116.0, 122.0, 134.0, 142.0, 152.0])


def test_columns_that_only_pile_up_the_fan_are_folded_away_but_still_drawn(figure):
    sheet = _opened(figure)["图表数据"]
    hidden = [at for at, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden, "no column is hidden"
    with zipfile.ZipFile(io.BytesIO(chart_tables.xlsx(figure, drawn.STAMP))) as archive:
        assert b'<c:plotVisOnly val="1"' not in archive.read("xl/charts/chart1.xml")


@pytest.mark.parametrize(("years", "shown"), [("as drawn", "span"), ("all", "gap")])
def test_a_line_stops_at_an_empty_year_where_it_does_so_on_screen(figure, years, shown):
    """On screen a year without a row is led over, an empty row breaks the line."""
    frame = drawn.fan_frame() if years == "as drawn" else with_gaps(drawn.fan_frame())
    made = figure.retold(native=(fan_chart(frame, "图", "亿元"),))
    (chart,) = _opened(made)["图表数据"]._charts
    assert chart.display_blanks == shown


@pytest.mark.parametrize(
    ("median", "target", "highest"),
    [
        (40.0, 100.0, 120),  # the number is printed above the mark: a step of 20 more
        (40.0, 88.0, 100),  # it has room
        (100.0, 100.0, 100),  # the median is no lower: printed below the mark
    ],
)
def test_the_number_printed_above_a_target_has_its_room_inside_the_chart(median, target, highest):
    lines = (
        Line(charts.HISTORY, (0.0, None)),
        Line(charts.MEDIAN, (None, median)),
        Line(charts.TARGET, (None, target)),
    )
    xml, _ = chart_and_workbook(NativeChart("图", "亿元", ("2025", "2027"), lines), drawn.MADE_ON)
    (top,) = re.findall(rb'<c:max val="([\d.]+)"', xml)
    assert float(top) == highest


@pytest.mark.parametrize("where", ["Excel", "Word and PowerPoint"])
def test_a_gapped_series_never_touches_zero(figure, where):
    """What is not said is zero by the standard, so the gap is said outright."""
    gapped = fan_chart(with_gaps(drawn.fan_frame()), "图", "亿元")
    if where == "Excel":
        workbook = chart_tables.xlsx(figure.retold(native=(gapped,)), drawn.STAMP)
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            xml = archive.read("xl/charts/chart1.xml")
    else:
        xml, _ = chart_and_workbook(gapped, drawn.MADE_ON)
    assert xml.count(b'<c:dispBlanksAs val="gap"/>') == 1
    lines = xml.partition(b"<c:lineChart>")[2].partition(b"</c:lineChart>")[0]
    assert lines.count(b"<c:ser>") == len(gapped.lines)
    assert b"<c:v>0</c:v>" not in lines


def _heading(sheet, reference: str) -> str:
    return sheet[reference.rpartition("!")[2].replace("$", "")].value


def _numbers(sheet, reference: str) -> list:
    cells = sheet[reference.rpartition("!")[2].replace("$", "")]
    return [row[0].value for row in cells]


def test_a_figure_of_many_charts_gets_one_native_chart_each(figure):
    two = figure.retold(native=figure.details.native * 2)
    assert len(_opened(two)["图表数据"]._charts) == 2


@pytest.mark.parametrize(("charts", "pages"), [(1, None), (2, 0)])  # unsaid: one; 0: any
def test_one_chart_is_printed_with_its_numbers_on_one_page(figure, charts, pages):
    made = figure.retold(native=figure.details.native * charts)
    assert _opened(made)["图表数据"].page_setup.fitToHeight == pages


def test_a_figure_without_assumptions_says_so(figure):
    bare = _opened(figure.retold(assumptions=()))
    assert [row[0] for row in bare["假设"].iter_rows(min_row=2, values_only=True)] == [
        "基准情景，无另外的假设。"
    ]


def test_two_exports_of_one_state_are_the_same_to_the_byte(figure):
    assert chart_tables.xlsx(figure, drawn.STAMP) == chart_tables.xlsx(figure, drawn.STAMP)
    assert chart_tables.csv_bytes(figure, drawn.STAMP) == chart_tables.csv_bytes(
        figure, drawn.STAMP
    )


# ── text that looks like a formula ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-2号线", "'-2号线"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("＝1＋1", "'＝1＋1"),
        ("\t=1", "'\t=1"),
        ("产值-增速", "产值-增速"),
        ("−3.5%", "−3.5%"),  # a minus sign of typesetting begins no formula
        ("", ""),
    ],
)
def test_a_text_that_would_be_a_formula_is_marked_as_text(text, written):
    assert neutral(text) == written


def _hostile(text: str, number: float) -> Figure:
    """Put a text wherever a text can stand, beside a number."""
    made = drawn.figure()
    return replace(made, title=text, unit=text).retold(
        table=pd.DataFrame({text: [text], "值": [number]}),
        note=replace(made.details.note, finding=text, natures=(text,)),
        assumptions=(Assumption(text, text, text),),
        definitions=(Definition(text, text, text, text),),
        native=(NativeChart(text, text, (text,), (Line(text, (number,)),)),),
    )


@settings(deadline=None)
@given(HOSTILE, NUMBERS)
def test_no_text_of_a_csv_is_a_formula_and_its_numbers_are_numbers(text, number):
    figure = _hostile(text, number)
    for row in csv.reader(io.StringIO(_csv(figure).decode("utf-8-sig"))):
        for at, cell in enumerate(row):
            assert not cell.startswith(DANGEROUS) or (at == 1 and float(cell) == number)
    assert _read_csv(figure)["值"].tolist() == [number]


@settings(max_examples=20, deadline=None)
@given(HOSTILE, NUMBERS)
@example("=HYPERLINK(1)", -12.5)
def test_no_text_of_a_workbook_is_a_formula_and_its_numbers_are_numbers(text, number):
    content = chart_tables.xlsx(_hostile(text, number), drawn.STAMP)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert book["数据"]["B2"].value == pytest.approx(number, rel=1e-14)
    (chart,) = book["图表数据"]._charts
    assert chart.title.tx.strRef is None, "the title is taken for a reference"


# ── file names ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("subject", "scenario", "name"),
    [
        ("规上属地产值", Scenario(), "金山_规上属地产值_基准_2026-11-23.png"),
        ("产值/亿元：A?", Scenario(), "金山_产值-亿元：A_基准_2026-11-23.png"),
        ("..", Scenario(name='a"b'), "金山_未命名_a-b_2026-11-23.png"),
        (
            "产值",
            Scenario(name="加压", settings=(("x", 0.01),), release="demo"),
            f"金山_产值_加压-{Scenario(settings=(('x', 0.01),), release='demo').id}_2026-11-23.png",
        ),
    ],
)
def test_a_file_name_says_place_subject_scenario_and_day(subject, scenario, name):
    assert file_names.file_name(subject, scenario, date(2026, 11, 23), "png") == name


@given(TEXTS, TEXTS)
def test_a_file_name_is_accepted_by_every_system(subject, scenario):
    name = file_names.file_name(subject, Scenario(name=scenario), date(2026, 11, 23), "xlsx")
    assert not set(name) & set('\\/:*?"<>|\n')
    assert len(name.encode()) <= 255
    assert name.startswith("金山_") and name.endswith("_2026-11-23.xlsx")
