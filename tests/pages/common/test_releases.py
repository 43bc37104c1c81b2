"""How many releases stay open at once, and which."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from weakref import WeakSet

import pytest

from analytics.data.releases.files import ReleaseError
from analytics.remembered import Remembering, remembered
from pages.common import held as held_module
from pages.common import releases
from pages.common.held import BUILT_AT_ONCE, KEPT, Held


class Opened(Remembering):
    """Stands for an opened release."""


@remembered()
def view_of(opened: Opened) -> list[Opened]:
    """Hold on to the release, as a view does to its workbench."""
    return [opened]


@pytest.fixture
def alive() -> WeakSet[Opened]:
    """Every opened release that is still in memory."""
    return WeakSet()


@pytest.fixture
def build(alive) -> Callable[[str], Opened]:
    """Open a release, which comes to hold itself as a workbench does by its views."""

    def opening(release_id: str) -> Opened:
        opened = Opened()
        opened.id = release_id
        alive.add(opened)
        view_of(opened)
        return opened

    return opening


@pytest.fixture
def held(build) -> Held:
    """None is open; ``now`` and ``demo`` are current."""
    return Held(build, lambda: {"now", "demo"})


def _ids(alive: WeakSet[Opened]) -> set[str]:
    return {opened.id for opened in alive}


def test_of_thirty_releases_opened_in_turn_only_those_that_are_kept_stay_in_memory(held, alive):
    gc.disable()  # closing frees a release at once, without waiting for the collector
    try:
        for number in range(30):
            held.get(f"old-{number}")
        assert _ids(alive) == {f"old-{number}" for number in range(30 - KEPT, 30)}
    finally:
        gc.enable()


def test_the_release_unused_for_longest_is_closed_first(held, alive):
    for name in ("a", "b", "c", "d", "e", "f", "a", "g"):  # a is used again before g comes
        held.get(name)
    assert _ids(alive) == {"a", "c", "d", "e", "f", "g"}


def test_the_current_releases_stay_open_however_many_others_are_looked_at(held, alive):
    held.get("now"), held.get("demo")
    for number in range(20):
        held.get(f"old-{number}")
    assert {"now", "demo"} < _ids(alive)
    assert len(alive) == KEPT


def test_an_open_release_is_not_built_again(held):
    assert held.get("a") is held.get("a")


@pytest.fixture
def stopped() -> dict[str, tuple[Event, Event]]:
    """By release whose building stops until it is told to go on: it began, it may go on."""
    return {}


@pytest.fixture
def slow(build, stopped) -> Held:
    """Builds some releases slowly."""

    def wait(release_id: str) -> Opened:
        if release_id in stopped:
            began, go_on = stopped[release_id]
            began.set()
            assert go_on.wait(60)
        return build(release_id)

    return Held(wait, lambda: {"now", "demo"})


def test_while_one_release_is_opened_by_a_link_nobody_waits_for_the_current_one(slow, stopped):
    held, now = slow, slow.get("now")
    began, go_on = stopped["old"] = Event(), Event()
    with ThreadPoolExecutor(1) as other:
        link = other.submit(held.get, "old")
        assert began.wait(60)
        assert held.get("now") is now  # would never return if it waited
        assert held.get("demo").id == "demo"  # not even where it must be opened itself
        assert not link.done()
        go_on.set()
        assert link.result().id == "old"


def test_two_who_ask_for_the_same_release_get_the_same(slow, stopped, alive):
    began, go_on = stopped["old"] = Event(), Event()
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(slow.get, "old") for _ in range(2)]
        assert began.wait(60)
        go_on.set()
        first, second = (one.result() for one in asked)
    assert first is second
    assert len(alive) == 1


def test_a_release_that_cannot_be_opened_keeps_nobody_waiting(build):
    damaged = {"old"}

    def fail(release_id: str) -> Opened:
        if release_id in damaged:
            raise ReleaseError("文件已损坏")
        return build(release_id)

    held = Held(fail, set)
    for _ in range(BUILT_AT_ONCE + 1):
        with pytest.raises(ReleaseError):
            held.get("old")
    damaged.clear()
    assert held.get("old").id == "old"


def test_what_a_page_still_holds_of_a_closed_release_is_not_opened_beside_it(held, alive):
    on_a_page = held.get("a")
    for number in range(KEPT):
        held.get(f"old-{number}")
    assert held.get("a") is on_a_page
    assert len(alive) == KEPT


def test_a_release_that_nothing_was_asked_of_is_closed_like_any_other(alive):
    def opening(release_id: str) -> Opened:
        opened = Opened()  # in no circle: it goes with the last who knows it
        opened.id = release_id
        alive.add(opened)
        return opened

    held = Held(opening, set)
    for number in range(KEPT + 2):
        held.get(f"old-{number}")
    assert _ids(alive) == {f"old-{number}" for number in range(2, KEPT + 2)}


def test_what_a_run_asks_of_a_closed_release_does_not_keep_it(held, alive):
    in_a_run = held.get("a")
    for number in range(KEPT):
        held.get(f"old-{number}")
    view_of(in_a_run)  # the run went on after the release was closed
    gc.disable()
    try:
        del in_a_run
        assert "a" in _ids(alive)
        held.get("old-6")
        assert "a" not in _ids(alive)
    finally:
        gc.enable()


class Busy:
    """A turn that another has for some time; what whoever waits for it was told."""

    def __init__(self, times: int) -> None:
        self.times, self.told, self.is_taken = times, [], False

    def acquire(self, blocking=True, timeout=None):
        """Refuse as often as it is taken by another."""
        self.times -= 1
        self.is_taken = self.times < 0
        return self.is_taken

    def release(self):
        """Give the turn back."""
        self.is_taken = False

    @contextmanager
    def shown(self, text):
        """Show a bar."""
        self.told.append(text)
        yield lambda share, instead: self.told.append(instead)


def test_whoever_waits_for_a_release_sees_why(monkeypatch):
    turn = Busy(3)
    monkeypatch.setattr(held_module, "progress", turn.shown)
    with held_module.waited_for(turn, "请稍候"):
        assert turn.is_taken
    assert (turn.is_taken, turn.told) == (False, ["请稍候"] * 3)


def test_who_leaves_waits_no_longer(monkeypatch):
    class Left(Exception):
        """The tab was closed."""

    @contextmanager
    def closed(_):
        def leave(share, instead):
            raise Left

        yield leave

    turn = Busy(1_000)
    monkeypatch.setattr(held_module, "progress", closed)
    with pytest.raises(Left), held_module.waited_for(turn, "请稍候"):
        pass
    assert turn.times == 998


@pytest.mark.parametrize(("opened", "apart"), [((), []), (("demo",), ["old"])])
def test_a_release_is_projected_apart_where_others_look_at_some(monkeypatch, opened, apart):
    asked, bench = [], Opened()
    bench.sharing = lambda others: bench
    holder = Held(lambda release_id: bench, set)
    for one in opened:
        holder.get(one)
    monkeypatch.setattr(releases, "_held", lambda: holder)
    monkeypatch.setattr(releases, "freeze", lambda: None)
    monkeypatch.setattr(releases, "project_apart", lambda _, name, move: asked.append(name))
    monkeypatch.setattr(releases, "build_workbench", lambda *_, **told: bench)
    assert releases._build("old") is bench
    assert asked == apart
