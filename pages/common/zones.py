"""Zones: the parts of a page that a moved lever changes, each drawn again by itself.

What a lever cannot change stands as it is, its own slider among it. Where a move changes
more than the zones, the whole live part of the page is drawn as after any other choice.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.common import running
from pages.common.session import session


@dataclass(frozen=True)
class Move:
    """A lever, and the widget that moved it."""

    lever_id: str
    key: str


Follows = Callable[[Move], bool]


def always(_: Move) -> bool:
    """Follow every lever."""
    return True


def only(lever_id: str, key: str) -> Follows:
    """Follow a lever where this widget moved it."""
    return lambda move: move == Move(lever_id, key)


def all_but(lever_id: str) -> Follows:
    """Follow every lever but one."""
    return lambda move: move.lever_id != lever_id


def zone(name: str, body: Callable[[], None], *, follows: Follows = always) -> None:
    """Draw a part of the live page; ``follows`` tells which moves change it."""
    session().zones[name] = follows
    st.fragment(lambda: _draw(body), key=name)()


def _draw(body: Callable[[], None]) -> None:
    here, context = session(), get_script_run_ctx()
    if here.is_whole or context is None:
        running.guarded(body)
        return
    is_first = here.zones_run is not context.fragment_ids_this_run
    if is_first:
        here.zones_run = context.fragment_ids_this_run
        running.guarded(running.begin_zone)
    running.guarded(body)
    if is_first:
        running.guarded(running.finish_zone)
    here.delivered |= here.showing


def all_follow() -> None:
    """Note that something outside the zones shows what a lever changes."""
    session().zones_suffice = False


def redraw(move: Move, value: float) -> None:
    """Ask from a lever's callback for the zones that follow it, where they are all it changes."""
    here = session()
    names = [name for name, follows in here.zones.items() if follows(move)]
    after = here.with_lever(move.lever_id, value)
    confined = here.zones_suffice and here.surroundings(after) == here.drawn
    _ask_for(names if confined else [running.LIVE])


def redraw_all() -> None:
    """Ask from a callback in a zone for the whole live part of the page."""
    _ask_for([running.LIVE])


def _ask_for(names: list[str]) -> None:
    """Have these parts drawn, unless the whole page is anyway."""
    context = get_script_run_ctx()
    if names and context is not None and context.fragment_ids_this_run:
        st.rerun(names)
