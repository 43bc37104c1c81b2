"""A briefing's definition: the same briefing from new data, and what has changed since."""

import base64
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain import Scenario
from analytics.output.briefing import compose, definition, shelf
from analytics.output.briefing.content import Paragraph, Table
from analytics.output.briefing.definition import Definition, DefinitionError
from analytics.output.briefing.kinds import load_library
from tests.support import drawn_briefing as drawn
from tests.support.paths import ROOT

LIBRARY = load_library(ROOT)
OUTPUT, DRONES = "gross_output_registered_2027", "drone_output_2027"
OFFICE = Definition(
    kind="季度调度",
    title="调度“专报”\\第1期",
    targets=(DRONES, OUTPUT),
    charts=(OUTPUT,),
    next_steps=(f"属地产值最新{{{OUTPUT}.最新值}}，达成概率{{{OUTPUT}.概率}}，请加快。",),
    sent_to="区政府办公室",
    signed="区经委",
    sentences={"highlight.1": f"总体{{{DRONES}.判断}}。"},
    responsible={OUTPUT: "产业科"},
)


def issue(bench, own: Definition):
    """Write one issue on a release; return it and the definition kept for the next."""
    view = bench.view({})
    request = compose.defined_request(view, LIBRARY, own)
    scenario = Scenario(release=bench.release.id)
    briefing = compose.compose(view, scenario, request, LIBRARY, drawn.MADE_ON)
    return briefing, compose.next_issue(view, request, own)


def section(briefing, heading: str):
    """The blocks below a heading, nothing where there is none."""
    return next((one.blocks for one in briefing.sections if one.heading == heading), ())


def test_a_definition_is_read_back_as_it_was_written(demo_bench):
    _, kept = issue(demo_bench, OFFICE)
    assert definition.read(definition.written(kept), "季度.toml") == kept
    assert kept.last and kept.last.release == demo_bench.release.id


def test_an_issue_holds_what_the_office_decided(demo_bench):
    briefing, _ = issue(demo_bench, OFFICE)
    item = demo_bench.view({}).verdict(OUTPUT)
    assert briefing.title == OFFICE.title
    drones = demo_bench.view({}).verdict(DRONES)
    assert briefing.highlights[0] == f"总体{drones.verdict}。"
    (duties,) = section(briefing, "责任单位")
    assert isinstance(duties, Table)
    assert duties.rows == (("规模以上工业属地产值", "产业科"),)
    (step,) = section(briefing, "下一步建议")
    assert isinstance(step, Paragraph)
    assert f"最新{item.latest:,.1f}亿元（" in step.text
    assert f"达成概率{item.probability:.0%}，请加快。" in step.text
    sent = [block.text for block in section(briefing, "报送") if isinstance(block, Paragraph)]
    assert sent == ["报送：区政府办公室。", "区经委　2026年11月23日"]
    assert section(briefing, "较上期") == ()


def test_on_another_release_it_is_the_same_briefing_with_its_figures_and_the_changes(
    demo_bench, published_bench
):
    _, kept = issue(demo_bench, OFFICE)
    kept = definition.read(definition.written(kept.model_copy(update={"charts": ()})), "季度.toml")
    briefing, following = issue(published_bench, kept)
    (changed,) = section(briefing, "较上期")
    assert isinstance(changed, Table)
    assert [row[0] for row in changed.rows] == ["无人机产值", "规模以上工业属地产值"]
    demo, published = (
        definition.printed(bench.view({}), OFFICE.targets).targets[OUTPUT]
        for bench in (demo_bench, published_bench)
    )
    assert demo.latest in changed.rows[1][1] and published.verdict in changed.rows[1][2]
    assert demo_bench.release.id in changed.note
    assert following.last and following.last.release == published_bench.release.id
    assert following.next_steps == OFFICE.next_steps


def test_an_issue_without_changes_says_so(demo_bench):
    _, kept = issue(demo_bench, OFFICE)
    (block,) = section(issue(demo_bench, kept)[0], "较上期")
    assert isinstance(block, Paragraph)
    assert block.text.startswith("所列目标的最新值、达成概率和判断与上期相同。")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('title = "无类型"', "季度.toml：kind：缺少必填项"),
        ('kind = "季度调度"\ntagets = []', "季度.toml：tagets：未知的键"),
        ('kind = "季度调度"\ntargets = "全部"', "季度.toml：targets：类型错误，应为数组"),
        ("kind = 季度", "季度.toml：TOML 语法错误"),
    ],
)
def test_a_mistake_names_file_and_key(text, message):
    with pytest.raises(DefinitionError, match=message):
        definition.read(text.encode(), "季度.toml")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nothing.概率", "占位符“{nothing.概率}”：没有目标“nothing”"),
        (f"{OUTPUT}.增速", "：可用最新值、概率、判断"),
    ],
)
def test_a_placeholder_without_a_figure_is_refused(demo_bench, place, message):
    with pytest.raises(DefinitionError, match=message):
        definition.filled(demo_bench.view({}), f"达到{{{place}}}。")


# ── put aside, and in a link ─────────────────────────────────────────────────────────────


def test_an_edit_and_a_title_take_the_figures_of_now_too(demo_bench):
    first = issue(demo_bench, OFFICE.model_copy(update={"sentences": {}}))[0].highlights[0]
    wording = {"edits": {first: "达成概率{6.概率}。"}, "title": "调度（{6.判断}）", "sentences": {}}
    briefing, _ = issue(demo_bench, OFFICE.model_copy(update=wording))
    assert briefing.highlights[0] == definition.filled(demo_bench.view({}), "达成概率{6.概率}。")
    assert "{" not in briefing.title + briefing.highlights[0]


def test_a_sentence_whose_place_is_gone_is_named(demo_bench):
    own = OFFICE.model_copy(update={"sentences": {"highlight.1": "甲。", "highlight.99": "乙。"}})
    view = demo_bench.view({})
    said = compose.sentences(view, compose.defined_request(view, LIBRARY, own))
    assert compose.unplaced(said, own) == ("乙。",)


def test_a_target_goes_by_its_number_in_the_plan_too(demo_bench):
    view, target = demo_bench.view({}), demo_bench.catalog.targets[OUTPUT]
    by_number, by_id = (f"{{{name}.概率}}" for name in (target.order, OUTPUT))
    assert definition.filled(view, by_number) == definition.filled(view, by_id)


def test_without_charts_is_not_the_same_as_the_kinds_own_charts(demo_bench):
    view = demo_bench.view({})
    usual = compose.defined_request(view, LIBRARY, Definition(kind="季度调度"))
    none = compose.defined_request(view, LIBRARY, Definition(kind="季度调度", charts=()))
    assert len(usual.charts) == 3 and none.charts == ()
    assert definition.read(definition.written(none.own), "季度.toml").charts == ()


def test_a_one_pager_names_what_has_changed_in_one_line(demo_bench, published_bench):
    own = OFFICE.model_copy(update={"kind": "一页纸", "charts": ()})
    _, kept = issue(demo_bench, own)
    (line,) = section(issue(published_bench, kept)[0], "较上期")
    assert isinstance(line, Paragraph) and line.small
    assert line.text.startswith("较上期有变化（2项）：无人机产值、规模以上工业属地产值。")


def test_a_link_carries_what_was_decided(demo_bench):
    _, kept = issue(demo_bench, OFFICE)
    carried = shelf.Carried(about="加压", beside=("基准",), kinds=(kept,))
    link = shelf.packed(carried)
    assert shelf.unpacked(link) == carried
    assert re.fullmatch(r"[\w-]+", link)


def test_a_link_with_every_target_of_the_plan_still_has_room(demo_bench):
    _, kept = issue(demo_bench, Definition(kind="中期评估", charts=()))
    assert kept.last and len(kept.last.targets) == 41
    assert 0 < len(shelf.packed(shelf.Carried(kinds=(kept,)))) <= shelf.LONGEST


@given(st.text(max_size=200))
def test_no_link_however_broken_is_more_than_refused(link):
    try:
        shelf.unpacked(link)
    except DefinitionError as error:
        assert "链接中的简报设置" in str(error)


def test_a_link_that_unpacks_without_end_is_refused():
    bomb = base64.urlsafe_b64encode(zlib.compress(b'{"about": "' + b" " * 4_000_000)).decode()
    with pytest.raises(DefinitionError):
        shelf.unpacked(bomb)


def test_a_definition_put_aside_is_found_under_its_name(tmp_path):
    name = shelf.keep(tmp_path, "季度/调度 ../经委", OFFICE)
    assert shelf.names(tmp_path) == (name,)
    assert "/" not in name and ".." not in name
    assert shelf.load(tmp_path, name) == OFFICE
    with pytest.raises(DefinitionError, match="没有名为“别的”的简报定义"):
        shelf.load(tmp_path, "别的")
