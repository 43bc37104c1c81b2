"""What a check found, handed from its process to the one that shows it: JSON and Arrow.

The way down may be pickled, because the program trusts itself; the way up never is.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analytics.data.imports.batch import (
    ROW_COLUMNS,
    Fault,
    FaultKind,
    ImportBatch,
    SourceFile,
    Tally,
)
from analytics.data.imports.mapping.question import Question
from analytics.data.imports.standing import Standing

ASKED, SAID, ROWS = "asked", "said.json", "rows.arrow"  # files of a check
_TYPES = {
    **{name: pa.date32() for name in ("period_start", "period_end", "published_on")},
    **{"year": pa.int64(), "month": pa.int64(), "revision": pa.int64(), "value": pa.float64()},
    **{name: pa.bool_() for name in ("lower_bound", "rounded")},
}
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in ROW_COLUMNS])


@dataclass(frozen=True)
class Asked:
    """What a check is given beside the entries that were read."""

    names: tuple[str, ...]  # of the files
    against: Standing
    submitted_by: str
    submitted_on: date


def hand_up(batch: ImportBatch, room: Path) -> None:
    """Leave a batch in the folder of its check, without the files."""
    table = pa.Table.from_pandas(batch.rows, schema=_SCHEMA, preserve_index=False, safe=True)
    with pa.OSFile(str(room / ROWS), "wb") as sink, pa.ipc.new_file(sink, _SCHEMA) as writer:
        writer.write_table(table)
    said = {
        "faults": [asdict(fault) for fault in batch.faults],
        "tallies": [asdict(tally) for tally in batch.tallies],
        "questions": [asdict(question) for question in batch.questions],
        "blank": batch.blank,
    }
    (room / SAID).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def take_over(room: Path, files: Sequence[SourceFile], asked: Asked) -> ImportBatch:
    """Take a batch out of the folder of its check."""
    said = json.loads((room / SAID).read_text(encoding="utf-8"))
    return ImportBatch(
        files=tuple(files),
        submitted_by=asked.submitted_by,
        submitted_on=asked.submitted_on,
        rows=_rows(room / ROWS),
        faults=tuple(_fault(**fault) for fault in said["faults"]),
        blank=said["blank"],
        tallies=tuple(Tally(**tally) for tally in said["tallies"]),
        questions=tuple(Question(**question) for question in said["questions"]),
    )


def _rows(path: Path) -> pd.DataFrame:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as reader:
        rows: pd.DataFrame = reader.read_all().to_pandas(
            date_as_object=True, integer_object_nulls=True
        )
    return rows.astype({"month": object})


def _fault(kind: str, **said: str) -> Fault:
    return Fault(FaultKind(kind), **said)
