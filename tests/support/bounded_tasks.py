"""A process for tests of bounded processes: tasks that end in every way there is."""

import errno
import os
import signal
import sys
import time
from pathlib import Path

from analytics.data.imports.bounded.inside import Report, work
from analytics.data.imports.bounded.limits import MIB
from analytics.data.imports.bounded.outside import Step, run
from analytics.data.imports.errors import ImportFileError

__all__ = ["STEP", "run"]
STEP = Step("tests.support.bounded_tasks", 500 * MIB, 20, 60, "试验", "试验中断")


def _work(folder: Path, report: Report) -> None:
    report(0.5)
    (folder / "made").write_text("done")
    report(1.0)


def _refuse(folder: Path, report: Report) -> None:
    raise ImportFileError("不是表")


def _fail(number: int):
    def fail(folder: Path, report: Report) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def _chatter(folder: Path, report: Report) -> None:
    print("no JSON", "[1]", '{"share": "x"}', sep="\n", flush=True)
    raise RuntimeError


def _endless(folder: Path, report: Report) -> None:
    while True:
        pass


def _sleep(folder: Path, report: Report) -> None:
    (folder / "part").write_text(str(os.getpid()))
    (folder / "part").rename(folder / "pid")
    time.sleep(600)


TASKS = {
    "work": _work,
    "refuse": _refuse,
    "crash": lambda folder, report: 1 / 0,
    "exit": lambda folder, report: os._exit(9),
    "chatter": _chatter,
    "disk_full": _fail(errno.ENOSPC),
    "forbidden": _fail(errno.EACCES),
    "broken_file": _fail(errno.ENOENT),
    "endless": _endless,
    "hungry": lambda folder, report: [bytearray(10**9)],
    "killed": lambda folder, report: os.kill(os.getpid(), signal.SIGKILL),
    "sleep": _sleep,
}

if __name__ == "__main__":
    sys.exit(work(sys.argv[1:], TASKS))
