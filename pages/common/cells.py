"""The whole plan at a glance: one cell a target, by action, coloured by outlook."""

from collections.abc import Callable, Mapping

from analytics.answers.narrative import verdicts_zh
from analytics.domain import Prospect
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.ordering import counts
from analytics.workbench import View
from pages.common import drawing
from pages.common.drawing import Part, box, choice
from pages.common.prospects import looks_of, odds_zh


def cells(
    view: View,
    verdicts: Mapping[str, Assessment],
    *,
    key: str = "cells",
    on_choice: Callable[[str], None] | None = None,
) -> str | None:
    """Show the cells with the count of each outlook; return the one pressed."""
    catalog = view.bench.catalog
    parts: list[Part] = []
    for action in catalog.actions.values():
        own = [_cell(view, verdicts[target.id]) for target in catalog.targets_of(action.id)]
        parts += [box("strong", action.name_zh), box("cells", *own)]
    keys = [
        box("", box(f"swatch cell {one.name.lower()}", tag="span"), f"{one} {number}", tag="span")
        for one, number in counts(verdicts.values()).items()
        if number
    ]
    return drawing.draw([box("board", *parts), box("key", *keys)], key=key, on_choice=on_choice)


def _cell(view: View, item: Assessment) -> Part:
    told = f"{item.target.name_zh}　{verdicts_zh.target_zh(item)}　{item.verdict}　{odds_zh(item)}"
    over_methods = verdicts_zh.method_range_in(view, item)
    told = verdicts_zh.joined((told, over_methods))
    short = {Prospect.DONE: "✓", Prospect.OPEN: "？"}.get(item.prospect, odds_zh(item))
    looks = f"cell {looks_of(item)}"
    return choice(looks, item.target.id, short, title=told, aria_label=told)
