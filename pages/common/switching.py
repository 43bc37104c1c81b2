"""From one state of the data to the next: what is shown stays until the next can be shown."""

import threading
from collections.abc import Callable
from contextlib import suppress

from analytics.data.releases.fallback import Serving
from analytics.data.releases.files import ReleaseError


class Switch:
    """Says which releases are shown: the current ones, once those of them in use are open."""

    def __init__(
        self, open_release: Callable[[str], object], is_open: Callable[[str], bool]
    ) -> None:
        self._open_release, self._is_open = open_release, is_open
        self._lock = threading.Lock()  # never held while something is opened
        self._shown: Serving | None = None
        self._next: Serving | None = None  # being opened

    @property
    def is_in_use(self) -> bool:
        """Whether anything has been shown."""
        return self._shown is not None

    def shown(self, current: Serving) -> Serving:
        """Return what is shown while a state is current; have that opened where it is not yet."""
        before = self._shown
        if before is None or before == current or not self._awaited(before, current):
            self._shown = current
            return current
        with self._lock:
            begins, self._next = self._next != current, current
        if begins:
            in_background(lambda: self._open_unasked(current))
        return self._shown or current

    def _open_unasked(self, current: Serving) -> None:
        with suppress(ReleaseError, OSError):  # whoever asks for it is told why
            self.open(current)

    def open(self, current: Serving) -> None:
        """Open what is awaited of a state, then show it.

        What cannot be opened is shown as well: whoever asks for it is told why.
        """
        with self._lock:
            self._next = current
        try:
            for release_id in self._awaited(self._shown or current, current):
                self._open_release(release_id)
        finally:
            with self._lock:
                self._shown, self._next = current, None

    def _awaited(self, before: Serving, current: Serving) -> list[str]:
        """Return the releases for which those would wait who look at the ones before.

        Nobody is kept on figures whose files are damaged, or shown in place of damaged ones.
        """
        if before.problem or current.problem:
            return []
        in_use = [name for name, old in before.releases.items() if self._is_open(old)]
        ids = [current.releases[name] for name in in_use if name in current.releases]
        return [one for one in ids if not self._is_open(one)]


def in_background(work: Callable[[], None]) -> None:
    """Do something while everyone goes on."""
    threading.Thread(target=work, daemon=True).start()
