"""Many sessions for many minutes, imports and old releases opened by link meanwhile: memory, truth.

Each session goes from page to page, moves levers and opens releases by link, current and old.
What is shown for one page, release and setting must be the same to all and always; at the end a
server started anew is asked for each of them once more, and what pages say of targets is worked
out anew without a server. The median of resident memory in the first quarter is what that of
the last quarter is held against; the soak begins once as many releases are open as are kept
open, each seen on every page, as on a server that has been up for some time.

    python -m benchmarks.soak [--minutes 20] [--sessions 20] [--pause 20] [--imports 2]
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import requests
from websockets.exceptions import WebSocketException

from analytics.data.releases.journal import read_journal
from benchmarks.measuring import resident
from benchmarks.service import publish, replicas_of_a_copy
from benchmarks.shown import Asked, Shown
from pages.common.held import KEPT
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


@dataclass
class Seen:
    """What the sessions were shown, how long they waited, and what failed."""

    shown: Shown = field(default_factory=Shown)
    waits: list[float] = field(default_factory=list)  # seconds
    failures: list[str] = field(default_factory=list)


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
                with Tab(self.address, browser(X_Forwarded_User="visitor")) as tab:
                    while not self.over():
                        self._move(tab, drawn)
                        time.sleep(drawn.uniform(0.5, 1.5) * self.pause)
            except (OSError, WebSocketException) as error:  # a timeout is one of the first
                self.seen.failures.append(f"visitor {self.number}: {error}")

    def _move(self, tab: Tab, drawn: random.Random) -> None:
        entries = read_journal(self.folder)
        entry = drawn.choice(entries) if drawn.random() < OLD else entries[-1]
        # on one page, a browser goes to another address by a tab of its own
        page = drawn.choice([one for one in PAGES if one != tab.page or not tab.page_hash])
        asked = Asked(page, entry.releases["demo"], drawn.choice(MOVED))
        if entry is not entries[-1] and f"release={asked.release}" in tab.query:
            return  # its own address, of a release it followed: it goes on to the current one
        started = time.perf_counter()
        tab.open(asked.page, asked.query)
        self.seen.waits.append(time.perf_counter() - started)
        if tab.release == asked.release[-8:]:
            self.seen.shown.note(asked, tab)
        else:
            self.seen.failures.append(f"{asked}: shown {tab.release or tab.shown[-300:]}")


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
    """Publish imports as another process over the same folder, one now and then."""
    for number in range(imports):
        until = time.monotonic() + seconds / (imports + 1)
        while time.monotonic() < until and not over():
            time.sleep(1)
        publish(folder, 1900.0 + KEPT + number)


def warmed(folder: Path, address: str, seen: Seen) -> None:
    """Open as many releases as are kept open, each on every page: the server is full."""
    while len(read_journal(folder)) < KEPT:
        publish(folder, 1900.0 + len(read_journal(folder)))
    for entry in read_journal(folder)[-KEPT:]:
        with Tab(address, browser(X_Forwarded_User="first")) as tab:
            for page in PAGES:
                asked = Asked(page, entry.releases["demo"], MOVED[0])
                seen.shown.note(asked, tab.open(page, asked.query))


def asked_again(address: str, seen: Seen) -> None:
    """Ask a server that has seen nothing of it for much of what was shown."""
    with Tab(address, browser(X_Forwarded_User="last")) as tab:
        for asked in list(seen.shown.pages)[-AGAIN:]:
            seen.shown.note(asked, tab.open(asked.page, asked.query))


def judged(seen: Seen, memory: list[float], answers: list[float], folder: Path) -> int:
    """Print what was found; return 1 where it does not hold."""
    quarter = max(len(memory) // 4, 1)
    early, late = (statistics.median(part) for part in (memory[:quarter], memory[-quarter:]))
    wrong, (held, failing) = seen.shown.differing(), seen.shown.contradicted(folder)
    print(
        f"{len(seen.waits)} turns, {len(seen.shown.pages)} different ones; "
        f"{len(seen.failures)} failed, {len(wrong)} shown differently; "
        f"{held} sentences on targets worked out anew, {len(failing)} contradicted"
    )
    print(*seen.failures[:3], *wrong[:3], *failing[:3], sep="\n")
    print(f"waited {statistics.median(seen.waits):.2f} s, at worst {max(seen.waits):.2f} s")
    print(f"/healthz: {len(answers)} answers, slowest {max(answers):.2f} s")
    print("memory each minute:", *(f"{one:.0f}" for one in memory[:: max(int(60 / SAMPLED), 1)]))
    print(
        f"memory {early:.0f} MB in the first quarter, {late:.0f} in the last (×{late / early:.3f})"
    )
    is_wrong = bool(seen.failures or wrong or failing) or not held
    return int(is_wrong or late > ALLOWED * early)


def main() -> int:
    """Run all of it and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--pause", type=float, default=20, help="seconds between two moves of one")
    parser.add_argument("--imports", type=int, default=2)
    given = parser.parse_args()
    with replicas_of_a_copy("header") as replicas:
        return _soak(replicas, given)


def _soak(replicas: Replicas, given: argparse.Namespace) -> int:
    port, other = replicas.ports
    replicas.start(port)
    address, seen = f"http://localhost:{port}", Seen()
    print(f"memory {resident(replicas.processes[port].pid):.0f} MB with nothing opened")
    warmed(replicas.folder, address, seen)
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
    asked_again(f"http://localhost:{other}", seen)
    return judged(seen, memory, answers, replicas.folder)


if __name__ == "__main__":
    sys.exit(main())
