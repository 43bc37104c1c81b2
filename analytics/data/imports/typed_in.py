"""The grid people type into: the plan's indicators by year, or by a period of this year.

What is typed becomes a file of the template's form, so that it goes through the same rules,
preview and publication, and is kept like any file handed in.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import Fault, ImportBatch, SourceFile
from analytics.data.imports.checks.merged import related
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.columns import period_zh
from analytics.data.imports.reader.guard import CSV
from analytics.data.imports.reader.tables import read
from analytics.data.imports.standing import Standing
from analytics.data.imports.template import TableRow, blank_row, fill_csv
from analytics.domain import JINSHAN, Indicator
from analytics.text_zh import DASH, NATURE_ZH, quantity, unit_zh

FILE = "在线填报.csv"
WHOLE_YEAR = "全年"
ENTERPRISES, CONFIDENTIAL = layout.TITLES[layout.ENTERPRISES], layout.TITLES[layout.CONFIDENTIAL]
_HEAD_LINES = 1  # of the file, above the first value
YEARS_SHOWN = 3

_NOBODY = "未具名"

Place = tuple[str, int, str]  # indicator, year, period
Beside = tuple[int | None, bool]  # enterprises behind an indicator's figures; confidential or not
Group = tuple[tuple[Place, float], ...]
Found = tuple[tuple[Fault, Place], ...]  # faults, and the value each is about


@dataclass(frozen=True)
class Column:
    """One column to type into."""

    year: int
    period: str

    @property
    def title(self) -> str:
        """Name the column."""
        return f"{self.year}年" if self.period == WHOLE_YEAR else f"{self.year}年{self.period}"


def yearly_columns(today: date) -> list[Column]:
    """Return the last full years, oldest first."""
    return [Column(today.year - back, WHOLE_YEAR) for back in range(YEARS_SHOWN, 0, -1)]


def periods(today: date) -> list[Column]:
    """Return the running totals that have ended by a day, newest first."""
    ended = [(today.year, month) for month in range(today.month - 1, 1, -1)]
    before = [(today.year - 1, month) for month in range(11, 1, -1)]
    return [Column(year, f"1—{month}月") for year, month in [*ended, *before]]


def asked(catalog: Catalog, *, monthly: bool) -> list[Indicator]:
    """Return the district's indicators the plan's targets name, in their order."""
    names = dict.fromkeys(target.indicator for target in catalog.targets.values())
    found = [catalog.indicators[name] for name in names]
    found = [item for item in found if item.home_region == JINSHAN]
    return [item for item in found if item.frequency != "annual"] if monthly else found


def grid(
    items: Sequence[Indicator],
    columns: Sequence[Column],
    current: pd.DataFrame,
    typed: Mapping[Place, float],
    beside: Mapping[str, Beside],
) -> pd.DataFrame:
    """Lay out the grid, a row an indicator by id: name, unit, last value, columns to type in."""
    own = current[current["region"] == JINSHAN].sort_values("period_end")
    newest = own.groupby("indicator_id").tail(1)
    last = {str(row["indicator_id"]): row for row in newest.to_dict("records")}
    table = pd.DataFrame(
        {
            "指标": [item.name_zh for item in items],
            "单位": [unit_zh(item.unit) for item in items],
            "最近的数": [_last(item, last.get(item.id)) for item in items],
        },
        index=pd.Index([item.id for item in items], name="id"),
    )
    for column in columns:
        values = [typed.get((item.id, column.year, column.period)) for item in items]
        table[column.title] = pd.Series(values, index=table.index, dtype="float64")
    stated = [beside.get(item.id, (None, False)) for item in items]
    table[ENTERPRISES] = pd.Series([n for n, _ in stated], index=table.index, dtype="float64")
    table[CONFIDENTIAL] = [hidden for _, hidden in stated]
    return table


def _last(item: Indicator, row: Mapping[Hashable, Any] | None) -> str:
    if row is None:
        return DASH
    period = period_zh(row["period_kind"], row["period_end"])
    value = quantity(row["value"], item.unit, item.decimals)
    return f"{value}（{period}，{NATURE_ZH[row['status']]}）"


def taken(edited: pd.DataFrame, columns: Sequence[Column]) -> dict[Place, float]:
    """Return what stands in the columns of an edited grid."""
    return {
        (str(name), column.year, column.period): float(value)
        for column in columns
        for name, value in edited[column.title].items()
        if pd.notna(value)
    }


def taken_beside(edited: pd.DataFrame) -> dict[str, Beside]:
    """Return what is stated of each indicator's figures beside them."""
    stated = zip(edited.index, edited[ENTERPRISES], edited[CONFIDENTIAL], strict=True)
    found = {
        str(name): (int(number) if pd.notna(number) else None, bool(hidden))
        for name, number, hidden in stated
    }
    return {name: one for name, one in found.items() if one != (None, False)}


def as_file(
    typed: Mapping[Place, float], beside: Mapping[str, Beside], catalog: Catalog
) -> SourceFile:
    """Write what was typed as a file of the template's form."""
    return SourceFile(FILE, fill_csv(catalog, _rows(typed, beside, catalog)))


def _rows(
    typed: Mapping[Place, float], beside: Mapping[str, Beside], catalog: Catalog
) -> Iterator[TableRow]:
    for (name, year, period), value in typed.items():
        enterprises, hidden = beside.get(name, (None, False))
        yield replace(
            blank_row(catalog.indicators[name], year, period),
            value=_as_typed(value),
            enterprises=enterprises,
            confidential="是" if hidden else "",
        )


def _as_typed(value: float) -> float:
    """Write 1380 as it was typed, not 1380.0."""
    return int(value) if value.is_integer() else value


def related_groups(typed: Mapping[Place, float], catalog: Catalog) -> list[Group]:
    """Divide what was typed so that no rule compares values of two groups."""
    groups: list[tuple[set[str], dict[Place, float]]] = []
    for place, value in typed.items():
        names, members = related({place[0]}, catalog), {place: value}
        apart = [(others, theirs) for others, theirs in groups if names.isdisjoint(others)]
        for others, theirs in groups:
            if not names.isdisjoint(others):
                names, members = names | others, theirs | members
        groups = [*apart, (names, members)]
    return [tuple(members.items()) for _, members in groups]


def found_in(
    typed: Mapping[Place, float], against: Standing, known: Mapping[Group, Found], *, today: date
) -> dict[Group, Found]:
    """Hold what was typed against every rule, but not again the groups that are known already."""
    groups = related_groups(typed, against.catalog)
    changed = {place: value for group in groups if group not in known for place, value in group}
    batch = check(changed, against, submitted_by=_NOBODY, today=today) if changed else None
    fresh: dict[Place, list[Fault]] = {}
    for fault in batch.faults if batch else ():
        if (place := place_of(fault, changed)) is not None:
            fresh.setdefault(place, []).append(fault)
    return {
        group: known[group]
        if group in known
        else tuple((fault, place) for place, _ in group for fault in fresh.get(place, ()))
        for group in groups
    }


def check(
    typed: Mapping[Place, float], against: Standing, *, submitted_by: str, today: date
) -> ImportBatch:
    """Hold what was typed against every rule, as an import of a file."""
    file = as_file(typed, {}, against.catalog)
    entries = read(file.name, file.content, CSV, lambda _: None)
    return validate(
        {file.name: entries}, [file], against, submitted_by=submitted_by, submitted_on=today
    )


def place_of(fault: Fault, typed: Mapping[Place, float]) -> Place | None:
    """Return which of the typed values a fault is about, None when of no single one."""
    line = "".join(filter(str.isdecimal, fault.cell))
    number = int(line) - _HEAD_LINES - 1 if line else -1
    places = list(typed)
    return places[number] if 0 <= number < len(places) else None
