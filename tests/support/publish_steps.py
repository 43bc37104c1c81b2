"""Processes of their own for the tests of publishing: one that dies, and readers."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.data.releases.journal import read_pointer
from analytics.data.releases.release import open_release_by_id
from tests.support.import_fixtures import OUTPUT, batch, publish_batch

STEPS = ("fsync", "rename", "replace")  # every moment at which the disk changes for good
KILLED = 9


def _already_safe(file: int) -> None:
    """Stand in for fsync: what a process wrote outlives it, only a power cut would not spare it."""


def publish_watched(root: Path, before_step: Callable[[int], None]) -> None:
    """Publish an import and call a function just before each step, which is told its number."""
    done = 0

    def watched(real):
        def call(*args, **kwargs):
            nonlocal done
            before_step(done)
            done += 1
            return real(*args, **kwargs)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _already_safe)
        for name in STEPS:
            patch.setattr(os, name, watched(getattr(os, name)))
        publish_batch(root, batch({OUTPUT: {2023: 1700.0, 2024: 1750.5}}))


def publish_until(root: Path, step: int) -> None:
    """Publish an import, but die without a word just before this step."""
    publish_watched(root, lambda number: os._exit(KILLED) if number == step else None)


def disks_at_every_step(root: Path, folder: Path) -> list[Path]:
    """Publish an import; return a copy of the disk as a kill before each step would leave it."""
    copies: list[Path] = []

    def copy_disk(number: int) -> None:
        target = folder / f"before_step_{number}"
        copies.append(target)
        shutil.copytree(root / "data", target / "data")

    publish_watched(root, copy_disk)
    return copies


def publish_one(root: Path, values: dict, start, answers) -> None:
    """Publish an import as soon as told, and say how it went."""
    start.wait()
    try:
        publish_batch(root, batch(values))
        answers.put("")
    except Exception as error:
        answers.put(str(error))


def read_many(root: Path, reads: int, start, finished, answers) -> None:
    """Open both current releases again and again; report errors, mixtures and states seen."""
    start.wait()
    seen, faults, count = set(), [], 0
    while count < reads or not finished.is_set():
        count += 1
        try:
            ids = read_pointer(root)["releases"]
            titles = {open_release_by_id(root, one)[0].title_zh for one in ids.values()}
        except Exception as error:
            faults.append(repr(error))
            break
        if len(titles) > 1:
            faults.append(f"mixed: {titles}")
            break
        seen |= titles
    answers.put((count, sorted(seen), faults))
