"""Entries handed from the process that reads to the one that checks: JSON, and numbers in bytes.

Each column is kept as its distinct values and where they stand, many times smaller.
"""

import json
from array import array
from pathlib import Path
from typing import Any

from analytics.data.imports.reader.apart import RESULT
from analytics.data.imports.reader.entries import Entries

PLACES = "places"  # a file of a task, beside its result
_NUMBERS = "I"  # which of its distinct values a column has, row by row


def pack(entries: Entries, room: Path) -> None:
    """Leave entries in the folder of their task."""
    values: dict[str, list[Any]] = {}
    places = array(_NUMBERS)
    for name, column in entries.columns.items():
        number = {value: place for place, value in enumerate(dict.fromkeys(column))}
        values[name] = list(number)
        places.extend(map(number.__getitem__, column))
    said = {
        "sheets": entries.sheets,
        "columns": values,
        "faults": entries.faults,
        "blank": entries.blank,
        "unread": entries.unread,
    }
    (room / RESULT).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    (room / PLACES).write_bytes(places.tobytes())


def unpack(room: Path) -> Entries:
    """Undo :func:`pack`."""
    said = json.loads((room / RESULT).read_bytes())
    places = array(_NUMBERS)
    places.frombytes((room / PLACES).read_bytes())
    height = len(places) // len(said["columns"])
    columns = {
        name: list(map(values.__getitem__, places[number * height : (number + 1) * height]))
        for number, (name, values) in enumerate(said["columns"].items())
    }
    return Entries(**{**said, "columns": columns})
