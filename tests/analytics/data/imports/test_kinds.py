"""Kinds of table that lose, mis-date, mis-scale or misattribute figures: none does in silence.

Each line is a table drawn after audit/imports.md, kinds 2 to 8, in other words and layouts than
its cases: what is read of it, why the rest is not, and what a person is asked to confirm.
"""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.written import number_and_unit
from tests.support.drawn_imports import cells, entries_of, take, workbook
from tests.support.paths import ROOT

OUTPUT, INVESTMENT = "规模以上工业属地产值", "工业固定资产投资"


def read(table: str):
    """Read a drawn table from a workbook, its numbers as numbers."""
    rows = [[_typed(cell) for cell in row] for row in cells(table)]
    return entries_of("表.xlsx", workbook(rows))


def _typed(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def read_of(entries) -> list[str]:
    """List what is read, the unit as it stands nearest to the number."""
    c = entries.columns
    units = zip(c["unit"], c["unit_head"], c["unit_title"], strict=True)
    near = [next((word for word in some if word), "") for some in units]
    rows = zip(c["region"], c["indicator"], c["year"], c["period"], c["value"], near, strict=True)
    return [" ".join(word for word in row if word) for row in rows]


def left(entries) -> dict[str, str]:
    return {one["value"]: one["reason"] for one in entries.unread}


# name: (table, read, left and why, rules of what is held)
TABLES = {
    "words below a year that are no values": (
        f"""
        金山区主要指标（单位：亿元）
        指标 | 2025年 | | |
         | 总量 | 占全市比重 | 位次 | 基期
        {OUTPUT} | 1612.3 | 4.5 | 7 | 1588.1
        """,
        [f"{OUTPUT} 2025 全年 1612.3 亿元"],
        dict.fromkeys(("4.5", "1588.1"), "读不懂的表头") | {"7": "序号或位次"},
        set(),
    ),
    "the first column below a year is no value": (
        f"""
        金山区主要指标（单位：亿元）
        指标 | 2025年 |
         | 占比 | 总量
        {OUTPUT} | 4.5 | 1612.3
        """,
        [f"{OUTPUT} 2025 全年 1612.3 亿元"],
        {"4.5": "读不懂的表头"},
        set(),
    ),
    "parts below the name of the whole": (
        f"""
        单位：亿元
        年份 | {OUTPUT} |
         | 合计 | 其中：石化
        2025 | 1612.3 | 865.1
        """,
        [f"{OUTPUT} 2025 1612.3 亿元", f"{OUTPUT}\n其中:石化 2025 865.1 亿元"],
        {},
        set(),
    ),
    "the day until which a form is valid": (
        f"""
        工业企业主要指标
        表号：B203表 | | 有效期至： | 2026年1月
        制定机关：国家统计局 | | 文号：国统字〔2024〕101号
        指标 | 计量单位 | 1-9月
        {OUTPUT} | 亿元 | 1203.4
        """,
        [f"{OUTPUT} 1-9月 1203.4 亿元"],
        {},
        set(),
    ),
    "the month of printing": (
        f"""
        规模以上工业主要指标
        金山区统计局 2026年1月编
        指标 | 单位 | 1-9月
        {OUTPUT} | 亿元 | 1203.4
        """,
        [f"{OUTPUT} 1-9月 1203.4 亿元"],
        {},
        set(),
    ),
    "a day up to which data were held, beside the year they are of": (
        f"""
        2024年主要指标（数据截至2025年3月31日）
        指标 | 单位 | 数值
        {OUTPUT} | 亿元 | 1612.3
        """,
        [f"{OUTPUT} 2024 全年 1612.3 亿元"],
        {},
        set(),
    ),
    "a day up to which figures run, and no last day of a month": (
        f"""
        主要指标（截至2025年3月25日）
        指标 | 单位 | 目前完成
        {OUTPUT} | 亿元 | 380.1
        """,
        [],
        {},  # refused: no row is a head
        set(),
    ),
    "months in the title apart from its year": (
        f"""
        2025年金山区主要指标（1-9月）
        指标 | 单位 | 数值
        {OUTPUT} | 亿元 | 1203.4
        """,
        [f"{OUTPUT} 2025 1-9月 1203.4 亿元"],
        {},
        set(),
    ),
    "months in a title without a year": (
        f"""
        1-9月主要经济指标
        指标 | 单位 | 2024年 | 2025年
        {OUTPUT} | 亿元 | 1167.2 | 1203.4
        """,
        [f"{OUTPUT} 2024 全年 1167.2 亿元", f"{OUTPUT} 2025 全年 1203.4 亿元"],
        {},
        {"标题与表头的期间不同"},
    ),
    "a footnote number behind a year": (
        f"""
        累计投资情况
        指标 | 单位 | 2023年1 | 2024年(2) | 2025年
        {INVESTMENT} | 亿元 | 91.5 | 98.2 | 104.9
        """,
        [f"{INVESTMENT} 2024 全年 98.2 亿元", f"{INVESTMENT} 2025 全年 104.9 亿元"],
        {"91.5": "读不懂的表头"},
        set(),
    ),
    "a unit between the rows": (
        f"""
        2025年主要经济指标（单位：亿元）
        指标 | 2025年
        {OUTPUT} | 1612.3
        单位：万元
        {INVESTMENT} | 1049000
        """,
        [f"{OUTPUT} 2025 全年 1612.3 亿元", f"{INVESTMENT} 2025 全年 1049000 万元"],
        {},
        set(),
    ),
    "places between the rows": (
        """
        主要经济指标（单位：亿元）
        指标 | 2025年
        一、上海市
        第二产业增加值 | 11900.2
        二、金山区
        地区生产总值 | 1250.1
        """,
        [
            "上海市 第二产业增加值 2025 全年 11900.2 亿元",
            "金山区 地区生产总值 2025 全年 1250.1 亿元",
        ],
        {},
        set(),
    ),
    "another year between the rows of a wide table": (
        f"""
        主要经济指标（单位：亿元）
        2025年
        指标 | 1-9月
        {OUTPUT} | 1203.4
        2024年
        {INVESTMENT} | 80.1
        """,
        [f"{OUTPUT} 2025 1-9月 1203.4 亿元"],
        {"80.1": "分段行写着另外的年月"},
        set(),
    ),
    "another year between the rows of a long table": (
        f"""
        主要经济指标（单位：亿元）
        月份 | {OUTPUT}
        2024年
        1-9月 | 1167.2
        2025年
        1-9月 | 1203.4
        """,
        [f"{OUTPUT} 2024 1-9月 1167.2 亿元", f"{OUTPUT} 2025 1-9月 1203.4 亿元"],
        {},
        set(),
    ),
    "months beside the rows, years over the figures, the title the thing": (
        f"""
        {OUTPUT}（单位：亿元）
        月份 | 2024年 | 2025年
        1-2月 | 210.1 | 213.4
        """,
        [f"{OUTPUT} 2024 1-2月 210.1 亿元", f"{OUTPUT} 2025 1-2月 213.4 亿元"],
        {},
        set(),
    ),
    "the month under a title of the months so far": (
        f"""
        2025年1-9月
        指标 | 本月（亿元） | 累计（亿元）
        {OUTPUT} | 142.2 | 1203.4
        """,
        [f"{OUTPUT} 2025 9月 142.2 亿元", f"{OUTPUT} 2025 1-9月 1203.4 亿元"],
        {},
        set(),
    ),
    "an empty corner": (
        f"""
         | 单位 | 2024年 | 2025年
        {OUTPUT} | 亿元 | 1588.1 | 1612.3
        """,
        [f"{OUTPUT} 2024 全年 1588.1 亿元", f"{OUTPUT} 2025 全年 1612.3 亿元"],
        {},
        set(),
    ),
    "plans in the title": (
        f"""
        2026年主要经济指标目标任务表
        指标 | 单位 | 2025年
        {OUTPUT} | 亿元 | 1700
        """,
        [f"{OUTPUT} 2025 全年 1700 亿元"],
        {},
        {"标题写着计划或预计"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_figure_is_read_as_it_is_said_or_left_for_a_reason(name):
    table, values, unread, held = TABLES[name]
    entries = read(table)
    assert read_of(entries) == values
    assert left(entries) == unread
    assert {fault["rule"] for fault in entries.faults if fault["kind"] == "held"} == held


def test_a_row_that_commas_have_split_is_not_guessed():
    text = f"指标,单位,2024年,2025年\n{OUTPUT},亿元,1,588.1,1,612.3\n{INVESTMENT},亿元,98.2,104.9"
    entries = entries_of("表.csv", text.encode())
    assert read_of(entries) == [
        f"{INVESTMENT} 2024 全年 98.2 亿元",
        f"{INVESTMENT} 2025 全年 104.9 亿元",
    ]
    assert left(entries).keys() == {"1", "588.1", "612.3"}


def test_commas_within_numbers_are_not_taken_for_the_delimiter_of_a_tabbed_text():
    text = f"指标\t单位\t2024年\n{OUTPUT}\t亿元\t1,001,588.1"
    assert read_of(entries_of("表.csv", text.encode("utf-16"))) == [
        f"{OUTPUT} 2024 全年 1,001,588.1 亿元"
    ]


def test_the_other_districts_of_a_table_by_place_are_left_out_and_named():
    batch = take(f"""
        2025年1-9月各区工业（单位：亿元）
        地区 | {OUTPUT} | 增速（%）
        全市 | 30000 | 2.2
        浦东新区 | 8888 | 1.1
        金山区 | 1203.4 | 3.1
    """)
    assert batch.rows["value"].tolist() == [1203.4]
    assert (batch.tallies[0].read, batch.tallies[0].unread) == (1, 5)
    assert batch.confirm_all().publishable


def test_months_so_far_that_are_called_one_month_are_refused():
    batch = take(f"""
        指标 | 年份 | 期间 | 类型 | 数值 | 单位
        {OUTPUT} | 2025 | 1—9月 | 当月 | 142.2 | 亿元
    """)
    assert [fault.rule for fault in batch.faults if fault.kind == "refused"] == ["累计或当月"]


# ── what a cell shows is not what it holds ───────────────────────────────────────────────


def shown_as(value: object, style: str):
    """Write a number or a day in a number format."""

    def write(page, row, column, book):
        page.write(row, column, value, book.add_format({"num_format": style}))

    return write


def raised(words: str, mark: str):
    def write(page, row, column, book):
        page.write_rich_string(
            *(row, column, book.add_format(), words, book.add_format({"font_script": 1}), mark)
        )

    return write


def test_a_raised_mark_is_no_digit_of_a_number_or_a_year():
    rows = [
        ["累计", "", "", ""],
        ["指标", "单位", raised("2023年", "1"), "2024年"],
        [INVESTMENT, "亿元", 91.5, raised("98.2", "1")],
        ["工业园区工业用地面积", raised("km", "2"), 31.5, 31.6],
    ]
    entries = entries_of("表.xlsx", workbook(rows))
    values = zip(*(entries.columns[name] for name in ("year", "value", "unit")), strict=True)
    assert list(values) == [
        *(("2023", "91.5", "亿元"), ("2024", "98.2", "亿元")),
        *(("2023", "31.5", "km2"), ("2024", "31.6", "km2")),
    ]
    assert entries.columns["note"][1] == "原表标注(1)"


def test_the_first_day_of_a_year_may_be_the_year_and_is_not_read():
    days = [shown_as(date(year, 1, 1), "yyyy") for year in (2024, 2025)]
    rows = [["累计完成"], ["指标", "单位", *days], [INVESTMENT, "亿元", 91.5, 98.2]]
    entries = entries_of("表.xlsx", workbook(rows))
    assert left(entries) == dict.fromkeys(("91.5", "98.2"), headings.YEAR_OR_MONTH)


def test_the_first_day_of_january_beside_february_is_january():
    days = [shown_as(date(2025, month, 1), "yyyy-mm") for month in (1, 2)]
    rows = [["累计完成"], ["指标", "单位", *days], [INVESTMENT, "亿元", 9.5, 18.2]]
    assert entries_of("表.xlsx", workbook(rows)).columns["period"] == ["1月", "2月"]


@pytest.mark.parametrize(
    ("style", "value", "stored", "held"),
    [
        ("0.0,", 1_310_000, 1_310_000.0, {"缩小显示的数", "量级异常", "疑为存量"}),
        ("0!.0,", 1310, 1310.0, {"缩小显示的数"}),
        ('0.00"万亩"', 0.13, 1300.0, {"单位写法不一致"}),
        ("#,##0.0", 1310, 1310.0, set()),
    ],
)
def test_a_format_that_shows_another_number_is_seen(style, value, stored, held):
    row = ["腾退提升低效用地", "亩", shown_as(value, style)]
    content = workbook([["指标", "单位", "2025年"], row])
    current = ("low_efficiency_land", "金山区", 2024, None, 1290.0)
    batch = take(content, current, name="表.xlsx")
    assert batch.rows["value"].tolist() == [stored]
    assert {fault.rule for fault in batch.waiting} == held


# ── sheets nobody sees ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("title", "hidden"), [("底稿", True), ("说明及数据", False)])
def test_numbers_of_a_sheet_that_is_not_read_are_listed(title, hidden):
    content = workbook([["指标", "单位", "2025年"], [OUTPUT, "亿元", 1612.3]])
    book = load_workbook(io.BytesIO(content))
    page = book.create_sheet(title)
    page.append([OUTPUT, 1588.1])
    page.sheet_state = "hidden" if hidden else "visible"
    saved = io.BytesIO()
    book.save(saved)
    batch = take(saved.getvalue(), name="表.xlsx")
    assert (batch.tallies[0].read, batch.tallies[0].unread) == (1, 1)
    assert [fault.rule for fault in batch.waiting] == ["未读取的数"]


def hidden(*, rows=(), columns=()):
    """Write a cell and hide rows and columns of its sheet."""

    def write(page, row, column, book):
        page.write(row, column, "指标")
        for number in rows:
            page.set_row(number, None, None, {"hidden": True})
        for number in columns:
            page.set_column(number, number, None, None, {"hidden": True})

    return write


def test_numbers_of_hidden_rows_and_columns_are_listed_and_the_places_named():
    years = ["单位", "2023年", "2024年", "2025年"]
    rows = [
        [hidden(rows=(2, 3, 9), columns=(1, 3, 30)), *years],
        [OUTPUT, "亿元", 1570.1, 1588.1, 1612.3],
        [INVESTMENT, "亿元", 91.5, 98.2, 104.9],
        ["第二产业增加值", "亿元", 601.5, 602.5, 603.5],
    ]
    content = workbook(rows)
    batch = take(content, name="表.xlsx")
    assert batch.rows["value"].tolist() == [1570.1, 1612.3]  # the hidden unit still is the unit
    assert (batch.tallies[0].read, batch.tallies[0].unread) == (2, 7)
    said = [fault.message_zh for fault in batch.faults if fault.rule == "隐藏的行列"]
    assert said == ["第3—4行、D列是隐藏的，其中的数没有读取"]
    assert "未读取的数" in {fault.rule for fault in batch.waiting}


def test_hidden_places_without_numbers_are_not_worth_a_word():
    rows = [[hidden(rows=(1, 4), columns=(1, 5)), "单位", "2025年"], ["", "", ""]]
    batch = take(workbook([*rows, [OUTPUT, "亿元", 1612.3]]), name="表.xlsx")
    assert (batch.rows["value"].tolist(), batch.waiting) == ([1612.3], ())


# ── noughts ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (f"{OUTPUT} | 亿元 | 1588.1 | 0 | 1612.3", 1),
        (f"{OUTPUT} | 亿元 | 0 | 0 | 0", 3),  # nowhere more than nothing
        (f"{INVESTMENT} | 亿元 | 91.5 | 0.00亿元 | 104.9", 1),  # money of a year is never nothing
        ("高新技术企业总数 | 家 | 900 | 0 | 1100", 1),
        ("国家级“四绿”单位 | 家 | 3 | 0 | 4", 0),  # a few units come or do not come
        ("腾退提升低效用地 | 亩 | 900 | 0 | 1000", 0),
    ],
)
def test_a_nought_that_is_likely_a_missing_figure_is_asked_about(line, held):
    batch = take(f"指标 | 单位 | 2023年 | 2024年 | 2025年\n{line}")
    assert [fault.rule for fault in batch.waiting].count("零值") == held


def test_a_workbook_of_wps_is_read_whatever_its_name_ends_in():
    content = (ROOT / "tests/data/imports/C1302_2017.xls").read_bytes()
    same = entries_of("年鉴.xls", content), entries_of("年鉴.et", content)
    assert same[0].columns == same[1].columns
    assert len(same[0].columns["value"]) > 50


# ── words ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "place"),
    [
        *(("金山工业区2025年主要经济指标", "金山工业区"), ("枫泾镇2025年工业", "枫泾镇")),
        *(("金山卫镇主要指标", "金山卫镇"), ("张堰工业园区2025年", "张堰工业园区")),
        *(("嘉兴市2025年主要指标", "嘉兴市"), ("2025年嘉善县主要指标", "嘉善县")),
        *(("江苏省1-9月工业", "江苏"), ("长三角主要指标", "长三角"), ("奉贤2025年工业", "奉贤")),
        *(("金山区2025年各街镇工业", ""), ("挂牌上市企业情况", ""), ("工业园区产值", "")),
        *(("金山区工业园区税收", ""), ("城镇居民收入", ""), ("金山区与奉贤区比较", "")),
    ],
)
def test_a_title_of_another_place_is_held(title, place):
    table = f"""
        {title}
        指标 | 单位 | 2025年
        {INVESTMENT} | 亿元 | 9.3
    """
    held = [fault for fault in take(table).waiting if fault.rule == "地区与标题不同"]
    assert [place in fault.message_zh for fault in held] == ([True] if place else [])


@pytest.mark.parametrize(
    ("title", "word"),
    [
        *(("2026年主要指标计划表", "计划"), ("2025年预计完成情况", "预计"), ("目标分解表", "目标")),
        *(("2025年目标完成情况", ""), ("先进制造业签约项目计划投资总额", ""), ("统计月报", "")),
    ],
)
def test_plans_are_told_from_reports_on_plans(title, word):
    assert titles.plans(title) == word


@pytest.mark.parametrize(("text", "number"), [("2.1(1)", "2.1"), ("1588.1（注2）", "1588.1")])
def test_a_number_in_brackets_behind_a_number_is_a_mark_and_no_unit(text, number):
    assert number_and_unit(text)[:2] == (number, "")


# ── the month alone, the year so far ─────────────────────────────────────────────────────

MONTHS = [
    ("本月", "2025年9月", ["9月"]),  # the title says which month
    ("累计", "2025年1—9月", ["1-9月"]),
    ("本月", "2025年", []),  # a month of which nobody knows which: never the year
]


@pytest.mark.parametrize(("kind", "title", "periods"), MONTHS)
def test_a_month_below_the_heading_of_a_year_is_never_the_year(kind, title, periods):
    batch = take(f"""
        {title}工业
        指标 | 类型 | 单位 | 2025年
        {OUTPUT} | {kind} | 亿元 | 142.2
    """)
    said = {"month": "{}月", "cumulative": "1-{}月", "year": "全年"}
    rows = batch.rows[["period_kind", "month"]].itertuples(index=False)
    assert [said[period].format(month) for period, month in rows] == periods


def test_a_title_of_one_month_leaves_open_which_figure_it_dates():
    batch = take(f"""
        金山区2025年9月主要指标
        指标 | 单位 | 数值
        {OUTPUT} | 亿元 | 1203.4
    """)
    assert batch.rows.empty
    assert [(one.words, one.proposal) for one in batch.questions] == [("9月", "累计")]


def test_an_old_workbook_shows_what_it_holds_as_a_new_one_does():
    """Made with xlwt: percent, thousands and 万元 by format, no saved result, hidden places."""
    content = (ROOT / "tests/data/imports/X01_formats.xls").read_bytes()
    batch = take(content, name="甲.et")
    values = dict(zip(batch.rows["cell"], batch.rows["value"], strict=True))
    assert values == {
        **{"C2": 0.045, "D2": 0.051, "C3": 0.403, "D3": 0.412, "C4": 1570600.0, "D4": 1588.1},
        **{"C5": 98.2, "D5": 104.9, "C8": 2, "D8": 5},
    }
    found = {(fault.cell, fault.rule) for fault in batch.faults}
    assert found >= {
        ("C4", "缩小显示的数"),
        ("C6", "数值"),
        ("C7", "未读取的行"),
        ("D2", "未读取的列"),
    }
