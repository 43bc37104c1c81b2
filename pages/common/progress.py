"""A bar for what takes a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.proto.Element_pb2 import Element
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import enqueue_message


class Move(Protocol):
    """Sets the share done, and for once another text."""

    def __call__(self, share: float, instead: str = "") -> None: ...


@contextmanager
def progress(text: str) -> Iterator[Move]:
    """Show a bar with a text until the block ends; what is yielded sets the share done.

    A text given with the share stands in place of the usual one and its percentage. What is
    done in the background shows nothing. The bar takes no place among the page's elements:
    the next run, without it, would put each of them at another one, and the browser would
    build them all anew under the hand that moves one.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        yield lambda share, instead="": None
        return
    bar = Element()
    bar.width_config.use_stretch = True
    shown, taken_away = get_dg_singleton_instance().main_dg._transient(bar)

    def move(share: float, instead: str = "") -> None:
        done = min(max(share, 0.0), 1.0)
        bar.progress.value = round(done * 100)
        bar.progress.text = instead or f"{text}{done:.0%}"
        enqueue_message(shown())

    move(0.0, text)
    try:
        yield move
    finally:
        enqueue_message(taken_away())
