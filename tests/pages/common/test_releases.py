"""How many releases stay open at once, and which."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from weakref import WeakSet

import pytest

from analytics.data.releases.files import ReleaseError
from analytics.remembered import Remembering, remembered
from pages.common import releases
from pages.common.releases import BUILT_AT_ONCE, KEPT, Held


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


@pytest.fixture
def slow(alive, monkeypatch) -> Callable[[str], tuple[Event, Event]]:
    """Let the building of a release stop until it is told to go on; the other event: it began."""
    build, stopped = releases._build, {}

    def wait(release_id: str) -> Opened:
        if release_id in stopped:
            began, go_on = stopped[release_id]
            began.set()
            assert go_on.wait(60)
        return build(release_id)

    monkeypatch.setattr(releases, "_build", wait)
    return lambda release_id: stopped.setdefault(release_id, (Event(), Event()))


def test_while_one_release_is_opened_by_a_link_nobody_waits_for_the_current_one(slow):
    held = Held()
    now, (began, go_on) = held.get("now"), slow("old")
    with ThreadPoolExecutor(1) as other:
        link = other.submit(held.get, "old")
        assert began.wait(60)
        assert held.get("now") is now  # would never return if it waited
        assert held.get("demo").id == "demo"  # not even where it must be opened itself
        assert not link.done()
        go_on.set()
        assert link.result().id == "old"


def test_two_who_ask_for_the_same_release_get_the_same(slow, alive):
    held = Held()
    began, go_on = slow("old")
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(held.get, "old") for _ in range(2)]
        assert began.wait(60)
        go_on.set()
        first, second = (one.result() for one in asked)
    assert first is second
    assert len(alive) == 1


def test_a_release_that_cannot_be_opened_keeps_nobody_waiting(alive, monkeypatch):
    held, build = Held(), releases._build

    def fail(release_id: str) -> Opened:
        raise ReleaseError("文件已损坏")

    monkeypatch.setattr(releases, "_build", fail)
    for _ in range(BUILT_AT_ONCE + 1):
        with pytest.raises(ReleaseError):
            held.get("old")
    monkeypatch.setattr(releases, "_build", build)
    assert held.get("old").id == "old"
