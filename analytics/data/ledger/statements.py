"""The statements of ``sql/ledger``: filled in, in the order they rest on each other.

A statement that says the same of many columns is a template (Jinja): the columns come from here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analytics.data.ledger.contract import FLAGS, MEASURES, MONTHLY_MEASURES
from analytics.data.ledger.engine import LEDGER, Job, Step, Table

SQL_ROOT = Path(__file__).resolve().parents[3] / "sql" / "ledger"
PLACE = ("registered_here", "above_scale")
NARROWING = ("emerging", "park_level", "cluster", "featured")
COLUMNS: Mapping[str, Sequence[str]] = {"measures": MEASURES, "held": FLAGS, "new": FLAGS}
PERIODS: Mapping[str, Mapping[str, object]] = {  # what is summed once a year, and what monthly
    "yearly": {"narrowed": True, "keys": (*PLACE, *NARROWING)},
    "monthly": {
        "narrowed": False,
        "keys": PLACE,
        "measures": MONTHLY_MEASURES,
        "held": (),
        "new": (),
    },
}
_TABLE = re.compile(r"^-- table: *([a-z_/]+) *$", re.MULTILINE)
_KEPT = re.compile(r"^-- kept:", re.MULTILINE)
_TEMPLATES = Environment(
    loader=FileSystemLoader(SQL_ROOT),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # statements, and nothing a user types
)


def statement(name: str, **columns: Sequence[str]) -> str:
    """Fill in a statement, as of ``yearly_sums`` from ``sums.sql``."""
    period, _, file = name.partition("_")
    known: dict[str, object] = {**COLUMNS, **columns}
    if period in PERIODS:
        return _filled(file, {**known, "period": period, **PERIODS[period]})
    return _filled(name, {**known, "narrowed": name == "largest"})


def _filled(file: str, known: Mapping[str, object]) -> str:
    return _TEMPLATES.get_template(f"{file}.sql").render(known)


@dataclass
class _Plan:
    given: frozenset[str]
    columns: Mapping[str, Sequence[str]]
    steps: dict[str, str] = field(default_factory=dict)

    def need(self, name: str) -> None:
        """Put a statement after those it reads."""
        if name in self.given or name in self.steps:
            return
        sql = statement(name, **self.columns)
        for table in _TABLE.findall(sql):
            self.need(table)
        self.steps[name] = sql


def job(
    files: Sequence[Path],
    tables: Mapping[str, Table],
    wanted: Sequence[str],
    **columns: Sequence[str],
) -> Job:
    """Gather the statements that the wanted ones rest on, in order; columns to look at only."""
    plan = _Plan(frozenset({LEDGER, *tables}), columns)
    for name in wanted:
        plan.need(name)
    steps = (
        Step(name.rpartition("/")[2], sql, name in wanted, bool(_KEPT.search(sql)))
        for name, sql in plan.steps.items()
    )
    return Job(tuple(files), tables, tuple(steps))
