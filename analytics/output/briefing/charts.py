"""Charts of a briefing by name: the pages' own, with their origin.

A target's id names its fan chart; ``ratio.`` before it, its course against the
city.
"""

from analytics.domain import Measure
from analytics.output.figures import city
from analytics.output.figures.city import Comparison
from analytics.output.figures.collect import target_export
from analytics.output.figures.collect_city import ratio_export
from analytics.output.figures.figure import ExportFigure
from analytics.output.figures.note import Stamp
from analytics.output.figures.target import target_figure
from analytics.workbench import View

RATIO = "ratio."
CONFIDENCE = 0.9  # asked for before a lead is called significant; the 2035 page's default


def charts_of(view: View) -> dict[str, str]:
    """Return name -> Chinese title of every chart that can be drawn, in the plan's order."""
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
    """Return the id of the target a chart is about."""
    return name.removeprefix(RATIO)


def chart(view: View, stamp: Stamp, name: str, until: int | None = None) -> ExportFigure:
    """Return a chart as on its page, up to the target's due year unless told otherwise."""
    item = view.verdict(target_of(name))
    if name.startswith(RATIO):
        return ratio_export(view, _compared(view, name), item.target.margin, CONFIDENCE, stamp)
    return target_export(view, item, stamp, last_year=until or item.target.due_year)


def takeaway(view: View, name: str, until: int | None = None) -> str:
    """Say what a chart shows, in the words of its page."""
    item = view.verdict(target_of(name))
    if name.startswith(RATIO):
        compared = _compared(view, name)
        return city.ratio_figure(view, compared, item.target.margin).takeaway
    return target_figure(view, item, last_year=until or item.target.due_year).takeaway


def _compared(view: View, name: str) -> Comparison:
    target = view.bench.catalog.targets[target_of(name)]
    return city.compare(view, target, target.margin, CONFIDENCE)
