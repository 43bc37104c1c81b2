"""What charts export on real releases: the page's own numbers, with their origin."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.answers.narrative import verdicts_zh
from analytics.domain import RowStatus, Scenario
from analytics.output.charts import fan
from analytics.output.export import image
from analytics.output.figures import city, origin
from analytics.output.figures.collect import by_title, multiples_export, target_export
from analytics.output.figures.collect_city import city_export, growth_export, ratio_export
from analytics.output.figures.collect_track import backtest_export, coverage_export
from analytics.output.figures.note import SourceLine, Stamp, named_sources
from analytics.output.figures.target import target_figure
from analytics.output.figures.track_record import backtest_figure
from analytics.workbench import View, Workbench

DAY = date(2026, 11, 23)
REGISTERED, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"


def _stamp(bench: Workbench, settings: dict[str, float] | None = None) -> Stamp:
    scenario = Scenario(settings=tuple((settings or {}).items()), release=bench.release.id)
    return Stamp(scenario, bench.release, DAY)


def _all_targets(view: View) -> dict:
    """Export every target that its page draws."""
    stamp, items = _stamp(view.bench), view.verdicts().values()
    drawn = [item for item in items if not target_figure(view, item).is_empty]
    return {item.target.id: target_export(view, item, stamp) for item in drawn}


@pytest.fixture(scope="module")
def moved(demo_bench) -> View:
    """The demo release with one lever up by one point."""
    return demo_bench.view({LEVER: 0.01}, before=demo_bench.view({}))


@pytest.fixture(scope="module", params=["demo_bench", "published_bench"])
def exported(request) -> tuple[View, dict]:
    """Every target's export on each release."""
    view = request.getfixturevalue(request.param).view({})
    return view, _all_targets(view)


def test_a_targets_export_holds_the_numbers_of_its_page(exported):
    view, figures = exported
    for name, figure in figures.items():
        shown = target_figure(view, view.verdict(name)).frame
        pd.testing.assert_frame_equal(figure.datasets["fan"], shown)
        for field, heading in (("observed", fan.HISTORY), ("median", fan.MEDIAN)):
            held = figure.frame.get(heading, pd.Series(np.nan, index=shown.index))
            np.testing.assert_array_equal(held, shown[field], err_msg=name)


def test_every_character_of_every_targets_picture_can_be_drawn(exported):
    for figure in exported[1].values():
        image.check(figure)


def test_the_mark_of_illustrative_data_stands_exactly_where_such_rows_are_used(exported):
    view, figures = exported
    for name, figure in figures.items():
        illustrative = RowStatus.ILLUSTRATIVE in view.verdict(name).statuses
        assert figure.note.illustrative is illustrative, name
        assert ("演示" in figure.note.natures) is illustrative, name
        assert bool(figure.note.mark) is illustrative


def test_each_year_with_a_figure_says_its_nature(exported):
    for name, figure in exported[1].items():
        if fan.HISTORY in figure.frame:
            known = figure.frame[figure.frame[fan.HISTORY].notna()]
            unsaid = known[known["性质"] == ""]
            assert set(unsaid["年份"]) <= {2023}, name  # the zero a running total starts from


def test_every_source_of_the_history_is_listed_once(exported):
    view, figures = exported
    for name, figure in figures.items():
        held = origin.histories_of(view.bench, view.bench.catalog.targets[name])
        titles = {title for history in held for title in history.annual["source_title"]}
        assert {source.title for source in figure.note.sources} == titles
        assert len(set(figure.note.sources)) == len(figure.note.sources)


def test_the_native_chart_holds_the_same_numbers(exported):
    for name, figure in exported[1].items():
        (native,) = figure.native
        frame = figure.datasets["fan"].set_index("year")
        for line in native.lines:
            if line.name == fan.MEDIAN:
                years = map(int, native.categories)
                held = [frame["median"].get(year, np.nan) for year in years]
                drawn = [np.nan if x is None else x for x in line.values]
                np.testing.assert_array_equal(drawn, held, err_msg=name)


def test_the_title_is_the_verdict_and_the_years_are_named(moved):
    item = moved.verdict(REGISTERED)
    figure = target_export(moved, item, _stamp(moved.bench, {LEVER: 0.01}), last_year=2027)
    assert figure.title == verdicts_zh.headline(item)
    assert figure.title.startswith(f"规模以上工业属地产值：{item.verdict}，2027年达成")
    assert figure.note.period == "历史2015—2025年，展望2026—2027年"


def test_a_chart_of_a_lower_bound_alone_says_so_and_names_no_history_line(published_bench):
    view = published_bench.view({})
    item = view.verdict("gross_output_territorial_2027")
    figure = target_export(view, item, _stamp(published_bench), last_year=2027)
    assert figure.title.startswith("规模以上工业在地产值：数据不足，本区没有年度数值")
    assert "；" not in figure.title
    assert figure.spec["encoding"]["color"]["legend"]["values"] == [fan.TARGET]
    assert figure.note.reading == "▲为突破值（下限）"
    assert figure.frame.columns.tolist() == ["年份", "性质", "突破值（下限）", fan.TARGET]
    assert dict(zip(figure.frame["年份"], figure.frame["性质"], strict=True)) == {
        2024: "转引", 2027: ""
    }  # fmt: skip


def test_a_scenario_is_named_with_each_moved_lever_and_called_a_scenario(moved):
    stamp = _stamp(moved.bench, {LEVER: 0.01})
    figure = target_export(moved, moved.verdict(REGISTERED), stamp)
    first = figure.assumptions[0]
    assert "年均增速+1.0个百分点" in first.value
    assert first.name.startswith("规模以上工业属地产值") and "政策" in first.name and first.why
    assert figure.note.natures[-1] == "情景"
    assert stamp.scenario.id in "".join(figure.note.lines())
    assert fan.BASELINE in figure.frame
    assert fan.BASELINE in str(figure.spec["encoding"]["color"]["legend"]["values"])


def test_the_baseline_is_called_a_projection_and_has_no_second_median(demo_bench):
    view = demo_bench.view({})
    figure = target_export(view, view.verdict(REGISTERED), _stamp(demo_bench))
    assert figure.note.natures[-1] == "预测"
    assert fan.BASELINE not in figure.frame


def test_the_sheet_of_small_charts_has_one_native_chart_a_target(demo_bench):
    view = demo_bench.view({})
    items = list(view.verdicts().values())
    figure = multiples_export(view, items, _stamp(demo_bench), last_year=2027)
    sheets = by_title(figure.datasets["multiples"])
    assert [native.title for native in figure.native] == [title for title, _ in sheets]
    assert {native.unit for native in figure.native} >= {"亿元", "%", "个", "亿元/平方公里"}
    assert len(figure.frame) == len(figure.datasets["multiples"])
    assert figure.note.illustrative


def test_the_2035_pages_charts_are_exported_where_the_page_draws_them(demo_bench):
    view, stamp = demo_bench.view({}), _stamp(demo_bench)
    drawn = {"ratio": 0, "city": 0, "growth": 0}
    for target in demo_bench.catalog.targets_of("faster_than_city"):
        item = city.compare(view, target, 0.01, 0.9)
        found = {
            "ratio": ratio_export(view, item, 0.01, 0.9, stamp),
            "city": city_export(view, target, stamp),
            "growth": growth_export(demo_bench, target, stamp),
        }
        assert (found["ratio"] is None) == (city.ratio_figure(view, item, 0.01) is None)
        for kind, figure in found.items():
            if figure is not None:
                image.check(figure)
                drawn[kind] += 1
    assert all(drawn.values()), drawn


def test_the_ratio_says_what_counts_as_significant(demo_bench):
    view = demo_bench.view({})
    target = demo_bench.catalog.targets_of("faster_than_city")[0]
    item = city.compare(view, target, 0.015, 0.8)
    figure = ratio_export(view, item, 0.015, 0.8, _stamp(demo_bench))
    assert [(x.name, x.value) for x in figure.assumptions] == [
        ("“显著”的幅度", "年均高出1.5个百分点"),
        ("“显著”的把握", "80%"),
    ]


def test_a_backtest_exports_the_intervals_and_what_came(demo_bench):
    shown = backtest_figure(demo_bench, "gross_output_registered")
    figure = backtest_export(demo_bench, "gross_output_registered", _stamp(demo_bench))
    assert figure.frame["后来的实际值"].tolist() == shown.frame["actual"].tolist()
    assert figure.title in shown.takeaway
    assert [line.name for line in figure.native[0].lines] == [
        "80%区间下沿", "80%区间上沿", "后来的实际值"
    ]  # fmt: skip


def test_the_measured_coverage_is_exported_by_method_and_length(demo_bench):
    figure = coverage_export(_stamp(demo_bench))
    ours = figure.frame[figure.frame["方法"] == "金山工作台"]
    assert figure.native[0].lines[0].name == "金山工作台"
    assert figure.native[0].lines[0].values == tuple(ours["实测覆盖率"])
    assert not figure.note.illustrative


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "本数据版本没有该指标的来源"),
        (["甲"], "甲（2024年）"),
        (["甲", "甲", "乙"], "甲（2024年）；乙（2024年）"),
        (["甲", "乙", "丙", "丁"], "甲（2024年）；乙（2024年）；丙（2024年）；等4项"),
    ],
)
def test_a_picture_names_the_first_sources_and_counts_the_rest(sources, said):
    assert named_sources(SourceLine("公布", title, "2024年") for title in sources) == said
