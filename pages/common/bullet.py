"""A bullet: base → now → target on one scale, a tick for what is due, a band for where it leads."""

from collections.abc import Mapping

from analytics.domain import Measure, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.common.drawing import Part


def bullet(view: View, item: Assessment) -> Part:
    """Draw a target's bullet, an empty line where nothing is known."""
    goal = item.target.threshold if item.target.measure is not Measure.QUALITATIVE else None
    now = item.observed.value if item.observed else (item.bound.value if item.bound else None)
    known = [x for x in (now, item.expected_now, item.median, goal) if x is not None]
    known += list(item.interval_80 or ())
    if goal is None or len(known) < 2:
        return _drawn({})
    start = _start(view, item.target)
    low = min([*known, start if start is not None else min(known)])
    span = (max(known) - low) or 1.0
    low, span = low - span * 0.04, span * 1.08
    values = {"now": now, "due": item.expected_now, "median": item.median, "goal": goal}
    if item.interval_80 is not None:
        values |= dict(zip(("low", "high"), item.interval_80, strict=True))
    return _drawn({name: (x - low) / span * 100 for name, x in values.items() if x is not None})


def _drawn(places: Mapping[str, float]) -> Part:
    """Say where each mark is, in percent of the width; the browser draws them."""
    return ["bullet", {name: f"{place:.2f}" for name, place in places.items()}]


def _start(view: View, target: Target) -> float | None:
    """Return where a target sets out from in its own unit, None where that is not held."""
    if target.measure is Measure.CUMULATIVE:
        return 0.0
    return view.path(target.id).base if target.measure is Measure.LEVEL else None
