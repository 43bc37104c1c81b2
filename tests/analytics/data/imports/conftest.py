"""Imports are checked in this process; the tests of the processes undo that for themselves."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def quick_checks(checks_here: None) -> None:
    """Spare every import the start of a process that loads tables."""
