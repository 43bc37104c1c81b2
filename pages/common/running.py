"""One run of a page or of its live part: what it begins with, and what it leaves behind.

The address is read when it was not written by us (a pasted link, the browser's back
button). In a run that a widget caused, or that follows an interrupted one, it is not
read: the browser may still show an older address than the one we chose since. Nor is one
that we wrote before on the same page, which has one entry in the browser's history.
"""

from collections.abc import Callable
from typing import ParamSpec

import streamlit as st

from pages.common import access, address, logbook, menu_scenario, widgets
from pages.common import server_words as words
from pages.common.releases import releases
from pages.common.session import session
from pages.common.warm import freeze_page

P = ParamSpec("P")
LIVE = "live"  # the fragment that a choice runs again


def begin_page() -> None:
    """Hold on to the releases that are current now: one run of the page shows one state."""
    here = session()
    before = here.release_id if here.is_read else None
    here.zones, here.drawn = {}, None
    here.zones_awaited = set()
    here.shown_figures, here.shown_tables = {}, {}
    here.current_releases, here.held = releases(), None
    begin()
    current = here.current_releases.values()
    here.release_was_renewed = (
        before is not None and before not in current and here.release_id in current
    )


def begin() -> None:
    """Take over what widgets sent, then what the address says where others changed it.

    Where the releases have been switched since the page began, or more is known of the one in
    use, the whole page is run again.
    """
    access.admit()
    here = session()
    if releases() != here.current_releases or here.is_overtaken:
        st.rerun(scope="app")
    params = st.query_params.to_dict()
    was_interrupted = widgets.begin_showing()
    widgets.apply_sent(is_late=was_interrupted or params != here.written[-1])
    ours = here.touched or not params or params in here.written  # an earlier one: it lags
    here.touch()
    if here.is_read and ours:
        here.follow_release()
    else:
        address.read(params)


def finish() -> None:
    """Show what was chosen in the address."""
    here = session()
    params = address.as_query()
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    if params != here.written[-1]:
        here.written.append(params)
    here.delivered = set(here.showing)
    here.touched = here.is_running = False


def begin_zone() -> None:
    """Begin to draw a zone alone; where more was chosen than it shows, draw the whole page."""
    here = session()
    if here.needs_whole_page:
        st.rerun()
    begin()
    if here.drawn != here.surroundings(here.scenario):
        st.rerun()


def finish_zone() -> None:
    """Show what was chosen in the address; what stands outside the zones is still there."""
    here = session()
    before = here.delivered
    finish()
    here.delivered |= before


def guarded(step: Callable[[], None]) -> None:
    """Run one step of the page; show a sentence instead of a traceback."""
    try:
        step()
    except Exception as error:
        number = logbook.failed("page", error, session=access.session_id())
        known = type(error).__module__.startswith("analytics")
        st.error(
            str(error) if known else words.UNEXPECTED.format(number),
            icon=":material/error:",
        )
        st.stop()


def live(body: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Show all that a setting can change, apart from the frame: only this is run again."""
    session().needs_whole_page = False
    _live(lambda: body(*args, **kwargs))


@st.fragment(key=LIVE)
def _live(body: Callable[[], None]) -> None:
    freeze_page()
    here = session()
    if here.needs_whole_page:
        st.rerun()
    here.zones, here.drawn, here.zones_suffice, here.is_whole = {}, None, True, True
    here.varying_zones, here.zones_awaited = set(), set()
    try:
        guarded(begin)
        guarded(body)
        guarded(finish)
    finally:
        here.is_whole = False
    here.drawn = here.surroundings(here.scenario)
    menu_scenario.follow()
