"""What each setting of a scenario contributes to one target."""

from functools import partial

import pandas as pd

from analytics import text_zh
from analytics.answers.steering.decomposition import Contribution, Decomposition
from analytics.domain import FRACTION, Scenario, Target
from analytics.output.charts.scenarios import FALL, LEVEL, RISE, gap_spec
from analytics.output.figures import laboratory, origin
from analytics.output.figures.figure import Assumption, Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.workbench import View, Workbench

MOST_STEPS = 8
REST = "其余各项"
_HEADINGS = {"name": "项目", "start": "起", "end": "止", "share": "占缺口"}
_Row = dict[str, object]


def gap_figure(view: View, found: Decomposition, scenario: Scenario) -> Figure | None:
    """Lay out the steps from 基准 to the scenario; None where nothing moves the target."""
    if not found.parts or found.baseline is None or found.scenario is None:
        return None
    target = view.bench.catalog.targets[found.target_id]
    scale = 100 if target.unit == FRACTION else 1
    frame = pd.DataFrame(_steps(view.bench, target, found, (found.baseline, found.scenario), scale))
    title, unit = f"{target.name_zh}：缺口分解", laboratory.measure_unit(target)
    takeaway = _takeaway(view.bench, target, found)
    demo = laboratory.is_demo(view, target.id)
    return Figure(
        name=f"{target.name_zh}缺口分解",
        title=title,
        unit=unit,
        takeaway=takeaway,
        demo=demo,
        datasets={"gap": frame, "marks": laboratory.marks(target, scale)},
        draw=partial(gap_spec, title, unit, int(frame["order"].nunique()), demo=demo),
        work_out=partial(_details, view, found, scenario, frame, (title, unit, takeaway)),
    )


def _takeaway(bench: Workbench, target: Target, found: Decomposition) -> str:
    largest = found.parts[0]
    return (
        f"中位数由基准的{laboratory.value_zh(bench, target, found.baseline)}变为"
        f"{laboratory.value_zh(bench, target, found.scenario)}，作用最大的是"
        f"{_part_name(bench, largest)}（{_amount(target, largest.median)}）。"
    )


def _amount(target: Target, change: float) -> str:
    if target.unit == FRACTION:
        return text_zh.points(change)
    return f"{text_zh.number(change, signed=True)}{text_zh.unit_zh(target.unit)}"


def _part_name(bench: Workbench, part: Contribution) -> str:
    """Name a part as its chart does; the settings of one indicator go by its name."""
    return laboratory.setting_name(bench, part.ids[0]) if len(part.ids) == 1 else part.name_zh


def _steps(
    bench: Workbench,
    target: Target,
    found: Decomposition,
    ends: tuple[float, float],
    scale: float,
) -> list[_Row]:
    """Lay out the baseline, one step a part, and the scenario; ``ends`` are their medians."""
    decimals = 2 if target.unit == FRACTION else 1
    at, rows = ends[0], [_level(0, "基准", ends[0] * scale, decimals)]
    for order, (name, change, of_gap) in enumerate(_shown(bench, found), start=1):
        text = text_zh.number(change * scale, decimals, signed=True)
        rows.append(
            {
                "order": order,
                "name": f"{name}{text}",
                "label": laboratory.wrapped(f"{name}{text}"),
                "kind": RISE if change >= 0 else FALL,
                "start": at * scale,
                "end": (at + change) * scale,
                "text": text,
                "share": text_zh.DASH if of_gap is None else text_zh.percent(of_gap, 0),
            }
        )
        at += change
    return [*rows, _level(len(rows), "本情景", ends[1] * scale, decimals)]


def _shown(bench: Workbench, found: Decomposition) -> list[tuple[str, float, float | None]]:
    """Return name, change and share of the gap of each step, the smallest parts in one."""
    shown = [(_part_name(bench, x), x.median, x.of_gap) for x in found.parts[:MOST_STEPS]]
    rest = found.parts[MOST_STEPS:]
    if rest:
        shown.append((REST, sum(x.median for x in rest), None))
    return shown


def _level(order: int, name: str, value: float, decimals: int) -> _Row:
    text = text_zh.number(value, decimals)
    named = f"{name} {text}"
    shown: _Row = {"order": order, "name": named, "label": named, "kind": LEVEL, "text": text}
    return shown | {"start": value, "end": value, "share": text_zh.DASH}


def _details(
    view: View,
    found: Decomposition,
    scenario: Scenario,
    frame: pd.DataFrame,
    said: tuple[str, str, str],
) -> Details:
    """Work out what files hold; ``said`` are the figure's title, unit and takeaway."""
    title, unit, takeaway = said
    steps = frame[frame["kind"] != LEVEL]
    change = Line("作用", tuple((steps["end"] - steps["start"]).tolist()))
    return Details(
        table=laboratory.tidy(frame, _HEADINGS),
        note=laboratory.note(
            view,
            found.target_id,
            takeaway,
            (scenario,),
            reading="实心为提高，空心为降低，虚线为达标线",
            method=found.method_zh,
        ),
        native=(NativeChart(title, unit, tuple(steps["name"]), (change,), columns=True),),
        assumptions=(
            *origin.settings_in(view.bench, scenario),
            Assumption("分解方法", found.method_zh),
        ),
        definitions=origin.definitions(laboratory.histories(view, found.target_id)),
    )
