"""A bar for what takes a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


class Move(Protocol):
    """Sets the share done, and for once another text."""

    def __call__(self, share: float, instead: str = "") -> None: ...


@contextmanager
def progress(text: str) -> Iterator[Move]:
    """Show a bar with a text until the block ends; what is yielded sets the share done.

    A text given with the share stands in place of the usual one and its percentage. What is
    done in the background shows nothing.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        yield lambda share, instead="": None
        return
    bar = st.progress(0.0, text=text)

    def move(share: float, instead: str = "") -> None:
        done = min(max(share, 0.0), 1.0)
        bar.progress(done, text=instead or f"{text}{done:.0%}")

    try:
        yield move
    finally:
        bar.empty()
