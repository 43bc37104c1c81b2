"""The app in the tests of its pages opens the releases built for them, not this folder's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.common import releases


@pytest.fixture(scope="session", autouse=True)
def opened_root(release_root: Path) -> Iterator[Path]:
    """Where the app finds its releases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releases, "ROOT", release_root)
        yield release_root
