"""Time a moved lever and the first page in a browser, beside other frameworks.

Every subject has a server and a browser of its own; their turns are interleaved, so that
what else the machine does falls on all alike. Read the ratios, not the milliseconds. The
peers are small re-makings of one page (``peers_made``) with the same numbers; ours is the whole
page, and the empty page is Streamlit served our way with a slider alone.

wait     from the key press to the last change of the page (median, 95th percentile)
browser  processor time of the browser a move, all its processes
server   processor time of the server a move
sent     messages and bytes from server to browser a move

    python -m venv PEERS && PEERS/bin/pip install -r requirements-bench.txt
    python -m benchmarks.peers --peers-python PEERS/bin/python [--moves 60] [--firsts 6]
"""

import argparse
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
from playwright.sync_api import Error, Page, Playwright, sync_playwright

from benchmarks.interaction import EMPTY

ROOT = Path(__file__).resolve().parents[1]
MADE = "benchmarks.peers_made"
PATIENCE = 300_000  # milliseconds; a busy machine is no fault of a page
QUIET = 500  # milliseconds without a change end a move
_WATCH = """() => {
  window.changed = 0;
  const note = () => { window.changed = performance.now(); };
  const watch = (root) => {
    new MutationObserver(note).observe(root, {
      subtree: true, childList: true, characterData: true, attributes: true });
    root.querySelectorAll("*").forEach((one) => one.shadowRoot && watch(one.shadowRoot));
  };
  watch(document.body);
}"""
_STILL = f"since => window.changed > since && performance.now() - window.changed > {QUIET}"


@dataclass(frozen=True)
class Subject:
    """A page to be measured: how its server starts, and what a visitor moves on it."""

    name: str
    command: tuple[str, ...]  # ``{port}`` stands for the port
    thumb: str = "input[type=range]"  # what takes the arrow keys
    path: str = ""
    ready: str = "svg, canvas"  # with the thumb, what makes the first page usable


@dataclass
class Measured:
    """What was measured of a subject."""

    waits: list[float] = field(default_factory=list)  # milliseconds
    firsts: list[float] = field(default_factory=list)  # milliseconds
    browser: float = 0.0  # seconds of the processor
    server: float = 0.0
    messages: int = 0
    received: int = 0  # bytes

    @property
    def wait(self) -> float:
        """Return the median wait in milliseconds."""
        return statistics.median(self.waits)

    @property
    def p95(self) -> float:
        """Return the wait that one move in twenty exceeds."""
        return statistics.quantiles(self.waits, n=20)[-1]

    @property
    def first(self) -> float:
        """Return the median time in milliseconds until a new visitor can use the page."""
        return statistics.median(self.firsts)


def subjects(peers_python: str | None, empty: Path) -> list[Subject]:
    """List ours, the empty page and plain Streamlit, and the peers where they are installed."""
    ours = (sys.executable, "-m", "pages.common.server", "--server.port", "{port}")
    served = "import sys; from pages.common.server import serve; serve(*sys.argv[1:])"
    alone = (sys.executable, "-c", served, str(empty), "--server.port", "{port}")
    plain = str(ROOT / "benchmarks" / "peers_made" / "in_streamlit.py")
    made = (sys.executable, "-c", served, plain, "--server.port", "{port}")
    found = [
        Subject("ours (扩规模)", ours, path=quote("扩规模")),
        Subject("empty Streamlit page", alone, ready="body"),
        Subject("plain Streamlit", made),
    ]
    if peers_python:
        at = "127.0.0.1:{port}"
        dash = (peers_python, "-m", "gunicorn", "-w", "2", "-b", at, f"{MADE}.in_dash:server")
        script = str(ROOT / "benchmarks" / "peers_made" / "in_panel.py")
        panel = (peers_python, "-m", "panel", "serve", script, "--port", "{port}")
        nicegui = (peers_python, "-m", f"{MADE}.in_nicegui", "{port}")
        found += [
            Subject("Dash", dash, thumb="[role=slider]"),
            Subject("Panel", panel, thumb=".noUi-handle", path="in_panel", ready="canvas"),
            Subject("NiceGUI", nicegui, thumb=".q-slider__track-container"),
        ]
    return found


@contextlib.contextmanager
def served(subject: Subject) -> Iterator[tuple[psutil.Process, str]]:
    """Run a subject's server until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [part.format(port=port) if "{port}" in part else part for part in subject.command]
    started = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield psutil.Process(started.pid), f"http://127.0.0.1:{port}/{subject.path}"
    finally:
        started.terminate()
        started.wait(60)


def cpu_seconds(process: psutil.Process) -> float:
    """Return the processor time of a process and all below it."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            taken = one.cpu_times()
            total += taken.user + taken.system
    return total


class Watched:
    """A subject's page open in a browser of its own."""

    def __init__(self, play: Playwright, subject: Subject, server: psutil.Process, address: str):
        """Open the page and wait until it can be used."""
        self.subject, self.server, self.address = subject, server, address
        self.found = Measured()
        before = {one.pid for one in psutil.Process().children(recursive=True)}
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chosen = os.environ.get("CHROMIUM")  # else the one that Playwright brings
        self.browser = play.chromium.launch(executable_path=chosen, args=flags)
        below = psutil.Process().children(recursive=True)
        self.processes = [one for one in below if one.pid not in before]
        self.page = self._new_page()
        self._open(self.page)
        self.page.wait_for_timeout(5000)
        self.page.evaluate(_WATCH)
        self.found.messages = self.found.received = 0

    def _new_page(self) -> Page:
        context = self.browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("websocket", lambda line: line.on("framereceived", self._note))
        page.on("requestfinished", lambda request: self._count(request.sizes()))
        return page

    def _note(self, frame: str | bytes) -> None:
        self.found.messages += 1
        self.found.received += len(frame)

    def _count(self, sizes: dict[str, int]) -> None:
        self.found.messages += 1
        self.found.received += sizes["responseBodySize"]

    def _open(self, page: Page) -> None:
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                page.goto(self.address)
                break
            except Error:  # the server is not there yet
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
        page.locator(self.subject.thumb).first.wait_for(state="attached")
        page.locator(self.subject.ready).first.wait_for(state="attached")

    def first(self) -> None:
        """Open the page as a new visitor does, with an empty cache."""
        kept = self.found.messages, self.found.received
        page = self._new_page()
        begun = time.perf_counter()
        self._open(page)
        self.found.firsts.append((time.perf_counter() - begun) * 1000)
        page.context.close()
        self.found.messages, self.found.received = kept

    def move(self, turn: int, *, counted: bool) -> None:
        """Press a key on the first lever and wait until the page is still."""
        self.page.locator(self.subject.thumb).first.focus()
        found = self.found
        before = self._browser_seconds(), cpu_seconds(self.server), found.messages, found.received
        begun = self.page.evaluate("performance.now()")
        self.page.keyboard.press("ArrowRight" if turn // 10 % 2 == 0 else "ArrowLeft")
        self.page.wait_for_function(_STILL, arg=begun, polling=50)
        if not counted:
            found.messages, found.received = before[2:]
            return
        found.waits.append(self.page.evaluate("window.changed") - begun)
        found.browser += self._browser_seconds() - before[0]
        found.server += cpu_seconds(self.server) - before[1]

    def _browser_seconds(self) -> float:
        alive = [one for one in self.processes if one.is_running()]
        tops = [one for one in alive if one.ppid() not in {other.pid for other in alive}]
        return sum(map(cpu_seconds, tops))


def measured(chosen: list[Subject], moves: int, firsts: int) -> dict[str, Measured]:
    """Measure the subjects turn by turn."""
    with contextlib.ExitStack() as stack:
        play = stack.enter_context(sync_playwright())
        pages = [Watched(play, one, *stack.enter_context(served(one))) for one in chosen]
        for turn in range(moves + 4):
            for page in pages[turn % len(pages) :] + pages[: turn % len(pages)]:
                page.move(turn, counted=turn >= 4)
        for _ in range(firsts):
            for page in pages:
                page.first()
        for page in pages:
            page.browser.close()
        return {page.subject.name: page.found for page in pages}


def table(found: dict[str, Measured]) -> str:
    """Write the table of docs/measured.md: waits in milliseconds and as ratios to ours."""
    ours = next(iter(found.values()))
    heads = ["page", "wait, median", "p95", "ours ÷ it", "browser", "server", "messages", "kB"]
    heads += ["first page", "ours ÷ it"] if ours.firsts else []
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, one in found.items():
        moves = len(one.waits)
        cells = [
            name,
            f"{one.wait:.0f} ms",
            f"{one.p95:.0f} ms",
            f"{ours.wait / one.wait:.2f}",
            f"{one.browser / moves * 1000:.0f} ms",
            f"{one.server / moves * 1000:.0f} ms",
            f"{one.messages / moves:.0f}",
            f"{one.received / moves / 1000:.1f}",
        ]
        if one.firsts:
            cells += [f"{one.first:.0f} ms", f"{ours.first / one.first:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers-python", help="interpreter with requirements-bench.txt")
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--firsts", type=int, default=6)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        chosen = subjects(arguments.peers_python, empty)
        print(table(measured(chosen, arguments.moves, arguments.firsts)))


if __name__ == "__main__":
    main()
