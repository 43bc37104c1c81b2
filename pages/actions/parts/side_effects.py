"""What else a scenario moves: targets whose odds go along, and those that are held back."""

from analytics.domain import Target
from analytics.workbench import View
from pages.actions.parts import words
from pages.common import drawing
from pages.common.drawing import Part, box
from pages.common.prospects import before, odds_zh, points_between

_NAMED = 3  # of each direction


def side_effects(view: View, but: Target) -> None:
    """Name the targets beside the chosen one that the scenario moves most."""
    if view.moved:
        parts = _parts(view, but)
        drawing.draw(parts or [box("faint", words.NO_SIDE_EFFECTS)], key="side_effects")


def _parts(view: View, but: Target) -> list[Part]:
    found = []
    for target in view.bench.catalog.targets.values():
        if target.id == but.id or not view.touches(target):
            continue
        old, new = before(view, target.id), view.verdict(target.id)
        if old is None:
            continue
        if points := points_between(old, new):
            found.append((points, f"{target.name_zh} {odds_zh(old)}→{odds_zh(new)}"))
    found.sort(key=lambda one: -abs(one[0]))
    shown: list[Part] = []
    for word, looks, chosen in (
        (words.LIFTED, "good", [line for points, line in found if points > 0]),
        (words.HELD_BACK, "weak", [line for points, line in found if points < 0]),
    ):
        if chosen:
            more = words.AND_MORE.format(len(chosen)) if len(chosen) > _NAMED else ""
            text = "；".join(chosen[:_NAMED]) + more
            shown.append(box("", box(f"strong {looks}", f"{word}　", tag="span"), text))
    return shown
