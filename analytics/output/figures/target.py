"""What a target's chart shows: the same for page and export."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import FRACTION, JINSHAN, Measure, RowStatus, Target
from analytics.model.draws.baseline import HORIZON
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.measure import MetricPath, level_path
from analytics.output.charts import fan
from analytics.workbench import View, Workbench, base_year_of


@dataclass(frozen=True, eq=False)
class TargetFigure:
    """Numbers, wording and marks of one target's fan chart."""

    frame: pd.DataFrame
    title: str
    unit: str
    takeaway: str
    demo: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is observed, bounded or projected."""
        return bool(np.isnan(self.frame[["observed", "bound", "median"]].to_numpy()).all())


def target_figure(view: View, item: Assessment, *, last_year: int = HORIZON) -> TargetFigure:
    """Lay out a target's history, fan, target mark, required path and baseline.

    A growth target is drawn as the level it implies, because average growth
    since the base year swings in the first years.
    """
    target, bench = item.target, view.bench
    indicator = bench.catalog.indicators[target.indicator]
    path = chart_path(view, target)
    mark = chart_mark(target, path)
    unit = FRACTION if target.measure is Measure.RELATIVE_GROWTH else indicator.unit
    if target.measure is Measure.RELATIVE_TO_CITY:
        unit = target.unit
    frame = fan.fan_frame(
        from_base(path, target),
        bounds=_bounds(bench, target),
        required=_required_path(target, path, mark),
        target=None if mark is None else (target.due_year, mark),
        baseline=chart_path(view.before, target) if view.moved and view.before else None,
        scale=100 if unit == FRACTION else 1,
        last_year=last_year,
    )
    return TargetFigure(
        frame=frame,
        title=f"{target.name_zh}：走势与{target.due_year}年目标",
        unit=text_zh.unit_zh(unit),
        takeaway=_takeaway(item, bench),
        demo=RowStatus.ILLUSTRATIVE in item.statuses,
    )


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
    if path.base is None:
        return None
    return path.base * (1 + target.value) ** (target.due_year - base_year_of(target))


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


def _takeaway(item: Assessment, bench: Workbench) -> str:
    """Say in one sentence what the chart shows; also its alternative text."""
    indicator = bench.catalog.indicators[item.target.indicator]
    latest = verdicts_zh.joined(verdicts_zh.latest_parts(item, indicator))
    text = f"{item.target.name_zh}：最新{latest}，"
    text += f"目标{verdicts_zh.target_zh(item)}（{item.target.due_year}年）"
    if item.median is not None:
        text += f"，预计{verdicts_zh.joined(verdicts_zh.outlook_parts(item, indicator))}"
    if item.probability is not None:
        text += f"，达成{text_zh.probability_zh(item.probability)}"
    return f"{text}。判断：{item.verdict}。"


def multiples(view: View, items: Sequence[Assessment], *, last_year: int) -> pd.DataFrame:
    """Stack the figures of many targets, one title each, for a sheet of small charts."""
    frames = []
    for item in items:
        figure = target_figure(view, item, last_year=max(last_year, item.target.due_year))
        if not figure.frame[["observed", "median"]].isna().all(axis=None):
            title = f"{item.target.name_zh}（{figure.unit}）"
            frames.append(figure.frame.assign(title=f"{item.target.order}. {title}"))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
