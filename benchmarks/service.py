"""Two replicas behind the nginx of deploy/, many sessions, one replica killed, imports meanwhile.

The rule: every session goes on, what is shown for one release and lever is the same to all and
says of each target what the release says, both replicas show the newest release at the end, and
/readyz of the proxy answers within a second.

    python -m benchmarks.service [--sessions 40] [--imports 3] [--pause 0.5] [--look]

Needs nginx and openssl (Debian: nginx-light). With --look it stays up until Enter is pressed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests
from websockets.exceptions import WebSocketException

from analytics.catalog.load import load_catalog
from analytics.data.imports.template import TableRow, fill_csv
from analytics.data.releases.journal import read_journal
from benchmarks.shown import Asked, Shown
from tests.support.paths import ROOT
from tests.support.replicas import PATIENCE, Replicas, free_port, proxy
from tests.support.tab import Tab, browser

COPIED = ("analytics", "pages", "sql", "assets", ".streamlit", "data/catalog", "data/source")
PAGE = "扩规模"
MOVED = ("", "sd27=1.0", "zd27=-0.5")  # by code, as a link has it
RULES = """
hosts = ["localhost"]
trusted = ["127.0.0.1"]
[roles]
view = ["*"]
submit = ["user:zhang"]
publish = ["user:zhao"]
administer = ["user:zhao"]
"""
ROW = TableRow(
    indicator="规模以上工业属地产值",
    id="gross_output_registered",
    region="金山区",
    year=2025,
    period="全年",
    value=1900.0,
    unit="亿元",
    scope="属地",
    basis="当年价格",
)


def copied(folder: Path) -> Path:
    """Copy the program with its sources into a new folder, and have its releases built."""
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "app.py", folder)
    subprocess.run([sys.executable, "-m", "analytics", "extract"], cwd=folder, check=True)
    (folder / "access.toml").write_text(RULES, encoding="utf-8")
    return folder


@contextmanager
def replicas_of_a_copy(mode: str) -> Iterator[Replicas]:
    """Give replicas over a copy of this project, none started; stop them and print their errors."""
    with tempfile.TemporaryDirectory() as made:
        replicas = Replicas(copied(Path(made) / "app"), mode)
        try:
            yield replicas
        finally:
            replicas.stop()
            print("errors:", *(replicas.errors()[:3] or ["none"]), sep="\n")


def publish(root: Path, value: float) -> None:
    """Publish an import from the command line, as another process over the same folder."""
    file = root / f"import-{value:.0f}.csv"
    file.write_bytes(fill_csv(load_catalog(ROOT), [replace(ROW, value=value)]))
    asked = [sys.executable, "-m", "analytics", "import", str(file), "--by", "bench", "--confirm"]
    done = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    said = done.stderr.strip()[-200:]
    print(f"  import of {value:.0f}: code {done.returncode} {said}", flush=True)


@dataclass
class Visitor:
    """One browser behind the proxy: it comes back when its replica is gone."""

    number: int
    address: str
    certificate: Path
    folder: Path
    pause: float  # seconds between two runs
    shown: Shown
    release: str = ""  # of the last run: checksum, empty where none was shown
    runs: int = 0
    without: int = 0  # runs that showed no release
    returns: int = 0

    def goes_on(self, until: threading.Event) -> None:
        """Run the page again and again; once more after the end is called."""
        own = browser(self.certificate)
        own.cookies.set("stays", f"visitor{self.number}", domain="localhost.local", path="/")
        while not self._visit(own, until):
            pass

    def _visit(self, own: requests.Session, until: threading.Event) -> bool:
        """Stay until the end, or until the replica is gone; tell whether it was the end."""
        last = False
        try:
            with Tab(self.address, own) as tab:
                while not last:
                    last = until.is_set()
                    moved = MOVED[self.number % len(MOVED)]  # one page, one address
                    self._note(tab.open(PAGE, f"release=demo&{moved}".rstrip("&")), moved)
                    until.wait(self.pause)
        except (OSError, WebSocketException):
            self.returns += 1
            time.sleep(0.2)
            return False
        return True

    def _note(self, tab: Tab, moved: str) -> None:
        self.runs += 1
        self.release = tab.release
        ids = {one: one for entry in read_journal(self.folder) for one in entry.releases.values()}
        found = next((one for one in ids if tab.release and one.endswith(tab.release)), None)
        if found is None:
            self.without += 1
        else:
            self.shown.note(Asked(PAGE, found, moved), tab)


def watched(visitor: Visitor, until: threading.Event, answers: list[float]) -> None:
    """Ask the proxy whether it is ready, twice a second, and note how long each answer took."""
    own = browser(visitor.certificate)
    while not until.is_set():
        started = time.perf_counter()
        own.get(f"{visitor.address}/readyz", timeout=PATIENCE)
        answers.append(time.perf_counter() - started)
        until.wait(0.5)


def journey(replicas: Replicas, visitors: list[Visitor], imports: int) -> int:
    """Let all sessions run while a replica dies and imports are published; judge what they saw."""
    until, answers = threading.Event(), list[float]()
    running = [threading.Thread(target=one.goes_on, args=(until,)) for one in visitors]
    watching = threading.Thread(target=watched, args=(visitors[0], until, answers))
    for thread in (*running, watching):
        thread.start()
    try:
        _meanwhile(replicas, imports)
    finally:
        until.set()
        for thread in (*running, watching):
            thread.join()
    return judged(visitors, answers)


def _meanwhile(replicas: Replicas, imports: int) -> None:
    for number in range(imports):
        if number == 1:
            replicas.kill(replicas.ports[0])
            print("  one replica killed", flush=True)
        publish(replicas.folder, 1900.0 + number)
        if number == 1:
            replicas.start(replicas.ports[0])
            print("  and started again", flush=True)
    for port in replicas.ports:
        _wait_for_newest(replicas, port)


def _wait_for_newest(replicas: Replicas, port: int) -> None:
    """Ask one replica until it shows the newest release; until that is open it shows the last."""
    newest = read_journal(replicas.folder)[-1].releases["demo"]
    until = time.monotonic() + 5 * PATIENCE
    with Tab(f"http://localhost:{port}", browser(X_Forwarded_User="bench")) as tab:
        while tab.open(PAGE).release != newest[-8:] and time.monotonic() < until:
            time.sleep(1)


def judged(visitors: list[Visitor], answers: list[float]) -> int:
    """Print what was seen; return 1 where a session saw something else than the others."""
    shown, folder = visitors[0].shown, visitors[0].folder
    differing, (held, failing) = shown.differing(), shown.contradicted(folder)
    last = {one.release for one in visitors}
    newest = read_journal(folder)[-1].releases["demo"]
    runs, returns, without = (
        sum(getattr(one, name) for one in visitors) for name in ("runs", "returns", "without")
    )
    print(f"{len(visitors)} sessions, {runs} runs, {returns} connections came back")
    print(f"{len(shown.pages)} of release and lever, shown differently {differing or 'none'}")
    print(f"{held} sentences on targets worked out anew, contradicted {failing or 'none'}")
    print(f"{without} runs without a release; at the end {last}, newest {newest}")
    print(f"/readyz: {len(answers)} answers, slowest {max(answers):.2f} s", flush=True)
    on_newest = last == {newest[-8:]}
    return int(bool(differing or failing or without) or not held or not on_newest)


def main() -> int:
    """Set all up, run the journey and take all down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--imports", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--look", action="store_true", help="stay up for a browser instead")
    parser.add_argument("--account", default="li", help="who the proxy says is signed in")
    given = parser.parse_args()
    with replicas_of_a_copy("header") as replicas:
        for port in replicas.ports:
            replicas.start(port)
        return _behind_nginx(replicas.folder.parent, replicas, given)


def _behind_nginx(made: Path, replicas: Replicas, given: argparse.Namespace) -> int:
    port = free_port()
    address = f"https://localhost:{port}"
    signs_in = {'set $user "";': f'set $user "{given.account}";'}
    many = {"limit_conn each 100": "limit_conn each 1000", "rate=50r/s": "rate=500r/s"}
    with proxy(made, port, replicas.ports, {**signs_in, **many}) as certificate:
        print(address, flush=True)
        if given.look:
            input()
            return 0
        shown = Shown()
        visitors = [
            Visitor(number, address, certificate, replicas.folder, given.pause, shown)
            for number in range(given.sessions)
        ]
        return journey(replicas, visitors, given.imports)


if __name__ == "__main__":
    sys.exit(main())
