"""Cached access to releases and verdicts; what is cached is frozen."""

import gc
import os
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.catalog import load_catalog
from analytics.changes import compare
from analytics.disclosure import load_disclosure
from analytics.extract import build
from analytics.extract.kept import FOLDER as IMPORTS
from analytics.extract.release import FOLDER, POINTER, previous_release, read_pointer
from analytics.workbench import Workbench, build_workbench

KEPT = 6  # opened releases held at once: the current two, and some to compare with
IMPORT_SWITCH = "JINSHAN_IMPORT"
ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner="正在读取目录…")
def catalog():
    """Load the catalog once per process."""
    return load_catalog(ROOT)


class _Held:
    """The opened releases, each built once; the lock makes a second visitor wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._benches: dict[str, Workbench] = {}

    def get(self, release_id: str) -> Workbench:
        with self._lock:
            if release_id not in self._benches:
                self._benches[release_id] = _build(release_id)
                for oldest in list(self._benches)[:-KEPT]:
                    del self._benches[oldest]
            return self._benches[release_id]


@st.cache_resource(show_spinner=False)
def _held() -> _Held:
    return _Held()


def workbench(release_id: str) -> Workbench:
    """Open a release and project it, once per process."""
    return _held().get(release_id)


def _build(release_id: str) -> Workbench:
    bar = st.progress(0.0, text="正在打开数据版本并推算各项指标…")
    bench = build_workbench(ROOT, release_id=release_id, on_progress=bar.progress)
    bar.empty()
    gc.freeze()  # the draws live as long as the process
    return bench


@st.cache_resource(show_spinner=False, max_entries=32)
def context(release_id: str, action_id: str) -> pd.DataFrame:
    """Return the published series that bear on an action, newest values first."""
    bench = workbench(release_id)
    found = [
        bench.store.query("context_values", indicator_id=one.indicator, region=one.region).assign(
            indicator_id=one.indicator, region=one.region, note_zh=one.note_zh
        )
        for one in bench.catalog.actions[action_id].context
    ]
    return pd.concat(
        [rows for rows in found if len(rows)] or found[:1] or [pd.DataFrame()], ignore_index=True
    )


@st.cache_resource(show_spinner="正在比对上一版数据…", max_entries=4)
def previous_verdicts(release_id: str):
    """Return id and verdicts of the release before this one, None where there is none."""
    earlier = previous_release(ROOT, release_id)
    if earlier is None:
        return None
    return earlier, build_workbench(ROOT, release_id=earlier).view({}).verdicts()


@st.cache_resource(show_spinner="正在比较两版数据…", max_entries=4)
def difference(old_id: str, new_id: str):
    """Compare two releases, numbers and verdicts."""
    return compare(workbench(old_id), workbench(new_id))


@st.cache_resource(show_spinner="正在换方法、换时段、换基期复核…", max_entries=128)
def robustness(release_id: str, target_id: str):
    """Judge a target again in other ways."""
    bench = workbench(release_id)
    return bench.robustness(bench.catalog.targets[target_id])


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
    if not (ROOT / FOLDER / POINTER).exists():
        build(ROOT, created_on=date.today())  # noqa: DTZ011 - the local day is meant


@st.cache_resource(show_spinner=False)
def disclosure():
    """Load the disclosure rules once per process."""
    return load_disclosure(ROOT)


def import_allowed() -> bool:
    """Tell whether figures may be imported here: JINSHAN_IMPORT=off forbids it."""
    return os.environ.get(IMPORT_SWITCH, "").strip().lower() not in ("off", "0", "false", "no")


def writable() -> bool:
    """Tell whether the data folder can be written to; it may be mounted read-only."""
    places = (ROOT / FOLDER, ROOT / IMPORTS)
    held = [place for place in places if place.is_dir()] or [ROOT]
    return all(os.access(place, os.W_OK) and not _mounted_read_only(place) for place in held)


def _mounted_read_only(place: Path) -> bool:
    """Ask the file system itself: a superuser is allowed to write everywhere."""
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(place).f_flag & os.ST_RDONLY)


def pointer() -> dict:
    """Return what the pointer says now: default name, and release name -> id."""
    _built()
    return read_pointer(ROOT)


def releases() -> dict[str, str]:
    """Return release name -> id."""
    return pointer()["releases"]
