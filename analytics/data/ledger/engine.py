"""What an engine is asked: statements over logical tables, the same for every engine."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

SQL_ROOT = Path(__file__).resolve().parents[3] / "sql" / "ledger"
LEDGER = "ledger"  # the logical table over the partitions' files
_TABLE = re.compile(r"^-- table: *([a-z_/]+) *$", re.MULTILINE)
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


@dataclass
class _Plan:
    given: frozenset[str]
    steps: dict[str, str] = field(default_factory=dict)

    def need(self, name: str) -> None:
        """Put a statement after those it reads."""
        if name in self.given or name in self.steps:
            return
        sql = (SQL_ROOT / f"{name}.sql").read_text(encoding="utf-8")
        for table in _TABLE.findall(sql):
            self.need(table)
        self.steps[name] = sql


def job(files: Sequence[Path], tables: Mapping[str, Table], wanted: Sequence[str]) -> Job:
    """Gather the statements that the wanted ones rest on, in order."""
    plan = _Plan(frozenset({LEDGER, *tables}))
    for name in wanted:
        plan.need(name)
    steps = (Step(name.rpartition("/")[2], sql, name in wanted) for name, sql in plan.steps.items())
    return Job(tuple(files), tables, tuple(steps))
