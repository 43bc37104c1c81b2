"""The conclusion at the head of a page, with the scenario it holds for, and the page's foot."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import change_zh
from analytics.workbench import View
from pages.common import answers, releases, words
from pages.common.prospects import touched
from pages.common.session import UNNAMED, session
from pages.common.text import Markdown, fill, lines, small


def plan_conclusion(view: View, action_id: str | None = None) -> None:
    """State in words what the figures say, and what the scenario changes of them."""
    catalog = view.bench.catalog
    targets = catalog.targets_of(action_id) if action_id else catalog.targets.values()
    items = [view.verdict(target.id) for target in targets]
    outlook = view.outlook(action_id)
    summary = verdicts_zh.conclusion(items, catalog.indicators, worst=False)
    together = verdicts_zh.outlook_zh(outlook)
    more = words.TOGETHER.format(together) if together else ""
    if view.moved:
        before = releases.outlook_before(answers.baseline(), action_id)
        more = change_zh(touched(view, items), outlook, before)
    conclusion([summary], more)


def conclusion(sentences: Sequence[str], more: str = "", *, of_scenario: bool = True) -> None:
    """Show a conclusion, with the badge of the scenario if it is one's; ``more`` is small."""
    first, *others = sentences
    badge = scenario_badge() if of_scenario else Markdown()
    head = fill(words.CONCLUSION, badge, first)
    with st.container(border=True, key="conclusion"):
        st.markdown(lines(head, *others, small(more) if more else ""))


def scenario_badge() -> Markdown:
    """Say before a conclusion that a scenario is on, and which."""
    scenario = session().scenario
    if not scenario.settings:
        return Markdown()
    name = "" if scenario.name == UNNAMED else words.NAMED.format(scenario.name)
    moved = str(len(scenario.settings))
    return fill(words.SCENARIO_BADGE, name, moved)


def footer() -> None:
    """Close the page with the plan's reference."""
    st.caption(words.PLAN.format(text_zh.PLAN) + text_zh.NATURES_ZH)
