"""How long those wait who look at the current release while another one is opened.

One visitor runs a page of the current release again and again; meanwhile others open old releases
by link, then an import is published by another process. The rule: opening an old release makes
a run of his at most 50 ms longer (median), and after an import none of his runs waits for the
new release to be opened.

    python -m benchmarks.waiting [--releases 4] [--seconds 20]
"""

import argparse
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from analytics.data.releases.journal import read_journal
from benchmarks.service import PAGE, publish, replicas_of_a_copy
from tests.support.replicas import PATIENCE, Replicas
from tests.support.tab import Tab, browser

ALLOWED = 0.050  # seconds
PAUSE = 0.2  # seconds between two runs


@dataclass
class Regular:
    """Someone who stays on the current release; what each of his runs took, and what it showed."""

    address: str
    over: threading.Event = field(default_factory=threading.Event)
    runs: list[tuple[float, float, str]] = field(default_factory=list)  # begun, took, release

    def stays(self) -> None:
        """Run the page until it is over."""
        with Tab(self.address, browser()) as tab:
            while not self.over.is_set():
                begun = time.monotonic()
                tab.open(PAGE, "release=demo")
                self.runs.append((begun, time.monotonic() - begun, tab.release))
                self.over.wait(PAUSE)

    def took(self, begun: float, ended: float) -> list[float]:
        """Return what the runs took that were under way in a span of time."""
        return [took for start, took, _ in self.runs if start + took >= begun and start <= ended]


def told(name: str, took: list[float]) -> float:
    """Print how long runs took; return their median."""
    median = statistics.median(took)
    print(f"{name}: {len(took)} runs, median {median * 1e3:.0f} ms, longest {max(took) * 1e3:.0f}")
    sys.stdout.flush()
    return median


def main() -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--releases", type=int, default=4, help="old ones opened by link")
    parser.add_argument("--seconds", type=float, default=20, help="without anyone else")
    given = parser.parse_args()
    with replicas_of_a_copy("none") as replicas:
        return _measured(replicas, given)


def _measured(replicas: Replicas, given: argparse.Namespace) -> int:
    for number in range(given.releases):
        publish(replicas.folder, 1900.0 + number)
    port = replicas.ports[0]
    replicas.start(port)
    regular = Regular(f"http://localhost:{port}")
    staying = threading.Thread(target=regular.stays)
    staying.start()
    try:
        return _judged(replicas.folder, regular, given.seconds)
    finally:
        regular.over.set()
        staying.join()


def _judged(folder: Path, regular: Regular, seconds: float) -> int:
    while not regular.runs:  # the first opens the release
        time.sleep(PAUSE)
    alone = time.monotonic()
    time.sleep(seconds)
    opening = time.monotonic()
    with Tab(regular.address, browser()) as tab:
        for entry in read_journal(folder)[:-1]:
            begun = time.monotonic()
            tab.open(PAGE, f"release={entry.releases['demo']}")
            print(f"  {entry.releases['demo']} opened in {time.monotonic() - begun:.2f} s")
    opened = time.monotonic()
    time.sleep(2 * PAUSE)
    before = told("alone", regular.took(alone, opening))
    beside = told("while old releases are opened", regular.took(opening, opened))
    publishing = time.monotonic()
    publish(folder, 1900.0 + len(read_journal(folder)))
    switching = time.monotonic()
    newest = read_journal(folder)[-1].releases["demo"][-8:]
    while regular.runs[-1][2] != newest and time.monotonic() < switching + PATIENCE:
        time.sleep(PAUSE)
    shown = regular.runs[-1][0]
    told("while an import is published", regular.took(publishing, switching))
    after = told("from then until it is shown", regular.took(switching, shown))
    first = next(took for _, took, release in regular.runs if release == newest)
    print(f"the new release is shown after {shown - switching:.2f} s; its first run {first:.2f} s")
    print(
        f"longer by {(beside - before) * 1e3:.0f} ms and {(after - before) * 1e3:.0f} ms (median)"
    )
    return int(beside - before > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
