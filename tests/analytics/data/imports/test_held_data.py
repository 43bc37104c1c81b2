"""What is published meets what is imported next: every rule between them, through the store."""

from pathlib import Path

import pytest

from analytics.data.imports.batch import ImportBatch
from analytics.data.imports.preview import preview
from analytics.data.releases.standing import standing
from tests.support.drawn_imports import as_csv, faults, take_against
from tests.support.import_fixtures import publish_batch
from tests.support.paths import ROOT
from tests.support.release_fixtures import copy_built

CASES = ROOT / "tests/data/imports"


@pytest.fixture
def root(release_root: Path, tmp_path: Path) -> Path:
    """A project of its own, so that a publication touches nobody else."""
    return copy_built(release_root, tmp_path / "project")


def imported(root: Path, content: bytes, name: str = "填报.csv") -> ImportBatch:
    return take_against(content, standing(root), name=name)


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def publish(root: Path, content: bytes) -> None:
    publish_batch(root, imported(root, content).confirm_all())


def test_a_month_revised_upwards_is_one_revision_and_one_new_month(root):
    publish(root, case("N1_month_revised_up/1_m8.csv"))
    batch = imported(root, case("N1_month_revised_up/2_m9.csv"))
    assert batch.publishable
    counts = preview(batch, standing(root).current).counts
    assert counts == {"新增": 1, "修订": 1, "不变": 2, "待确认": 0, "退回": 0}


def test_totals_below_parts_published_before_are_seen(root):
    publish(root, case("N2_parts_then_total/1_parts.csv"))
    batch = imported(root, case("N2_parts_then_total/2_totals.csv"))
    assert not batch.publishable
    assert {rule for _, _, rule in faults(batch)} >= {
        "分项与合计不符",
        "个数与分项不符",
        "比值与分子分母不符",
    }


HEAD = "指标 | 年份 | 期间 | 数值 | 单位"
BEFORE = """
    规模以上工业属地产值 | 2025 | 1—8月 | 1061.2 | 亿元
    规模以上工业属地产值 | 2024 | 全年 | 1612.3 | 亿元
    规模以上工业企业产值 | 2023 | 全年 | 1612.3 | 亿元
    规模以上工业在地产值 | 2025 | 全年 | 1612.3 | 亿元
    高新技术企业总数 | 2021 | 全年 | 1200 | 家
"""
BETWEEN = [
    # imported next, rule
    ("规模以上工业属地产值 | 2025 | 1—9月 | 1003.4 | 亿元", "累计数减少"),
    ("规模以上工业属地产值 | 2024 | 1—12月 | 1500 | 亿元", "全年与1—12月不符"),
    ("规模以上工业属地产值 | 2025 | 9月 | 150 | 亿元", ""),
    ("规模以上工业属地产值 | 2025 | 9月 | 500 | 亿元", "疑为累计数"),  # 31% of 1612.3
    ("高新技术企业总数 | 2025 | 全年 | 1400 | 家", "与已有数据不衔接"),
    ("规模以上工业属地产值 | 2024 | 全年 | 16130000 | 亿元", "量级异常、不小于全市"),
    ("规模以上工业属地产值 | 2023 | 全年 | 1700 | 亿元", "同一序列不一致"),
    ("规模以上工业属地产值 | 2025 | 全年 | 1700 | 亿元", "在地不小于属地"),
]


@pytest.fixture(scope="module")
def published(release_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which all that the rules are held against was published at once."""
    root = copy_built(release_root, tmp_path_factory.mktemp("held") / "project")
    publish(root, as_csv(f"{HEAD}\n{BEFORE}"))
    return root


@pytest.mark.parametrize(("line", "rule"), BETWEEN)
def test_a_rule_holds_between_what_is_published_and_what_is_imported(published, line, rule):
    found = {name for _, _, name in faults(imported(published, as_csv(f"{HEAD}\n{line}")))}
    assert found == set(filter(None, rule.split("、")))
