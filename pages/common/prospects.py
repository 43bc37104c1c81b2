"""How outlooks look: a class of colour, the odds in figures, and their change in a scenario."""

from collections.abc import Iterable

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Prospect
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.common import words


def looks_of(item: Assessment) -> str:
    """Return the style of an outlook; an aspiration is never red."""
    if item.target.firmness is Firmness.ASPIRATION and item.prospect is Prospect.WEAK:
        return Prospect.EVEN.name.lower()
    return item.prospect.name.lower()


def odds_zh(item: Assessment) -> str:
    """Write the odds; a target that is done says so, one without odds shows a dash."""
    if item.prospect is Prospect.DONE and item.probability is None:
        return words.DONE
    return verdicts_zh.probability_zh(item)


def before(view: View, target_id: str) -> Assessment | None:
    """Return a target's judgement without what a scenario moves; None where nothing is."""
    return view.before.verdict(target_id) if view.moved and view.before else None


def touched(view: View, items: Iterable[Assessment]) -> list[tuple[Assessment, Assessment]]:
    """Pair each judgement that a scenario touches with the one without the scenario."""
    return [
        (old, item)
        for item in items
        if view.touches(item.target) and (old := before(view, item.target.id))
    ]


def change_of_odds(old: Assessment | None, new: Assessment) -> str:
    """Write the change of the odds as the difference of the figures shown, nothing where none."""
    points = points_between(old, new)
    return words.AGAINST_BASELINE.format(signed_zh(points)) if points else ""


def points_between(old: Assessment | None, new: Assessment) -> int:
    """Return by how many points the printed odds differ; nought where either has none."""
    if old is None or old.probability is None or new.probability is None:
        return 0
    return text_zh.points_between(old.probability, new.probability)


def signed_zh(points: int) -> str:
    """Write a change of odds with its sign."""
    return f"{'+' if points > 0 else '−'}{abs(points)}"
