"""The process that reads what was handed in: it guards and parses, and knows nothing else.

It loads neither tables nor databases, so that little is at hand to a file that takes it over.
"""

import json
import sys
from pathlib import Path
from typing import Any

from analytics.data.imports.bounded.inside import Report, work
from analytics.data.imports.bounded.limits import Limits
from analytics.data.imports.reader.apart import CANDIDATE, NOTES, RESULT
from analytics.data.imports.reader.guard import check_file
from analytics.data.imports.reader.packed import pack
from analytics.data.imports.reader.tables import read


def _asked(room: Path) -> tuple[str, bytes, dict[str, Any]]:
    """Return the file's name, its content once it is guarded, and what else is given."""
    notes = json.loads((room / NOTES).read_text(encoding="utf-8"))
    name, content = notes["name"], (room / CANDIDATE).read_bytes()
    notes["format"] = check_file(name, content, Limits(**notes["limits"]))
    return name, content, notes


def _read(room: Path, report: Report) -> None:
    name, content, notes = _asked(room)
    entries = read(name, content, notes["format"], report, notes["hints"])
    pack(entries, room)


def _annotate(room: Path, report: Report) -> None:
    from analytics.data.imports.reader.corrected_copy import annotate

    name, content, notes = _asked(room)
    (room / RESULT).write_bytes(annotate(name, content, notes))


def _rows(room: Path, report: Report) -> None:
    from analytics.data.imports.reader.plain_rows import read_plain_rows

    name, content, notes = _asked(room)
    found = read_plain_rows(name, content, notes["heading"])
    (room / RESULT).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


TASKS = {"read": _read, "annotate": _annotate, "rows": _rows}

if __name__ == "__main__":
    sys.exit(work(sys.argv[1:], TASKS))
