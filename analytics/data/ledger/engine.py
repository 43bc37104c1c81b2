"""What an engine is asked: statements over logical tables, the same for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

LEDGER = "ledger"  # the logical table over the partitions' files
Row = dict[str, Any]


class LedgerError(ValueError):
    """A ledger cannot be used; the message is Chinese and names file, column or month."""


@dataclass(frozen=True)
class Table:
    """A small table that is handed over with the question; types as DuckDB writes them."""

    columns: Mapping[str, str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Step:
    """One statement: a view for those after it, and its rows where they are wanted."""

    name: str
    sql: str
    wanted: bool
    kept: bool  # worked out once, since several statements read it


@dataclass(frozen=True)
class Job:
    """Statements to run in order over the files of some partitions."""

    files: tuple[Path, ...]  # each in its folder year=…/month=…
    tables: Mapping[str, Table]
    steps: tuple[Step, ...]


class Engine(Protocol):
    """Runs a job; equal jobs give equal rows on every engine, in no particular order."""

    @property
    def name(self) -> str:
        """Return the name it is asked for by."""
        ...

    @property
    def months_at_a_time(self) -> int:
        """Return how many months it should compare or check in one job."""
        ...

    def run(self, job: Job) -> dict[str, list[Row]]:
        """Return the rows of every wanted step by its name; raise LedgerError."""
        ...
