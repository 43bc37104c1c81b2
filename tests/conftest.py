"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

from analytics.catalog.load import Catalog, load_catalog
from analytics.workbench import Workbench, build_workbench
from tests.support.ensure_browser import find_chromium
from tests.support.paths import ROOT

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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the Chromium at hand, without background traffic of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Browse as a Chinese reader."""
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1440, "height": 1000}}
