"""The outer side: start a task in a process of its own, watch it, and say how it ended.

Whatever a file does to the process — exhaust memory, crash a library, never end — happens
there; here it becomes one Chinese sentence.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TextIO

from analytics.data.imports.bounded.inside import (
    ERROR,
    NO_DISK,
    NO_MEMORY,
    REASON,
    REFUSED,
    SHARE,
)
from analytics.data.imports.bounded.limits import MIB
from analytics.data.imports.bounded.workroom import NO_ROOM
from analytics.data.imports.errors import ImportFileError
from analytics.data.whole_files import reason_zh

_PACKAGE_ROOT = Path(__file__).resolve().parents[4]
_BEAT = 0.5  # seconds between two calls of whoever waits, at most
_KINDS: dict[str, type] = {SHARE: float, REASON: str, ERROR: int}  # of what a process says
_LONGEST_LINE = 10_000  # characters
POLITENESS = 10  # added from the start: what a process loads first takes seconds
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
OnProgress = Callable[[float], None]


@dataclass(frozen=True)
class Step:
    """A kind of process: what runs in it, within which bounds, and what is said of its end."""

    module: str
    memory: int  # bytes
    cpu_seconds: int
    wall_seconds: float
    verb_zh: str
    failed_zh: str


def run(step: Step, task: str, folder: Path, on_progress: OnProgress) -> None:
    """Do a task in a process of its own.

    Parameters
    ----------
    folder : where the task finds what it needs and leaves what it makes.
    on_progress : told the share done, twice a second at least; what it raises stops the process.

    Raises
    ------
    ImportFileError
        When the task is refused, crashes or exceeds a bound; the message names no file.
    """
    bounds = [str(step.memory), str(step.cpu_seconds)]
    python = [sys.executable, "-E", "-s", "-X", "utf8"]
    command = [*python, "-m", step.module, task, str(folder), *bounds]
    try:
        process = _started(command)
    except OSError as error:
        raise ImportFileError(f"不能启动{step.verb_zh}：{reason_zh(error)}") from error
    code, late, last = _watch(process, step.wall_seconds, on_progress)
    if code or late:
        raise ImportFileError(_reason(step, code, late, last))


def _started(command: list[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        command,
        cwd=_PACKAGE_ROOT,
        env={**os.environ, **_ONE_THREAD},
        stdin=subprocess.PIPE,  # held open: the process ends when it is closed
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    _yield_to_pages(process.pid)
    return process


def _yield_to_pages(process: int) -> None:
    """Let a process of ours wait for whoever serves pages, where the system knows how."""
    if sys.platform != "win32":
        with suppress(OSError):  # it may have ended already
            politer = os.getpriority(os.PRIO_PROCESS, 0) + POLITENESS
            os.setpriority(os.PRIO_PROCESS, process, politer)


def _watch(
    process: subprocess.Popen[str], seconds: float, on_progress: OnProgress
) -> tuple[int, bool, dict[str, Any]]:
    """Wait for the end of a process or of its time; return exit code, lateness and last line."""
    over, lines = threading.Event(), SimpleQueue[str]()
    clock = threading.Timer(seconds, over.set)
    clock.start()
    threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
    share, last = 0.0, dict[str, Any]()
    line: str | None = None
    with process:
        try:
            while line != "" and not over.is_set():
                line = _next(lines)
                last = _read(line) or last
                share = max(share, last.get(SHARE, 0.0))
                on_progress(share)
            if line == "":
                with suppress(subprocess.TimeoutExpired):
                    process.wait(seconds)
        finally:
            clock.cancel()
            process.kill()
    return process.returncode, line != "", last


def _listen(stdout: TextIO, lines: SimpleQueue[str]) -> None:
    """Pass on what a process says, and at its end an empty line."""
    with suppress(ValueError, OSError):  # closed by who watches
        while line := stdout.readline(_LONGEST_LINE):
            lines.put(line)
    lines.put("")


def _next(lines: SimpleQueue[str]) -> str | None:
    try:
        return lines.get(timeout=_BEAT)
    except Empty:
        return None


def _read(line: str | None) -> dict[str, Any]:
    """Read a line; what is not one of ours, as a library may print, says nothing."""
    try:
        said = json.loads(line or "{}")
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: said[name] for name, kind in _KINDS.items() if type(said.get(name)) is kind}


def _reason(step: Step, code: int, late: bool, last: dict[str, Any]) -> str:
    if code == REFUSED:
        return str(last.get(REASON, step.failed_zh))
    if code == NO_DISK:
        return NO_ROOM.format(reason_zh(OSError(last.get(ERROR), "")))
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return f"{step.verb_zh}时间过长，已停止；请分批导入"
    if code in (NO_MEMORY, -getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9)):
        most = step.memory // MIB
        return f"{step.verb_zh}所需内存超过{most}MB，已停止；请删除空白行列或分批导入"
    return step.failed_zh
