"""Tables as offices have them, handed in with the answers a person gives about their words."""

from datetime import date
from functools import cache

from analytics.data.imports.batch import SourceFile
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.mapping.declared import LEAVE, TableMapping, load_mappings
from analytics.data.imports.mapping.question import folded
from analytics.data.imports.mapping.questions import answered
from analytics.data.imports.standing import Standing
from tests.support.drawn_imports import (
    cells,
    declared_breaks,
    entries_of,
    held,
    project_catalog,
    workbook,
)
from tests.support.paths import ROOT

TODAY = date(2026, 11, 25)


def sheet(table: str) -> bytes:
    """Write a drawn table as a workbook, its numbers as numbers."""
    return workbook([[_typed(cell) for cell in row] for row in cells(table)])


def _typed(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def text(encoding: str, delimiter: str):
    """Write a drawn table as text of an encoding and delimiter."""
    return lambda table: "\n".join(delimiter.join(row) for row in cells(table)).encode(encoding)


@cache
def _declared() -> tuple[TableMapping, ...]:
    return load_mappings(ROOT, project_catalog().indicators)


def handed_in(write, table: str, mappings=()):
    """Read a table against nothing held before; a table without a writer is a file's name."""
    content = write(table) if write else (ROOT / "tests/data/imports" / table).read_bytes()
    name = table if write is None else "表.xlsx" if write is sheet else "表.csv"
    against = Standing(
        project_catalog(), declared_breaks(), held(), mappings=(*_declared(), *mappings)
    )
    return validate(
        {name: entries_of(name, content, [one.hint for one in mappings])},
        [SourceFile(name, content)],
        against,
        submitted_by="李雷",
        submitted_on=TODAY,
    )


def answers_for(batch, said):
    """Answer what a person knows better than the proposal; count the answers this takes."""
    given = {(q.shape, q.about, q.key): said[q.words] for q in batch.questions if q.words in said}
    taken_out = {q.key for q in batch.questions if q.words in said and q.proposal == LEAVE}
    made = answered(batch.questions, given, (), name_zh="表", by="李雷", on=TODAY)
    return made, len(folded(batch.questions)) + len(taken_out)
