"""A target's figure on real releases: the numbers of the draws, and what its files say of them."""

import numpy as np
import pandas as pd
import pytest

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, RowStatus
from analytics.output.charts import fan
from analytics.output.export import image
from analytics.output.figures import origin
from analytics.output.figures.figure import Figure
from analytics.output.figures.target import target_figure
from analytics.workbench import View
from tests.support.outlooks import stamp_of

REGISTERED, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"


def all_targets(view: View) -> dict[str, Figure]:
    """The figure of every target that has one."""
    made = {name: target_figure(view, item) for name, item in view.verdicts().items()}
    return {name: figure for name, figure in made.items() if figure is not None}


@pytest.fixture(scope="module")
def moved(demo_bench) -> View:
    """The demo release with one lever up by one point."""
    return demo_bench.view({LEVER: 0.01}, before=demo_bench.view({}))


@pytest.fixture(scope="module", params=["demo_bench", "published_bench"])
def drawn(request) -> tuple[View, dict[str, Figure]]:
    """Every target's figure on each release."""
    view = request.getfixturevalue(request.param).view({})
    return view, all_targets(view)


# ── as shown on the page ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "lever"),
    [
        ("gross_output_registered_2027", "gross_output_registered.g2027"),
        ("strategic_emerging_share_2027", "strategic_emerging_output.g2027"),
        ("large_projects_2027", "large_projects.f2027"),
    ],
)
def test_a_moved_lever_changes_the_numbers_and_never_the_specification(demo_bench, target, lever):
    bench, step = demo_bench, demo_bench.catalog.levers[lever].maximum
    figures = []
    for settings in ({}, {lever: step}):
        view = bench.view(settings, before=bench.view({}))
        figures.append(target_figure(view, view.verdict(target)))
    before, after = figures
    assert before.spec(dark=True) == after.spec(dark=True)
    old, new = (figure.datasets["fan"] for figure in figures)
    assert new["median"].sum() > old["median"].sum()
    pd.testing.assert_series_equal(new["observed"], old["observed"])
    pd.testing.assert_series_equal(new["baseline"], old["median"], check_names=False)


def test_the_axis_stays_while_the_targets_own_lever_moves_over_its_range(demo_bench):
    lever = demo_bench.catalog.levers[LEVER]
    axes = []
    for value in (lever.minimum / 2, 0.0, lever.maximum):
        view = demo_bench.view({LEVER: value} if value else {}, before=demo_bench.view({}))
        figure = target_figure(view, view.verdict(REGISTERED), last_year=2027, steered=True)
        axes.append(figure.datasets["span"][["low", "high"]].round(-1).to_numpy().tolist())
    assert axes[0] == axes[1]
    assert axes[1][0][0] <= axes[2][0][0] and axes[2][0][1] <= axes[1][0][1] * 1.1


def test_every_number_is_finite_or_absent(demo_bench):
    bench, view = demo_bench, demo_bench.view({})
    assert view.projections[JINSHAN] is bench.baseline[JINSHAN]
    for name, figure in all_targets(view).items():
        frame = figure.datasets["fan"]
        assert not np.isinf(frame.to_numpy()).any(), name
        assert "nan" not in figure.takeaway, name
        assert frame["year"].is_monotonic_increasing


def test_a_target_has_no_figure_exactly_where_nothing_is_known_of_it(drawn):
    view, figures = drawn
    for name, item in view.verdicts().items():
        nothing = item.latest is None and item.bound is None and item.median is None
        assert (name not in figures) is nothing, name


# ── as said in its files ─────────────────────────────────────────────────────────────────


def test_the_table_holds_the_numbers_of_the_page(drawn):
    for name, figure in drawn[1].items():
        shown = figure.datasets["fan"]
        table = figure.details.table
        table = table[table["年份"] >= shown["year"].min()].reset_index(drop=True)
        for field, heading in (("observed", fan.HISTORY), ("median", fan.MEDIAN)):
            held = table.get(heading, pd.Series(np.nan, index=shown.index))
            np.testing.assert_array_equal(held, shown[field], err_msg=name)


def test_every_character_of_every_targets_picture_can_be_drawn(drawn):
    view, figures = drawn
    for figure in figures.values():
        image.check(figure, stamp_of(view.bench))


def test_the_mark_of_illustrative_data_stands_exactly_where_such_rows_are_used(drawn):
    view, figures = drawn
    for name, figure in figures.items():
        illustrative = RowStatus.ILLUSTRATIVE in view.verdict(name).statuses
        assert figure.demo is illustrative, name
        assert ("演示" in figure.details.note.natures) is illustrative, name
        assert bool(figure.mark) is illustrative


def test_each_year_with_a_figure_says_its_nature(drawn):
    for name, figure in drawn[1].items():
        table = figure.details.table
        if fan.HISTORY in table:
            known = table[table[fan.HISTORY].notna()]
            unsaid = known[known["性质"] == ""]
            assert set(unsaid["年份"]) <= {2023}, name  # the zero a running total starts from


def test_every_source_of_the_history_is_listed_once(drawn):
    view, figures = drawn
    for name, figure in figures.items():
        held = origin.histories_of(view.bench, view.bench.catalog.targets[name])
        rows = [row for one in held for row in one.annual.to_dict(orient="records")]
        titles = {
            origin.GENERATED
            if row["status"] == "illustrative"
            else text_zh.source_title(row["source_title"])
            for row in rows
        }
        sources = figure.details.note.sources
        assert {source.title for source in sources} == titles
        assert len(set(sources)) == len(sources)


def test_the_native_chart_holds_the_same_numbers(drawn):
    for name, figure in drawn[1].items():
        (native,) = figure.details.native
        frame = figure.datasets["fan"].set_index("year")
        for line in native.lines:
            if line.name == fan.MEDIAN:
                years = map(int, native.categories)
                held = [frame["median"].get(year, np.nan) for year in years]
                shown = [np.nan if x is None else x for x in line.values]
                np.testing.assert_array_equal(shown, held, err_msg=name)


def test_the_headline_is_the_verdict_and_the_years_are_named(moved):
    item = moved.verdict(REGISTERED)
    figure = target_figure(moved, item, last_year=2027)
    assert figure.finding == verdicts_zh.headline(item)
    assert figure.finding.startswith(f"规模以上工业属地产值：{item.verdict}，2027年达成")
    assert figure.details.note.period == "历史2019—2025年，展望2026—2027年"
    assert figure.details.table["年份"].min() == 2015  # the table holds all years


def test_a_figure_of_a_lower_bound_alone_says_so_and_names_no_history_line(published_bench):
    view = published_bench.view({})
    item = view.verdict("gross_output_territorial_2027")
    figure = target_figure(view, item, last_year=2027)
    table = figure.details.table
    assert figure.finding.startswith("规模以上工业在地产值：数据不足，本区没有年度数值")
    assert "；" not in figure.finding
    assert figure.datasets["labels"]["series"].tolist() == [fan.TARGET]
    assert figure.details.note.reading == "▲为突破值（下限）"
    assert table.columns.tolist() == ["年份", "性质", "突破值（下限）", fan.TARGET]
    assert dict(zip(table["年份"], table["性质"], strict=True)) == {2024: "转引", 2027: ""}


def test_a_scenario_is_named_with_each_moved_lever_and_called_a_scenario(moved):
    stamp = stamp_of(moved.bench, {LEVER: 0.01})
    figure = target_figure(moved, moved.verdict(REGISTERED))
    first = figure.details.assumptions[0]
    assert "年均增速+1.0个百分点" in first.value
    assert first.name.startswith("规模以上工业属地产值") and "政策" in first.name and first.why
    assert figure.details.note.natures[-1] == "情景"
    assert stamp.scenario.id in "".join(figure.lines(stamp))
    assert fan.BASELINE in figure.details.table
    assert fan.BASELINE in set(figure.datasets["labels"]["series"])


def test_the_baseline_is_called_a_projection_and_has_no_second_median(demo_bench):
    view = demo_bench.view({})
    figure = target_figure(view, view.verdict(REGISTERED))
    assert figure.details.note.natures[-1] == "预测"
    assert fan.BASELINE not in figure.details.table
