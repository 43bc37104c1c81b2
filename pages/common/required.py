"""What a target asks of a lever at even, good and high odds, each adopted with one press."""

from dataclasses import dataclass

import streamlit as st

from analytics import text_zh
from analytics.answers.steering.rates import projected_rate
from analytics.domain import Lever
from analytics.model.scenarios.settings_zh import rate_zh, setting_zh
from analytics.remembered import remembered
from analytics.workbench import Workbench
from pages.common import answers, reference, words, zones
from pages.common.session import Settings, ordered, session
from pages.common.text import plain


@dataclass(frozen=True)
class Asked:
    """The rate that gives some odds and the lever's value for it, None where none does."""

    odds: float
    value: float | None
    rate_zh: str


def panel(bench: Workbench, lever: Lever, target_id: str) -> None:
    """Show the required rates of a target in its first lever, the other levers as set."""
    target = bench.catalog.targets[target_id]
    moved = {**dict(reference.settings_of(target)), **session().settings}
    others = ordered({k: v for k, v in moved.items() if k != lever.id})
    found = [_asked(bench, others, lever.id, target_id, odds) for odds in words.ODDS]
    if all(one.value is None for one in found) and not found[0].rate_zh:
        return
    goal = (
        text_zh.target_value(
            target.operator, target.stated_value, target.stated_high, target.stated_unit
        )
        if target.value is not None
        else words.GOAL
    )
    with st.container(gap=None, key=f"required_{lever.code}"):
        years = text_zh.span(lever.first_year, lever.last_year)
        st.markdown(plain(words.NEEDED.format(goal, years)))
        with st.container(horizontal=True, gap="xsmall"):
            for one in found:
                _offer(one, lever.id)
    if message := session().lever_message:
        session().lever_message = ""
        zones.all_follow()  # the next move takes the message away
        st.caption(plain(message))


def _offer(one: Asked, lever_id: str) -> None:
    st.button(
        plain(words.AT_ODDS.format(words.ODDS[one.odds], one.rate_zh)),
        key=f"adopt:{lever_id}:{one.odds:g}",
        help=words.ADOPTS if one.value is not None else words.OUT_OF_REACH,
        disabled=one.value is None,
        on_click=_adopt,
        args=(lever_id, one),
    )


def _adopt(lever_id: str, one: Asked) -> None:
    if one.value is not None:
        session().set_lever(lever_id, one.value)
        catalog = answers.bench().catalog
        told = setting_zh(catalog, catalog.levers[lever_id], one.value)
        session().lever_message = words.ADOPTED.format(one.rate_zh, told)
        zones.redraw_all()


@remembered(1024)
def _asked(bench: Workbench, others: Settings, lever_id: str, target_id: str, odds: float) -> Asked:
    """Solve a lever for some odds; the median is solved as such, as everywhere."""
    lever = bench.catalog.levers[lever_id]
    found = answers.solution(bench.release.id, others, target_id, lever_id, odds)
    if found.on_step is None:
        return Asked(odds, None, "")
    if not found.reached:
        return Asked(odds, None, words.NEVER)
    rate = projected_rate(bench, lever, {lever_id: found.on_step})
    told = rate_zh(bench.catalog, lever, rate)
    return Asked(odds, found.on_step, words.AT_MOST.format(told) if found.bound else told)
