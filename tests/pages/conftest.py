"""The app in the tests of its pages: on the releases built for them, and quick to start."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager

from pages.common import answers, releases, switching, warm


@pytest.fixture(scope="session", autouse=True)
def opened_root(release_root: Path) -> Iterator[Path]:
    """Where the app finds its releases: not in this folder, which may hold one's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releases, "ROOT", release_root)
        yield release_root


@pytest.fixture(scope="session", autouse=True)
def no_background() -> Iterator[None]:
    """Let the run that meets new releases open them itself, so that no test depends on a thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(switching, "in_background", lambda work: work())
        yield


@pytest.fixture(scope="session", autouse=True)
def no_search_for_components() -> Iterator[None]:
    """Spare every app the reading of all installed packages' metadata: we use no components."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            BidiComponentManager, "discover_and_register_components", lambda *_, **__: None
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_checks(checks_here: None) -> None:
    """Spare every import the start of a process that loads tables."""


@pytest.fixture(scope="session", autouse=True)
def projected_here() -> Iterator[None]:
    """Spare every new release a process that loads all it takes: whoever opens it projects it."""
    with pytest.MonkeyPatch.context() as patch:
        for asking in (releases, answers):
            patch.setattr(asking, "project_apart", lambda *_: False)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_freeze() -> Iterator[None]:
    """Spare every app the collection of what all tests before it hold."""
    steps = dict.fromkeys(("collect", "freeze", "unfreeze"), lambda: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "gc", SimpleNamespace(**steps))
        yield
