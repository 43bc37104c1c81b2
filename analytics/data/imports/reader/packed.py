"""Entries as plain lists, to be handed from the process that reads to the one that checks."""

from typing import Any

from analytics.data.imports.reader.entries import Entries


def packed(entries: Entries) -> dict[str, Any]:
    """Write each column as its distinct values and where they stand, many times smaller."""
    columns = {}
    for name, column in entries.columns.items():
        places = {value: place for place, value in enumerate(dict.fromkeys(column))}
        columns[name] = [list(places), [places[value] for value in column]]
    return {
        "sheets": entries.sheets,
        "columns": columns,
        "faults": entries.faults,
        "blank": entries.blank,
        "unread": entries.unread,
    }


def unpacked(found: dict[str, Any]) -> Entries:
    """Undo :func:`packed`."""
    columns = {
        name: [values[place] for place in places]
        for name, (values, places) in found["columns"].items()
    }
    return Entries(**{**found, "columns": columns})
