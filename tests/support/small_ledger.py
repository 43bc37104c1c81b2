"""Ledgers of a few enterprises, drawn by hand: what a test does not say is plain and sound."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.drawn_ledger import HERE, SCHEMA, credit_codes

CODES = credit_codes(100).to_pylist()
LONG_AGO = date(2010, 1, 1)
Firm = Mapping[str, object]


def firm(number: int, to_date: int = 0, **fields: object) -> dict[str, object]:
    """Return one row: 千元 of output to date, everything else empty or nothing."""
    nothing = ("output", "revenue", "profit", "tax", "rd", "investment", "land", "employees")
    row: dict[str, object] = dict.fromkeys(SCHEMA.names)
    row |= dict.fromkeys(nothing, 0) | {
        "credit_code": CODES[number],
        "name": f"企业{number}",
        "registered_at": HERE,
        "operates_at": HERE,
        "industry": "2614",
        "output_to_date": to_date,
        "above_scale_since": LONG_AGO,
    }
    row |= fields
    for group in ("park", "cluster", "featured"):
        if row[group] is not None and f"{group}_since" not in fields:
            row[f"{group}_since"] = LONG_AGO
    return row


def write_month(root: Path, year: int, month: int, rows: Sequence[Firm]) -> Path:
    """Write one month where a ledger keeps it."""
    folder = root / f"year={year}" / f"month={month}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "part-0.parquet"
    pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA), path)
    return path
