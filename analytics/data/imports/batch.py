"""What an import is: files, rows ready for a release, and every fault found.

``ImportBatch.rows`` holds one row per value with the columns of ``ROW_COLUMNS``. The first
of them are those of a release's observations, so that a release takes them as they are.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.data.imports.errors import ImportFileError
from analytics.domain import Confidence, Source

__all__ = ["Fault", "FaultKind", "ImportBatch", "ImportFileError", "Preview", "SourceFile"]

OBSERVATION_COLUMNS = (
    *("indicator_id", "region", "period_kind", "period_start", "period_end", "year", "month"),
    *("value", "unit", "basis", "status", "lower_bound", "confidence", "source_id"),
    *("published_on", "note", "origin", "revision", "rounded"),
)
ROW_COLUMNS = (*OBSERVATION_COLUMNS, "file", "sheet", "cell", "faults")
KEY = ["indicator_id", "region", "period_kind", "period_start", "period_end"]


class FaultKind(StrEnum):
    """What a fault means for its value."""

    REFUSED = "refused"  # cannot be taken; nothing is published until it is mended
    HELD = "held"  # taken only when a person confirms it
    NOTE = "note"  # taken; worth knowing


KIND_ZH = {FaultKind.REFUSED: "退回", FaultKind.HELD: "待确认", FaultKind.NOTE: "提示"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong or doubtful, with its place and how to mend it."""

    kind: FaultKind
    rule: str  # the rule's Chinese name
    message_zh: str
    remedy_zh: str = ""
    file: str = ""
    sheet: str = ""  # empty in a CSV
    cell: str = ""  # E12; empty when the whole sheet is meant
    value: str = ""  # as it stands in the file

    @property
    def id(self) -> str:
        """Ten hex digits that change with the file, the place, the value and what is said."""
        parts = (self.file, self.sheet, self.cell, self.rule, self.value, self.message_zh)
        content = "\n".join(parts)
        return hashlib.sha256(content.encode()).hexdigest()[:10]

    @property
    def place_zh(self) -> str:
        """Name the file, sheet and cell."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return "，".join(part for part in (self.file, sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers a file has, and what became of them."""

    file: str
    read: int
    unread: int
    blank: int  # prepared places without a number

    @property
    def said_zh(self) -> str:
        """Say it in one line."""
        total = self.read + self.unread
        return f"文件共{total}个数，读取{self.read}，未读{self.unread}，空{self.blank}"


@dataclass(frozen=True)
class SourceFile:
    """One file as it was handed in."""

    name: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """Return the checksum its copy is kept under."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def source_id(self) -> str:
        """Return the id under which its rows name it as their source."""
        return f"import-{self.sha256[:12]}"


@dataclass(frozen=True, eq=False)
class ImportBatch:
    """Files handed in together: published together or not at all."""

    files: tuple[SourceFile, ...]
    submitted_by: str
    submitted_on: date
    rows: pd.DataFrame = field(repr=False)  # accepted and held rows, not the refused ones
    faults: tuple[Fault, ...] = ()
    blank: int = 0  # prepared rows left without a value
    tallies: tuple[Tally, ...] = ()  # one for each file
    questions: tuple[Any, ...] = ()  # see mapping.questions
    confirmed: frozenset[str] = frozenset()  # ids of held faults a person confirmed

    @property
    def id(self) -> str:
        """Return day and hash of the files, for the folder they are kept in."""
        content = "\n".join(sorted(file.sha256 for file in self.files))
        return f"{self.submitted_on}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    def of_kind(self, kind: FaultKind) -> tuple[Fault, ...]:
        """Return the faults of one kind in the order of the files."""
        return tuple(fault for fault in self.faults if fault.kind is kind)

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """Return the held faults nobody has confirmed yet."""
        held = self.of_kind(FaultKind.HELD)
        return tuple(fault for fault in held if fault.id not in self.confirmed)

    @property
    def publishable(self) -> bool:
        """Say whether the batch may be published: nothing refused, nothing unanswered."""
        return bool(len(self.rows)) and not self.of_kind(FaultKind.REFUSED) and not self.waiting

    def confirm(self, ids: Iterable[str]) -> "ImportBatch":
        """Return the batch with these held faults confirmed, and only these."""
        return replace(self, confirmed=frozenset(ids))

    def confirm_all(self) -> "ImportBatch":
        """Return the batch with every held fault confirmed."""
        return self.confirm(fault.id for fault in self.of_kind(FaultKind.HELD))

    def observations(self) -> list[dict[str, Any]]:
        """Return the rows as the extract step takes them."""
        records = self.rows[list(OBSERVATION_COLUMNS)].to_dict("records")
        return [{str(name): value for name, value in record.items()} for record in records]

    def sources(self) -> dict[str, Source]:
        """Describe the files as sources of their rows, by id."""
        return {file.source_id: self._source(file) for file in self.files}

    def _source(self, file: SourceFile) -> Source:
        return Source(
            id=file.source_id,
            title=f"填报：{file.name}",
            publisher=self.submitted_by,
            published_on=self.submitted_on,
            published_text=self.submitted_on.isoformat(),
            licence="内部填报数据，未经公开发布不得外传",
            confidence=Confidence.HIGH,
        )


@dataclass(frozen=True, eq=False)
class Preview:
    """What publishing a batch would change in a release; one row per value."""

    new: pd.DataFrame
    revised: pd.DataFrame  # has value and old_value, status and old_status
    unchanged: pd.DataFrame
    held: pd.DataFrame  # waiting for a person, whatever they would change
    refused: tuple[Fault, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many values there are of each sort, by Chinese name."""
        return {**self.taken_counts, "退回": len(self.refused)}

    @property
    def taken_counts(self) -> dict[str, int]:
        """Return how many values there are of each sort that can be published."""
        return {
            "新增": len(self.new),
            "修订": len(self.revised),
            "不变": len(self.unchanged),
            "待确认": len(self.held),
        }
