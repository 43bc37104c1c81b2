"""Words of office tables that leave time, unit or thing open: read, asked, or left, never guessed.

Read from entries alone, which is fast; what a person is asked or told is tried at the end.
"""

import pytest

from analytics.data.imports.batch import FaultKind
from analytics.data.imports.mapping.declared import LEAVE
from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.files import filled
from analytics.data.imports.reader.written import number_and_unit
from analytics.data.reading.parsing import ParseError, is_approximate, parse_number
from tests.support.drawn_imports import as_csv, entries_of, take
from tests.support.office_tables import answers_for, handed_in

NOTED = "说明写着另外的年月"
OUTPUT, INVESTMENT, FIRMS = "规模以上工业属地产值", "工业固定资产投资", "高新技术企业总数"


def read_of(table: str, name: str = "表.csv") -> list[str]:
    """List region, indicator, time, kind and value of what is read."""
    c = entries_of(name, as_csv(table)).columns
    fields = ("region", "indicator", "year", "period", "type", "value")
    return [" ".join(filter(None, row)) for row in zip(*(c[f] for f in fields), strict=True)]


TABLES = {
    "places under 单位": (
        f"""
        2025年1-9月各镇工业情况
        单位 | {OUTPUT}（亿元） | 同比(%)
        全区 | 1250.3 | 3.3
        """,
        [f"全区 {OUTPUT} 2025 1-9月 1250.3"],
    ),
    "firms under 单位": (
        """
        2025年1-9月重点企业（亿元）
        序号 | 单位 | 产值 | 同比(%)
        1 | 某某化工有限公司 | 50.3 | 3.3
        """,
        ["某某化工有限公司产值 2025 1-9月 50.3"],
    ),
    "clusters under 指标, things across": (
        """
        2024年主要指标
        指标 | 产值（亿元） | 企业数（家）
        新材料产业集群 | 451 | 96
        """,
        ["新材料产业集群产值 2024 全年 451", "新材料产业集群企业数 2024 全年 96"],
    ),
    "months under 指标, things across": (
        f"""
        2025年
        指标 | {OUTPUT}（亿元） |
         | 当月 | 累计
        9月 | 140.2 | 1250.3
        """,
        [f"{OUTPUT} 2025 9月 当月 140.2", f"{OUTPUT} 2025 9月 累计 1250.3"],
    ),
    "a time before the thing": (
        """
        2025年重点产业集群（亿元）
        产业集群 | 1-9月产值 | 同比增长%
        新材料产业集群 | 345.2 | 3.0
        """,
        ["新材料产业集群产值 2025 1-9月 345.2"],
    ),
    "quarters that are numbers": (
        f"""
        年份 | 季度 | {OUTPUT}（亿元）
        2025 | 3 | 460
        """,
        [f"{OUTPUT} 2025 3季度 460"],
    ),
    "parts of a year under an unknown word": (
        f"""
        年份 | 阶段 | {OUTPUT}（亿元）
        2025 | 1-9月 | 1250.3
        """,
        ["阶段 2025 1-9月 1-9月", f"{OUTPUT} 2025 1-9月 1250.3"],
    ),
    "growth in a row of its own below the same name": (
        f"""
        指标 | 类别 | 2024年
        {OUTPUT}（亿元） | 总量 | 1612.3
        {OUTPUT}（亿元） | 同比% | 1.5
        """,
        [f"{OUTPUT}（亿元） 2024 全年 1612.3", f"{OUTPUT}（亿元）\n同比% 2024 全年 1.5"],
    ),
    "October, its zero lost, below September": (
        f"""
        年月 | {OUTPUT}累计（亿元）
        2025.9 | 1250.3
        2025.1 | 1390.1
        """,
        [f"{OUTPUT} 2025 9月 累计 1250.3", f"{OUTPUT} 2025 10月 累计 1390.1"],
    ),
    "the unit and the part of a year in rows under whole years": (
        f"""
        指标 | 2024年
        单位：亿元
        1-9月
        {OUTPUT} | 1210.1
        """,
        [f"{OUTPUT} 2024 1-9月 1210.1"],
    ),
    "a head that comes again": (
        f"""
        2024年9月月报
        指标 | 单位 | 本月 | 累计
        {OUTPUT} | 亿元 | 139 | 1210.1
        2025年9月月报
        指标 | 单位 | 本月 | 累计
        {OUTPUT} | 亿元 | 140.2 | 1250.3
        续表
        指标 | 单位 | 本月 | 累计
        {INVESTMENT} | 亿元 | 15.1 | 120.7
        """,
        [
            f"{OUTPUT} 2024 9月 当月 139",
            f"{OUTPUT} 2024 9月 累计 1210.1",
            f"{OUTPUT} 2025 9月 当月 140.2",
            f"{OUTPUT} 2025 9月 累计 1250.3",
            f"{INVESTMENT} 2025 9月 当月 15.1",
            f"{INVESTMENT} 2025 9月 累计 120.7",
        ],
    ),
    "a date in four cells": (
        f"""
        工业主要指标
         | 2025 | 年 | 9 | 月
        指标 | 单位 | 本月 | 累计
        {OUTPUT} | 亿元 | 140.2 | 1250.3
        """,
        [f"{OUTPUT} 2025 9月 当月 140.2", f"{OUTPUT} 2025 9月 累计 1250.3"],
    ),
    "本月 beside the year so far": (
        f"""
        2025年工业月报
        指标 | 单位 | 本月 | 1-9月
        {OUTPUT} | 亿元 | 140.2 | 1250.3
        """,
        [f"{OUTPUT} 2025 9月 当月 140.2", f"{OUTPUT} 2025 1-9月 1250.3"],
    ),
    "units in the row below years": (
        f"""
        指标 | 2023年 | | 2024年 |
         | 亿元 | % | 亿元 | %
        {OUTPUT} | 1588.1 | 3.6 | 1612.3 | 1.5
        """,
        [f"{OUTPUT} 2023 全年 1588.1", f"{OUTPUT} 2024 全年 1612.3"],
    ),
    "a part of all firms in a row of its own": (
        f"""
        指标 | 单位 | 2024年
        一、大型企业
        {OUTPUT} | 亿元 | 900.1
        合计
        {OUTPUT} | 亿元 | 1612.3
        二、四大产业集群
        新材料产业集群产值 | 亿元 | 451
        """,
        [
            f"大型企业\n{OUTPUT} 2024 全年 900.1",
            f"{OUTPUT} 2024 全年 1612.3",
            "新材料产业集群产值 2024 全年 451",
        ],
    ),
    "a title at the left, its date at the right": (
        f"""
        指标月报 | | 2025年9月
        指标 | 单位 | 当月
        {OUTPUT} | 亿元 | 140.2​
        """,
        [f"{OUTPUT} 2025 9月 当月 140.2​"],
    ),
    "the year so far under a year, the month in the title": (
        f"""
        2025年9月主要指标
        指标 | 单位 | 2025年累计 | 2024年累计
        {OUTPUT} | 亿元 | 1250.3 | 1210.1
        """,
        [f"{OUTPUT} 2025 9月 累计 1250.3", f"{OUTPUT} 2024 9月 累计 1210.1"],
    ),
    "months beside the rows under a lone year": (
        f"""
        2025年
        时间 | {OUTPUT}（亿元）
        9月累计 | 1250.3
        """,
        [f"{OUTPUT} 2025 9月累计 1250.3"],
    ),
    "months beside the rows, years over things": (
        f"""
        月份 | 2024年 | 2025年
         | {OUTPUT}（亿元） | {OUTPUT}（亿元）
        1-9月 | 1210.1 | 1250.3
         | 1375.2 | 1390.1
        """,
        [
            f"{OUTPUT} 2024 1-9月 1210.1",
            f"{OUTPUT} 2025 1-9月 1250.3",
            f"{OUTPUT} 全年 1375.2",  # a month left out, and so no year: refused
            f"{OUTPUT} 全年 1390.1",
        ],
    ),
    "a row without its name is no head": (
        f"""
        指标 | 年份 | 数值 | 单位
        {OUTPUT} | 2023 | 1588.1 | 亿元
         | 2024 | 1612.3 | 亿元
        {FIRMS} | 2023 | 1085 | 家
        """,
        [f"{OUTPUT} 2023 1588.1", f"{OUTPUT} 2024 1612.3", f"{FIRMS} 2023 1085"],
    ),
    "a part of a year over years": (
        f"""
        指标 | 1-9月（亿元、%） | | 增长%
         | 2025年 | 2024年 |
        {OUTPUT} | 1250.3 | 1210.1 | 3.3
        """,
        [f"{OUTPUT} 2025 1-9月 1250.3", f"{OUTPUT} 2024 1-9月 1210.1"],
    ),
    "实绩 over months and last year": (
        f"""
        2025年1-9月
        指标 | 单位 | 实绩 | | |
         | | 本月 | 累计 | 上年同期 | 增长%
        {OUTPUT} | 亿元 | 140.2 | 1250.3 | 1210.1 | 3.3
        """,
        [f"{OUTPUT} 2025 9月 当月 140.2", f"{OUTPUT} 2025 1-9月 累计 1250.3"],
    ),
    "the year so far beside 本月 in a head that is not merged": (
        f"""
        2025年9月
        指标 | 单位 | 本月 | |
         | | 绝对值 | 1-9月 | 全年累计
        {OUTPUT} | 亿元 | 140.2 | 1250.3 | 1612.3
        """,
        [
            f"{OUTPUT} 2025 9月 当月 140.2",
            f"{OUTPUT} 2025 1-9月 1250.3",
            f"{OUTPUT} 2025 全年 累计 1612.3",
        ],
    ),
    "a title that is a word of heads": (
        f"""
        主要指标
        年份 | {OUTPUT}（亿元） |
         | 1-9月 | 增速
        2024 | 1210.1 | 3.3
        """,
        [f"{OUTPUT} 2024 1-9月 1210.1"],
    ),
    "towns under the months so far": (
        f"""
        2025年1-9月{OUTPUT}（亿元）
        街镇 | 产值 |
         | 本月 | 累计
        全区 | 140.2 | 1250.3
        """,
        [f"全区 {OUTPUT} 2025 9月 当月 140.2", f"全区 {OUTPUT} 2025 1-9月 累计 1250.3"],
    ),
    "a year beside the row and another over the column": (
        f"""
        年份 | {OUTPUT}（亿元）
         | 2025年
        2024 | 1612.3
        """,
        [f"{OUTPUT} 2024、2025 全年 1612.3"],
    ),
    "sizes of firms beside the names": (
        f"""
        指标 | 企业规模 | 责任单位 | 单位 | 2024年
        {OUTPUT} | 大型 | 金山工业区 | 亿元 | 900.1
         | 合计 | 金山工业区 | 亿元 | 1612.3
        """,
        [f"大型\n{OUTPUT} 2024 全年 900.1", f"{OUTPUT} 2024 全年 1612.3"],
    ),
    "industries beside the names of a long table": (
        f"""
        指标 | 行业 | 年份 | 数值
        {OUTPUT} | 化学原料制造业 | 2024 | 420
        """,
        [f"化学原料制造业\n{OUTPUT} 2024 420"],
    ),
    "sizes of firms beside the years": (
        f"""
        年份 | 企业规模 | {OUTPUT}（亿元）
        2024 | 大型 | 900.1
        """,
        ["大型\n企业规模 2024 大型", f"大型\n{OUTPUT} 2024 900.1"],
    ),
    "industries behind the figures": (
        f"""
        指标 | 单位 | 2024年 | 行业
        {OUTPUT} | 亿元 | 420 | 医药制造业
        """,
        [f"医药制造业\n{OUTPUT} 2024 全年 420"],
    ),
    "parks beside the names": (
        f"""
        指标 | 所属园区 | 单位 | 2024年
        {OUTPUT} | 金山工业区 | 亿元 | 420.7
        """,
        [f"金山工业区 {OUTPUT} 2024 全年 420.7"],
    ),
    "a title of plans over the actual figures": (
        f"""
        2027年目标任务分解表
        序号 | 指标 | 单位 | 2024年 | 2027年目标
        1 | {OUTPUT} | 亿元 | 1612.3 | 2100
        """,
        [f"{OUTPUT} 2024 全年 1612.3"],
    ),
    "kinds of firms, ends of quarters across": (
        f"""
        类型 | 单位 | 2025年三季度末
        {FIRMS} | 家 | 1201
        """,
        [f"{FIRMS} 2025 9月 1201"],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_figure_is_read_with_its_own_time_and_thing(name):
    table, read = TABLES[name]
    assert read_of(table) == read


HEADINGS = {
    "累计（1—9月）": ("", "1-9月", "累计", ""),
    "当月（9月）": ("", "9月", "当月", ""),
    "上年同期（2024年1—9月）": ("2024", "1-9月", "", ""),
    "截至2025年9月30日": ("2025", "9月", "累计", ""),
    "2025年9月30日": ("2025", "9月", "", ""),
    "年初至9月": ("", "1-9月", "", ""),
    "2024p": ("2024", "全年", "", ""),
    "2023年（修）": ("2023", "全年", "", ""),
    "2024年总量": ("2024", "全年", "", ""),
    "2024e": ("2024", "", "", headings.PLAN),
    "全市排名": ("", "", "", headings.SERIAL),
}


@pytest.mark.parametrize("words", HEADINGS)
def test_a_heading_is_read_as_a_clerk_reads_it(words):
    read = headings.read_heading(words)
    assert (read.year, read.period, read.type, read.unread) == HEADINGS[words]


def test_the_beginning_of_a_year_is_no_mark_of_it():
    assert not headings.read_heading("2025年初").timed


TITLES = {
    "工业（2025.9）": ("2025", "9月"),
    "工业 2025-09": ("2025", "09月"),
    "2010-12年": ("2010", ""),
    "2025.1-9": ("2025", "1-9月"),
    "2025年前九个月": ("2025", "1-9月"),
    "月报2025年第9期": ("", ""),
    "截止到2025年9月30日": ("2025", "1-9月"),
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_dates_by_its_month_and_never_by_its_issue(title):
    dated = " ".join(titles.dating_lines([[title]]))
    assert (titles.year_in_title(dated), titles.period_in_title(dated)) == TITLES[title]


def test_a_day_within_a_month_dates_no_whole_month():
    assert headings.read_time("2025年9月28日") is None
    assert headings.read_time("2025-09-29") is None


def test_a_year_over_or_under_last_year_dates_it_only_from_below():
    year, before = headings.read_heading("2023年"), headings.read_heading("上年")
    assert year.under(before).unread == ""
    assert before.under(year).unread == headings.LAST_YEAR  # of 2024年 it would be 2023


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("1612.3（+1.5%）", "1612.3", ""),
        ("140.3↑7.8%", "140.3", ""),
        ("28.5（提高0.8个百分点）", "28.5", ""),
        ("1612.3亿元，同比增长1.5%", "1612.3", "亿元"),
        ("28.5-30.1%", "28.5-30.1%", ""),  # a range
        ("1612.3（1700）", "1612.3（1700）", ""),
    ],
)
def test_growth_behind_a_number_is_kept_as_a_remark(written, number, unit):
    assert number_and_unit(written)[:2] == (number, unit)


@pytest.mark.parametrize("written", ["~140", "～3.2", "〜5"])
def test_a_tilde_before_a_number_is_no_minus(written):
    with pytest.raises(ParseError):
        parse_number(written)


@pytest.mark.parametrize(
    "written",
    ["约1588", "突破1600", "3000左右", "1150余", "近千家1000", "30-35亿元", "~140", "300+"],
)
def test_what_is_only_nearly_a_number_is_named_so(written):
    assert is_approximate(written)
    batch = take(f"指标 | 单位 | 2024年\n{OUTPUT} | 亿元 | {written}")
    (fault,) = batch.of_kind(FaultKind.REFUSED)
    assert (fault.cell, fault.rule) == ("C2", "数值")
    assert "约数" in fault.message_zh
    assert not is_approximate("-12.3")


@pytest.mark.parametrize(
    "date", ["2025-09-30", "2025/9/30", "2025年9月30日", "2025年9月", "202509"]
)
def test_a_month_beside_a_row_is_asked_about_once_and_then_known(date):
    table = f"日期 | {OUTPUT}（亿元）\n{date} | 1250.3"
    first = handed_in(as_csv, table)
    assert not first.publishable
    assert [(q.words, q.proposal) for q in first.questions] == [("9月", "累计")]
    made, _ = answers_for(first, {})
    again = handed_in(as_csv, table.replace("09-30", "10-31").replace("9月30", "10月31"), made)
    assert not again.questions
    assert again.rows["period_kind"].tolist() == ["cumulative"]


def test_a_title_s_two_units_of_one_sort_are_not_chosen_between():
    batch = take("2024年（单位：亿元、万元）\n指标 | 2024年\n工业园区税收 | 634500")
    assert [fault.rule for fault in batch.of_kind(FaultKind.REFUSED)] == ["单位"]
    batch = take(f"指标 | 单位 | 2024年\n{OUTPUT} | 亿元、% | 1612.3")
    assert batch.rows["value"].tolist() == [1612.3]


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        (f"2025年1-8月\n指标 | 单位 | 1-9月\n{OUTPUT} | 亿元 | 1250.3", "标题与表头的期间不同"),
        ("2025年9月末\n指标 | 单位 | 累计\n专精特新企业 | 家 | 340", "疑为存量"),
        (f"指标 | 单位 | 2024年 | 备注\n{OUTPUT} | 亿元 | 1588.1 | 为2023年数", NOTED),
        (f"2025年\n指标 | 单位 | 1-9月 | 备注\n{OUTPUT} | 亿元 | 1110.3 | 截至8月底", NOTED),
        (f"2025年工业月报\n指标 | 单位 | 数值\n{OUTPUT} | 亿元 | 1250.3", "标题与表头的期间不同"),
        ("2025年9月\n指标 | 单位 | 年末\n高新技术企业总数 | 家 | 1150", "标题与表头的期间不同"),
        (f"指标 | 单位 | 2024年\n{OUTPUT}% | 亿元 | 1612.3", "单位写法不一致"),
        (f"指标 | 单位 | 2024年 | 备注\n{OUTPUT} | 亿元 | 1612.3 | 为在地口径", "口径有变化"),
    ],
)
def test_a_likely_mistake_is_held(table, rule):
    assert rule in {fault.rule for fault in take(table).of_kind(FaultKind.HELD)}


@pytest.mark.parametrize(
    ("remark", "held"),
    [
        (f"注：{OUTPUT}为2024年数。", [OUTPUT]),
        (f"注：1.本表为快报；2.{OUTPUT}、{FIRMS}数据均为2024年年报数。", [OUTPUT, FIRMS]),
        (f"2.{FIRMS}截至8月底", [FIRMS]),
        ("说明： | 工业固定资产投资系2024年", [INVESTMENT]),
        (f"注：{OUTPUT}为2025年1—9月数。", []),
        ("注：本表数据截至2024年底，来自统计年鉴", []),
        ("（二）效益", []),
    ],
)
def test_a_remark_below_that_dates_a_row_otherwise_holds_it(remark, held):
    """A note beside a figure did; the same words below the table were passed over."""
    rows = ((OUTPUT, "亿元", 1250.3), (INVESTMENT, "亿元", 95.4), (FIRMS, "家", 1150))
    lines = "\n".join(f"{name} | {unit} | {value}" for name, unit, value in rows)
    batch = take(f"指标 | 单位 | 2025年1-9月\n{lines}\n{remark}")
    told = {fault.cell for fault in batch.of_kind(FaultKind.HELD) if fault.rule == NOTED}
    assert told == {f"C{line}" for line, row in enumerate(rows, 2) if row[0] in held}


@pytest.mark.parametrize("name", [f"枫泾镇{OUTPUT}", "高新技术企业净增数", f"大型企业{OUTPUT}"])
def test_a_part_or_a_change_is_not_proposed_for_the_whole(name):
    batch = take(f"2024年\n指标 | 单位 | 数值\n{name} | 亿元 | 103.1")
    assert [question.proposal for question in batch.questions] == [LEAVE]


def test_clusters_under_a_title_of_output_are_their_output():
    table = "2025年1-9月四大产业集群{}（亿元）\n指标 | 1-9月\n新材料产业集群 | 345.2"
    assert take(table.format("产值")).rows["indicator_id"].tolist() == ["new_materials_output"]
    assert take(table.format("税收")).rows.empty


def test_firms_counted_in_other_words_are_known_but_not_yearly_additions():
    batch = take(
        "2024年\n指标 | 2024年\n高新技术企业户数（家） | 1150\n专精特新企业家数（家） | 340"
    )
    assert batch.rows["indicator_id"].tolist() == ["high_tech_firms"]


def test_a_park_the_program_does_not_know_is_left_out_beside_the_district():
    batch = take(f"2024年\n地区 | {OUTPUT}（亿元）\n全区 | 1612.3\n第二工业区 | 220.7")
    assert batch.rows["value"].tolist() == [1612.3]
    assert batch.confirm_all().publishable


@pytest.mark.parametrize("place", ["昆山市", "嘉善县"])
def test_a_place_elsewhere_is_not_the_district(place):
    between = take(f"指标 | 单位 | 2024年\n{place} | |\n{OUTPUT} | 亿元 | 9800")
    assert between.rows.empty
    beside = take(f"2024年\n地区 | {OUTPUT}（亿元）\n金山区 | 1612.3\n{place} | 9800")
    assert beside.rows["value"].tolist() == [1612.3]
    city = take("2024年\n指标 | 单位 | 数值\n全市规模以上工业总产值 | 亿元 | 39000")
    assert city.rows["region"].tolist() == ["上海市"]


def test_a_firm_in_a_title_is_held():
    batch = take(f"上海石化2024年主要指标\n指标 | 单位 | 2024年\n{OUTPUT} | 亿元 | 800")
    assert "地区与标题不同" in {fault.rule for fault in batch.waiting}


def test_what_cannot_be_seen_changes_no_number():
    assert parse_number("\u200b1,612.3\ufeff") == 1612.3


def test_a_note_of_the_same_time_is_no_mistake():
    batch = take(f"指标 | 单位 | 2024年 | 备注\n{OUTPUT} | 亿元 | 1612.3 | 2024年快报，比2023年高")
    assert NOTED not in {fault.rule for fault in batch.faults}


def test_a_scope_of_its_own_column_tells_two_outputs_apart():
    batch = take("""
        指标 | 口径 | 单位 | 2024年
        规模以上工业总产值 | 在地 | 亿元 | 2300.1
        规模以上工业总产值 | 属地 | 亿元 | 1612.3
    """)
    assert dict(zip(batch.rows["indicator_id"], batch.rows["value"], strict=True)) == {
        "gross_output_territorial": 2300.1,
        "gross_output_registered": 1612.3,
    }


def test_the_name_of_a_file_dates_a_table_that_nothing_else_dates_once_confirmed():
    table = f"指标 | 单位 | 本月 | 累计\n{OUTPUT} | 亿元 | 140.2 | 1250.3"
    assert titles.date_in_name("金山区2025年9月月报.xlsx") == "2025年9月"
    batch = take(table, name="金山区2025年9月月报.csv")
    assert batch.rows["value"].tolist() == [140.2, 1250.3]
    assert "年月取自文件名" in {fault.rule for fault in batch.waiting}
    months = read_of(f"指标 | 单位 | 1-9月\n{OUTPUT} | 亿元 | 1250.3", name="2025年9月月报.csv")
    assert months == [f"{OUTPUT} 2025 1-9月 1250.3"]
    own = read_of(f"2025年8月\n{table}", name="2025年9月月报.csv")
    assert own[0] == f"{OUTPUT} 2025 8月 当月 140.2"


def test_a_number_typed_as_text_in_merged_cells_stands_once():
    rows = [["甲", "2024", "1588.1"], ["", "", ""]]
    merged = [((0, column), (1, column)) for column in range(3)]
    assert list(filled(rows, merged))[1] == ["甲", "2024", ""]
