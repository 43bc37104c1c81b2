"""The letter that asks for data: what is wanted, from whom, by when, and what is published."""

from datetime import date

import pytest

from analytics.answers.reports.wanted_data import shopping_list
from analytics.domain import Scenario
from analytics.output.briefing import compose, letter
from analytics.output.briefing.content import Briefing, Paragraph
from analytics.output.briefing.definition import Definition
from analytics.output.briefing.kinds import load_library
from analytics.output.briefing.writers import outline
from tests.support.paths import ROOT

LIBRARY = load_library(ROOT)
OUTPUT, DRONES = "gross_output_registered_2027", "drone_output_2027"
ASKED = Definition(
    kind="数据需求函",
    sent_to="区统计局",
    signed="区经委",
    reply_by=date(2026, 12, 31),
    responsible={DRONES: "产业科"},
)


def written(bench, own: Definition = ASKED) -> Briefing:
    """The letter on a release."""
    view = bench.view({})
    request = compose.defined_request(view, LIBRARY, own)
    scenario = Scenario(release=bench.release.id)
    return compose.compose(view, scenario, request, LIBRARY, date(2026, 11, 26))


@pytest.fixture(scope="module")
def asked(published_bench) -> Briefing:
    """The letter on the published release, where nothing can be judged."""
    return written(published_bench)


def text(briefing: Briefing) -> list[str]:
    """The paragraphs of the letter itself."""
    return [block.text for block in briefing.sections[0].blocks if isinstance(block, Paragraph)]


def test_a_letter_is_offered_where_fewer_than_five_targets_can_be_judged(
    published_bench, demo_bench
):
    assert letter.is_due(published_bench.view({}))
    assert not letter.is_due(demo_bench.view({}))


def test_it_names_whom_it_goes_to_what_is_lacking_the_day_and_who_signs(asked, published_bench):
    wants = shopping_list(published_bench, published_bench.catalog)
    years = sum(len(want.wanted) for want in wants)
    said = text(asked)
    assert said[0] == "区统计局："
    assert "41项目标。现有0项可以判断进展，41项年度数据不足" in said[1]
    assert f"附件1所列{len(wants)}项指标、共{years}个年度数值，并于2026年12月31日前函复" in said[2]
    annexes = ["附件：1．数据需求表", "　　　2．已公布情况"]
    assert said[-4:] == [*annexes, "区经委", "2026年11月26日"]


def test_its_annex_has_a_row_for_every_series_with_all_that_is_asked(asked, published_bench):
    annex = asked.tables()[0]
    assert annex.header[:4] == ("指标名称", "请提供的年份", "口径", "单位")
    assert annex.header[4:] == ("已有公布数", "提供单位", "时限")
    rows = {row[0]: row[1:] for row in annex.rows}
    assert len(annex.rows) == len(shopping_list(published_bench, published_bench.catalog))
    # 2019: four years before the base 2023; 2025: the last full year of the release
    assert rows["无人机产值"] == (
        "2019—2025年",
        "金山区，全区，当年价格",
        "亿元",
        "—",
        "产业科",
        "12月31日",
    )
    territorial = rows["规模以上工业在地产值"]
    assert territorial[3].startswith("2024年＞3,000.0亿元") and territorial[4] == "待定"


def test_published_context_holds_no_illustrative_figure(asked, demo_bench):
    known = asked.tables()[1]
    assert [row[0] for row in known.rows] == ["规模以上工业在地产值"]
    assert "＞3,000.0亿元" in known.rows[0][2]
    on_demo = written(demo_bench)
    assert all("演示" not in row[3] for table in on_demo.tables()[1:] for row in table.rows)


def test_only_series_of_the_picked_targets_are_asked_for(published_bench):
    one = written(published_bench, ASKED.model_copy(update={"targets": (DRONES,)}))
    assert [row[0] for row in one.tables()[0].rows] == ["无人机产值"]


def test_without_a_day_the_reply_is_asked_for_in_thirty_days(published_bench):
    by_default = written(published_bench, Definition(kind="data_request"))
    assert text(by_default)[0] == "各有关单位："
    assert "于2026年12月26日前函复" in text(by_default)[2]


def test_the_text_has_no_heading_and_the_annexes_have_their_own(asked):
    parts = outline.outline(asked)
    headings = [(part.heading, part.begins_page) for part in parts]
    assert headings == [("", False), ("附件1　数据需求表", True), ("附件2　已公布情况", False)]
