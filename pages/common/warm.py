"""Import the heavy libraries behind the first visitor's back."""

import atexit
import gc
import importlib
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


@st.cache_resource(show_spinner=False)
def warm_up() -> threading.Thread:
    """Import in the background, then freeze what lives for ever.

    Streamlit collects garbage after every run; without the freeze it walks
    every object of every library each time a slider moves.
    """
    thread = threading.Thread(target=import_all, daemon=True)
    thread.start()
    atexit.register(gc.unfreeze)  # frozen objects would be reported as leaks at exit
    return thread


def import_all() -> None:
    """Import what every page needs, then keep the collector from walking it."""
    for module in HEAVY:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()


def settled() -> None:
    """Freeze once more when a session's first page is complete: what it holds stays.

    Without this, every session makes everyone's moves a little dearer. What
    earlier sessions have left is collected first, so that nothing piles up.
    """
    if "settled" not in st.session_state:
        st.session_state.settled = True
        gc.unfreeze()
        gc.collect()
        gc.freeze()
