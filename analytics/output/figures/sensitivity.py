"""How much one move of each lever changes a target."""

from functools import partial

import pandas as pd

from analytics.answers.steering.sensitivity import Bar, Tornado
from analytics.domain import FRACTION, Scenario, TrendTarget
from analytics.output.charts import fan
from analytics.output.charts.scenarios import DOWN, UP, tornado_spec
from analytics.output.figures import laboratory, origin
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.workbench import View

MOST_BARS = 8
FARTHEST = 3  # times the longest bar that a target may lie away and still be drawn
_HEADINGS = {"name": "调节项", "side": "方向", "value": fan.MEDIAN, "probability": "达成概率"}
_Row = dict[str, object]


def tornado_figure(view: View, found: Tornado, scenario: Scenario) -> Figure | None:
    """Lay out the longest bars, two rows a lever; None where there is none."""
    if not found.bars or found.median is None:
        return None
    target = view.bench.catalog.targets[found.target_id]
    scale = 100 if target.unit == FRACTION else 1
    reach = FARTHEST * found.bars[0].swing
    marks = laboratory.marks(target, scale, median=found.median, reach=reach)
    limit_is_drawn = bool(marks["limit"].notna().all())
    frame = _numbers(view, found, found.median, scale)
    title, unit = f"{target.name_zh}：敏感性", laboratory.measure_unit(target)
    takeaway = _takeaway(view, found, limit_is_drawn=limit_is_drawn)
    demo = laboratory.is_demo(view, target.id)
    return Figure(
        name=f"{target.name_zh}敏感性",
        title=title,
        unit=unit,
        takeaway=takeaway,
        demo=demo,
        datasets={"tornado": frame, "marks": marks},
        draw=partial(tornado_spec, title, unit, int(frame["order"].nunique()), demo=demo),
        work_out=partial(
            _details, view, target.id, scenario, frame, marks, (title, unit, takeaway)
        ),
    )


def _numbers(view: View, found: Tornado, median: float, scale: float) -> pd.DataFrame:
    rows: list[_Row] = []
    for order, bar in enumerate(found.bars[:MOST_BARS]):
        name = f"{laboratory.setting_name(view.bench, bar.lever_id)}{bar.move}"
        shared: _Row = {"order": order, "name": name, "median": median * scale}
        shared["label"] = laboratory.wrapped(name)
        rows += [shared | side for side in _sides(bar, scale)]
    return pd.DataFrame(rows)


def _sides(bar: Bar, scale: float) -> tuple[_Row, _Row]:
    return (
        {"side": DOWN, "value": bar.median_down * scale, "probability": bar.probability_down},
        {"side": UP, "value": bar.median_up * scale, "probability": bar.probability_up},
    )


def _takeaway(view: View, found: Tornado, *, limit_is_drawn: bool) -> str:
    """Name the lever that moves the target most, and the target's line where it is too far."""
    bench, longest = view.bench, found.bars[0]
    target = bench.catalog.targets[found.target_id]
    ends = sorted((longest.median_down, longest.median_up))
    low, high = (laboratory.value_zh(bench, target, end) for end in ends)
    assert not isinstance(target, TrendTarget), "a tornado is drawn of a number"
    limit = laboratory.value_zh(bench, target, target.threshold)
    return (
        f"各项变动一次，影响最大的是{laboratory.setting_name(bench, longest.lever_id)}"
        f"{longest.move}：中位数在{low}与{high}之间。"
        + ("" if limit_is_drawn else f"达标线{limit}在图外。")
    )


def reading(figure: Figure) -> str:
    """Say how the bars are read; the target's line only where it is drawn."""
    return f"竖线为当前中位数{_limit_zh(figure.datasets['marks'])}"


def _limit_zh(marks: pd.DataFrame) -> str:
    return "，虚线为达标线" if marks["limit"].notna().all() else ""


def _details(
    view: View,
    target_id: str,
    scenario: Scenario,
    frame: pd.DataFrame,
    marks: pd.DataFrame,
    said: tuple[str, str, str],
) -> Details:
    """Work out what files hold; ``said`` are the figure's title, unit and takeaway."""
    title, unit, takeaway = said
    wide = frame.pivot_table(index=["order", "name"], columns="side", values="value")
    names = tuple(wide.index.get_level_values("name"))
    lines = tuple(Line(side, tuple(wide[side])) for side in (DOWN, UP))
    read = f"其余不动，每项上下各变动一次；竖线为当前中位数{_limit_zh(marks)}"
    return Details(
        table=laboratory.tidy(frame, _HEADINGS),
        note=laboratory.note(view, target_id, takeaway, (scenario,), reading=read),
        native=(NativeChart(title, unit, names, lines, columns=True),),
        assumptions=origin.settings_in(view.bench, scenario),
        definitions=origin.definitions(laboratory.histories(view, target_id)),
    )
