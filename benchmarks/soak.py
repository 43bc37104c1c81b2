"""Many sessions for many minutes, imports and old releases opened by link meanwhile: memory, truth.

Each session goes from page to page, moves levers and opens releases by link, current and old.
What is shown for one page, release and setting must be the same to all and always; at the end a
server started anew is asked for each of them once more. Resident memory after the first
quarter is what that of the last quarter is held against.

    python -m benchmarks.soak [--minutes 20] [--sessions 20] [--pause 20] [--imports 2]
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests
from websockets.exceptions import WebSocketException

from analytics.data.releases.journal import read_journal
from benchmarks.service import copied, publish
from pages.common.releases import KEPT
from tests.support.replicas import Replicas
from tests.support.tab import Tab, browser

PAGES = (
    "",
    "扩规模",
    "强创新",
    "促转型",
    "提能级",
    "重供给",
    "2035年展望",
    "情景实验室",
    "方案自洽性",
)
MOVED = ("sd27=1.0", "sd27=2.0", "zd27=-0.5", "gt27=1.5", "xx27=2.0&yy27=1.0", "")
OLD = 0.3  # of the moves are in a release opened by its link
ALLOWED = 1.10
SAMPLED = 10.0  # seconds between two looks at memory
AGAIN = 60  # of what was seen, so many are asked of a new server at the end

Asked = tuple[str, str, str]  # page, release, what is moved


@dataclass
class Seen:
    """What the sessions were shown, by what they asked for."""

    shown: dict[Asked, set[str]] = field(default_factory=dict)
    turns: int = 0
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, asked: Asked, tab: Tab, waited: float) -> None:
        """Keep what a tab shows, as a checksum."""
        with self.lock:
            self.turns += 1
            self.waits.append(waited)
            self.shown.setdefault(asked, set()).add(tab.checksum)


@dataclass
class Visitor:
    """One session, which comes back when it is cut off."""

    number: int
    address: str
    folder: Path
    pause: float  # seconds between two moves
    seen: Seen
    over: Callable[[], bool]

    def goes_on(self) -> None:
        """Move until the time is over; mostly in the current release, as people do."""
        drawn = random.Random(self.number)
        while not self.over():
            try:
                with Tab(self.address, browser(X_Forwarded_User=f"visitor{self.number}")) as tab:
                    while not self.over():
                        self._move(tab, drawn)
                        time.sleep(drawn.uniform(0.5, 1.5) * self.pause)
            except (OSError, WebSocketException) as error:  # a timeout is one of the first
                self.seen.failures.append(f"visitor {self.number}: {error}")

    def _move(self, tab: Tab, drawn: random.Random) -> None:
        entries = read_journal(self.folder)
        entry = drawn.choice(entries) if drawn.random() < OLD else entries[-1]
        asked = (drawn.choice(PAGES), entry.releases["demo"], drawn.choice(MOVED))
        started = time.perf_counter()
        shows(tab, asked)
        if tab.release != asked[1][-8:]:
            self.seen.failures.append(f"{asked}: {tab.shown[-300:]}")
        self.seen.note(asked, tab, time.perf_counter() - started)


def shows(tab: Tab, asked: Asked) -> Tab:
    """Open what is asked for, by its link."""
    page, release, moved = asked
    return tab.open(page, "&".join(filter(None, (f"release={release}", moved))))


def resident(process: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def watched(
    process: int, address: str, over: Callable[[], bool]
) -> tuple[list[float], list[float]]:
    """Look at memory now and then, and ask for health each second: megabytes, seconds."""
    memory, answers, looked = [], [], 0.0
    while not over():
        started = time.perf_counter()
        requests.get(f"{address}/healthz", timeout=120)
        answers.append(time.perf_counter() - started)
        if started - looked >= SAMPLED:
            memory.append(resident(process))
            looked = started
        time.sleep(1)
    return memory, answers


def importing(folder: Path, imports: int, seconds: float, over: Callable[[], bool]) -> None:
    """Publish imports as another process over the same folder: many at once, then now and then.

    After the first ones as many releases stand open as are kept open: the server is full.
    """
    for number in range(KEPT + imports):
        if number >= KEPT:
            until = time.monotonic() + seconds / (imports + 1)
            while time.monotonic() < until and not over():
                time.sleep(1)
        publish(folder, 1900.0 + number)


def judged(seen: Seen, memory: list[float], answers: list[float], wrong: list[Asked]) -> int:
    """Print what was found; return 1 where it does not hold."""
    quarter = max(len(memory) // 4, 1)
    early, late = (
        statistics.median(part) for part in (memory[quarter : 2 * quarter], memory[-quarter:])
    )
    print(
        f"{seen.turns} turns, {len(seen.shown)} different ones; "
        f"{len(seen.failures)} failed, {len(wrong)} wrong"
    )
    print(*seen.failures[:3], *wrong[:3], sep="\n")
    print(f"waited {statistics.median(seen.waits):.2f} s, at worst {max(seen.waits):.2f} s")
    print(f"/healthz: {len(answers)} answers, slowest {max(answers):.2f} s")
    print("memory each minute:", *(f"{one:.0f}" for one in memory[:: max(int(60 / SAMPLED), 1)]))
    print(
        f"memory {early:.0f} MB in the second quarter, {late:.0f} in the last (×{late / early:.3f})"
    )
    return int(bool(seen.failures or wrong) or late > ALLOWED * early)


def main() -> int:
    """Run all of it and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--pause", type=float, default=20, help="seconds between two moves of one")
    parser.add_argument("--imports", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        replicas = Replicas(copied(Path(made) / "app"), "header")
        try:
            return _soak(replicas, given)
        finally:
            replicas.stop()
            print("errors:", *(replicas.errors()[:3] or ["none"]), sep="\n")


def _soak(replicas: Replicas, given: argparse.Namespace) -> int:
    port, other = replicas.ports
    replicas.start(port)
    address, seen = f"http://localhost:{port}", Seen()
    ends = time.monotonic() + given.minutes * 60

    def over() -> bool:
        return time.monotonic() >= ends

    visitors = [
        Visitor(one, address, replicas.folder, given.pause, seen, over)
        for one in range(given.sessions)
    ]
    others = [threading.Thread(target=one.goes_on) for one in visitors]
    others.append(
        threading.Thread(
            target=importing, args=(replicas.folder, given.imports, given.minutes * 60, over)
        )
    )
    for thread in others:
        thread.start()
    memory, answers = watched(replicas.processes[port].pid, address, over)
    for thread in others:
        thread.join()
    memory.append(resident(replicas.processes[port].pid))
    replicas.kill(port)
    replicas.start(other)
    wrong = [asked for asked, shown in seen.shown.items() if len(shown) > 1]
    with Tab(f"http://localhost:{other}", browser(X_Forwarded_User="last")) as tab:
        for asked in list(seen.shown)[-AGAIN:]:
            seen.note(asked, shows(tab, asked), 0.0)
    wrong += [asked for asked, shown in seen.shown.items() if len(shown) > 1 and asked not in wrong]
    return judged(seen, memory, answers, wrong)


if __name__ == "__main__":
    sys.exit(main())
