"""What the process is told of itself: how threads take turns, and where freed memory goes."""

import ctypes
import sys
from contextlib import suppress
from typing import Any

TURN = 0.001  # seconds a thread computes while others wait
_MOST_ARENAS, _ARENAS = -8, 2  # M_ARENA_MAX of glibc's malloc.h


def take_short_turns() -> None:
    """Let the loop that answers everyone wait a fifth of the usual time for each who computes.

    With twenty who compute it waits for twenty turns each time it has sent or received a part.
    """
    sys.setswitchinterval(TURN)


def share_arenas() -> None:
    """Let threads allocate from few places: each place keeps what was freed in it."""
    with suppress(AttributeError):
        _libc().mallopt(_MOST_ARENAS, _ARENAS)


def give_back() -> None:
    """Give freed memory back to the system, where the C library knows how."""
    with suppress(AttributeError):
        _libc().malloc_trim(0)


def _libc() -> Any:
    """Return the C library; elsewhere than on Linux an object that knows neither call."""
    return ctypes.CDLL(None) if sys.platform == "linux" else object()
