"""Have what was read checked in a process of its own."""

import pickle
from collections.abc import Sequence
from pathlib import Path

from analytics.data.imports.batch import ImportBatch, SourceFile
from analytics.data.imports.bounded.limits import LIMITS, Limits
from analytics.data.imports.bounded.outside import OnProgress, Step, run
from analytics.data.imports.bounded.workroom import disk_errors_named
from analytics.data.imports.handed_over import ASKED, Asked, take_over


def check_apart(
    room: Path,
    files: Sequence[SourceFile],
    asked: Asked,
    *,
    limits: Limits = LIMITS,
    on_progress: OnProgress = lambda _: None,
) -> ImportBatch:
    """Check the entries of files that were read into the numbered folders of ``room``.

    Raises
    ------
    ImportFileError
        When the check crashes or exceeds a limit.
    """
    with disk_errors_named():
        (room / ASKED).write_bytes(pickle.dumps(asked))
    step = Step(
        "analytics.data.imports.checks.process",
        limits.check_memory,
        limits.cpu_seconds,
        limits.wall_seconds,
        "核对",
        "核对中断，未作任何改动；请分批导入，仍不行请把文件交给维护人员",
    )
    run(step, "check", room, on_progress)
    return take_over(room, files, asked)
