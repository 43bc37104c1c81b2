"""The releases that are open, each built once; what is cached is frozen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from analytics.workbench import Workbench
from pages.common import own_process
from pages.common import server_words as words
from pages.common.progress import progress

KEPT = 6  # opened releases held at once: the current two, and some to compare with
BUILT_AT_ONCE = 2  # releases being opened; each takes a core and some memory meanwhile
_BEAT = 0.5  # seconds between two looks whether whoever waits still does


class Held:
    """The releases opened last, each built once: who asks for another one does not wait."""

    def __init__(self, build: Callable[[str], Workbench], current: Callable[[], set[str]]) -> None:
        self._build, self._current = build, current
        self._lock = threading.Lock()  # of all tables, never held while something is built
        self._benches: dict[str, Workbench] = {}
        self._closed: WeakValueDictionary[str, Workbench] = WeakValueDictionary()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._builders = threading.BoundedSemaphore(BUILT_AT_ONCE)

    def get(self, release_id: str) -> Workbench:
        """Return an opened release, or open it in the place of the one unused for longest."""
        with self._lock:
            if found := self._used(release_id):
                return found
            turn = self._turns.setdefault(release_id, threading.Lock())
        with waited_for(turn, words.OPENED_BY_ANOTHER):
            with self._lock:
                if found := self._used(release_id):
                    return found
            bench = self._closed.get(release_id) or self._built(release_id)
            current = self._current()
            with self._lock:
                self._make_room(current)
                self._benches[release_id] = bench
            own_process.give_back()
            return bench

    def opened(self) -> dict[str, Workbench]:
        """Return the releases that are open, by id."""
        with self._lock:
            return dict(self._benches)

    def exchange(self, before: Workbench, after: Workbench) -> None:
        """Put an open release in the place of itself with less known about it."""
        with self._lock:
            if self._benches.get(before.release.id) is before:
                self._benches[before.release.id] = after
        before.forget()

    def _built(self, release_id: str) -> Workbench:
        with waited_for(self._builders, words.OPENED_BEFORE):
            return self._build(release_id)

    def _used(self, release_id: str) -> Workbench | None:
        """Return a release if it is open, and note that it was used last."""
        bench = self._benches.pop(release_id, None)
        if bench is not None:
            self._benches[release_id] = bench
        return bench

    def _make_room(self, current: set[str]) -> None:
        """Close what is one too many; the current releases stay open.

        What somebody's page still holds of a closed one is used again, not opened beside it;
        what a run went on asking of it after it was closed is forgotten now.
        """
        for closed in list(self._closed.values()):
            closed.forget()
        others = [one for one in self._benches if one not in current]
        for release_id in others[: max(len(self._benches) + 1 - KEPT, 0)]:
            bench = self._benches.pop(release_id)  # held here: it may be the last to know it
            self._closed[release_id] = bench
            bench.forget()


@contextmanager
def waited_for(turn: "threading.Lock | threading.Semaphore", text: str) -> Iterator[None]:
    """Hold a turn; who waits for it sees why, and who has left no longer waits."""
    if not turn.acquire(blocking=False):
        with progress(text) as move:
            while not turn.acquire(timeout=_BEAT):
                move(0.0, text)
    try:
        yield
    finally:
        turn.release()
