"""Cached access to releases and verdicts; what is cached is frozen."""

import gc
from datetime import date
from pathlib import Path

import streamlit as st

from analytics.extract.release import FOLDER, POINTER, read_pointer

ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner="正在读取目录…")
def catalog():
    """Load the catalog once per process."""
    from analytics.catalog import load_catalog

    return load_catalog(ROOT)


@st.cache_resource(show_spinner="正在打开数据版本并计算预测…", max_entries=4)
def workbench(release_id: str):
    """Open a release and project it once per process."""
    from analytics.workbench import build_workbench

    bench = build_workbench(ROOT, release_id.split("-")[0])
    gc.freeze()  # the draws live as long as the process
    return bench


@st.cache_resource(show_spinner=False, max_entries=4)
def baseline(release_id: str):
    """Judge every target without levers."""
    return workbench(release_id).view({})


@st.cache_resource(show_spinner=False, max_entries=64)
def view(release_id: str, settings: tuple[tuple[str, float], ...]):
    """Return the draws and verdicts of a scenario."""
    if not settings:
        return baseline(release_id)
    return workbench(release_id).view(dict(settings), before=baseline(release_id))


@st.cache_resource(show_spinner="首次运行：正在生成数据版本…")
def _built() -> None:
    """Build the releases where there are none yet (a plain ``streamlit run app.py``)."""
    from analytics.extract import build

    if not (ROOT / FOLDER / POINTER).exists():
        build(ROOT, created_on=date.today())  # noqa: DTZ011 - the local day is meant


def pointer() -> dict:
    """Return what the pointer says now: default name, and release name -> id."""
    _built()
    return read_pointer(ROOT)


def releases() -> dict[str, str]:
    """Return release name -> id."""
    return pointer()["releases"]
