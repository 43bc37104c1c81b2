"""A briefing's definition: the same briefing from new data, and what has changed since."""

import pytest

from analytics.domain import Scenario
from analytics.output.briefing import compose, definition
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
