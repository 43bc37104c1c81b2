"""Answers kept on what they are about, so that they are freed with it.

A memory beside a function would keep every release alive that was ever asked about.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache, wraps
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

    @lru_cache(most)
    def answer(*args: Any, **kwargs: Any) -> Answer:
        asked = alive()
        found = work_out(asked, *args, **kwargs)
        if isinstance(found, Remembering) and asked is not None:
            asked.remembering[id(found)] = found
        return found

    return answer
