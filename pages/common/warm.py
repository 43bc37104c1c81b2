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


class _AtLastFreeze:
    """What the process had loaded then; the same for all visitors."""

    modules = 0


@st.cache_resource(show_spinner=False)
def warm_up() -> threading.Thread:
    """Import in the background, then freeze what lives as long as the process.

    Streamlit collects garbage after every run; without the freeze it walks
    every object of every library each time a slider moves.
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
    """Collect garbage once, then freeze what is left out of later collections.

    Every session waits for it, a tenth of a second: call it where something slow was done
    anyway, after the imports and after a release was opened.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    _AtLastFreeze.modules = len(sys.modules)


def freeze_new_modules() -> None:
    """Freeze again where this run was the first to load some module, which took longer."""
    if len(sys.modules) > _AtLastFreeze.modules:
        freeze()
