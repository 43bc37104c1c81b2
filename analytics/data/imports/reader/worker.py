"""Read candidates in a process of their own, with limits on memory, processor and time.

Whatever a file does to its reader — exhaust memory, crash a library, never end — happens
there; here it becomes one Chinese sentence. The two sides talk through files in a
temporary folder and lines of progress, never through pickled objects.
"""

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analytics.data.imports.reader.errors import ImportFileError
from analytics.data.imports.reader.guard import LIMITS, Limits
from analytics.data.imports.reader.shapes import Hint
from analytics.data.imports.reader.tables import Entries, read

_PACKAGE_ROOT = Path(__file__).resolve().parents[4]
_INPUT, _NOTES, _OUTPUT, _REASON = "candidate", "notes.json", "result", "reason"
_REFUSED, _NO_MEMORY = 3, 4  # exit codes
Progress = Callable[[float], None]


def read_apart(
    name: str,
    content: bytes,
    format_: str,
    *,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    hints: Sequence[Hint] = (),
) -> Entries:
    """Read one checked file in a separate process; ``hints`` as in :func:`.tables.read`.

    Raises
    ------
    ImportFileError
        When the reader refuses, crashes, or exceeds a limit.
    """
    result = _run("read", name, content, {"format": format_, "hints": hints}, limits, progress)
    return _unpacked(json.loads(result))


def annotate_apart(
    name: str, content: bytes, notes: dict[str, Any], *, limits: Limits = LIMITS
) -> bytes:
    """Return a copy of the file with comments, made in a separate process; raise as above."""
    return _run("annotate", name, content, notes, limits, None)


def plain_rows_apart(
    name: str, content: bytes, heading: str, *, limits: Limits = LIMITS
) -> dict[str, Any]:
    """Read the one table of a checked workbook in a separate process; raise as above."""
    rows: dict[str, Any] = json.loads(
        _run("rows", name, content, {"heading": heading}, limits, None)
    )
    return rows


def _run(
    task: str,
    name: str,
    content: bytes,
    notes: dict[str, Any],
    limits: Limits,
    progress: Progress | None,
) -> bytes:
    with tempfile.TemporaryDirectory(prefix="import-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / _INPUT).write_bytes(content)
        (folder / _NOTES).write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
        command = [
            sys.executable,
            "-E",
            "-s",
            "-X",
            "utf8",
            "-m",
            "analytics.data.imports.reader.worker",
        ]
        command += [task, str(folder), name, str(limits.memory), str(limits.cpu_seconds)]
        code, late = _watch(command, limits.wall_seconds, progress)
        if code or late:
            raise ImportFileError(f"{name}：{_reason(folder, code, late, limits)}")
        return (folder / _OUTPUT).read_bytes()


def _watch(command: list[str], seconds: float, progress: Progress | None) -> tuple[int, bool]:
    """Run a command to its end or its time; pass its progress on."""
    late = threading.Event()
    with subprocess.Popen(
        command,
        cwd=_PACKAGE_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            for line in process.stdout or ():
                if progress is not None:
                    progress(float(line))
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    return code, late.is_set()


def _reason(folder: Path, code: int, late: bool, limits: Limits) -> str:
    if code == _REFUSED and (folder / _REASON).exists():
        return (folder / _REASON).read_text(encoding="utf-8")
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return "读取时间过长，已停止；请分批导入"
    if code in (_NO_MEMORY, -getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9)):
        return f"读取所需内存超过{limits.memory // 2**20}MB，已停止；请删除空白行列或分批导入"
    return "内容无法读取，文件可能已损坏；请用Excel打开后另存再传"


# ── inside the process ───────────────────────────────────────────────────────────────────


def main(arguments: list[str]) -> int:
    """Do one task under limits; the exit code says how it went."""
    task, place, name, memory, seconds = arguments
    folder = Path(place)
    _limit(int(memory), int(seconds))
    try:
        content = (folder / _INPUT).read_bytes()
        notes = json.loads((folder / _NOTES).read_text(encoding="utf-8"))
        (folder / _OUTPUT).write_bytes(_TASKS[task](name, content, notes))
    except ImportFileError as error:
        said = str(error).removeprefix(f"{name}：")
        (folder / _REASON).write_text(said, encoding="utf-8")
        return _REFUSED
    except MemoryError:
        return _NO_MEMORY
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Bound this process; where the system knows no such limits, the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, memory, memory),
        # soft limit below the hard one: SIGXCPU tells running out of time from out of memory
        (resource.RLIMIT_CPU, seconds, seconds + 2),
        (resource.RLIMIT_FSIZE, memory, memory),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, soft, hard in wanted:
        _, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(kind, (soft, hard))


def _read(name: str, content: bytes, notes: dict[str, Any]) -> bytes:
    entries = read(name, content, notes["format"], _report, notes["hints"])
    return json.dumps(_packed(entries), ensure_ascii=False).encode()


def _packed(entries: Entries) -> dict[str, Any]:
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


def _unpacked(packed: dict[str, Any]) -> Entries:
    columns = {
        name: [values[place] for place in places]
        for name, (values, places) in packed.pop("columns").items()
    }
    return Entries(columns=columns, **packed)


def _annotate(name: str, content: bytes, notes: dict[str, Any]) -> bytes:
    from analytics.data.imports.reader.corrected_copy import annotate

    return annotate(name, content, notes)


def _rows(name: str, content: bytes, notes: dict[str, Any]) -> bytes:
    from analytics.data.imports.reader.plain_rows import read_plain_rows

    return json.dumps(read_plain_rows(name, content, notes["heading"]), ensure_ascii=False).encode()


def _report(share: float) -> None:
    print(f"{share:.3f}", flush=True)


_TASKS = {"read": _read, "annotate": _annotate, "rows": _rows}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
