"""A project folder with both releases built once per test session."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.data.releases import build
from tests.support.paths import ROOT

CREATED_ON = date(2026, 11, 23)


def copy_project(target: Path) -> Path:
    """Copy what a build reads into an empty folder and return it."""
    for folder in ("data/source", "data/catalog"):
        shutil.copytree(ROOT / folder, target / folder)
    return target


@pytest.fixture(scope="session")
def release_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a project whose releases are built; tests must not change it."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    build(root, created_on=CREATED_ON)
    return root
