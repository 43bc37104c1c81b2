"""Import the heavy libraries behind the first visitor's back."""

import atexit
import gc
import importlib
import threading

import streamlit as st

HEAVY = ("pandas", "altair", "duckdb", "statsmodels.tsa.api", "scipy.stats", "analytics.figure")


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


@st.cache_resource(show_spinner=False)
def settled() -> bool:
    """Freeze once more when the first page is complete: all it loaded stays."""
    gc.collect()
    gc.freeze()
    return True
