"""Import batches made by hand: a few values of the district, as if read from a file."""

import pickle
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.data.access.identity import OPERATOR
from analytics.data.imports import intake
from analytics.data.imports.batch import ROW_COLUMNS, Fault, FaultKind, ImportBatch, SourceFile
from analytics.data.imports.checks import process
from analytics.data.imports.handed_over import ASKED, Asked, take_over
from analytics.data.releases.accepting import accept
from analytics.data.releases.journal import Stamp
from analytics.domain import JINSHAN

FIRST_DAY = date(2026, 11, 24)
OUTPUT = "gross_output_registered"


def batch(
    values: dict[str, dict[int, float]],
    *,
    day: date = FIRST_DAY,
    by: str = "李雷",
    faults: tuple[Fault, ...] = (),
    unit: str = "亿元",
    region: str = JINSHAN,
) -> ImportBatch:
    """Make a batch of yearly values, indicator -> year -> value; other values, another file."""
    file = SourceFile("填报.csv", repr((values, region)).encode())
    held = [fault for fault in faults if fault.kind is FaultKind.HELD]
    rows = [
        _row(file, name, year, value, unit, region, day, line, held)
        for line, (name, year, value) in enumerate(
            ((n, y, v) for n, years in values.items() for y, v in years.items()), start=2
        )
    ]
    frame = pd.DataFrame(rows, columns=list(ROW_COLUMNS))
    return ImportBatch((file,), by, day, frame, faults)


def _row(file, name, year, value, unit, region, day, line, held) -> dict:
    cell = f"F{line}"
    return {
        "indicator_id": name,
        "region": region,
        "period_kind": "year",
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "year": year,
        "month": None,
        "value": value,
        "unit": unit,
        "basis": "当年价格",
        "status": "submitted",
        "lower_bound": False,
        "confidence": "high",
        "source_id": file.source_id,
        "published_on": day,
        "note": "",
        "origin": f"{file.name}:{cell}",
        "revision": 0,
        "rounded": False,
        "file": file.name,
        "sheet": "",
        "cell": cell,
        "faults": " ".join(fault.id for fault in held if fault.cell == cell),
    }


def stamp(when: str = "2026-11-24T09:00:00", by: str = "李雷", **fields) -> Stamp:
    """Say who publishes and when."""
    return Stamp(when=when, by=by, what="导入 填报.csv", **fields)


def publish_batch(root: Path, made: ImportBatch, **fields):
    """Publish a batch and return its releases by name."""
    return {one.name: one for one in accept(root, made, who=OPERATOR, stamp=stamp(**fields))}


@pytest.fixture(scope="session")
def checks_here() -> Iterator[None]:
    """Check imports in this process, which has loaded what that takes; read them apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "check_apart", _check_here)
        yield


def _check_here(room: Path, files: Sequence[SourceFile], asked: Asked, **watched) -> ImportBatch:
    """Do what the checking process does, with the same files in the same folder."""
    (room / ASKED).write_bytes(pickle.dumps(asked))
    process.check(room, watched["on_progress"])
    return take_over(room, files, asked)
