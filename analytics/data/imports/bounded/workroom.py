"""Folders for one task each, closed to others; what a killed program left is swept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.data.imports.errors import ImportFileError
from analytics.data.whole_files import reason_zh

NO_ROOM = "临时目录不能使用：{}"
_PREFIX, _MAKING = "jinshan-import-", "jinshan-making-"
_LOCK = ".owner"


@contextmanager
def workroom() -> Iterator[Path]:
    """Make a folder that goes with the task; its owner holds a lock in it while alive.

    Raises
    ------
    ImportFileError
        When the disk refuses.
    """
    with disk_errors_named():
        made = Path(tempfile.mkdtemp(prefix=_MAKING))  # mode 0700
    lock = FileLock(made / _LOCK)
    try:
        with disk_errors_named():
            lock.acquire()
            # it gets the name that is swept only once it is locked
            made = made.rename(made.with_name(made.name.replace(_MAKING, _PREFIX)))
        yield made
    finally:
        lock.release()
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def disk_errors_named() -> Iterator[None]:
    """Turn what the disk refuses into a Chinese sentence."""
    try:
        yield
    except OSError as error:
        raise ImportFileError(NO_ROOM.format(reason_zh(error))) from error


def sweep() -> list[Path]:
    """Take away the folders whose owner is gone, and return them."""
    gone = []
    for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")):
        lock = FileLock(folder / _LOCK, timeout=0)
        with suppress(Timeout, OSError), lock:
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder)
    return gone
