"""The releases: which are current, and each opened once; what is cached is frozen."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import streamlit as st

from analytics.catalog.disclosure import Disclosure, load_disclosure
from analytics.catalog.load import Catalog, load_catalog
from analytics.data.releases import build, fallback
from analytics.data.releases.accepting import SWITCH, is_allowed
from analytics.data.releases.fallback import Serving
from analytics.data.releases.files import PACKAGE, ReleaseError
from analytics.data.releases.journal import FOLDER, JOURNAL, POINTER, read_journal
from analytics.data.releases.kept_imports import FOLDER as IMPORTS
from analytics.data.releases.release import open_release_by_id
from analytics.domain import RowStatus
from analytics.model.judgement.joint import Outlook
from analytics.remembered import remembered
from analytics.workbench import View, Workbench, build_workbench
from pages.common import server_words as words
from pages.common.held import Held
from pages.common.progress import progress
from pages.common.projecting import project_apart
from pages.common.second_opinions import SecondOpinions
from pages.common.switching import Switch
from pages.common.warm import freeze

Settings = tuple[tuple[str, float], ...]
MOST_VIEWS = 32  # scenarios kept open for each release
ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner=words.READING_CATALOG)
def catalog() -> Catalog:
    """Load the catalog once per process."""
    return load_catalog(ROOT)


def _current() -> set[str]:
    with suppress(ReleaseError):
        return set(releases().values())
    return set()


@st.cache_resource(show_spinner=False)
def _held() -> Held:
    return Held(_build, _current)


def workbench(release_id: str) -> Workbench:
    """Open a release and project it, once per process."""
    return _held().get(release_id)


def _build(release_id: str) -> Workbench:
    with progress(words.OPENING_RELEASE) as move:
        if _held().opened():  # others look at these meanwhile
            project_apart(ROOT, release_id, move)
        bench = build_workbench(ROOT, release_id=release_id, on_progress=move)
    bench = bench.sharing(_held().opened().values())
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


# What follows from a workbench is kept on it: that costs a tenth of Streamlit's cache.


@remembered()
def _baseline(bench: Workbench) -> View:
    return bench.view({})


@remembered()
def outlook_before(before: View, action_id: str | None) -> Outlook:
    """Say how targets stand together without levers."""
    return before.outlook(action_id)


def view(release_id: str, settings: Settings) -> View:
    """Return the draws and verdicts of a scenario."""
    return view_on(workbench(release_id), settings)


def view_on(bench: Workbench, settings: Settings) -> View:
    """Return the draws and verdicts of a scenario on an opened release."""
    return _view(bench, settings) if settings else _baseline(bench)


@remembered(MOST_VIEWS)
def _view(bench: Workbench, settings: Settings) -> View:
    return bench.view(dict(settings), before=_baseline(bench))


@st.cache_resource(show_spinner=words.FIRST_RUN)
def _built() -> None:
    """Build the releases where there are none to show (a plain ``streamlit run app.py``)."""
    if fallback.readiness(ROOT):
        build(ROOT, created_on=date.today())  # noqa: DTZ011 - the local day is meant


@st.cache_resource(show_spinner=False)
def disclosure() -> Disclosure:
    """Load the disclosure rules once per process."""
    return load_disclosure(ROOT)


def import_allowed() -> bool:
    """Tell whether figures may be imported here: JINSHAN_IMPORT=off forbids it."""
    return is_allowed(os.environ.get(SWITCH))


def writable() -> bool:
    """Tell whether the data folder can be written to; it may be mounted read-only."""
    places = (ROOT / FOLDER, ROOT / IMPORTS, ROOT / JOURNAL)
    held = [place for place in places if place.is_dir()] or [ROOT]
    return all(os.access(place, os.W_OK) and not _mounted_read_only(place) for place in held)


def _mounted_read_only(place: Path) -> bool:
    """Ask the file system itself: a superuser is allowed to write everywhere."""
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(place).f_flag & os.ST_RDONLY)


def serving() -> Serving:
    """Return the releases that are shown.

    They are the current ones, or the newest sound ones when a file is damaged; after an import
    those before it, until the new ones have been opened.
    """
    return _switch(str(ROOT)).shown(_newest())


def open_current() -> None:
    """Open what has just become current, and show it: only who published it waits for that."""
    _switch(str(ROOT)).open(_newest())


@st.cache_resource(show_spinner=False)
def _switch(root: str) -> Switch:
    return Switch(workbench, lambda release_id: release_id in _held().opened())


@st.cache_resource(show_spinner=False)
def _second_opinions(root: str) -> SecondOpinions:
    return SecondOpinions(Path(root), _held(), lambda bench: _baseline(bench).verdicts())


def keep_up() -> None:
    """Have a new state opened where one is shown, even if nobody comes: no one meets the old.

    What came while the server ran is judged by other methods then.
    """
    switch = _switch(str(ROOT))
    if switch.is_in_use:
        with suppress(ReleaseError, OSError):  # whoever opens a page is told
            switch.shown(_by_pointer())
            _second_opinions(str(ROOT)).complete(_current())


def _newest() -> Serving:
    _built()
    return _by_pointer()


def _by_pointer() -> Serving:
    pointer = ROOT / FOLDER / POINTER
    try:
        found = pointer.stat()
    except FileNotFoundError:
        return _serving(str(ROOT), None)
    return _serving(str(ROOT), (found.st_ino, found.st_mtime_ns))


@st.cache_resource(show_spinner=False, max_entries=4)
def _serving(root: str, pointer_as_it_is: tuple[int, int] | None) -> Serving:
    """Verify the files of the releases once each time the pointer is replaced."""
    return fallback.serving(Path(root))


def default_release() -> str:
    """Return the name of the release shown on a first visit."""
    return serving().default


def releases() -> dict[str, str]:
    """Return release name -> id."""
    return serving().releases


def is_kept(release_id: str) -> bool:
    """Tell whether a release that need not be current can still be opened by a link.

    One that was only tried out lies beside the others, and is nobody's to see but its sender's.
    """
    folder = ROOT / FOLDER / Path(release_id[:100]).name
    is_there = folder.name == release_id and (folder / PACKAGE).is_file()
    return is_there and _was_current(release_id)


def _was_current(release_id: str) -> bool:
    with suppress(ReleaseError):
        return any(release_id in entry.releases.values() for entry in read_journal(ROOT))
    return False
