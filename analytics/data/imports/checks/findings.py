"""Collect faults against rows by their place in the files."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.imports.checks.rules import Rule
from analytics.data.imports.reader import columns as layout
from analytics.domain import FRACTION

MOST = 5000  # faults of one kind that are listed
_LONGEST = 60  # characters of a cell shown in a message


def shown(text: object) -> str:
    """Return a cell's text, cut where it is too long to show."""
    words = " ".join(str(text).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def figure(value: float, unit: str = "") -> str:
    """Write a stored value for a message: all digits, fractions as percent."""
    if unit == FRACTION:
        return f"{value * 100:,.6g}%"
    return f"{value:,.10g}{unit}"


def month_said(row: Mapping[Hashable, Any]) -> str:
    """Write the figure of one month with its date: 2025年9月1,250.3."""
    return f"{row['year']}年{row['month']:.0f}月{figure(row['value'])}"


class Findings:
    """Faults found so far, and which rows they refuse or hold.

    Parameters
    ----------
    columns : the entries of all files as lists of equal length, see ``resolve.combine``;
        a row is named by its place in them.
    """

    def __init__(self, columns: Mapping[str, list[Any]], faults: Iterable[Fault] = ()):
        self._columns = columns
        self.faults: list[Fault] = list(faults)
        self.refused: set[int] = set()
        self.held: dict[int, list[str]] = defaultdict(list)
        self._counts: Counter[FaultKind] = Counter()
        self._unlisted: Counter[FaultKind] = Counter()
        self._order: list[tuple[int, int]] = [(-1, -1)] * len(self.faults)

    def add(self, entry: int, rule: Rule, message: str, *, field: str = layout.VALUE) -> None:
        """Record a fault of one row; ``field`` says which of its cells is meant."""
        if rule.kind is FaultKind.REFUSED:
            self.refused.add(entry)
        if self._counts[rule.kind] >= MOST:
            self._left_off(entry, rule.kind)
            return
        self._counts[rule.kind] += 1
        row, column = self._cell(entry, field)
        fault = rule.broken(
            message,
            file=self._columns["file"][entry],
            sheet=self._columns["sheet"][entry],
            cell=layout.address(row, column),
            value=shown(self._columns[field][entry]),
        )
        if rule.kind is FaultKind.HELD:
            self.held[entry].append(fault.id)
        self.faults.append(fault)
        self._order.append((entry, column))

    def _left_off(self, entry: int, kind: FaultKind) -> None:
        """Count what is too much to list; what nobody can confirm is not taken."""
        self._unlisted[kind] += 1
        if kind is FaultKind.HELD:
            self.refused.add(entry)

    def state(self, fault: Fault) -> None:
        """Record a fault of a whole table."""
        self.faults.append(fault)
        self._order.append((-1, -1))

    def _cell(self, entry: int, field: str) -> tuple[int, int]:
        """Find the cell of a field; the time of a wide table stands in its header."""
        row, column = self._columns["row"][entry], self._columns["column"][entry]
        beside = field in self._columns["cells"][entry]
        if self._columns["wide"][entry] and field in layout.TIMES and not beside:
            return self._columns["header"][entry], column
        if field == layout.VALUE:
            return row, column
        return row, self._columns["cells"][entry].get(field, column)

    def text(self, entry: int, field: str = layout.VALUE) -> str:
        """Return what stands in the file, cut where it is too long to show."""
        return shown(self._columns[field][entry])

    def in_workbook(self, entry: int) -> bool:
        """Say whether a row comes from a workbook, where cells have types."""
        return bool(self._columns["sheet"][entry])

    def place(self, entry: int) -> str:
        """Name the sheet and cell of a row's value."""
        sheet = self._columns["sheet"][entry]
        return f"{sheet}!{self.cell(entry)}" if sheet else self.cell(entry)

    def cell(self, entry: int) -> str:
        """Name the cell of a row's value."""
        return layout.address(self._columns["row"][entry], self._columns["column"][entry])

    def ordered(self) -> tuple[Fault, ...]:
        """Return every different fault in the order of the files."""
        ranked = sorted(zip(self._order, self.faults, strict=True), key=lambda pair: pair[0])
        listed = [fault for _, fault in ranked]
        return tuple(dict.fromkeys([*listed, *map(self._too_many, self._unlisted)]))

    def _too_many(self, kind: FaultKind) -> Fault:
        said = f"另有{self._unlisted[kind]:,}处同类问题没有列出"
        if kind is FaultKind.NOTE:
            return Fault(kind, "问题过多", said)
        remedy = f"先改正列出的{MOST:,}处，或分批导入"
        return Fault(FaultKind.REFUSED, "问题过多", said, remedy)
