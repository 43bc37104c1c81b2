"""Layouts that offices use: how many answers the first table takes, and that the next takes none.

Each layout is drawn with the figures of one month or year, and comes again with other times; the
answers given the first time are kept as a mapping. An answer is a prompt to agree to, or a word
taken out of the list of what is not imported. Layouts after the tables of audit/imports.md.
"""

from datetime import date

import pytest

from analytics.data.imports.batch import SourceFile
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.mapping.declared import LEAVE, load_mappings
from analytics.data.imports.mapping.question import folded
from analytics.data.imports.mapping.questions import answered
from analytics.data.imports.standing import Standing
from tests.support.drawn_imports import (
    as_csv,
    cells,
    declared_breaks,
    entries_of,
    held,
    project_catalog,
    workbook,
)
from tests.support.paths import ROOT

TODAY = date(2026, 11, 25)
OUTPUT, INVESTMENT = "gross_output_registered", "industrial_fixed_investment"
MOST_ANSWERS, LEAST_LAYOUTS = 3, 20


def sheet(table: str) -> bytes:
    """Write a drawn table as a workbook, its numbers as numbers."""
    return workbook([[_typed(cell) for cell in row] for row in cells(table)])


def _typed(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def text(encoding: str, delimiter: str):
    """Write a drawn table as text of an encoding and delimiter."""
    return lambda table: "\n".join(delimiter.join(row) for row in cells(table)).encode(encoding)


# name: how it is written, the table, what changes in the next one, what a person says of words,
# the values read the first time
LAYOUTS = {
    "年份横排，编号、合计、附注": (
        sheet,
        """
        金山区2024年主要经济指标完成情况表
         | | 单位：亿元、%
        指标名称 | 单位 | 2023年 | 2024年 | 同比±%
        一、地区生产总值 | 亿元 | 1162.4 | 1203.3 | 4.5
        第三产业增加值 | 亿元 | 594.2 | 623.2 | 5.9
        二、规模以上工业属地产值 | 亿元 | 1588.1 | 1612.3 | 1.5
        其中：上海石化 | 亿元 | 870.2 | 865.1 | -0.6
        三、高新技术企业 | 家 | 1085 | 1150 | 6.0
        合计 | | 1 | 2 |
        注：规模以上工业产值为快报数。
        填表人：张某 联系电话：57900000
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1162.4, 1203.3, 1588.1, 1612.3, 1085, 1150],
    ),
    "国家统计局年度导出": (
        text("gbk", ","),
        """
        数据库：年度数据
        时间：最近5年
        指标 | 2024年 | 2023年 | 2022年
        规模以上工业属地产值(亿元) | 1588.1 | 1570.6 | 1533.2
        规模以上工业企业单位数(个) | 812 | 803 | 790
        数据来源：某区统计局
        """,
        {"2024年": "2025年", "2023年": "2024年", "2022年": "2023年"},
        {},
        [1588.1, 1570.6, 1533.2],
    ),
    "国家统计局月度导出，累计值在名称里": (
        text("gb18030", ","),
        """
        数据库：月度数据
        指标 | 2025年5月 | 2025年4月
        规模以上工业属地产值_累计值(亿元) | 650.2 | 520.1
        规模以上工业属地产值_当期值(亿元) | 130.1 | 131.9
        规模以上工业属地产值_累计增长(%) | 3.1 | 2.8
        数据来源：某区统计局
        """,
        {"5月": "6月", "4月": "5月"},
        {},
        [650.2, 520.1, 130.1, 131.9],
    ),
    "市局月度表，11与1-11": (
        sheet,
        """
        工业生产情况
        2025年11月
        指标名称 | 11 | 比去年同月增长(%) | 1-11 | 比去年同期增长(%)
        规模以上工业属地产值(亿元) | 142.4 | 7.6 | 1490.2 | 0.4
        #国有控股 | 12.2 | 5.9 | 115.4 | -3.1
        """,
        {"11": "10"},
        {},
        [142.4, 1490.2],
    ),
    "市局月度表，6月与1-6月": (
        text("utf-16", "\t"),
        """
        工业生产情况
        2025年6月
        指标名称 | 6月 | 比去年同月增长(%) | 1-6月 | 比去年同期增长(%)
        规模以上工业属地产值(亿元) | 140.0 | 0.9 | 790.2 | -3.9
        # 国有控股 | 12.8 | -2.9 | 66.2 | -2.9
        """,
        {"6月": "7月"},
        {},
        [140.0, 790.2],
    ),
    "各区竖排，标题是指标": (
        sheet,
        """
        规模以上工业总产值
        2025年1-5月 | | | 单位:万元
        项 目 | 2025年5月 | 同比增长(%) | 2025年1-5月 | 同比增长(%)
        全 市 | 33604203 | -1.5 | 168630320 | 4.4
        金山区 | 1254343 | 4.0 | 6245368 | 3.0
        奉贤区 | 529489 | -10.5 | 2621683 | -1.3
        注:“其他”指由市统计局统一核算的企业。
        """,
        {"5月": "6月"},
        {"规模以上工业总产值": OUTPUT},
        [125.4343, 624.5368],
    ),
    "年份在绝对值和增长之上": (
        sheet,
        """
        主要指标完成情况 | | | | | 单位：亿元、%
        指标 | 2024年 | | 2025年 |
         | 绝对值 | 增长 | 绝对值 | 增长
        规模以上工业属地产值 | 1588.1 | 1.1 | 1612.3 | 1.5
        工业固定资产投资 | 98.2 | 7.3 | 104.9 | 6.8
        """,
        {"2024": "2023", "2025": "2024"},
        {},
        [1588.1, 1612.3, 98.2, 104.9],
    ),
    "月份横排，累计当月在行名里": (
        as_csv,
        """
        表1 2025年规上工业产值
        单位：亿元
        月份 | 3月 | 4月 | 5月
        全区规上产值累计 | 380.1 | 520.1 | 650.2
        全区规上产值当月 | 133.0 | 140.0 | 130.1
        """,
        {"5月": "7月", "4月": "6月", "3月": "5月"},
        {"全区规上产值": OUTPUT},
        [380.1, 520.1, 650.2, 133.0, 140.0, 130.1],
    ),
    "年鉴，年份竖排，单位行，英文行，指数": (
        sheet,
        """
        表12-1 规模以上工业企业主要指标(2021-2023)
        Main Indicators
         | | | | 单位:万元
        年  份 | 规模以上工业属地产值 | | 规模以上工业利润总额 |
        Year | 绝对值 | 指数(上年=100) | Total Profits |
        2021 | 15204000 | 104.1 | 812000 |
        2022 | 15332000 | 100.8 | 796000 |
        2023 | 15706000① | 102.4 | … |
        ①按第五次全国经济普查修订。
        """,
        {"2023": "2024", "2022": "2023", "2021": "2022"},
        {},
        [1520.4, 81.2, 1533.2, 79.6, 1570.6],
    ),
    "季度累计横排": (
        as_csv,
        """
        2024年
        指标 | 单位 | 一季度 | 1—2季度 | 前三季度 | 1-4季度
        规模以上工业属地产值 | 亿元 | 380.1 | 790.2 | 1203.4 | 1612.3
        """,
        {"2024": "2025"},
        {},
        [380.1, 790.2, 1203.4, 1612.3],
    ),
    "年末数": (
        as_csv,
        """
        指标 | 单位 | 2023年末 | 2024年底
        高新技术企业总数 | 家 | 1010 | 1085
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1010, 1085],
    ),
    "快报、初步、实际、计划": (
        as_csv,
        """
        指标 | 单位 | 2023年实际 | 2024年（快报） | 2025年计划
        规模以上工业属地产值 | 亿元 | 1570.6 | 1588.1 | 1700
        """,
        {"2025": "2026", "2024": "2025", "2023": "2024"},
        {},
        [1570.6, 1588.1],
    ),
    "年份合并在月份之上": (
        sheet,
        """
         | | 2024年 | | 2025年 |
        指标 | 单位 | 1—11月 | 1—12月 | 1—5月 | 1—6月
        规模以上工业属地产值 | 亿元 | 1450.3 | 1612.3 | 650.2 | 790.2
        """,
        {"6月": "7月", "5月": "6月"},
        {},
        [1450.3, 1612.3, 650.2, 790.2],
    ),
    "左右并列": (
        sheet,
        """
        指标 | 单位 | 2024年 | | 指标 | 单位 | 2024年
        规模以上工业属地产值 | 亿元 | 1588.1 | | 工业固定资产投资 | 亿元 | 104.9
        高新技术企业总数 | 家 | 1085 | | 地区生产总值 | 亿元 | 1162.4
        """,
        {"2024": "2025"},
        {},
        [1588.1, 104.9, 1085, 1162.4],
    ),
    "上下并列": (
        sheet,
        """
        一、工业
        指标 | 单位 | 2024年 | 增长%
        规模以上工业属地产值 | 亿元 | 1588.1 | 1.1

        二、企业
        指标名称 | 计量单位 | 2023年 | 2024年
        高新技术企业总数 | 家 | 1010 | 1085
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1588.1, 1010, 1085],
    ),
    "本月、本月止累计、同比": (
        sheet,
        """
        金山区统计月报（2025年9月）
        指标 | 单位 | 本月 | 本月累计 | 累计同比±%
        规上工业产值（属地管理） | 亿元 | 142.2 | 1203.4 | 3.1
        工业投资完成额 | 亿元 | 8.8 | 80.1 | 4.0
        """,
        {"9月": "10月"},
        {"工业投资完成额": INVESTMENT},
        [142.2, 1203.4, 8.8, 80.1],
    ),
    "本期数、上年同期、增长": (
        sheet,
        """
        2025年1-9月
        指标 | 单位 | 本期数 | 上年同期数 | 增长%
        规模以上工业属地产值 | 亿元 | 1203.4 | 1167.2 | 3.1
        """,
        {"9月": "10月"},
        {},
        [1203.4],
    ),
    "只写9月的月报": (
        as_csv,
        """
        金山区2025年1—9月主要经济指标
        指标 | 单位 | 9月 | 同比
        规上工业产值（属地管理） | 亿元 | 1203.4 | 3.2
        工业领域投资完成额 | 亿元 | 80.1 | 4.0
        常住人口 | 万人 | 82.3 | 0.1
        """,
        {"9月": "10月"},
        {},
        [1203.4, 80.1],
    ),
    "月份竖排": (
        sheet,
        """
        2025年工业生产（单位：亿元）
        月份 | 规模以上工业属地产值 | 工业固定资产投资
        1-2月 | 213.4 | 10.2
        1-3月 | 380.1 | 20.1
        """,
        {"3月": "4月", "2月": "3月"},
        {},
        [213.4, 10.2, 380.1, 20.1],
    ),
    "单位在表头下一行": (
        sheet,
        """
        年份 | 规模以上工业属地产值 | 高新技术企业总数
         | （亿元） | （家）
        2023 | 1570.6 | 1010
        2024 | 1588.1 | 1085
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1570.6, 1010, 1588.1, 1085],
    ),
    "数据库导出，日期竖排，名称、频率、单位在上": (
        sheet,
        """
        指标名称 | 规模以上工业属地产值:累计值 | 工业固定资产投资:累计值
        频率 | 月 | 月
        单位 | 亿元 | 万元
        指标ID | M0001395 | 5200
        来源 | 某区统计局 | 某区统计局
        2025-03-31 | 380.1 | 201000
        2025-04-30 | 520.1 | 289000
        """,
        {"04-30": "05-31", "03-31": "04-30"},
        {},
        [380.1, 20.1, 520.1, 28.9],
    ),
    "一行一个数，类型在列里": (
        text("utf-8-sig", ";"),
        """
        指标 | 年份 | 期间 | 类型 | 数值 | 单位
        规模以上工业属地产值 | 2025 | 9月 | 累计 | 1203.4 | 亿元
        规模以上工业属地产值 | 2025 | 9月 | 当月 | 142.2 | 亿元
        """,
        {"9月": "10月"},
        {},
        [1203.4, 142.2],
    ),
    "各区工业企业主要指标（年鉴原件）": (
        None,
        "C1302_2012.xls",
        {"2012": "2017"},
        {},
        None,
    ),
    "年月横排，没有说明累计还是当月": (
        sheet,
        """
        金山区工业产值
        指标 | 单位 | 2025年8月 | 2025年9月
        规模以上工业属地产值 | 亿元 | 1061.2 | 1203.4
        """,
        {"2025年9月": "2025年10月", "2025年8月": "2025年9月"},
        {},
        [1061.2, 1203.4],
    ),
    "日期序号作表头": (
        sheet,
        """
        规上工业累计产值
        指标 | 单位 | 45870 | 45901
        规模以上工业属地产值 | 亿元 | 1061.2 | 1203.4
        """,
        {"45901": "45931", "45870": "45901"},
        {},
        [1061.2, 1203.4],
    ),
    "空角，单位列无题，两年同期与增减额": (
        sheet,
        """
        表二、工业生产情况
         | | 2025年1-9月 | 2024年1-9月 | 增减额 | 增减幅度（%）
        规上工业属地产值 | 亿元 | 1203.4 | 1167.2 | 36.2 | 3.1
        """,
        {"9月": "10月"},
        {},
        [1203.4, 1167.2],
    ),
    "单位行不带括号，首格重复": (
        as_csv,
        """
        年度 | 规模以上工业属地产值 | 工业固定资产投资
        年度 | 亿元 | 万元
        2023 | 1570.6 | 982000
        2024 | 1588.1 | 1049000
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1570.6, 98.2, 1588.1, 104.9],
    ),
    "指标横排，上面是工业、企业": (
        sheet,
        """
        年份 | 工业 | | 企业
         | 规模以上工业属地产值（亿元） | 工业固定资产投资（亿元） | 高新技术企业总数（家）
        2023年 | 1570.6 | 98.2 | 1010
        2024年 | 1588.1 | 104.9 | 1085
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [1570.6, 98.2, 1010, 1588.1, 104.9, 1085],
    ),
    "金山区与全市两列": (
        sheet,
        """
        2025年1—9月主要指标对比
        指标 | 单位 | 金山区 | 全市
        地区生产总值 | 亿元 | 880.9 | 40721.3
        """,
        {"9月": "10月"},
        {},
        [880.9, 40721.3],
    ),
    "各区行，两年同期列": (
        sheet,
        """
        各区规模以上工业总产值（1—9月累计，亿元）
        地区 | 2024年1-9月 | 2025年1-9月 | 增速%
        金山区 | 1167.2 | 1203.4 | 3.1
        奉贤区 | 2011.1 | 2050.2 | 1.9
        """,
        {"9月": "10月"},
        {"规模以上工业总产值": OUTPUT},
        [1167.2, 1203.4],
    ),
    "本月与累计写在“类别”列": (
        sheet,
        """
        2025年9月统计月报
        指标 | 类别 | 单位 | 2025年9月
        规模以上工业属地产值 | 本月 | 亿元 | 142.2
        规模以上工业属地产值 | 1-9月累计 | 亿元 | 1203.4
        """,
        {"9月": "10月"},
        {},
        [142.2, 1203.4],
    ),
    "每年一个单位列": (
        sheet,
        """
        指标 | 2024年 | 单位 | 2025年 | 单位
        规模以上工业属地产值 | 1588.1 | 亿元 | 16123000 | 万元
        """,
        {"2025": "2023"},
        {},
        [1588.1, 1612.3],
    ),
    "本年与上年，两位年份的标题下": (
        sheet,
        """
        2024年工业年报
        指标 | 单位 | 本年 | 上年 | 增长%
        规模以上工业属地产值 | 亿元 | 1588.1 | 1570.6 | 1.1
        """,
        {"2024": "2025"},
        {},
        [1588.1],
    ),
    "分段行写年月": (
        as_csv,
        """
        指标 | 单位 | 数值
        2024年 | |
        规模以上工业属地产值 | 亿元 | 1588.1
        2025年1-9月 | |
        规模以上工业属地产值 | 亿元 | 1203.4
        """,
        {"9月": "10月"},
        {},
        [1588.1, 1203.4],
    ),
    "年份竖排，各月累计横排，标题是指标": (
        sheet,
        """
        规模以上工业属地产值（亿元）
        年份 | 1-3月 | 1-6月 | 1-9月 | 1-12月
        2023 | 370.1 | 770.2 | 1150.1 | 1570.6
        2024 | 375 | 780.2 | 1167.2 | 1588.1
        """,
        {"2024": "2025", "2023": "2024"},
        {},
        [370.1, 770.2, 1150.1, 1570.6, 375, 780.2, 1167.2, 1588.1],
    ),
    "本期数在1—9月与本月之下": (
        sheet,
        """
        2025年9月工业情况
        指标 | 单位 | 1—9月 | | 本月 |
         | | 本期数 | 上年同期数 | 本期数 | 上年同期数
        规模以上工业属地产值 | 亿元 | 1203.4 | 1167.2 | 142.2 | 139.0
        """,
        {"9月": "10月"},
        {},
        [1203.4, 142.2],
    ),
    "报表制度的表：代码列，甲乙丙行": (
        sheet,
        """
        表  号：  金统101表
        有效期至：2027年6月
        2025年1-9月
        指标名称 | 计量单位 | 代码 | 本期累计
        甲 | 乙 | 丙 | 1
        规模以上工业属地产值 | 千元 | 01 | 120340000
        """,
        {"1-9月": "1-10月"},
        {},
        [1203.4],
    ),
    "2023A、2024年、24年、2025E": (
        sheet,
        """
        指标 | 单位 | 2022A | 23年 | 2024年实际值 | 2025E
        规模以上工业属地产值 | 亿元 | 1533.2 | 1570.6 | 1588.1 | 1700
        """,
        {},
        {},
        [1533.2, 1570.6, 1588.1],
    ),
}


def handed_in(write, table: str, mappings=()):
    """Read a table against nothing held before; a table without a writer is a file's name."""
    content = write(table) if write else (ROOT / "tests/data/imports" / table).read_bytes()
    name = table if write is None else "表.xlsx" if write is sheet else "表.csv"
    declared = load_mappings(ROOT, project_catalog().indicators)
    against = Standing(
        project_catalog(), declared_breaks(), held(), mappings=(*declared, *mappings)
    )
    return validate(
        {name: entries_of(name, content, [one.hint for one in mappings])},
        [SourceFile(name, content)],
        against,
        submitted_by="李雷",
        submitted_on=TODAY,
    )


def answers_for(batch, said):
    """Answer what a person knows better than the proposal; count the answers this takes."""
    given = {(q.shape, q.about, q.key): said[q.words] for q in batch.questions if q.words in said}
    taken_out = {q.key for q in batch.questions if q.words in said and q.proposal == LEAVE}
    made = answered(batch.questions, given, (), name_zh="表", by="李雷", on=TODAY)
    return made, len(folded(batch.questions)) + len(taken_out)


def changed(table: str, pairs) -> str:
    for old, new in pairs.items():
        table = table.replace(old, new)
    return table


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_explained_once_with_few_answers(name):
    write, table, pairs, said, values = LAYOUTS[name]
    first = handed_in(write, table)
    made, answers = answers_for(first, said)
    assert answers <= MOST_ANSWERS
    read = handed_in(write, table, made)
    assert read.confirm_all().publishable
    assert read.questions == ()
    if values is not None:
        assert read.rows["value"].tolist() == pytest.approx(values, rel=1e-12)
    following = handed_in(write, changed(table, dict(pairs)), made)
    assert following.questions == ()
    assert following.confirm_all().publishable
    assert len(following.rows) >= len(read.rows) * 0.7
    assert {fault.rule for fault in following.waiting} <= {"序列中断"}


def test_at_least_twenty_layouts_are_drawn():
    assert len(LAYOUTS) >= LEAST_LAYOUTS
