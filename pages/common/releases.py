"""Cached access to releases and verdicts; what is cached is frozen."""

import os
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.answers.reports.changes import compare
from analytics.answers.steering.decomposition import decompose
from analytics.answers.steering.effort import least_effort
from analytics.answers.steering.goal_seek import goal_seek
from analytics.answers.steering.presets import presets
from analytics.answers.steering.sensitivity import tornado
from analytics.catalog.disclosure import load_disclosure
from analytics.catalog.load import load_catalog
from analytics.data.releases import build
from analytics.data.releases.accepting import SWITCH, is_allowed
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.kept_imports import FOLDER as IMPORTS
from analytics.data.releases.release import (
    FOLDER,
    PACKAGE,
    POINTER,
    open_release_by_id,
    previous_release,
    read_pointer,
)
from analytics.domain import RowStatus
from analytics.model.judgement.joint import Outlook
from analytics.remembered import remembered
from analytics.workbench import View, Workbench, build_workbench
from pages.common.warm import freeze

Settings = tuple[tuple[str, float], ...]
KEPT = 6  # opened releases held at once: the current two, and some to compare with
MOST_VIEWS = 32  # scenarios kept open for each release
ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner="正在读取目录…")
def catalog():
    """Load the catalog once per process."""
    return load_catalog(ROOT)


class Held:
    """The releases opened last, each built once; the lock makes a second visitor wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._benches: dict[str, Workbench] = {}

    def get(self, release_id: str) -> Workbench:
        """Return an opened release, or open it in the place of the one unused for longest."""
        with self._lock:
            bench = self._benches.pop(release_id, None)
            if bench is None:
                self._make_room()
                bench = _build(release_id)
            self._benches[release_id] = bench  # last: used most recently
            return bench

    def _make_room(self) -> None:
        """Close what is one too many; the current releases stay open."""
        others = [one for one in self._benches if one not in _current()]
        for release_id in others[: max(len(self._benches) + 1 - KEPT, 0)]:
            self._benches.pop(release_id).forget()


def _current() -> set[str]:
    with suppress(ReleaseError):
        return set(releases().values())
    return set()


@st.cache_resource(show_spinner=False)
def _held() -> Held:
    return Held()


def workbench(release_id: str) -> Workbench:
    """Open a release and project it, once per process."""
    return _held().get(release_id)


def _build(release_id: str) -> Workbench:
    bar = st.progress(0.0, text="正在打开数据版本并推算各项指标…")
    bench = build_workbench(ROOT, release_id=release_id, on_progress=bar.progress)
    bar.empty()
    freeze()
    return bench


def holds_illustrative(release_id: str) -> bool:
    """Tell whether a release holds any illustrative row; one that cannot be read may."""
    try:
        return bool(_row_counts(release_id).get(RowStatus.ILLUSTRATIVE))
    except ReleaseError:
        return True


@st.cache_resource(show_spinner=False, max_entries=16)
def _row_counts(release_id: str) -> dict[str, int]:
    """Read how many rows of each status a release holds."""
    release, _ = open_release_by_id(ROOT, release_id)
    return release.counts


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


# What follows from a workbench is kept on it: that costs a tenth of Streamlit's cache.


def baseline(release_id: str) -> View:
    """Judge every target without levers."""
    return _baseline(workbench(release_id))


@remembered()
def _baseline(bench: Workbench) -> View:
    return bench.view({})


@remembered()
def outlook_before(before: View, action_id: str | None) -> Outlook:
    """Say how targets stand together without levers."""
    return before.outlook(action_id)


def view(release_id: str, settings: Settings) -> View:
    """Return the draws and verdicts of a scenario."""
    bench = workbench(release_id)
    return _view(bench, settings) if settings else _baseline(bench)


@remembered(MOST_VIEWS)
def _view(bench: Workbench, settings: Settings) -> View:
    return bench.view(dict(settings), before=_baseline(bench))


@st.cache_resource(show_spinner="正在计算预设情景…", max_entries=4)
def _presets(release_id: str):
    return {one.name: one for one in presets(workbench(release_id))}


def preset(release_id: str, name: str):
    """Return a preset's settings and notes, computed once per release."""
    return _presets(release_id)[name]


@st.cache_resource(show_spinner=False, max_entries=256)
def solution(release_id: str, settings: Settings, target_id: str, lever_id: str, probability):
    """Solve one lever for one target."""
    bench = workbench(release_id)
    return goal_seek(bench, dict(settings), target_id, lever_id, probability=probability)


@st.cache_resource(show_spinner=False, max_entries=256)
def sensitivity(release_id: str, settings: Settings, target_id: str):
    """Move each lever of a target once, both ways."""
    return tornado(workbench(release_id), dict(settings), target_id)


@st.cache_resource(show_spinner="正在分解各项作用…", max_entries=256)
def decomposition(release_id: str, settings: Settings, target_id: str):
    """Part a target's change from the baseline among what was moved."""
    return decompose(workbench(release_id), dict(settings), target_id)


@st.cache_resource(show_spinner="正在求最小力度…", max_entries=64)
def effort(release_id: str, settings: Settings, target_ids: tuple[str, ...], probability):
    """Find the least effort that meets several targets."""
    bench = workbench(release_id)
    return least_effort(bench, dict(settings), target_ids, probability=probability)


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
    return is_allowed(os.environ.get(SWITCH))


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


def is_kept(release_id: str) -> bool:
    """Tell whether a release that need not be current can still be opened."""
    folder = ROOT / FOLDER / Path(release_id[:100]).name
    return folder.name == release_id and (folder / PACKAGE).is_file()
