"""A bullet: base → now → target on one scale, a tick for what is due, a band for where it leads."""

from analytics.domain import Measure, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.common.drawing import Part, box


def bullet(view: View, item: Assessment) -> Part:
    """Draw a target's bullet, an empty line where nothing is known."""
    goal = item.target.threshold if item.target.measure is not Measure.QUALITATIVE else None
    now = item.observed.value if item.observed else (item.bound.value if item.bound else None)
    known = [x for x in (now, item.expected_now, item.median, goal) if x is not None]
    known += list(item.interval_80 or ())
    if goal is None or len(known) < 2:
        return _svg(_line(0, 100, 6, "var(--rule)", 1))
    start = _start(view, item.target)
    low = min([*known, start if start is not None else min(known)])
    span = (max(known) - low) or 1.0
    low, span = low - span * 0.04, span * 1.08

    def at(value: float) -> float:
        return (value - low) / span * 100

    parts = [_line(0, 100, 6, "var(--rule)", 1)]
    if item.interval_80 is not None:
        left, right = (at(x) for x in item.interval_80)
        parts.append(_box(left, right, 1, 10, "var(--st-primary-color)", 0.28))
    if now is not None:
        parts.append(_box(0, at(now), 4, 4, "var(--st-text-color)", 0.85))
    if item.expected_now is not None:
        parts.append(_rule(at(item.expected_now), 2, 10, "var(--st-text-color)", 1.2))
    if item.median is not None:
        parts.append(_rule(at(item.median), 1, 11, "var(--st-primary-color)", 2.5))
    parts.append(_rule(at(goal), 0, 12, "light-dark(#c2410c, #ff8a3d)", 3))
    return _svg(*parts)


def _start(view: View, target: Target) -> float | None:
    """Return where a target sets out from in its own unit, None where that is not held."""
    if target.measure is Measure.CUMULATIVE:
        return 0.0
    return view.path(target.id).base if target.measure is Measure.LEVEL else None


def _svg(*parts: Part) -> Part:
    return box(
        "bullet",
        *parts,
        tag="svg",
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _line(x1: float, x2: float, y: float, colour: str, width: float) -> Part:
    return _stroke(x1, y, x2, y, colour, width)


def _rule(x: float, y1: float, y2: float, colour: str, width: float) -> Part:
    return _stroke(x, y1, x, y2, colour, width)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> Part:
    places = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return box(
        "",
        tag="line",
        vector_effect="non-scaling-stroke",
        style=f"stroke:{colour};stroke-width:{width}",
        **{name: f"{value:.2f}" for name, value in places.items()},
    )


def _box(left: float, right: float, top: float, height: float, colour: str, opacity: float) -> Part:
    return box(
        "",
        tag="rect",
        x=f"{left:.2f}",
        y=f"{top}",
        width=f"{max(right - left, 0):.2f}",
        height=f"{height}",
        style=f"fill:{colour};opacity:{opacity}",
    )
