"""Make releases of many rows in a process of its own.

Made here, they would keep the other threads of this process from their turn for seconds: a
server would leave its visitors, and the question whether it lives, without an answer.
"""

import json
import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.data.imports.batch import ImportBatch
from analytics.data.imports.bounded.limits import MIB
from analytics.data.imports.bounded.outside import Step, run
from analytics.data.imports.bounded.workroom import disk_errors_named, workroom
from analytics.data.imports.errors import ImportFileError
from analytics.data.releases import kept_imports
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.pipeline import OnProgress
from analytics.data.releases.release import open_release_by_id
from analytics.domain import Release, Source

MANY = 20_000  # rows from which on building is felt by others
ORDER, MADE = "order", "made.json"  # files of a task
_STEP = Step(
    "analytics.data.releases.apart_process",
    memory=8000 * MIB,  # addresses, of which the checks by DuckDB use few
    cpu_seconds=600,
    wall_seconds=3600,
    verb_zh="生成数据版本",
    failed_zh="生成数据版本中断，未作任何改动；请分批导入，仍不行请交给维护人员",
)


@dataclass(frozen=True)
class Order:
    """What is to be made: releases with kept batches, and with one that is tried out."""

    root: Path
    imports: tuple[str, ...]
    tried: tuple[str, bytes, dict[str, Source]] | None  # see kept_imports.pack
    created_on: date


def make_apart(
    root: Path,
    imports: tuple[str, ...],
    tried: ImportBatch | None,
    created_on: date,
    on_progress: OnProgress,
) -> list[Release]:
    """Write both releases as :func:`pipeline.write_all` does; the caller holds the lock.

    Raises
    ------
    ReleaseError
        As that does, and when the process fails or exceeds a bound; nothing is published.
    """
    packed = None if tried is None else kept_imports.pack(tried)
    order = Order(root.resolve(), imports, packed, created_on)
    try:
        with workroom() as room:
            with disk_errors_named():
                (room / ORDER).write_bytes(pickle.dumps(order))
            run(_STEP, "make", room, on_progress)
            made = json.loads((room / MADE).read_text(encoding="utf-8"))
    except ImportFileError as error:
        raise ReleaseError(str(error)) from None
    return [open_release_by_id(root, one)[0] for one in made]
