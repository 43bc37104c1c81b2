"""Whoever wants a bounded process waits for one of a few places, first come, first served."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition

from analytics.data.imports.bounded.limits import MIB
from analytics.data.imports.errors import ImportFileError

_BEAT = 0.5  # seconds between two calls of whoever waits, at most


@dataclass(frozen=True)
class _Ticket:
    number: int
    files: int
    size: int  # bytes


@dataclass
class WaitingLine:
    """At most so many tasks at a time; the rest wait, and too many are turned away."""

    places: int = 2
    longest: int = 20  # tasks at work and waiting
    most: int = 400 * MIB  # bytes of them all
    _tickets: list[_Ticket] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def turn(self, files: int, size: int, on_wait: Callable[[int], None]) -> Iterator[None]:
        """Wait for a place and hold it.

        Parameters
        ----------
        on_wait : told how many files are ahead, twice a second; what it raises ends the wait.

        Raises
        ------
        ImportFileError
            When too much is waiting already.
        """
        ticket = self._join(files, size)
        try:
            while ahead := self._files_ahead(ticket):
                on_wait(ahead)
            yield
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    def _join(self, files: int, size: int) -> _Ticket:
        with self._changed:
            held = sum(ticket.size for ticket in self._tickets)
            if len(self._tickets) >= self.longest or (self._tickets and held + size > self.most):
                raise ImportFileError("正在核对的文件太多，请过几分钟再试")
            ticket = _Ticket(next(self._numbers), files, size)
            self._tickets.append(ticket)
            return ticket

    def _files_ahead(self, ticket: _Ticket) -> int:
        """Return how many files are ahead once all places are taken by others, else 0."""
        with self._changed:
            ahead = self._tickets[: self._tickets.index(ticket)]
            if len(ahead) >= self.places:
                self._changed.wait(_BEAT)
                ahead = self._tickets[: self._tickets.index(ticket)]
            return sum(one.files for one in ahead) if len(ahead) >= self.places else 0
