"""What a table leaves open is asked once; the next month's table asks nothing."""

from datetime import date

import pytest

from analytics.catalog.toml import CatalogError
from analytics.data.imports.intake import read_import
from analytics.data.imports.mapping.declared import (
    FOLDER,
    TableMapping,
    as_toml,
    keep_mapping,
    load_mappings,
)
from analytics.data.imports.mapping.question import folded
from analytics.data.imports.mapping.questions import answered
from analytics.data.imports.reader.shapes import pattern, shape_of
from analytics.data.imports.standing import Standing
from tests.support.drawn_imports import TODAY, as_csv, declared_breaks, held, project_catalog
from tests.support.paths import ROOT

SEPTEMBER = """
    金山区2025年1—9月主要经济指标
    指标 | 单位 | 9月 | 同比
    工业总产值（属地） | 亿元 | 1203.4 | 3.2
    技术改造和工业投入 | 亿元 | 80.1 | 4.0
    常住人口 | 万人 | 82.3 | 0.1
    合计 | | 1365.8 |
"""
OCTOBER = """
    金山区2025年1—10月主要经济指标
    指标 | 单位 | 10月 | 同比
    工业总产值（属地） | 亿元 | 1339.8 | 3.1
    技术改造和工业投入 | 亿元 | 91.5 | 4.2
    常住人口 | 万人 | 82.4 | 0.1
    合计 | | 1513.7 |
"""


def take(table: str, *mappings: TableMapping):
    against = Standing(project_catalog(), declared_breaks(), held(), mappings=mappings)
    files = [("月报.csv", as_csv(table))]
    return read_import(files, against, submitted_by="李雷", submitted_on=TODAY)


def answers(batch, **said: str):
    """Answer by the words of a question; what is not said keeps its proposal."""
    given = {(q.shape, q.about, q.key): said[q.words] for q in batch.questions if q.words in said}
    return answered(batch.questions, given, (), name_zh="统计月报", by="李雷", on=TODAY)


SAID = {
    "工业总产值（属地）": "gross_output_registered",
    "技术改造和工业投入": "industrial_fixed_investment",
}


def test_a_month_is_explained_once_and_the_next_goes_in_by_itself():
    first = take(SEPTEMBER)
    assert {q.words: q.count for q in first.questions} == {
        **{"工业总产值（属地）": 1, "技术改造和工业投入": 1, "常住人口": 1, "合计": 1},
        **{"9月": 4, "同比": 3},
    }
    assert not first.publishable
    made = answers(first, **SAID)
    for table, values in ((SEPTEMBER, [1203.4, 80.1]), (OCTOBER, [1339.8, 91.5])):
        batch = take(table, *made)
        assert (batch.questions, batch.publishable) == ((), True)
        assert batch.rows["value"].tolist() == values
        assert batch.rows["period_kind"].tolist() == ["cumulative"] * 2
        (tally,) = batch.tallies
        assert (tally.read, tally.unread) == (2, 5)


def test_the_likely_answer_is_proposed():
    proposed = {q.words: q.proposal for q in take(SEPTEMBER).questions}
    assert (proposed["9月"], proposed["同比"], proposed["常住人口"]) == ("累计", "", "")


def test_what_is_new_in_a_known_table_is_asked_again():
    made = answers(take(SEPTEMBER), **SAID)
    batch = take(OCTOBER.rstrip() + "\n固定电话用户 | 万户 | 9.9 | 1.0\n", *made)
    assert [q.words for q in batch.questions] == ["固定电话用户"]
    assert not batch.publishable
    (more,) = answered(batch.questions, {}, made, name_zh="统计月报", by="李雷", on=TODAY)
    assert more.names == {**made[0].names, "固定电话用户": ""}


def test_another_table_is_not_taken_for_the_known_one():
    made = answers(take(SEPTEMBER), **SAID)
    batch = take(SEPTEMBER.replace("主要经济指标", "园区指标"), *made)
    assert len(batch.questions) == 6


@pytest.mark.parametrize(
    ("september", "october", "same"),
    [
        ("2025年1—9月", "2025年1—10月", True),
        ("一季度", "前三季度", True),
        ("9月", "10 月", True),
        ("9月", "1—9月", False),
        ("本月", "累计", False),
    ],
)
def test_the_shape_forgets_the_month_and_nothing_else(september, october, same):
    assert (pattern(september) == pattern(october)) is same
    assert (shape_of(september, ["指标"]) == shape_of(october, ["指标"])) is same


def test_a_mapping_is_kept_as_toml_and_read_back(tmp_path):
    (made,) = answers(take(SEPTEMBER), **SAID)
    odd = made.model_copy(update={"name_zh": '月报"甲"\\\n', "names": {**made.names, '"a.b"': ""}})
    copy_of_catalog(tmp_path)
    keep_mapping(tmp_path, odd)
    *_, back = load_mappings(tmp_path, project_catalog().indicators)
    assert back == odd
    assert as_toml(back) == (tmp_path / FOLDER / f"{odd.shape}.toml").read_text(encoding="utf-8")


def test_a_kept_mapping_that_cannot_be_read_only_asks_again(tmp_path):
    copy_of_catalog(tmp_path)
    declared = load_mappings(tmp_path, project_catalog().indicators)
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "cut.toml").write_text('name_zh = "月')
    (tmp_path / FOLDER / "gone.toml").write_text('name_zh = "a"\n[names]\n"甲" = "no_such"\n')
    assert load_mappings(tmp_path, project_catalog().indicators) == declared


def test_a_declared_mapping_to_an_unknown_indicator_is_named(tmp_path):
    copy_of_catalog(tmp_path)
    path = tmp_path / "data/catalog/mappings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"yearbook_firms"', '"firms"'))
    with pytest.raises(CatalogError, match=r"单位数：indicators\.toml 中没有“firms”"):
        load_mappings(tmp_path, project_catalog().indicators)


def test_the_latest_answer_to_a_table_counts():
    (made,) = answers(take(SEPTEMBER), **SAID)
    later = {"names": {**made.names, "常住人口": "yearbook_employment"}}
    newer = made.model_copy(update={**later, "saved_on": str(date(2026, 11, 26))})
    assert len(take(SEPTEMBER, newer, made).rows) == 3


def copy_of_catalog(root):
    (root / "data/catalog").mkdir(parents=True)
    text = (ROOT / "data/catalog/mappings.toml").read_text(encoding="utf-8")
    (root / "data/catalog/mappings.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("工业领域投资完成额", "industrial_fixed_investment"),
        ("规上工业属地总产值合计", "gross_output_registered"),
        ("第一产业增加值", ""),  # the catalog has the second
        ("规模以上工业总产值", ""),  # 在地 or 属地 makes two indicators
        ("工业用水量", ""),
        ("规模以上工业属地产值 growth", ""),  # another figure than its translation
        ("工业总产值", ""),  # 绿色化工产业产值 has all its characters
        ("全社会固定资产投资", ""),  # more than industry's
        ("规上企业产值合计额", "enterprise_output"),
    ],
)
def test_a_name_that_tells_something_else_is_not_proposed(words, proposed):
    batch = take(f"指标 | 单位 | 2025年\n{words} | 亿元 | 12.5")
    assert [(q.words, q.proposal) for q in batch.questions] == [(words, proposed)]


def test_the_same_words_and_all_that_is_left_out_are_asked_together():
    prompts = folded(take(SEPTEMBER).questions)
    assert [(p.first.words, p.leaves_out) for p in prompts] == [
        ("工业总产值（属地）", False),
        ("技术改造和工业投入", True),
        ("9月", False),
    ]
    (left,) = [prompt for prompt in prompts if prompt.leaves_out]
    assert [part.first.words for part in left.parts] == [
        *("技术改造和工业投入", "常住人口", "合计", "同比")
    ]
