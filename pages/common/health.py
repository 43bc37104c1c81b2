"""Whether the server is alive, and whether it can show figures: for whoever watches over it."""

import asyncio
import threading
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from analytics.data.releases import fallback
from analytics.data.releases.files import ReleaseError
from pages.common import releases

State = dict[str, object]
_HOLDS = 5.0  # seconds; files are not read anew for everyone who asks
_MOST = 60.0  # seconds that a state is told, and that a look may take


def state() -> State:
    """Say whether a whole release can be shown, the current one, and followed by another."""
    try:
        now = fallback.serving(releases.ROOT)
    except (ReleaseError, OSError):
        return {"ready": False, "why": "no_sound_release"}
    return {"ready": True, "current": not now.problem, "writable": releases.writable()}


class Health:
    """Answers /healthz and /readyz; looks at the files at most every few seconds.

    Whoever asks meanwhile is told of the look before: among many who compute a look at some
    files takes seconds, and whoever watches would take that for a server that hangs.
    """

    def __init__(
        self, imports: threading.Thread, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._imports, self._clock = imports, clock
        self._last: tuple[float, State] | None = None  # when its look began
        self._look: tuple[float, asyncio.Future[State]] | None = None  # under way

    def routes(self) -> list[Route]:
        """Return both addresses."""
        return [Route("/healthz", self._alive), Route("/readyz", self._ready)]

    async def _alive(self, _: Request) -> JSONResponse:
        """Answer from the loop that serves everyone: where it is stuck, there is no answer."""
        return JSONResponse({"alive": True})

    async def _ready(self, _: Request) -> JSONResponse:
        found = await self.looked()
        return JSONResponse(found, 200 if found["ready"] else 503)

    async def looked(self) -> State:
        """Return the last state, and begin another look where it is some seconds old.

        Where nobody has asked for long, the look is waited for.
        """
        if self._imports.is_alive():
            return {"ready": False, "why": "starting"}
        now = self._clock()
        age = now - self._last[0] if self._last else _MOST
        if self._look is None and age >= _HOLDS:
            self._look = now, asyncio.ensure_future(self._looking(now))
        if self._look is not None and now - self._look[0] >= _MOST:
            return {"ready": False, "why": "disk_does_not_answer"}
        if self._last is not None and age < _MOST:
            return self._last[1]
        assert self._look is not None  # begun above
        return await asyncio.shield(self._look[1])

    async def _looking(self, begun: float) -> State:
        try:
            found = await asyncio.to_thread(state)
            self._last = begun, found
            return found
        finally:
            self._look = None
