"""A bar for what takes a while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def progress(text: str) -> Iterator[Callable[[float], None]]:
    """Show a bar with a text until the block ends; what is yielded sets the share done."""
    bar = st.progress(0.0, text=text)

    def move(share: float) -> None:
        done = min(max(share, 0.0), 1.0)
        bar.progress(done, text=f"{text}{done:.0%}")

    try:
        yield move
    finally:
        bar.empty()
