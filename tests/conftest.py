"""Fixtures shared by all tests."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from analytics.catalog.load import Catalog, load_catalog
from analytics.workbench import Workbench, build_workbench
from tests.support.paths import ROOT

MOST_CORES = 4  # the journeys are few, and every process reads the whole project

# Drawn examples are the same on every machine and no run is judged by its speed;
# ``--hypothesis-profile=explore`` draws new ones.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("explore"), derandomize=True)
settings.load_profile("steady")

pytest_plugins = [
    "tests.support.release_fixtures",
    "tests.support.import_fixtures",
    "tests.support.browser",
]


def pytest_xdist_auto_num_workers() -> int:
    """Start one process more than there are cores: one often waits for its browser."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, MOST_CORES) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin each process's share with journeys in the browser, or the last would be waited for.

    A journey waits more than it computes: one process with all of them would be the last to end.
    """
    journeys = [item for item in items if item.get_closest_marker("browser")]
    others = [item for item in items if not item.get_closest_marker("browser")]
    processes = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    dealt, total = [], len(items)
    for number in range(processes):  # as --dist worksteal deals them out
        mine = journeys[number::processes]
        share = (total - len(dealt)) // (processes - number)
        dealt += mine + others[: share - len(mine)]
        del others[: share - len(mine)]
    items[:] = dealt


def pytest_collection_finish() -> None:
    """Collect seldom, and never what the whole run needs: a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """A page that was run takes the main module's place: a process started later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


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
