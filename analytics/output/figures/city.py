"""The charts of the 2035 page: district ÷ city, the city's levels, its published growth."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.answers.reports.against_city import Comparison, city_history, city_median, side
from analytics.domain import FRACTION, JINSHAN, SHANGHAI, RowStatus, Target
from analytics.model.judgement import against_city
from analytics.model.judgement.against_city import INDEX
from analytics.model.judgement.measure import MetricPath, level_path, relative_path
from analytics.model.projection.history import History
from analytics.output.charts import fan
from analytics.output.charts.city import growth_spec, ratio_spec
from analytics.output.figures import fan_table, origin
from analytics.output.figures.fan_labels import fan_datasets, recent
from analytics.output.figures.fan_numbers import fan_frame, with_gaps
from analytics.output.figures.figure import Assumption, Details, Figure
from analytics.output.figures.native import Line, NativeChart, fan_chart
from analytics.output.figures.note import Note
from analytics.remembered import remembered
from analytics.workbench import View, Workbench


def ratio_figure(view: View, item: Comparison) -> Figure | None:
    """Lay out district ÷ city with its fan, the base year being 100; None without both."""
    since, target = item.path.since, item.target
    if since is None or not item.path.years:
        return None
    path = _index(view, target, since)
    goal = _goal(view, target, since, item.margin)
    frame = fan_frame(
        path,
        required=_toward(path.observed, goal, target.due_year),
        target=(target.due_year, goal),
        baseline=_index(view.before, target, since) if view.moved and view.before else None,
        last_year=target.due_year,
    )
    title, unit = f"{target.name_zh}：金山÷全市", f"{since}年＝100"
    takeaway = _ratio_takeaway(item, path, goal)
    demo = RowStatus.ILLUSTRATIVE in item.item.statuses
    numbers = with_gaps(frame)
    return Figure(
        name=f"{target.name_zh}与全市之比",
        title=title,
        unit=unit,
        takeaway=takeaway,
        demo=demo,
        datasets=fan_datasets(recent(numbers, since), unit),
        draw=partial(ratio_spec, title, unit, INDEX, demo=demo),
        work_out=partial(_ratio_details, view, item, numbers, (title, unit, takeaway)),
    )


def _ratio_details(
    view: View, item: Comparison, frame: pd.DataFrame, said: tuple[str, str, str]
) -> Details:
    histories = origin.histories_of(view.bench, item.target)
    chosen = (
        Assumption("“显著”的幅度", f"年均高出{text_zh.points(item.margin).lstrip('+')}"),
        Assumption("“显著”的把握", text_zh.percent(item.confidence, 0)),
    )
    return _fan_details(view, histories, frame, said, method=item.item.method, chosen=chosen)


def _index(view: View, target: Target, since: int) -> MetricPath:
    sides = [level_path(*side(view, target, region), since) for region in (JINSHAN, SHANGHAI)]
    return against_city.indexed(relative_path(*sides), since)


def _goal(view: View, target: Target, since: int, margin: float) -> float:
    city, due = city_history(view.bench, target).values, city_median(view, target)
    assert due is not None, "a ratio that is projected has a projected city"
    span = target.due_year - since
    growth = (due / float(city[since])) ** (1 / span) - 1
    return against_city.goal_index(growth, margin, span)


def _toward(observed: pd.Series, goal: float, due_year: int) -> pd.Series:
    """Lead from the last common year to the goal at a constant rate."""
    first, now = int(observed.index[-1]), float(observed.iloc[-1])
    years = np.arange(first, due_year + 1)
    return pd.Series(now * (goal / now) ** ((years - first) / (due_year - first)), index=years)


def _ratio_takeaway(item: Comparison, path: MetricPath, goal: float) -> str:
    due = item.target.due_year
    draws = path.at(due)
    assert draws is not None, "a ratio is projected to the due year"
    median = text_zh.number(float(np.median(draws)))
    text = f"{item.target.name_zh}：以{item.path.since}年金山与全市之比为100，"
    text += f"{due}年预测中位数{median}，达到显著幅度需{text_zh.number(goal)}"
    return text + (f"。判断：{item.standing}。" if item.standing else "。")


def city_figure(view: View, target: Target) -> Figure | None:
    """Lay out the city's own series with its projection; None where it has no value."""
    history = city_history(view.bench, target)
    if history.values.empty:
        return None
    frame = _city_numbers(_with_city(view), target)
    title, unit = history.indicator.name_zh, text_zh.unit_zh(history.indicator.unit)
    caption = _city_caption(history)
    said = (title, unit, f"{title}：{caption}")
    return Figure(
        name=f"{SHANGHAI}{title}",
        title=title,
        unit=unit,
        takeaway=said[2],
        demo=False,
        datasets=fan_datasets(frame, unit),
        draw=partial(fan.fan_spec, title, unit, demo=False),
        work_out=partial(_fan_details, view, (history,), frame, said),
        caption=caption,
    )


def _with_city(view: View) -> View:
    """Return the view whose city figures hold: the baseline where no assumption on it is moved."""
    before = view.before
    if before is None or view.projections[SHANGHAI] is not before.projections[SHANGHAI]:
        return view
    return before


@remembered()
def _city_numbers(view: View, target: Target) -> pd.DataFrame:
    history = city_history(view.bench, target)
    paths = [level_path(*side(one, target, SHANGHAI), None) for one in (view, view.before) if one]
    frame = fan_frame(
        paths[0],
        baseline=paths[1] if len(paths) > 1 else None,
        scale=100 if history.indicator.unit == FRACTION else 1,
        last_year=target.due_year,
    )
    return with_gaps(frame)


def _city_caption(history: History) -> str:
    indicator, last = history.indicator, int(history.values.index[-1])
    nature = text_zh.NATURE_ZH[history.status_by_year[last]]
    value = text_zh.quantity(float(history.values.iloc[-1]), indicator.unit, indicator.decimals)
    return (
        f"有{text_zh.years(history.values.index)}的年度数值，"
        f"{last}年{value}（{nature}），其余年份未见公布，图上留空。"
    )


def _fan_details(
    view: View,
    histories: Sequence[History],
    frame: pd.DataFrame,
    said: tuple[str, str, str],
    *,
    method: str = "",
    chosen: tuple[Assumption, ...] = (),
) -> Details:
    """Work out the details of a fan; ``said`` are its title, unit and takeaway."""
    title, unit, takeaway = said
    projected = (origin.ahead(view),) if frame["median"].notna().any() else ()
    statuses = {status for history in histories for status in history.statuses}
    return Details(
        table=fan_table.table(frame, origin.nature_by_year(histories), origin.ahead(view)),
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=origin.natures(statuses, *projected),
            period=fan_table.span(frame),
            sources=origin.sources(histories),
            reading=fan_table.reading(frame),
            method=method,
        ),
        native=(fan_chart(frame, title, unit),),
        assumptions=(*origin.moved_settings(view), *chosen),
        definitions=origin.definitions(histories),
    )


@remembered()
def growth_figure(bench: Workbench, target: Target) -> Figure | None:
    """Lay out the growth the city publishes, a series of its own; None without one."""
    name = f"{city_history(bench, target).indicator.id}_yoy"
    if name not in bench.catalog.indicators:
        return None
    history = bench.history(name, SHANGHAI)
    if history.values.empty:
        return None
    years = history.values.index.to_numpy()
    natures = [text_zh.NATURE_ZH[history.status_by_year[int(year)]] for year in years]
    values = history.values.to_numpy() * 100
    frame = pd.DataFrame({"year": years, "value": values, "nature": natures})
    last, growth = int(years[-1]), text_zh.percent(values[-1] / 100, signed=True)
    title, unit = history.indicator.name_zh, "%，公布的可比增速"
    caption = f"{last}年{growth}；与水平值分列，不拼接。"
    takeaway = f"{title}：{caption}"
    return Figure(
        name=f"{SHANGHAI}{title}",
        title=title,
        unit=unit,
        takeaway=takeaway,
        demo=False,
        datasets={"growth": frame},
        draw=partial(growth_spec, title, unit),
        work_out=partial(_growth_details, history, frame, (title, unit, takeaway)),
        caption=caption,
    )


def _growth_details(history: History, frame: pd.DataFrame, said: tuple[str, str, str]) -> Details:
    title, unit, takeaway = said
    years = [int(year) for year in frame["year"]]
    bars = Line(title, tuple(frame["value"].tolist()))
    named = frame.rename(columns={"year": "年份", "nature": fan_table.NATURE, "value": title})
    return Details(
        table=named[["年份", fan_table.NATURE, title]],
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=origin.natures(history.status_by_year.values()),
            period=text_zh.years(years),
            sources=origin.sources([history]),
        ),
        native=(NativeChart(title, unit, tuple(map(str, years)), (bars,), columns=True),),
        definitions=origin.definitions([history]),
    )
