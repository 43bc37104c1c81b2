"""Zones: the parts of a page that a moved lever changes, each drawn again by itself.

What a lever cannot change stands as it is. Where a move changes
more than the zones, the whole live part of the page is drawn as after any other choice.
"""

from collections.abc import Callable, Collection

import streamlit as st
from streamlit.runtime.scriptrunner import ScriptRunContext, get_script_run_ctx

from pages.common import running
from pages.common.session import session

Follows = Callable[[str], bool]  # of the id of the lever that is moved


def always(_: str) -> bool:
    """Follow every lever."""
    return True


def only(lever_id: str) -> Follows:
    """Follow one lever."""
    return lambda moved: moved == lever_id


def all_but(lever_id: str) -> Follows:
    """Follow every lever but one."""
    return lambda moved: moved != lever_id


def zone(
    name: str, body: Callable[[], None], *, follows: Follows = always, varies: bool = False
) -> None:
    """Draw a part of the live page; ``follows`` tells which levers change it.

    ``varies`` where a move may change how many elements it has.
    """
    here = session()
    here.zones[name] = follows
    if varies:
        here.varying_zones.add(name)
    st.fragment(lambda: _draw(name, body), key=name)()


def _draw(name: str, body: Callable[[], None]) -> None:
    here, context = session(), get_script_run_ctx()
    if here.is_whole or context is None:
        running.guarded(body)
        return
    is_first = here.zones_run is not context.fragment_ids_this_run
    if is_first:
        here.zones_run = context.fragment_ids_this_run
        if set(_ids_of(context, here.zones_awaited)) - set(context.fragment_ids_this_run or ()):
            st.rerun()  # the run that was to draw them was interrupted
        running.guarded(running.begin_zone)
    running.guarded(body)
    here.zones_awaited.discard(name)
    if is_first:
        running.guarded(running.finish_zone)
    here.delivered |= here.showing


def all_follow() -> None:
    """Note that something outside the zones shows what a lever changes."""
    session().zones_suffice = False


def redraw(lever_id: str, value: float) -> None:
    """Ask from a lever's callback for the zones that follow it, where they are all it changes."""
    here = session()
    names = [name for name, follows in here.zones.items() if follows(lever_id)]
    after = here.with_lever(lever_id, value)
    confined = here.zones_suffice and here.surroundings(after) == here.drawn
    if confined and not here.varying_zones.intersection(names):
        _draw_too(names)
    else:
        _ask_for(names if confined else [running.LIVE])


def redraw_all() -> None:
    """Ask from a callback in a zone for the whole live part of the page."""
    _ask_for([running.LIVE])


def _ask_for(names: list[str]) -> None:
    """Have these parts drawn, unless the whole page is anyway."""
    context = get_script_run_ctx()
    if names and context is not None and context.fragment_ids_this_run:
        st.rerun(names)


def _draw_too(names: list[str]) -> None:
    """Have zones drawn in the run that is beginning, after the one of the moved widget.

    Asked for with ``st.rerun`` they would come with a second run, at the price of an empty
    page's move. The browser has been told of the first zone alone, so it takes away no
    element that another zone no longer has: theirs must be as many as before.
    """
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        run = context.fragment_ids_this_run
        run += [one for one in _ids_of(context, names) if one not in run]
        session().zones_awaited.update(names)


def _ids_of(context: ScriptRunContext, names: Collection[str]) -> list[str]:
    return context.fragment_storage.resolve_target(list(names)) if names else []
