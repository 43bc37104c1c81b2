"""Kinds of office tables: every figure comes with its indicator, its place and its time.

Each kind is drawn small and with figures of our own; what is expected is written as a person would
read the table: y the year, c9 January to September, m9 September alone. The next month's table
is read by the answers given to the first one, and asks nothing.
"""

import pytest

from analytics.data.imports.batch import FaultKind
from tests.support.drawn_imports import as_csv, take
from tests.support.office_tables import answers_for, handed_in, sheet

OUTPUT, FIRMS = "gross_output_registered", "high_tech_firms"
MOST_ANSWERS = 3

# name: how it is written, the table, what a person says of words, what is read
KINDS = {
    "集群竖排，企业数与产值两块，各有本月与本月止累计": (
        sheet,
        """
        四大产业集群2025年1-9月运行情况
        产业集群 | 企业数（家） | 产值（亿元） | | 同比增长（%） |
         | | 本月 | 本月止累计 | 本月 | 本月止累计
        新材料产业集群 | 96 | 38.1 | 345.2 | 2.1 | 3.0
        智能装备产业集群 | 120 | 22.3 | 201.4 | 5.0 | 4.1
        合计 | 216 | 60.4 | 546.6 | 3.1 | 3.3
        """,
        {},
        [
            "new_materials_output 2025m9 38.1",
            "new_materials_output 2025c9 345.2",
            "intelligent_equipment_output 2025m9 22.3",
            "intelligent_equipment_output 2025c9 201.4",
        ],
    ),
    "集群竖排，年份在产值与企业数之上": (
        sheet,
        """
        产业集群 | 2023年 | | 2024年 |
         | 产值（亿元） | 企业数（家） | 产值（亿元） | 企业数（家）
        新材料产业集群 | 440.1 | 90 | 451 | 96
        """,
        {},
        ["new_materials_output 2023y 440.1", "new_materials_output 2024y 451"],
    ),
    "集群与年份都竖排": (
        as_csv,
        """
        集群 | 年份 | 产值（亿元） | 企业数（家）
        新材料产业集群 | 2023 | 440.1 | 90
        新材料产业集群 | 2024 | 451 | 96
        """,
        {},
        ["new_materials_output 2023y 440.1", "new_materials_output 2024y 451"],
    ),
    "左上角是别的词": (
        sheet,
        """
        2025年产业集群产值 | | 单位：亿元
        序列 | 1-9月 | 同比%
        合计 | 726.7 | 3.2
        其中：新材料产业集群产值 | 345.2 | 3.0
        　　　智能装备产业集群产值 | 201.4 | 4.1
        """,
        {},
        ["new_materials_output 2025c9 345.2", "intelligent_equipment_output 2025c9 201.4"],
    ),
    "本月与上年同期下的本月是两列": (
        sheet,
        """
        金山区工业月报
        2025年9月
        指标名称 | 计量单位 | 本月 | 本月止累计 | 上年同期 | | 增减% |
         | | | | 本月 | 累计 | 本月 | 累计
        规上工业属地产值 | 亿元 | 142.1 | 1203.4 | 139.0 | 1177.2 | 2.2 | 2.2
        """,
        {},
        [f"{OUTPUT} 2025m9 142.1", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "1-本月，绝对额与增长在下": (
        sheet,
        """
        金山区2025年9月工业月报 | | | | 单位：亿元
        指标 | 本月 | | 1-本月 |
         | 绝对额 | 增长% | 绝对额 | 增长%
        规上工业属地产值 | 142.1 | 2.2 | 1203.4 | 2.2
        """,
        {},
        [f"{OUTPUT} 2025m9 142.1", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "快报：表上有成段的文字": (
        sheet,
        """
        金山区工业经济运行快报
        1—9月，全区规上工业完成属地产值1203.4亿元，比2024年同期增长2.2%；9月完成142.1亿元。
        附表：2025年1—9月主要指标完成情况
        指标 | 单位 | 累计完成 | 同比增长（%）
        规上工业属地产值 | 亿元 | 1203.4 | 2.2
        """,
        {},
        [f"{OUTPUT} 2025c9 1203.4"],
    ),
    "报告期写在标题旁的格里": (
        sheet,
        """
        工业主要指标月度表
        制表单位：经委 | | 报告期： | 2025年9月
        指标 | 单位 | 当月 | 累计 | 累计同比%
        规上工业属地产值 | 亿元 | 142.1 | 1203.4 | 2.2
        """,
        {},
        [f"{OUTPUT} 2025m9 142.1", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "月份竖排，当月与累计横排，标题是指标": (
        sheet,
        """
        2025年规上工业属地产值 | | | | 单位：亿元
        月份 | 当月 | 当月增速 | 累计 | 累计增速
        1-2月 | | | 220.1 | -3
        3月 | 160 | 1.0 | 380.1 | -1.3
        合计 | 380.1 | | |
        """,
        {},
        [f"{OUTPUT} 2025c2 220.1", f"{OUTPUT} 2025m3 160", f"{OUTPUT} 2025c3 380.1"],
    ),
    "月份竖排，当月与累计在指标之下": (
        sheet,
        """
        2025年工业主要指标 | | | | 单位：亿元
        月份 | 规上工业属地产值 | | 工业固定资产投资 |
         | 当月 | 累计 | 当月 | 累计
        8月 | 131 | 1061.2 | 8.2 | 68.3
        """,
        {},
        [
            f"{OUTPUT} 2025m8 131",
            f"{OUTPUT} 2025c8 1061.2",
            "industrial_fixed_investment 2025m8 8.2",
            "industrial_fixed_investment 2025c8 68.3",
        ],
    ),
    "街镇竖排，末行是全区": (
        sheet,
        """
        2025年1-9月各街镇规上工业产值 | | 单位：万元
        街镇 | 规上工业属地产值 | 同比%
        金山卫镇 | 2051000 | 2.0
        石化街道 | 8102000 | 1.0
        全区 | 12034000 | 2.2
        """,
        {},
        [f"{OUTPUT} 2025c9 1203.4"],
    ),
    "街镇横排": (
        sheet,
        """
        2025年1-9月各街镇规上工业产值 | | 单位：亿元
        指标 | 金山工业区 | 金山卫镇 | 全区
        规上工业属地产值 | 310.2 | 205.1 | 1203.4
        """,
        {},
        [f"{OUTPUT} 2025c9 1203.4"],
    ),
    "名称分两列，分项与合计": (
        sheet,
        """
        指标 | | 单位 | 2023年 | 2024年
        规上工业属地产值 | 国有控股 | 亿元 | 170.6 | 188.1
         | 合计 | 亿元 | 1570.6 | 1588.1
        其中 | 新材料产业集群产值 | 亿元 | 440.1 | 451
        高新技术企业 | | 家 | 1010 | 1085
        """,
        {},
        [
            f"{OUTPUT} 2023y 1570.6",
            f"{OUTPUT} 2024y 1588.1",
            "new_materials_output 2023y 440.1",
            "new_materials_output 2024y 451",
            f"{FIRMS} 2023y 1010",
            f"{FIRMS} 2024y 1085",
        ],
    ),
    "分段各有表头，年份只在总标题": (
        sheet,
        """
        2024年主要指标
        一、规模
        指标 | 单位 | 数值 | 增长%
        规上工业属地产值 | 亿元 | 1588.1 | 1.1

        二、企业
        指标 | 单位 | 数值 | 增长%
        高新技术企业 | 家 | 1085 | 7.4
        """,
        {},
        [f"{OUTPUT} 2024y 1588.1", f"{FIRMS} 2024y 1085"],
    ),
    "年份竖排，末行是平均与增长": (
        sheet,
        """
        年份 | 规上工业属地产值 | 高新技术企业
         | 亿元 | 家
        2023年 | 1570.6 | 1010
        2024年 | 1588.1 | 1085
        平均 | 1579.4 | 1047
        2024年比2023年增长% | 1.1 | 7.4
        """,
        {},
        [
            f"{OUTPUT} 2023y 1570.6",
            f"{FIRMS} 2023y 1010",
            f"{OUTPUT} 2024y 1588.1",
            f"{FIRMS} 2024y 1085",
        ],
    ),
    "单位写在名称后的各种样子": (
        as_csv,
        """
        指标 | 2024年
        规模以上工业利润总额(千元) | 6120000
        高新技术企业【家】 | 1085
        工业固定资产投资／亿元 | 98.2
        规上工业属地产值 亿元 | 1588.1
        绿色产能覆盖率% | 45.2
        """,
        {},
        [
            "industrial_profit 2024y 61.2",
            f"{FIRMS} 2024y 1085",
            "industrial_fixed_investment 2024y 98.2",
            f"{OUTPUT} 2024y 1588.1",
            "green_capacity_coverage 2024y 0.452",
        ],
    ),
    "数里有空格、撇号、单位、标注": (
        sheet,
        """
        指标 | 单位 | ２３年 | 2024年#
        规上工业属地产值* | 亿元 | 1 570.6 | 1588.1亿
        高新技术企业¹ | 家 | '1010 | 1 085 家
        """,
        {},
        [
            f"{OUTPUT} 2023y 1570.6",
            f"{OUTPUT} 2024y 1588.1",
            f"{FIRMS} 2023y 1010",
            f"{FIRMS} 2024y 1085",
        ],
    ),
    "表头是2025M08、202509": (
        sheet,
        """
        规上工业累计数
        指标 | 单位 | 2025M08 | 202509
        规上工业属地产值 | 亿元 | 1061.2 | 1203.4
        """,
        {},
        [f"{OUTPUT} 2025c8 1061.2", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "下半年与四个季度各是另一个数": (
        as_csv,
        """
        规上工业 | | | | | | 单位：亿元
        指标 | 2024年上半年 | 2024年下半年 | 2024年全年 | 2025Q1 | 2025Q2
        规上工业属地产值 | 795.1 | 793 | 1588.1 | 380.1 | 410.1
        """,
        {},
        [f"{OUTPUT} 2024c6 795.1", f"{OUTPUT} 2024y 1588.1", f"{OUTPUT} 2025c3 380.1"],
    ),
    "计划与完成各一行": (
        sheet,
        """
        2025年 | | | 单位：亿元
        指标 | | 1-8月 | 1-9月
        规上工业属地产值 | 计划 | 1050 | 1200
         | 完成 | 1061.2 | 1203.4
        """,
        {},
        [f"{OUTPUT} 2025c8 1061.2", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "上年、本年、增长各一行": (
        sheet,
        """
        指标 | 年份 | 1-9月
        规上工业属地产值（亿元） | 2024年 | 1177.2
         | 2025年 | 1203.4
         | 增长% | 2.2
        """,
        {},
        [f"{OUTPUT} 2024c9 1177.2", f"{OUTPUT} 2025c9 1203.4"],
    ),
    "单位同上，年月用汉字": (
        sheet,
        """
        二〇二五年一至九月工业
        指标 | 单位 | 累计 | 二〇二四年
        规上工业属地产值 | 亿元 | 1203.4 | 1588.1
        工业固定资产投资 | 〃 | 78.1 | 98.2
        """,
        {},
        [
            f"{OUTPUT} 2025c9 1203.4",
            f"{OUTPUT} 2024y 1588.1",
            "industrial_fixed_investment 2025c9 78.1",
            "industrial_fixed_investment 2024y 98.2",
        ],
    ),
    "名称的单位与表头的不是同一类": (
        sheet,
        """
        指标名称 | 2025年1-9月（亿元） | 比上年同期增长（%）
        规上工业属地产值 | 1203.4 | 2.2
        高新技术企业（家） | 1150 | 6
        """,
        {},
        [f"{OUTPUT} 2025c9 1203.4", f"{FIRMS} 2025c9 1150"],
    ),
}
_SHORT = {"year": "y", "cumulative": "c", "month": "m"}


def read_of(batch) -> list[str]:
    return [
        f"{row['indicator_id']} {row['year']}{_SHORT[row['period_kind']]}"
        f"{row['month'] or ''} {row['value']:g}"
        for row in batch.rows.to_dict("records")
    ]


@pytest.mark.parametrize("name", KINDS)
def test_every_figure_is_read_with_its_indicator_and_time(name):
    write, table, said, wanted = KINDS[name]
    first = handed_in(write, table)
    made, answers = answers_for(first, said)
    assert answers <= MOST_ANSWERS
    read = handed_in(write, table, made) if made else first
    assert read_of(read) == wanted
    assert read.questions == ()
    assert read.confirm_all().publishable


@pytest.mark.parametrize("written", ["（12.3）", "(12.3)", "△12.3", "▼12.3"])
def test_a_number_written_as_accountants_write_losses_is_below_zero_once_confirmed(written):
    batch = take(f"指标 | 单位 | 2024年\n规模以上工业利润总额 | 亿元 | {written}")
    assert batch.rows["value"].tolist() == [-12.3]
    (held,) = [fault for fault in batch.of_kind(FaultKind.HELD) if fault.rule == "负数的写法"]
    assert written in held.message_zh
    assert batch.rows["note"].tolist() == [f"原表写作{written}"]


@pytest.mark.parametrize("written", ["▲12.3", "(12", "△", "约1570", "1 58.1", "1588.1左右"])
def test_what_might_mean_another_number_is_refused(written):
    batch = take(f"指标 | 单位 | 2024年\n规模以上工业利润总额 | 亿元 | {written}")
    assert batch.rows.empty
    assert [fault.rule for fault in batch.of_kind(FaultKind.REFUSED)] == ["数值"]
