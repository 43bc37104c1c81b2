"""Fixtures shared by all tests."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from analytics.catalog.load import Catalog, load_catalog
from analytics.workbench import Workbench, build_workbench
from tests.support.paths import ROOT

# Drawn examples are the same on every machine and no run is judged by its speed;
# ``--hypothesis-profile=explore`` draws new ones.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("explore"), derandomize=True)
settings.load_profile("steady")

pytest_plugins = ["tests.support.release_fixtures", "tests.support.browser"]


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
