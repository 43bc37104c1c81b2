"""How many releases stay open at once, and which."""

import gc
from weakref import WeakSet

import pytest

from analytics.remembered import Remembering, remembered
from pages.common import releases
from pages.common.releases import KEPT, Held


class Opened(Remembering):
    """Stands for an opened release."""


@remembered()
def view_of(opened: Opened) -> list[Opened]:
    """Hold on to the release, as a view does to its workbench."""
    return [opened]


@pytest.fixture
def alive(monkeypatch) -> WeakSet[Opened]:
    """Every opened release that is still in memory; ``now`` and ``demo`` are current."""
    made: WeakSet[Opened] = WeakSet()

    def build(release_id: str) -> Opened:
        opened = Opened()
        opened.id = release_id
        made.add(opened)
        view_of(opened)
        return opened

    monkeypatch.setattr(releases, "_build", build)
    monkeypatch.setattr(releases, "releases", lambda: {"published": "now", "demo": "demo"})
    return made


def _ids(alive: WeakSet[Opened]) -> set[str]:
    return {opened.id for opened in alive}


def test_of_thirty_releases_opened_in_turn_only_those_that_are_kept_stay_in_memory(alive):
    held = Held()
    gc.disable()  # closing frees a release at once, without waiting for the collector
    try:
        for number in range(30):
            held.get(f"old-{number}")
        assert _ids(alive) == {f"old-{number}" for number in range(30 - KEPT, 30)}
    finally:
        gc.enable()


def test_the_release_unused_for_longest_is_closed_first(alive):
    held = Held()
    for name in ("a", "b", "c", "d", "e", "f", "a", "g"):  # a is used again before g comes
        held.get(name)
    assert _ids(alive) == {"a", "c", "d", "e", "f", "g"}


def test_the_current_releases_stay_open_however_many_others_are_looked_at(alive):
    held = Held()
    held.get("now"), held.get("demo")
    for number in range(20):
        held.get(f"old-{number}")
    assert {"now", "demo"} < _ids(alive)
    assert len(alive) == KEPT


def test_an_open_release_is_not_built_again(alive):
    held = Held()
    assert held.get("a") is held.get("a")
