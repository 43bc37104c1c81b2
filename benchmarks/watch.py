"""Ask a server for its health ten times a second, from a process that does nothing else.

    python -m benchmarks.watch FILE ADDRESS PROCESS

Each line of the file: when it was asked (monotonic clock), how long the answer took, both in
seconds, and the resident memory of the server's process in MB. Whoever attacks from threads
would wait for his own interpreter, and take that for the server's.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import resident
from tests.support.replicas import PATIENCE
from tests.support.tab import browser

_EVERY = 0.1  # seconds


@dataclass(frozen=True)
class Seen:
    """One answer."""

    asked: float  # of the monotonic clock
    took: float  # seconds
    memory: float  # MB


@dataclass
class Watch:
    """A process that watches a server, and the file it writes to."""

    file: Path
    address: str
    server: int  # process

    def __post_init__(self) -> None:
        asked = [str(self.file), self.address, str(self.server)]
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.watch", *asked])

    def since(self, begun: float) -> list[Seen]:
        """Return the answers to what was asked since a moment of the monotonic clock.

        The last one before it counts as well: it may have been waited for since.
        """
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        seen = [Seen(*map(float, line.split())) for line in lines]
        return [one for one in seen if one.asked + one.took >= begun]

    def end(self) -> None:
        """Stop watching."""
        self._process.terminate()
        self._process.wait(PATIENCE)


def main(file: str, address: str, server: str) -> None:
    """Ask until it is stopped."""
    own = browser(Connection="close")  # each answer on a connection of its own
    with Path(file).open("a") as out:
        while True:
            asked = time.monotonic()
            own.get(f"{address}/healthz", timeout=PATIENCE).raise_for_status()
            took = time.monotonic() - asked
            print(asked, took, resident(int(server)), file=out, flush=True)
            time.sleep(_EVERY)


if __name__ == "__main__":
    main(*sys.argv[1:])
