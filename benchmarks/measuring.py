"""Time, memory and disk that work takes, for the benchmarks of large ledgers."""

import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Cost(NamedTuple):
    """Time on the clock and of the processors, in seconds."""

    seconds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.cpu:.2f} s of the processors"


def beside(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Keep what is written on the ledger's own disk."""
    return tempfile.TemporaryDirectory(dir=folder.parent, prefix="measured-")


def timed(work: Callable[[], T]) -> tuple[Cost, T]:
    """Return what work takes, and what comes of it."""
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Cost(time.perf_counter() - started, time.process_time() - cpu), result


def peak_memory() -> float:
    """Return the largest that this process has been, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """Note every second how many bytes lie in a folder."""
    sizes, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(1):
            sizes.append(sum(map(_size, folder.glob("*"))))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield sizes
    finally:
        ended.set()
        looking.join()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # read again and deleted meanwhile
        return 0


def resident(process: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
