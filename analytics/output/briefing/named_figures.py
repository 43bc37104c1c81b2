"""Figures of a briefing by name: the pages' own.

A target's id names its fan chart; ``ratio.`` before it, its course against the
city.
"""

from analytics.answers.reports import against_city
from analytics.answers.reports.against_city import Comparison
from analytics.domain import LeadTarget, Measure
from analytics.output.figures.city import ratio_figure
from analytics.output.figures.figure import Figure
from analytics.output.figures.target import takeaway as target_takeaway
from analytics.output.figures.target import target_figure
from analytics.workbench import View

RATIO = "ratio."
CONFIDENCE = 0.9  # asked for before a lead is called significant; the 2035 page's default


def drawable(view: View) -> dict[str, str]:
    """Return name -> Chinese title of every figure that can be drawn, in the plan's order."""
    targets = view.bench.catalog.targets.values()
    fans = {
        target.id: f"{target.order}. {target.name_zh}（{target.due_year}年）"
        for target in targets
        if _has_numbers(view, target.id)
    }
    ratios = {
        f"{RATIO}{target.id}": f"{target.order}. {target.name_zh}：金山÷全市"
        for target in targets
        if target.measure is Measure.RELATIVE_GROWTH and _has_ratio(view, target.id)
    }
    return fans | ratios


def _has_numbers(view: View, target_id: str) -> bool:
    item = view.verdict(target_id)
    return item.latest is not None or item.bound is not None or item.median is not None


def _has_ratio(view: View, target_id: str) -> bool:
    path = view.full_path(view.bench.catalog.targets[target_id])
    return path.since is not None and bool(path.years)


def target_of(name: str) -> str:
    """Return the id of the target a figure is about."""
    return name.removeprefix(RATIO)


def figure(view: View, name: str, until: int | None = None) -> Figure:
    """Return a drawable figure as on its page, up to the due year unless told otherwise."""
    item = view.verdict(target_of(name))
    if name.startswith(RATIO):
        made = ratio_figure(view, _compared(view, name))
    else:
        made = target_figure(view, item, last_year=until or item.target.due_year)
    if made is None:
        raise ValueError(f"“{item.target.name_zh}”在本数据版本没有可绘制的数据")
    return made


def takeaway(view: View, name: str) -> str:
    """Say what a figure shows, in the words of its page."""
    if name.startswith(RATIO):
        return figure(view, name).takeaway
    return target_takeaway(view.bench, view.verdict(name))


def _compared(view: View, name: str) -> Comparison:
    target = view.bench.catalog.targets[target_of(name)]
    assert isinstance(target, LeadTarget), "only a lead is drawn as a ratio to the city"
    return against_city.compare(view, target, target.margin, CONFIDENCE)
