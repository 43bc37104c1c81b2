"""Publishing while machines die, disks fill and others read: the old state or the new one."""

import multiprocessing
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from analytics.data.releases import kept_imports, release
from analytics.data.releases.journal import read_pointer
from analytics.data.releases.release import open_release, open_release_by_id, publish, write_release
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.publish_steps import (
    KILLED,
    disks_at_every_step,
    publish_one,
    publish_until,
    read_many,
)
from tests.support.release_fixtures import CREATED_ON, copy_built

READERS, READS, PUBLISHES = 4, 40, 20


@pytest.fixture(scope="module")
def processes():
    """Processes that start with the libraries loaded and run nothing but their task."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.publish_steps"])
    with pytest.MonkeyPatch.context() as patch:
        # A page test leaves the app as the main module, which every process would run first.
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield context


@pytest.fixture
def project(release_root, tmp_path) -> Path:
    """A copy of the built project that a test may change."""
    return copy_built(release_root, tmp_path / "project")


def _state(root: Path) -> dict[str, str]:
    """The current releases by name, every file of both verified."""
    ids = read_pointer(root)["releases"]
    for release_id in ids.values():
        open_release_by_id(root, release_id)
    return ids


def _run_until(processes, root: Path, step: int) -> int | None:
    child = processes.Process(target=publish_until, args=(root, step))
    child.start()
    child.join()
    return child.exitcode


def test_a_publisher_killed_at_any_step_leaves_the_old_state_or_the_new_one(project, tmp_path):
    old = _state(project)
    left = [_state(disk) for disk in disks_at_every_step(project, tmp_path)]
    new = _state(project)
    switched = left.index(new)
    assert left == [old] * switched + [new] * (len(left) - switched)
    assert switched > 30  # files of the import and of two releases, renames, the pointer
    assert new.keys() == old.keys()
    assert all(new[name] != old[name] for name in old)


def test_after_a_kill_the_next_import_succeeds_and_leaves_nothing_lying_about(project, processes):
    for step in (2, 20):  # while the import, and while a release is written
        assert _run_until(processes, project, step) == KILLED
    publish_batch(project, batch({OUTPUT: {2022: 1600.0}}))
    for folder in ("data/parquet", "data/imports"):
        assert list((project / folder).glob(".staging*")) == []
    assert len(kept_imports.in_use(project)) == 1


def test_of_two_publishers_at_once_one_wins_or_both_follow_one_another(project, processes):
    start, answers = processes.Event(), processes.Queue()
    pair = [
        processes.Process(
            target=publish_one, args=(project, {OUTPUT: {year: 1600.0}}, start, answers)
        )
        for year in (2022, 2023)
    ]
    for child in pair:
        child.start()
    start.set()
    told = [answers.get(timeout=600) for _ in pair]
    for child in pair:
        child.join()
    refused = [words for words in told if words]
    assert len(refused) < 2
    assert all("正在发布数据，本次未作任何改动" in words for words in refused)
    assert len(kept_imports.in_use(project)) == 2 - len(refused)
    _state(project)


def _tiny(title: str, number: int, name: str) -> dict[str, pd.DataFrame]:
    day = date(2024, 12, 31)
    observations = pd.DataFrame(
        {
            **{"indicator_id": ["gdp"], "region": ["上海市"], "period_kind": ["year"]},
            **{"period_start": [date(2024, 1, 1)], "period_end": [day], "year": [2024]},
            **{"month": [None], "value": [float(number)], "unit": ["亿元"], "basis": [""]},
            **{"status": ["official"], "lower_bound": [False], "confidence": ["high"]},
            **{"source_id": ["x"], "published_on": [day], "vintage": [1], "note": [title]},
            **{"origin": [f"{name}:1"]},
        }
    )
    sources = pd.DataFrame({"title": ["x"], "url": [None]})
    return {"observations": observations, "sources": _source_columns(sources)}


def _source_columns(frame: pd.DataFrame) -> pd.DataFrame:
    plain = {"id": "x", "publisher": "", "published_on": None, "published_text": ""}
    return frame.assign(**plain, confidence="high", licence="", rows=1)


def _publish_tiny(root: Path, number: int) -> None:
    title = f"第{number}版"
    common = {"title_zh": title, "as_of": date(2024, 12, 31), "created_on": CREATED_ON}
    made = [
        write_release(_tiny(title, number, name), name=name, root=root, **common)
        for name in ("published", "demo")
    ]
    publish(made, root, default="demo")


def test_readers_see_one_whole_release_at_a_time_while_twenty_are_published(
    tmp_path, processes, monkeypatch
):
    monkeypatch.setattr(release, "failed_checks", lambda folder: [])  # two tables are no release
    monkeypatch.setattr("os.fsync", lambda file: None)  # no machine dies here
    _publish_tiny(tmp_path, 0)
    start, finished = processes.Barrier(READERS + 1), processes.Event()
    answers = processes.Queue()
    work = (tmp_path, READS, start, finished, answers)
    readers = [processes.Process(target=read_many, args=work) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    start.wait(timeout=600)
    for number in range(1, PUBLISHES + 1):
        _publish_tiny(tmp_path, number)
    finished.set()
    found = [answers.get(timeout=600) for _ in readers]
    for reader in readers:
        reader.join()
    assert [faults for _, _, faults in found] == [[]] * READERS
    assert min(count for count, _, _ in found) >= READS
    assert len({title for _, seen, _ in found for title in seen}) > 10  # they did read throughout
    assert open_release(tmp_path)[0].title_zh == f"第{PUBLISHES}版"
