"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

from analytics.catalog import Catalog, load_catalog
from analytics.workbench import Workbench, build_workbench

ROOT = Path(__file__).parents[1]
pytest_plugins = ["tests.release_fixtures"]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The project's own catalog."""
    return load_catalog(ROOT)


@pytest.fixture(scope="session")
def demo_bench(release_root: Path) -> Workbench:
    """The demo release at work; frozen, so all tests may share it."""
    return build_workbench(release_root, "demo")


@pytest.fixture(scope="session")
def published_bench(release_root: Path) -> Workbench:
    """The published release at work; frozen, so all tests may share it."""
    return build_workbench(release_root, "published")
