"""Import the heavy libraries in a thread, and freeze them out of garbage collection."""

import atexit
import gc
import importlib
import sys
import threading

import streamlit as st

HEAVY = (
    "pandas",
    "altair",
    "duckdb",
    "statsmodels.tsa.api",
    "scipy.stats",
    "analytics.output.figures.target",
)
MOST_PAGES = 100  # frozen one by one before what they have left is collected
_UNFROZEN = "unfrozen"  # kept for a session whose page was built since the last freeze


class _SinceFreeze:
    """What happened in the process since the last full freeze; the same for all visitors."""

    modules = 0  # loaded then
    pages = 0  # frozen since then


@st.cache_resource(show_spinner=False)
def warm_up() -> threading.Thread:
    """Import in the background, then freeze what lives as long as the process.

    Python collects garbage every so often; without the freeze it would walk every object of
    every library each time, while everyone waits.
    """
    thread = threading.Thread(target=import_all, daemon=True)
    thread.start()
    atexit.register(gc.unfreeze)  # frozen objects would be reported as leaks at exit
    return thread


def import_all() -> None:
    """Import what every page needs, then freeze it out of garbage collection."""
    for module in HEAVY:
        importlib.import_module(module)
    freeze()


def freeze() -> None:
    """Collect what was made since the last freeze, then freeze what is left of it.

    What lies frozen is not walked: every session would wait for that, a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    _SinceFreeze.modules = len(sys.modules)


def _freeze_anew() -> None:
    """Collect among all that lives, frozen or not: everyone waits, so it is done rarely."""
    gc.unfreeze()
    freeze()
    _SinceFreeze.pages = 0


def end_page() -> None:
    """Freeze again where this run was the first to load some module, which took longer."""
    st.session_state[_UNFROZEN] = True
    if len(sys.modules) > _SinceFreeze.modules:
        freeze()


def freeze_page() -> None:
    """Freeze what a session holds when the live part of its page runs by itself.

    Nothing is collected before: what a page leaves that only a collection frees, some two
    thousand objects, goes with the next full one. Without the freeze, every open page makes
    everyone's moves a little dearer.
    """
    if not st.session_state.pop(_UNFROZEN, False):
        return
    _SinceFreeze.pages += 1
    if _SinceFreeze.pages < MOST_PAGES:
        gc.freeze()
    else:
        _freeze_anew()
