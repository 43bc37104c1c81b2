"""Project and judge a release in a process of its own, which keeps what is to be read back.

Done in a server it would keep its other threads from their turn for seconds, and with them
everyone who looks at another release.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from analytics.data.imports.bounded.inside import Report, work
from analytics.data.imports.bounded.limits import MIB
from analytics.data.imports.bounded.outside import Step, run
from analytics.data.imports.bounded.workroom import disk_errors_named, workroom
from analytics.data.imports.errors import ImportFileError
from analytics.data.releases.files import ReleaseError
from analytics.model.draws.baseline import ignore_progress
from analytics.workbench import build_workbench, is_projected, keep_opinions
from pages.common import server_words as words

_ORDER = "order.json"  # file of a task
_STEP = Step(
    "pages.common.projecting",
    memory=8000 * MIB,  # addresses, of which DuckDB uses few
    cpu_seconds=600,
    wall_seconds=3600,
    verb_zh=words.PROJECTING,
    failed_zh=words.PROJECTING_FAILED,
)


def project_apart(root: Path, release_id: str, on_progress: Callable[[float], None]) -> bool:
    """Have the draws of a release made and kept where they are not, and tell whether they are.

    Where they are not, because a process cannot be started or the disk refuses, whoever
    opens the release projects it himself.

    Parameters
    ----------
    on_progress : told the share done, twice a second at least; what it raises stops the process.
    """
    if is_projected(root, release_id):
        return True
    return _apart("project", root, release_id, on_progress) and is_projected(root, release_id)


def judge_apart(root: Path, release_id: str) -> bool:
    """Have every target of a release judged by other methods, and tell whether that was done."""
    return _apart("judge", root, release_id, ignore_progress)


def _apart(task: str, root: Path, release_id: str, on_progress: Callable[[float], None]) -> bool:
    try:
        with workroom() as room:
            with disk_errors_named():
                order = json.dumps([str(root.resolve()), release_id])
                (room / _ORDER).write_text(order, encoding="utf-8")
            run(_STEP, task, room, on_progress)
    except ImportFileError:
        return False
    return True


def _task(do: Callable[[Path, str, Report], object]) -> Callable[[Path, Report], None]:
    """Make a task of what is done with the release that was ordered; a refusal is handed up."""

    def task(room: Path, report: Report) -> None:
        root, release_id = json.loads((room / _ORDER).read_text(encoding="utf-8"))
        try:
            do(Path(root), release_id, report)
        except ReleaseError as error:
            raise ImportFileError(str(error)) from error

    return task


TASKS = {  # opening a release keeps its draws
    "project": _task(
        lambda root, one, report: build_workbench(root, on_progress=report, release_id=one)
    ),
    "judge": _task(lambda root, one, _: keep_opinions(root, one)),
}

if __name__ == "__main__":
    sys.exit(work(sys.argv[1:], TASKS))
