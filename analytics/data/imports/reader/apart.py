"""Have a file read in a process of its own; nothing of it is parsed here."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analytics.data.imports.bounded.limits import LIMITS, Limits
from analytics.data.imports.bounded.outside import OnProgress, Step, run
from analytics.data.imports.bounded.workroom import disk_errors_named, workroom
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.shapes import Hint

CANDIDATE, NOTES, RESULT = "candidate", "notes.json", "result"  # files of a task


def read_apart(
    room: Path,
    name: str,
    content: bytes,
    *,
    hints: Sequence[Hint] = (),
    limits: Limits = LIMITS,
    on_progress: OnProgress = lambda _: None,
) -> None:
    """Read one file; its packed entries are left in ``room``, an empty folder.

    Raises
    ------
    ImportFileError
        When the file is refused, crashes its reader, or exceeds a limit.
    """
    _run("read", room, name, content, {"hints": hints}, limits, on_progress)


def annotate_apart(
    name: str, content: bytes, faults: Sequence[dict[str, Any]], *, limits: Limits = LIMITS
) -> bytes:
    """Return a copy of the file with comments; raise as above."""
    with workroom() as room:
        _run("annotate", room, name, content, {"faults": faults}, limits)
        return (room / RESULT).read_bytes()


def plain_rows_apart(
    name: str, content: bytes, heading: str, *, limits: Limits = LIMITS
) -> dict[str, Any]:
    """Read the one table of a workbook; raise as above."""
    with workroom() as room:
        _run("rows", room, name, content, {"heading": heading}, limits)
        rows: dict[str, Any] = json.loads((room / RESULT).read_bytes())
        return rows


def _run(
    task: str,
    room: Path,
    name: str,
    content: bytes,
    notes: dict[str, Any],
    limits: Limits,
    on_progress: OnProgress = lambda _: None,
) -> None:
    with disk_errors_named():
        room.mkdir(exist_ok=True)
        (room / CANDIDATE).write_bytes(content)
        said = json.dumps({**notes, "name": name, "limits": asdict(limits)}, ensure_ascii=False)
        (room / NOTES).write_text(said, encoding="utf-8", errors="surrogatepass")
    step = Step(
        "analytics.data.imports.reader.process",
        limits.memory,
        limits.cpu_seconds,
        limits.wall_seconds,
        "读取",
        "内容无法读取，文件可能已损坏；请用Excel打开后另存再传",
    )
    try:
        run(step, task, room, on_progress)
    except ImportFileError as error:
        raise ImportFileError(f"{name}：{str(error).removeprefix(f'{name}：')}") from None
