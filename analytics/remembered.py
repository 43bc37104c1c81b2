"""Answers kept on what they are about, so that they are freed with it.

A memory beside a function would keep every release alive that was ever asked about.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache, wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary, ref

About = ParamSpec("About")
Answer = TypeVar("Answer")
Owner = TypeVar("Owner", bound="Remembering")
Question = Callable[Concatenate[Owner, About], Answer]


class Remembering:
    """Something that keeps the answers of remembered functions about it."""

    @cached_property
    def answers(self) -> dict[Callable[..., Any], Callable[..., Any]]:
        """Hold, by the function that works an answer out, the same function with a memory."""
        return {}

    @cached_property
    def remembering(self) -> "WeakValueDictionary[int, Remembering]":
        """Know those among the answers that keep answers themselves, while they live."""
        return WeakValueDictionary()

    def forget(self) -> None:
        """Drop every answer, and with it the circle of a workbench and its views.

        So do those among the answers: each of them is in such a circle of its own.
        """
        others = [found() for found in self.remembering.valuerefs()]
        self.answers.clear()
        self.remembering.clear()
        for other in others:
            if other is not None:
                other.forget()


def remembered(
    most: int | None = None,
) -> Callable[[Question[Owner, About, Answer]], Question[Owner, About, Answer]]:
    """Let a function keep its answers on its first argument.

    Parameters
    ----------
    most : answers kept on each owner, the least recently asked for going first; all when None.
    """

    def with_memory(work_out: Question[Owner, About, Answer]) -> Question[Owner, About, Answer]:
        @wraps(work_out)
        def ask(owner: Owner, /, *args: About.args, **kwargs: About.kwargs) -> Answer:
            memory = owner.answers.get(work_out)
            if memory is None:
                memory = owner.answers.setdefault(work_out, _memory(work_out, owner, most))
            return cast(Answer, memory(*args, **kwargs))

        return ask

    return with_memory


def _memory(
    work_out: Callable[..., Answer], owner: Remembering, most: int | None
) -> Callable[..., Answer]:
    alive = ref(owner)  # the owner holds the memory: a strong one would make a circle of the two

    def answer(*args: Any, **kwargs: Any) -> Answer:
        asked = alive()
        found = work_out(asked, *args, **kwargs)
        if isinstance(found, Remembering) and asked is not None:
            asked.remembering[id(found)] = found
        return found

    return lru_cache(None)(answer) if most is None else _Recent(answer, alive, most)


class _Recent:
    """A memory of the last answers asked for; one that has to go forgets its own answers."""

    def __init__(
        self, answer: Callable[..., Any], owner: Callable[[], Remembering | None], most: int
    ) -> None:
        self._answer, self._owner, self._most = answer, owner, most
        self._kept: dict[Any, Any] = {}  # the one asked for last is the last
        self._lock = Lock()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        key = (args, frozenset(kwargs.items()))
        with self._lock:
            if key in self._kept:
                found = self._kept[key] = self._kept.pop(key)
                return found
        found = self._answer(*args, **kwargs)
        with self._lock:
            found = self._kept.setdefault(key, found)  # another may have asked meanwhile
            gone = self._kept.pop(next(iter(self._kept))) if len(self._kept) > self._most else None
        if isinstance(gone, Remembering) and gone is not self._owner():
            gone.forget()
        return found
