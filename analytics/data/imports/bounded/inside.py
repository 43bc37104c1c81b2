"""The inner side: one task under limits, in a process that ends with it.

Nothing is handed up but files in the task's folder and lines of JSON: the share done, or why
the task was refused.
"""

import errno
import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from analytics.data.imports.errors import ImportFileError

REFUSED, NO_MEMORY, NO_DISK = 3, 4, 5  # exit codes
SHARE, REASON, ERROR = "share", "reason", "errno"  # keys of the lines
_ORPHANED = 6
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG}
Report = Callable[[float], None]
Task = Callable[[Path, Report], None]


def work(arguments: list[str], tasks: Mapping[str, Task]) -> int:
    """Do one task in its folder; the exit code says how it went."""
    task, folder, memory, seconds = arguments
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limit(int(memory), int(seconds))
    gc.disable()  # millions of cells and no cycles: looking for some took a fifth of the time
    try:
        tasks[task](Path(folder), lambda share: _say({SHARE: float(share)}))
    except ImportFileError as error:
        _say({REASON: str(error)})
        return REFUSED
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        if error.errno not in _DISK:
            raise
        _say({ERROR: error.errno})
        return NO_DISK
    return 0


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _end_with_parent() -> None:
    """Wait for the end of the input, which the parent holds open while it lives."""
    while os.read(sys.stdin.fileno(), 1):  # not through a buffer, whose lock the end would await
        pass
    os._exit(_ORPHANED)


def limit(memory: int, seconds: int) -> None:
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
