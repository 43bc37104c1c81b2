"""How projections have done: the page's numbers, told by method and year in its files."""

from analytics.output.figures.track_record import backtest_figure, coverage_figure


def test_a_backtest_tells_the_intervals_and_what_came(demo_bench):
    figure = backtest_figure(demo_bench, "gross_output_registered")
    shown = figure.datasets["backtest"]
    assert figure.details.table["后来的实际值"].tolist() == shown["actual"].tolist()
    assert figure.takeaway == f"{figure.finding}。样本少且互相重叠，只作参考。"
    assert [line.name for line in figure.details.native[0].lines] == [
        "80%区间下沿", "80%区间上沿", "后来的实际值"
    ]  # fmt: skip


def test_how_the_marks_are_read_has_a_line_of_its_own_in_the_chart(demo_bench):
    """Beside the unit a phone cut it off."""
    spec = backtest_figure(demo_bench, "gross_output_registered").spec(dark=False)
    unit, reading = spec["title"]["subtitle"]
    assert unit.startswith("单位：亿元")
    assert reading == "竖条为当时会给出的80%区间，圆点为后来的实际值"


def test_a_short_history_has_no_backtest(published_bench):
    assert backtest_figure(published_bench, "gross_output_territorial") is None


def test_the_measured_coverage_is_told_by_method_and_length():
    figure = coverage_figure()
    table, (native,) = figure.details.table, figure.details.native
    ours = table[table["方法"] == "金山工作台"]
    assert native.lines[0].name == "金山工作台"
    assert native.lines[0].values == tuple(ours["实测覆盖率"])
    assert not figure.demo
