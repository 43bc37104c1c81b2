"""What was read of a file: an entry for each number, in the file's own words; what was left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.shapes import Hint
from analytics.data.imports.reader.written import text_of

# The unit over a column and in the title stand farther from a number than its own cell.
FIELDS = (*layout.TITLES, layout.TYPE, layout.UNIT_HEAD, layout.UNIT_TITLE)
PLACE = ("sheet", "row", "column", "kind", "wide")
OTHER_TIME = "分段行写着另外的年月"  # why rows below it are not read
TOO_LONG = "这一行的格数多于表头"
REMARK, UNNAMED, OUTSIDE = "附注行", "没有写指标的行", "表头以外"
HIDDEN_ROW, HIDDEN_COLUMN = "隐藏的行", "隐藏的列"


@dataclass
class Entries:
    """Values in the order of the file, as columns of equal length."""

    sheets: list[dict[str, Any]] = field(default_factory=list)  # name, header row, columns
    columns: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [] for name in (*FIELDS, *PLACE)}
    )
    faults: list[dict[str, str]] = field(default_factory=list)
    blank: int = 0
    unread: list[dict[str, Any]] = field(default_factory=list)  # numbers left where they stand
    hints: Sequence[Hint] = field(default=(), repr=False)
    file: str = ""  # its name, which dates tables that nothing else dates
    once: dict[str, str] = field(default_factory=dict, repr=False)  # repeated words, kept once

    def __post_init__(self) -> None:
        self._of_words = [(name, self.columns[name]) for name in FIELDS]
        self._of_place = [self.columns[name] for name in PLACE]

    def add(self, said: Mapping[str, str], place: tuple[Any, ...]) -> None:
        """Add a number: what is said of it by field, and sheet, row, column, kind, wide."""
        once = self.once.setdefault
        for name, column in self._of_words:
            word = said.get(name, "")
            column.append(once(word, word))
        for column, at in zip(self._of_place, place, strict=True):
            column.append(at)

    def refuse(self, sheet: str, cell: str, rule: str, message: str, remedy: str) -> None:
        """Record a fault of a whole sheet or heading."""
        self._record("refused", sheet, cell, rule, message, remedy)

    def hold(self, sheet: str, cell: str, rule: str, message: str, remedy: str) -> None:
        """Record a doubt about a sheet or heading that a person answers."""
        self._record("held", sheet, cell, rule, message, remedy)

    def note(self, sheet: str, rule: str, message: str) -> None:
        """Record something worth knowing about a sheet."""
        self._record("note", sheet, "", rule, message, "")

    def _record(self, *values: str) -> None:
        names = ("kind", "sheet", "cell", "rule", "message_zh", "remedy_zh")
        self.faults.append(dict(zip(names, values, strict=True)))


def leave(
    entries: Entries,
    sheet: str,
    row: int,
    column: int,
    cell: object,
    reason: str,
    heading: str,
    table: int = -1,
) -> None:
    """Record a number that is not read, so that a person sees it is left out."""
    entries.unread.append(
        {
            "sheet": sheet,
            "row": row,
            "column": column,
            "value": text_of(cell),
            "reason": reason,
            "heading": heading,
            "table": table,
        }
    )
