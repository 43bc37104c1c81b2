"""The action's targets as a list to choose from: name, phrase, odds and a bullet each."""

from collections.abc import Sequence

from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Target
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View
from pages.actions.parts import words
from pages.common import drawing, zones
from pages.common.bullet import bullet
from pages.common.drawing import Part, box, choice
from pages.common.prospects import before, change_of_odds, looks_of, odds_zh
from pages.common.session import session

_SCROLLS = "max-height:560px"


def target_list(view: View, targets: Sequence[Target], chosen: str) -> None:
    """Show every target of the action; the chosen one is marked."""
    rows = [_row(view, view.verdict(target.id), chosen) for target in targets]
    drawing.draw(
        [
            box(
                "scrolls",
                *rows,
                role="group",
                aria_label=words.TARGETS,
                style=_SCROLLS,
            )
        ],
        key="target_list",
        on_choice=_choose,
    )


def _choose(target_id: str) -> None:
    session().choose_target(target_id)
    zones.redraw_all()


def told(view: View, item: Assessment) -> str:
    """Say in one sentence what the list shows of a target, and the range of its odds."""
    said = words.TARGET_TOLD.format(_name(item), _goal(item), item.verdict, odds_zh(item))
    return verdicts_zh.joined((said, verdicts_zh.method_range_in(view, item)))


def _name(item: Assessment) -> str:
    star = "★" if item.target.firmness is Firmness.ASPIRATION else ""
    return f"{star}{item.target.name_zh}"


def _goal(item: Assessment) -> str:
    return words.GOAL_BY.format(verdicts_zh.target_zh(item), item.target.due_year)


def _row(view: View, item: Assessment, chosen: str) -> Part:
    target, looks = item.target, looks_of(item)
    changed = change_of_odds(before(view, target.id), item)
    return choice(
        "target",
        target.id,
        box("row", box("name grow cut", _name(item)), box(f"odds {looks}", odds_zh(item))),
        box(
            "row",
            box("faint grow cut", _goal(item), style="font-size:12.5px"),
            box(f"delta {looks}", changed or str(item.verdict)),
        ),
        bullet(view, item),
        aria_pressed=str(target.id == chosen).lower(),
        title=told(view, item),
    )
