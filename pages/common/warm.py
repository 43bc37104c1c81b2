"""Import the heavy libraries while the first visitor reads, and keep the collector off them."""

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
    freeze()


def freeze() -> None:
    """Free what nobody holds any more, then keep the collector from walking the rest.

    It holds everyone up for a tenth of a second: call it where something slow was done
    anyway, after the imports and after a release was opened.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
