"""A project folder with both releases, built and projected once for all processes of a test run."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from analytics.data.releases import build
from analytics.workbench import CACHE, keep_opinions
from tests.support.paths import ROOT

CREATED_ON = date(2026, 11, 23)
READ_BY_A_BUILD = ("data/source", "data/catalog")


def copy_project(target: Path) -> Path:
    """Copy what a build reads into an empty folder and return it."""
    for folder in READ_BY_A_BUILD:
        shutil.copytree(ROOT / folder, target / folder)
    return target


def copy_built(root: Path, target: Path) -> Path:
    """Copy a built project for a test to change; its kept projections are shared, not copied."""
    return Path(shutil.copytree(root, target, copy_function=_copy_or_link))


def copy_without(kept: str, root: Path, target: Path) -> Path:
    """Copy a built project without what is kept under names of a pattern beside its releases."""
    copied = copy_built(root, target)
    for file in (copied / CACHE).glob(kept):
        file.unlink()
    return copied


def _copy_or_link(source: str, target: str) -> None:
    if Path(source).parent.match(str(CACHE)):
        os.link(source, target)  # these files are replaced as a whole, never changed
    else:
        shutil.copy2(source, target)


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Let the first process that asks make a folder; the others wait for it and share it."""
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that all processes of a test run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def release_root(shared_folder: Path) -> Path:
    """Root of a project whose releases are built; tests must not change it."""
    return made_once(shared_folder / "project", _build_and_project)


def _build_and_project(root: Path) -> None:
    copy_project(root)
    if (ROOT / CACHE).is_dir():  # `make data` projects the same; kept is read by its key alone
        shutil.copytree(ROOT / CACHE, root / CACHE)
    for release in build(root, created_on=CREATED_ON):
        keep_opinions(root, release.id)  # and its projections, so that no test makes them
