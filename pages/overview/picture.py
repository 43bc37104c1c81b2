"""The plan in one picture: a cell and a bullet for every target, and what to look at first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Indicator
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.ordering import most_urgent
from analytics.workbench import View
from pages.common import chart_block, drawing, reference
from pages.common.bullet import bullet
from pages.common.drawing import Part, box, choice
from pages.common.prospects import looks_of, odds_zh
from pages.common.room import room
from pages.overview import words

_HEADLINES = 2  # the plan's first targets stand for the whole
_CHART = 270  # pixels
_CONCERNS = 3
_LINE = 20  # pixels at least


def headlines(view: View) -> None:
    """Draw the plan's two headline totals."""
    targets = list(view.bench.catalog.targets)[:_HEADLINES]
    for column, name in zip(st.columns(len(targets), gap="medium"), targets, strict=True):
        target = view.bench.catalog.targets[name]
        followed = reference.view_of(target)
        item = followed.verdict(name)
        figure = reference.figure_of(followed, item, last_year=target.due_year, brief=True)
        with column:
            if figure is None:
                st.info(words.NO_CHART, icon=":material/hide_source:")
                continue
            lower = replace(figure, draw=partial(figure.draw, height=_CHART))
            chart_block.show(lower, key=f"headline_{name}")


def concerns(verdicts: Mapping[str, Assessment], indicators: Mapping[str, Indicator]) -> str | None:
    """Show the targets that most need attention as cards; return the one pressed."""
    worst = most_urgent(verdicts.values(), _CONCERNS)
    if not worst:
        return None
    cards = [_concern(item, indicators[item.target.indicator]) for item in worst]
    return drawing.draw(
        [box("strong", words.CONCERNS, style="margin-bottom:4px"), box("concerns", *cards)],
        key="concerns",
    )


def _concern(item: Assessment, indicator: Indicator) -> Part:
    latest = verdicts_zh.joined(verdicts_zh.latest_parts(item, indicator))
    looks = looks_of(item)
    goal = words.CONCERN.format(verdicts_zh.target_zh(item), latest)
    head = box(
        "row",
        box("strong grow cut", item.target.name_zh),
        box(f"odds {looks}", odds_zh(item), style="color:inherit"),
    )
    effort = verdicts_zh.effort(item, indicator)
    return choice(f"concern {looks}", item.target.id, head, box("", goal), box("faint", effort))


def rows(view: View, items: Sequence[Assessment]) -> str | None:
    """Show a bullet a target under the name of its action; return the one pressed."""
    parts: list[Part] = []
    for action in view.bench.catalog.actions.values():
        own = [item for item in items if item.target.action == action.id]
        if own:
            heads = (words.GROUP.format(action.name_zh, len(own)), *words.HEADS[1:])
            marks = ("strong", "", "wide", "", "wide")
            parts.append(box("line heads", *(box(k, w) for k, w in zip(marks, heads, strict=True))))
            parts += [_row(view, item) for item in own]
    if not parts:
        return None
    with room(_LINE * len(parts), "rows"):
        return drawing.draw([box("rows", *parts)], key="rows")


def _row(view: View, item: Assessment) -> Part:
    star = "★" if item.target.firmness is Firmness.ASPIRATION else ""
    looks = looks_of(item)
    return choice(
        "line",
        item.target.id,
        box("cut", star + item.target.name_zh),
        box("num", verdicts_zh.target_zh(item)),
        box("wide", bullet(view, item)),
        box(f"odds {looks}", odds_zh(item)),
        box(f"wide delta {looks}", str(item.verdict)),
    )
