"""Every target against the city, worked out once a scenario."""

from analytics.answers.reports import against_city
from analytics.answers.reports.against_city import Comparison
from analytics.remembered import remembered
from analytics.workbench import View


def compared(view: View, target_id: str, margin: float, confidence: float) -> Comparison:
    """Compare once per scenario; what no lever reaches is as in the baseline."""
    target = view.bench.catalog.targets[target_id]
    reached = view.bench.inputs(target) & view.touched
    return _compared(view if reached else _before(view), target_id, margin, confidence)


def _before(view: View) -> View:
    return view.before or view


@remembered()
def _compared(view: View, target_id: str, margin: float, confidence: float) -> Comparison:
    target = view.bench.catalog.targets[target_id]
    return against_city.compare(view, target, margin, confidence)
