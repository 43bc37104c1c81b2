"""Whether the server is alive, and whether it can show figures: for whoever watches over it."""

import threading
import time

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from analytics.data.releases import fallback
from analytics.data.releases.files import ReleaseError
from pages.common import releases

_HOLDS = 5.0  # seconds; files are not read anew for everyone who asks


def state() -> dict[str, object]:
    """Say whether a whole release can be shown, the current one, and followed by another."""
    try:
        now = fallback.serving(releases.ROOT)
    except (ReleaseError, OSError):
        return {"ready": False, "why": "no_sound_release"}
    return {"ready": True, "current": not now.problem, "writable": releases.writable()}


class Health:
    """Answers /healthz and /readyz; looks at the files at most every few seconds."""

    def __init__(self, imports: threading.Thread) -> None:
        self._imports = imports
        self._lock = threading.Lock()
        self._last: tuple[float, dict[str, object]] = (-_HOLDS, {})

    def routes(self) -> list[Route]:
        """Return both addresses."""
        return [Route("/healthz", self._alive), Route("/readyz", self._ready)]

    async def _alive(self, _: Request) -> JSONResponse:
        """Answer from the loop that serves everyone: where it is stuck, there is no answer."""
        return JSONResponse({"alive": True})

    def _ready(self, _: Request) -> JSONResponse:
        found = self.looked()
        return JSONResponse(found, 200 if found["ready"] else 503)

    def looked(self) -> dict[str, object]:
        """Return the state, not older than a few seconds."""
        if self._imports.is_alive():
            return {"ready": False, "why": "starting"}
        with self._lock:
            when, found = self._last
            if time.monotonic() - when >= _HOLDS:
                found = state()
                self._last = (time.monotonic(), found)
            return found
