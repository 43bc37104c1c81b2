"""The sheet of small charts: one a target, each in its own unit."""

from analytics.output.figures.all_targets import multiples_figure
from analytics.output.figures.target import target_figure
from tests.support.outlooks import stamp_of


def test_the_sheet_has_one_native_chart_a_target_in_the_targets_unit(demo_bench):
    view = demo_bench.view({})
    items = list(view.verdicts().values())
    figure = multiples_figure(view, items, last_year=2027)
    frame, native = figure.datasets["multiples"], figure.details.native
    assert [one.title for one in native] == list(frame["title"].unique())
    drawn = {x.target: target_figure(view, x) for x in items}
    units = {f"{x.order}. {x.name_zh}（{one.unit}": one.unit for x, one in drawn.items() if one}
    for one in native:  # some titles end with the nature of their figures
        assert units[one.title.rstrip("）").removesuffix("，参照推算")] == one.unit
    assert {one.unit for one in native} >= {"亿元", "%", "个", "亿元/平方公里"}
    assert len(figure.details.table) == len(frame)
    assert figure.demo


def test_the_filters_that_chose_the_targets_are_named_in_its_files(demo_bench):
    view = demo_bench.view({})
    items = list(view.verdicts().values())[:3]
    figure = multiples_figure(view, items, last_year=2027, filters="判断＝滞后")
    assert "筛选：判断＝滞后" in "".join(figure.lines(stamp_of(demo_bench)))
    assert figure.takeaway == "3项目标的历史、预测中位数、80%区间与目标，一项一图。"


def test_without_any_trajectory_there_is_no_sheet(published_bench):
    view = published_bench.view({})
    bound_only = view.verdict("gross_output_territorial_2027")
    assert multiples_figure(view, [bound_only], last_year=2027) is None
