"""The fan chart of a target."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import FRACTION, JINSHAN, Measure, RowStatus, Target
from analytics.model.draws.baseline import HORIZON
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.measure import MetricPath, level_path
from analytics.model.projection import quantile_paths
from analytics.output.charts.fan import fan_spec
from analytics.output.figures import fan_table, origin
from analytics.output.figures.fan_labels import fan_datasets, recent
from analytics.output.figures.fan_numbers import fan_frame, is_empty
from analytics.output.figures.figure import Assumption, Details, Figure
from analytics.output.figures.native import fan_chart
from analytics.output.figures.note import Note
from analytics.remembered import remembered
from analytics.workbench import View, Workbench, base_year_of


def target_figure(
    view: View,
    item: Assessment,
    *,
    last_year: int = HORIZON,
    steered: bool = False,
    method: str = "",
    unit: str = "",
    newest: str = "",
    brief: bool = False,
) -> Figure | None:
    """Lay out a target's history, fan, target mark, required path and baseline.

    ``method`` names the way of projecting where it is not the one in use, ``unit`` what the
    levels are in where that is not the indicator's own unit, as with an index, ``newest`` what
    the newest value is where it is no figure of the release.

    A growth target is drawn as the level it implies, because average growth
    since the base year swings in the first years. The axis holds the baseline, so
    that it stays while a scenario moves; where a chart is ``steered`` it holds what
    the target's own levers reach too. A ``brief`` chart names less at its right.
    None where nothing is observed, bounded or projected.
    """
    target, bench = item.target, view.bench
    own_unit = chart_unit(bench, target)
    scale = 100 if own_unit == FRACTION else 1
    whole = _numbers(view, target, scale, last_year)
    if is_empty(whole):
        return None
    frame = recent(whole, base_year_of(target))
    way, unit_zh = f"（{method}）" if method else "", unit or text_zh.unit_zh(own_unit)
    title = f"{target.name_zh}{way}：走势与{target.due_year}年目标"  # a phone cuts the end
    demo = RowStatus.ILLUSTRATIVE in item.statuses
    return Figure(
        name=f"{target.name_zh}{way}",
        title=title,
        unit=unit_zh,
        takeaway=takeaway(bench, item),
        demo=demo,
        datasets=fan_datasets(
            frame,
            unit_zh,
            goal=_goal_zh(target, frame),
            reach=_reach(bench, target, last_year, scale, steered=steered),
            newest=newest,
            brief=brief,
        ),
        draw=partial(fan_spec, title, unit_zh, demo=demo),
        work_out=partial(_details, view, item, (whole, frame), (title, unit_zh, method)),
    )


def chart_unit(bench: Workbench, target: Target) -> str:
    """Return the unit of what a target's chart draws."""
    if target.measure is Measure.RELATIVE_GROWTH:
        return FRACTION
    if target.measure is Measure.RELATIVE_TO_CITY:
        return target.unit
    return bench.catalog.indicators[target.indicator].unit


def _numbers(view: View, target: Target, scale: float, last_year: int) -> pd.DataFrame:
    path = chart_path(view, target)
    mark = chart_mark(target, path)
    return fan_frame(
        from_base(path, target),
        bounds=_bounds(view.bench, target),
        required=_required_path(target, path, mark),
        target=None if mark is None else (target.due_year, mark),
        baseline=chart_path(view.before, target) if view.moved and view.before else None,
        scale=scale,
        last_year=last_year,
    )


def _goal_zh(target: Target, frame: pd.DataFrame) -> str:
    """Name a growth target's level with the growth it follows from; others need no words."""
    if target.measure is not Measure.CAGR or target.value is None:
        return ""
    level = frame["target"].dropna()
    if level.empty:
        return ""
    return f"{text_zh.number(level.iloc[0])}（年均{text_zh.percent(target.value, 0)}）"


@remembered(1024)
def _reach(
    bench: Workbench, target: Target, last_year: int, scale: float, *, steered: bool
) -> tuple[float, float] | None:
    """Return the least and the greatest value that the axis always holds, None without any."""
    found = [_ends(bench.view({}), target, last_year, (0.1, 0.9))]
    if steered:
        acting = bench.catalog.levers_of(target.indicator)
        levers = [lever for lever in acting if lever.first_year <= target.due_year]
        names = dict.fromkeys(lever.applies_to for lever in levers)
        for end in ("minimum", "maximum"):
            for name in names:
                moved = {x.id: getattr(x, end) for x in levers if x.applies_to == name}
                found.append(_ends(bench.view(moved), target, last_year, (0.5,)))
    known = [one for one in found if one is not None]
    if not known:
        return None
    return min(low for low, _ in known) * scale, max(high for _, high in known) * scale


def _ends(
    view: View, target: Target, last_year: int, levels: tuple[float, ...]
) -> tuple[float, float] | None:
    path = chart_path(view, target)
    years = [number for number, year in enumerate(path.years) if year <= last_year]
    if not years:
        return None
    drawn = quantile_paths(path.draws[:, years], list(levels))
    return float(drawn.min()), float(drawn.max())


def _details(
    view: View,
    item: Assessment,
    frames: tuple[pd.DataFrame, pd.DataFrame],
    said: tuple[str, str, str],
) -> Details:
    """Work out what files hold: the whole history in the table, the years drawn elsewhere.

    ``said`` are the figure's title, its unit, and another method where one is shown.
    """
    whole, frame = frames
    title, unit, method = said
    histories = origin.histories_of(view.bench, item.target)
    ahead = origin.ahead_of(view, item)
    projected = (ahead,) if frame["median"].notna().any() else ()
    return Details(
        table=fan_table.table(whole, origin.nature_by_year(histories), ahead),
        note=Note(
            finding=verdicts_zh.headline(item),
            natures=origin.natures(item.statuses, *projected),
            period=fan_table.span(frame),
            sources=origin.sources(histories),
            reading=fan_table.reading(frame),
            method="；".join(part for part in (method, item.method) if part),
        ),
        native=(fan_chart(frame, title, unit),),
        assumptions=(*origin.moved_settings(view), *_rests_on(item)),
        definitions=origin.definitions(histories),
    )


def _rests_on(item: Assessment) -> tuple[Assumption, ...]:
    """Say how the plan's words are read and what the projection rests on."""
    target: Target = item.target
    base = f"序时进度以{base_year_of(target)}年为基期（本项目假定）"
    rows = [
        Assumption("方案原文", target.clause.wording, text_zh.section_zh(target.clause.section)),
        Assumption("目标的读法", verdicts_zh.reading(item), target.note_zh),
        Assumption("基期", target.assumption_zh or base),
    ]
    if item.method:
        rows.append(Assumption("推算方法", item.method, text_zh.reasons_zh(item.warnings)))
    return tuple(rows)


def chart_path(view: View, target: Target) -> MetricPath:
    """Return what a target's chart draws: its measure, levels where that is average growth."""
    if target.measure is not Measure.CAGR:
        return view.full_path(target)
    values = view.bench.history(target.indicator).values
    projection = view.projections[JINSHAN][target.indicator]
    return level_path(values, projection, base_year_of(target))


def from_base(path: MetricPath, target: Target) -> MetricPath:
    """Begin a running total at zero in its base year."""
    if target.measure is not Measure.CUMULATIVE or path.observed.empty:
        return path
    start = pd.Series([0.0], index=[base_year_of(target)])
    return replace(path, observed=pd.concat([start, path.observed]))


def chart_mark(target: Target, path: MetricPath) -> float | None:
    """Return where the target stands in the chart's own unit."""
    if target.measure is Measure.RELATIVE_GROWTH:
        return target.margin
    if target.measure is not Measure.CAGR:
        return target.value
    if path.base is None or target.value is None:
        return None
    return path.base * (1 + target.value) ** (target.due_year - base_year_of(target))


@remembered()
def _bounds(bench: Workbench, target: Target) -> pd.Series | None:
    if target.measure is not Measure.LEVEL:
        return None
    rows = bench.history(target.indicator).annual
    rows = rows[rows["lower_bound"]]
    if rows.empty:
        return None
    return pd.Series(rows["value"].to_numpy(dtype="float64"), index=rows["year"].astype("int64"))


def _required_path(target: Target, path: MetricPath, mark: float | None) -> pd.Series | None:
    """Lead from the latest value to the target: geometric for levels, else linear."""
    if mark is None or path.observed.empty:
        return None
    year, latest = int(path.observed.index[-1]), float(path.observed.iloc[-1])
    if year >= target.due_year:
        return None
    years = np.arange(year, target.due_year + 1)
    share = (years - year) / (target.due_year - year)
    geometric = target.measure in (Measure.LEVEL, Measure.CAGR) and latest > 0 and mark > 0
    values = latest * (mark / latest) ** share if geometric else latest + (mark - latest) * share
    return pd.Series(values, index=years)


def takeaway(bench: Workbench, item: Assessment) -> str:
    """Say in one sentence what the chart shows."""
    indicator = bench.catalog.indicators[item.target.indicator]
    latest = verdicts_zh.joined(verdicts_zh.latest_parts(item, indicator))
    text = f"{verdicts_zh.subject_zh(item.target)}：最新{latest}，"
    text += f"目标{verdicts_zh.goal_zh(item.target)}（{item.target.due_year}年）"
    if item.median is not None:
        text += f"，预计{verdicts_zh.joined(verdicts_zh.outlook_parts(item, indicator))}"
    if item.probability is not None:
        text += f"，达成{text_zh.probability_zh(item.probability)}"
    return f"{text}。判断：{item.verdict}。"
