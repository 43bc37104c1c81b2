"""The process that checks what was read: it loads tables, and sees cells, never files."""

import pickle
import sys
from pathlib import Path

from analytics.data.imports.batch import SourceFile
from analytics.data.imports.bounded.inside import Report, work
from analytics.data.imports.checks.validation import validate
from analytics.data.imports.handed_over import ASKED, Asked, hand_up
from analytics.data.imports.reader.apart import CANDIDATE
from analytics.data.imports.reader.packed import unpack


def check(room: Path, report: Report) -> None:
    """Hold entries against every rule; each file's are in a folder named by its number."""
    asked: Asked = pickle.loads((room / ASKED).read_bytes())
    places = {name: room / str(number) for number, name in enumerate(asked.names)}
    batch = validate(
        {name: unpack(at) for name, at in places.items()},
        [SourceFile(name, (at / CANDIDATE).read_bytes()) for name, at in places.items()],
        asked.against,
        submitted_by=asked.submitted_by,
        submitted_on=asked.submitted_on,
        progress=report,
    )
    hand_up(batch, room)


TASKS = {"check": check}

if __name__ == "__main__":
    sys.exit(work(sys.argv[1:], TASKS))
