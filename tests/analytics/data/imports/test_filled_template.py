"""The official template, filled as an office would fill it, raises no doubt of its own."""

from analytics.data.imports.batch import FaultKind
from analytics.data.imports.template import template_workbook
from analytics.data.releases.standing import standing
from tests.support.drawn_imports import TODAY, take, take_against
from tests.support.filled_template import fill, known_values

HEAD = "指标 | 单位 | 2021年 | 2022年 | 2023年 | 2024年 | 2025年"


def test_a_template_filled_with_what_is_known_goes_in_without_a_question(release_root):
    against = standing(release_root)
    template = template_workbook(against.catalog, as_of=TODAY)
    filled, count, _ = fill(template, known_values(release_root), {})
    batch = take_against(filled, against, name="填报.xlsx")
    doubts = [fault for fault in batch.faults if fault.kind is not FaultKind.NOTE]
    assert (count > 250, doubts, batch.publishable) == (True, [], True)


def test_small_additions_and_clusters_that_do_not_exist_yet_are_figures_like_others():
    batch = take(f"""
        {HEAD}
        重点产业集群亿元以上引进项目 | 个 | 31 | 35 | 38 | 40 | 44
        市级特色产业园区 | 个 | 1 | 1 | 1 | 1 | 1
        500亿级产业集群数 | 个 | 0 | 0 | 1 | 1 | 2
    """)
    doubted = {fault.rule for fault in batch.faults if fault.kind is not FaultKind.NOTE}
    assert doubted == set()


def test_a_number_of_firms_that_stands_is_not_what_a_year_added():
    batch = take(f"{HEAD}\n专精特新企业 | 家 | 90 | 95 | 101 | 108 | 112")
    held = [fault.cell for fault in batch.faults if fault.rule == "疑为存量"]
    assert held == ["C2", "D2", "E2", "F2", "G2"]
