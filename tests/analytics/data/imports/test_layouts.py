"""The template, and tables laid out the way offices keep them, read back as what they say."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from analytics.data.imports.batch import FaultKind
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.files import csv_rows
from analytics.data.imports.reader.headings import Heading, read_time
from analytics.data.imports.template import (
    TableRow,
    fill_csv,
    fill_workbook,
    sheets_of,
    template_csv,
    template_workbook,
)
from analytics.text_zh import unit_zh
from tests.support.drawn_imports import (
    as_csv,
    cells,
    entries_of,
    faults,
    project_catalog,
    take,
    workbook,
)

CATALOG = project_catalog()
AS_OF = date(2026, 10, 31)
OUTPUT = "规模以上工业在地产值"


def read_back(name: str, content: bytes) -> list[TableRow]:
    """Return the rows of a file as the template would write them."""
    columns = entries_of(name, content).columns
    number = len(columns[layout.VALUE])
    return [
        TableRow(
            *(columns[field][n] for field in (layout.INDICATOR, layout.ID, layout.REGION)),
            int(columns[layout.YEAR][n]) if columns[layout.YEAR][n] else None,
            columns[layout.PERIOD][n],
            float(columns[layout.VALUE][n]),
            *(columns[f][n] for f in (layout.UNIT, layout.SCOPE, layout.BASIS)),
            *(columns[f][n] for f in (layout.PUBLISHED, layout.NOTE)),
        )
        for n in range(number)
    ]


# ── the template ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def template():
    return load_workbook(io.BytesIO(template_workbook(CATALOG, as_of=AS_OF)))


def test_the_template_has_a_sheet_for_every_action_with_every_indicator_once(template):
    actions = [action.name_zh for action in CATALOG.actions.values()]
    assert template.sheetnames == ["说明", *actions, "示例", "示例（宽表）", "选项"]
    assert template["选项"].sheet_state == "hidden"
    named = [item.id for items in sheets_of(CATALOG).values() for item in items]
    by_volume = {key for key in CATALOG.indicators if key.startswith("yearbook_")}
    assert sorted(named) == sorted(CATALOG.indicators.keys() - by_volume)
    for action, items in sheets_of(CATALOG).items():
        assert items, f"{action} asks for nothing"
        page = template[action]
        listed = {page.cell(row, 2).value for row in range(4, page.max_row + 1)} - {None}
        assert listed == {item.id for item in items}


def test_every_target_is_asked_for_on_the_sheet_of_its_action():
    sheets = {item.id: name for name, items in sheets_of(CATALOG).items() for item in items}
    first: dict[str, str] = {}
    for target in CATALOG.targets.values():
        first.setdefault(target.indicator, CATALOG.actions[target.action].name_zh)
    assert {name: sheets[name] for name in first} == first


def test_every_row_tells_definition_unit_frequency_and_region(template):
    page = template["扩规模"]
    titles = [cell.value for cell in page[3]]
    assert titles == [*layout.TITLES.values(), *layout.EXPLAINED]
    row = dict(zip(titles, [cell.value for cell in page[4]], strict=True))
    item = CATALOG.indicators[row["指标标识"]]
    assert (row["指标"], row["单位"], row["地区"]) == (item.name_zh, "亿元", "金山区")
    assert (row["频度"], row["定义"], row["口径"]) == ("月", item.definition_zh, item.scope)


def test_drop_downs_offer_names_regions_periods_and_units(template):
    rules = template["扩规模"].data_validations.dataValidation
    columns = {str(rule.sqref).split("4:")[0]: rule for rule in rules}
    assert {name: rule.type for name, rule in columns.items()} == {
        **{"A": "list", "C": "list", "E": "list", "G": "list"},
        **{"D": "whole", "F": "decimal"},
        **{"L": "whole", "M": "list"},
    }
    assert columns["C"].formula1 == '"金山区,上海市"'
    names = columns["A"].formula1.removeprefix("选项!").replace("$", "")
    listed = [cell[0].value for cell in template["选项"][names]]
    assert listed == [item.name_zh for item in sheets_of(CATALOG)["扩规模"]]


def test_the_empty_template_has_no_faults_and_no_values():
    for name, content in (
        ("空.xlsx", template_workbook(CATALOG, as_of=AS_OF)),
        ("空.csv", template_csv(CATALOG, as_of=AS_OF)),
    ):
        batch = take(content, name=name)
        assert (len(batch.rows), batch.faults) == (0, ())
        assert batch.blank > 300
        assert not batch.publishable


def test_the_same_template_is_the_same_bytes():
    assert template_workbook(CATALOG, as_of=AS_OF) == template_workbook(CATALOG, as_of=AS_OF)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12).map(
    str.strip
)
VALUES = st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(float)


@st.composite
def table_rows(draw) -> list[TableRow]:
    """Draw rows in the order in which the template's sheets stand."""
    names = [item.id for items in sheets_of(CATALOG).values() for item in items]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=12))
    return [
        TableRow(
            *(CATALOG.indicators[name].name_zh, name, CATALOG.indicators[name].home_region),
            draw(st.integers(1949, 2026)),
            draw(st.sampled_from(["全年", "1—9月", "3月"])),
            draw(VALUES),
            unit_zh(CATALOG.indicators[name].unit),
            *(CATALOG.indicators[name].scope, CATALOG.indicators[name].price_basis),
            draw(st.dates(date(2000, 1, 1), AS_OF)).isoformat(),
            draw(st.one_of(TEXT, st.sampled_from(["=1+1", "@cmd", "-x", "'=1", "+1", '"a",b']))),
        )
        for name in sorted(chosen, key=names.index)
    ]


@settings(max_examples=8, deadline=None)  # each writes the whole template
@given(table_rows())
def test_any_table_the_template_writes_reads_back_identical(rows):
    assert read_back("填报.xlsx", fill_workbook(CATALOG, rows)) == rows


@settings(max_examples=25, deadline=None)
@given(table_rows())
def test_any_csv_the_template_writes_reads_back_identical(rows):
    assert read_back("填报.csv", fill_csv(CATALOG, rows)) == rows


def test_nothing_in_a_written_csv_starts_a_formula():
    row = TableRow("=cmd|'/c calc'!A1", "", "", 2020, "@x", -5.0, "亿元", note="+1")
    line = fill_csv(CATALOG, [row]).decode("utf-8-sig").splitlines()[1]
    assert line == "'=cmd|'/c calc'!A1,,,2020,'@x,-5.0,亿元,,,,'+1,,,,"


# ── layouts ──────────────────────────────────────────────────────────────────────────────


def shown(batch) -> list[tuple]:
    return [
        (row.indicator_id, str(row.period_kind), row.year, row.month, row.value, row.cell)
        for row in batch.rows.itertuples()
    ]


GROSS = "gross_output_territorial"


def test_years_across():
    batch = take(
        """
        指标 | 单位 | 2023年 | 2024 | 2025年度
        规模以上工业在地产值 | 亿元 | 100 | | 120
        规模以上工业属地产值 | 万元 | 500000 | 550000 | 600000
        """
    )
    assert shown(batch)[:2] == [
        (GROSS, "year", 2023, None, 100.0, "C2"),
        (GROSS, "year", 2025, None, 120.0, "E2"),
    ]
    assert batch.rows["value"].tolist() == [100.0, 120.0, 50.0, 55.0, 60.0]
    assert batch.blank == 1


def test_months_across_with_running_totals_and_single_months_in_rows():
    batch = take(
        """
        指标 | 类型 | 单位 | 2025年1—2月 | 2025年3月 | 2025年4月
        规模以上工业在地产值 | 当月 | 亿元 | 180 | 90 | 95
         | 累计 | 亿元 | 180 | 270 | 365
        """
    )
    assert faults(batch) == [("note", "D3", "重复填列")]
    assert [(kind, month, value) for _, kind, _, month, value, _ in shown(batch)] == [
        ("cumulative", 2, 180.0),
        ("month", 3, 90.0),
        ("month", 4, 95.0),
        ("cumulative", 3, 270.0),
        ("cumulative", 4, 365.0),
    ]


def test_a_title_above_may_give_year_unit_and_running_totals():
    rows = [
        ["金山区2025年主要指标（累计）", "", "单位：亿元"],
        [],
        ["指标名称", "1—2月", "3月", "4月"],
        [OUTPUT, 180, 270, 365],
    ]
    batch = take(workbook(rows), name="月报.xlsx")
    assert faults(batch) == []
    assert shown(batch) == [
        (GROSS, "cumulative", 2025, 2, 180.0, "B4"),
        (GROSS, "cumulative", 2025, 3, 270.0, "C4"),
        (GROSS, "cumulative", 2025, 4, 365.0, "D4"),
    ]


def test_a_year_over_merged_months_goes_for_all_of_them():
    rows = [
        ["", "", "2024年", "", "2025年", ""],
        ["指标", "单位", "1—11月", "1—12月", "1—2月", "1—3月"],
        [OUTPUT, "亿元", 1100, 1200, 180, 270],
    ]
    batch = take(workbook(rows), name="月报.xlsx")
    assert [(row[2], row[3]) for row in shown(batch)] == [
        (2024, 11),
        (2024, 12),
        (2025, 2),
        (2025, 3),
    ]


def test_a_month_that_does_not_say_whether_it_is_a_total_is_refused_at_its_heading():
    batch = take(
        """
        指标 | 单位 | 2025年3月 | 2025年4月
        规模以上工业在地产值 | 亿元 | 90 | 95
        """
    )
    assert faults(batch) == [("refused", "C1", "累计或当月"), ("refused", "D1", "累计或当月")]


@pytest.mark.parametrize(
    ("period", "kind", "months"),
    [
        ("9月累计", "", (1, 9)),
        ("9月", "累计", (1, 9)),
        ("9月", "当月", (9, 9)),
        ("9月", "", (9, 9)),
    ],
)
def test_a_long_table_may_say_totals_or_single_months_in_either_column(period, kind, months):
    head = "指标 | 年份 | 期间 | 类型 | 数值 | 单位"
    batch = take(f"{head}\n{OUTPUT} | 2025 | {period} | {kind} | 900 | 亿元")
    row = batch.rows.iloc[0]
    assert (row["period_start"].month, row["period_end"].month) == months
    assert faults(batch) == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(1990, 2025), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(sorted(CATALOG.indicators)), min_size=1, max_size=6, unique=True),
    st.data(),
)
def test_any_wide_table_gives_every_value_to_its_indicator_and_year(years, names, data):
    values = {
        (name, year): data.draw(st.one_of(st.none(), VALUES)) for name in names for year in years
    }
    table = [["指标", "单位", *(f"{year}年" for year in years)]]
    for name in names:
        item = CATALOG.indicators[name]
        cells_ = [values[name, year] for year in years]
        table.append([item.name_zh, unit_zh(item.unit), *cells_])
    columns = entries_of("宽表.xlsx", workbook(table)).columns
    read = zip(columns["indicator"], columns["year"], columns["value"], strict=True)
    ids = {item.name_zh: item.id for item in CATALOG.indicators.values()}
    found = {(ids[name], int(year)): float(value) for name, year, value in read}
    assert found == {key: value for key, value in values.items() if value is not None}


def test_the_unit_may_stand_behind_the_name_of_the_indicator():
    batch = take("指标 | 2025年\n规模以上工业在地产值（万元） | 1000000")
    assert batch.rows["value"].tolist() == [100.0]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_usual_delimiter_is_read(delimiter):
    table = "指标 | 年份 | 数值 | 单位\n规模以上工业在地产值 | 2025 | 100 | 亿元"
    content = "\n".join(delimiter.join(row) for row in cells(table)).encode("gbk")
    assert take(content).rows["value"].tolist() == [100.0]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("2024", Heading("2024", "全年")),
        ("2024年", Heading("2024", "全年")),
        ("2025年1—9月", Heading("2025", "1-9月")),
        ("2025年1-9月累计", Heading("2025", "1-9月", "累计")),
        ("2025-09", Heading("2025", "9月")),
        ("2025-09-01", Heading("2025", "9月")),
        ("2025年9月（当月）", Heading("2025", "9月", "当月")),
        ("9 月", Heading("", "9月")),
        ("上半年", Heading("", "上半年")),
    ],
)
def test_headings_of_time_are_read(text, heading):
    assert read_time(text) == heading


@pytest.mark.parametrize("text", ["", "备注", "同比", "2024年同比增长", "13月", "20240", "合计"])
def test_other_headings_are_no_time(text):
    assert read_time(text) is None


def test_a_sheet_without_a_header_is_refused_and_empty_ones_are_not():
    batch = take(workbook([["随便", "写写"], [1, 2]], sheet="草稿"), name="填报.xlsx")
    assert [(f.kind, f.sheet, f.rule) for f in batch.faults] == [
        (FaultKind.REFUSED, "草稿", "找不到表头")
    ]
    assert "没有数据" in [f.rule for f in take(workbook([]), name="空.xlsx").faults]


def test_a_long_table_without_any_time_is_refused():
    batch = take("指标 | 数值 | 单位\n规模以上工业在地产值 | 5 | 亿元")
    assert ("refused", "A1", "缺少列") in faults(batch)
    assert batch.tallies[0].unread == 1


def test_sheets_that_explain_and_hidden_ones_are_not_read():
    content = workbook(
        [["指标", "年份", "数值", "单位"], [OUTPUT, 2025, 1, "亿元"]], sheet="示例一"
    )
    assert take(content, name="填报.xlsx").rows.empty
    book = load_workbook(io.BytesIO(content))
    book["示例一"].title = "藏"
    book.create_sheet("空")
    book["藏"].sheet_state = "hidden"
    book.active = 1
    hidden = io.BytesIO()
    book.save(hidden)
    batch = take(hidden.getvalue(), name="填报.xlsx")
    assert batch.rows.empty
    notes = [(fault.sheet, fault.rule) for fault in batch.of_kind(FaultKind.NOTE)]
    assert ("藏", "隐藏的工作表") in notes
    assert batch.tallies[0].unread == 2  # the year counts: nobody has read the head


def test_a_table_need_not_start_in_the_first_cell():
    rows = [[], [], ["", "", "指标", "年份", "数值", "单位"], ["", "", OUTPUT, 2025, 7, "亿元"]]
    batch = take(workbook(rows), name="填报.xlsx")
    assert shown(batch) == [(GROSS, "year", 2025, None, 7.0, "E4")]


def test_a_cell_however_long_is_read_as_one():
    long = "长" * 200_000
    assert csv_rows("甲.csv", f"指标,数值\n{long},1\n") == [["指标", "数值"], [long, "1"]]


def test_csv_and_drawn_tables_agree():
    assert as_csv("a | b\n1 | 2") == b'"a","b"\n"1","2"'


# ── what is left is listed, and nothing is guessed ───────────────────────────────────────


def left(table: str) -> list[tuple[str, str]]:
    """List cell and reason of every number that is not read."""
    entries = entries_of("表.csv", as_csv(table))
    return [(layout.address(one["row"], one["column"]), one["reason"]) for one in entries.unread]


LEFT = {
    "a column without a heading under a year": (
        """
        2025年
        指标 | 单位 | 1—9月 | |
        规模以上工业在地产值 | 亿元 | 900 | 3.2 |
        """,
        [("D3", "读不懂的表头")],
    ),
    "a figure to the right of the head": (
        """
        指标 | 单位 | 2025年
        规模以上工业在地产值 | 亿元 | 900 | 3.2
        """,
        [("D2", "表头以外")],
    ),
    "figures above the head": (
        """
        合计 | 12.5亿元
        指标 | 单位 | 2025年
        规模以上工业在地产值 | 亿元 | 900
        """,
        [("B1", "表头以外")],
    ),
    "本月 and 累计 of no month": (
        """
        2025年工业统计
        指标 | 单位 | 本月 | 累计
        规模以上工业在地产值 | 亿元 | 90 | 900
        """,
        [("C3", "没有写月份"), ("D3", "没有写月份")],
    ),
    "累计 under a whole year": (
        """
        指标 | 单位 | 2025年 |
        | | 本月 | 累计
        规模以上工业在地产值 | 亿元 | 90 | 900
        """,
        [("C3", "没有写月份"), ("D3", "没有写月份")],
    ),
    "a day within a month": (
        """
        指标 | 单位 | 2024年 | 45880
        规模以上工业在地产值 | 亿元 | 800 | 900
        """,
        [("D2", "读不懂的表头")],
    ),
    "2025.1 with nothing beside it that tells": (
        """
        指标 | 类型 | 单位 | 2025.7 | 2025.1
        规模以上工业在地产值 | 累计 | 亿元 | 800 | 900
        """,
        [("E2", "日期")],
    ),
    "a phone number below": (
        """
        指标 | 单位 | 2025年
        规模以上工业在地产值 | 亿元 | 900
        联系人 | | 57900000
        """,
        [("C3", "附注行")],
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_a_number_that_cannot_be_read_is_listed(name):
    table, cells_ = LEFT[name]
    assert left(table) == cells_


@pytest.mark.parametrize(
    ("heads", "months"),
    [("2025.9 | 2025.1", [9, 10]), ("2025.1 | 2025.2", [1, 2]), ("45900 | 45930", [8, 9])],
)
def test_months_written_as_numbers_are_told_by_their_neighbours(heads, months):
    batch = take(f"指标 | 类型 | 单位 | {heads}\n{OUTPUT} | 当月 | 亿元 | 90 | 91")
    assert batch.rows["month"].tolist() == months


def test_a_year_alone_above_the_head_dates_the_table():
    batch = take(f"2025\n指标 | 单位 | 1—9月\n{OUTPUT} | 亿元 | 900")
    assert [(row[2], row[3]) for row in shown(batch)] == [(2025, 9)]
    assert batch.tallies[0].unread == 0


def test_only_the_rows_of_the_district_are_read_of_a_table_of_districts():
    batch = take(
        """
        2025年1—9月各区规模以上工业在地产值（亿元）
        地  区 | 2025年1—9月 | 同比增长%
        全 市 | 29000 | 1.1
        金山区 | 900 | 3.2
        奉贤区 | 1100 | 2.0
        """.replace("地  区", "项目")
    )
    assert shown(batch) == [(GROSS, "cumulative", 2025, 9, 900.0, "B4")]
    assert (batch.tallies[0].read, batch.tallies[0].unread) == (1, 5)


def test_the_word_for_a_total_behind_the_name_of_a_yearly_number_is_not_dropped():
    batch = take("指标 | 单位 | 2024年\n专精特新企业累计 | 家 | 340")
    assert (len(batch.rows), batch.tallies[0].unread) == (0, 1)
