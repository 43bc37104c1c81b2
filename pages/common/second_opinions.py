"""Odds by other methods of a release that came while the server ran: worked out, then shown."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from analytics.workbench import Workbench, with_kept_opinions
from pages.common.held import Held
from pages.common.projecting import judge_apart
from pages.common.switching import in_background


class SecondOpinions:
    """Completes the open releases one after the other, each tried once."""

    def __init__(self, root: Path, held: Held, warm: Callable[[Workbench], object]) -> None:
        self._root, self._held, self._warm = root, held, warm
        self._tried: set[str] = set()
        self._turn = threading.Lock()

    def complete(self, release_ids: Iterable[str]) -> None:
        """Have the first of these that is open and lacks them completed, unless one is being so."""
        opened = self._held.opened()
        lacking = [
            one
            for one in release_ids
            if one in opened and not opened[one].opinions and one not in self._tried
        ]
        if lacking and self._turn.acquire(blocking=False):
            self._tried.add(lacking[0])
            in_background(lambda: self._complete(opened[lacking[0]]))

    def _complete(self, before: Workbench) -> None:
        try:
            if judge_apart(self._root, before.release.id):
                after = with_kept_opinions(self._root, before)
                self._warm(after)  # nobody is to wait for that
                self._held.exchange(before, after)
        finally:
            self._turn.release()
