"""A Streamlit server of our own, and sessions that move a slider on it, without a browser.

Speaks Streamlit's own protocol over a websocket: from the slider's message to
``script_finished``. Asked on its standard input, the server tells its CPU time and its longest
garbage collection.
"""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.replicas import free_port

ROOT = Path(__file__).resolve().parent.parent
LEVER = "s:"  # the keys of lever sliders begin with this
_RUN_AGAIN = 2  # script_finished: the page asks for another run
_START = """
import gc, sys, threading, time
begun, stops = [0.0], [0.0]
def collecting(phase, _):
    if phase == 'start':
        begun[0] = time.thread_time()
    else:
        stops.append(time.thread_time() - begun[0])
gc.callbacks.append(collecting)
def answer():
    for _ in sys.stdin:
        print(time.process_time(), max(stops), flush=True)
        stops[:] = [0.0]
threading.Thread(target=answer, daemon=True).start()
from pages.common.server import serve
serve({script!r}, '--server.port={port}', '--server.address=127.0.0.1', '--server.headless=true')
"""


@dataclass
class Server:
    """A running server."""

    host: str
    process: subprocess.Popen

    def cpu_seconds(self) -> float:
        """Return the CPU time of all its threads since it started."""
        return self._answer()[0]

    def longest_stop(self) -> float:
        """Return the seconds of the longest garbage collection since the last answer.

        Nobody's move goes on meanwhile.
        """
        return self._answer()[1]

    def _answer(self) -> tuple[float, float]:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        while True:  # the server's own greeting comes first
            with contextlib.suppress(ValueError):
                cpu, stop = map(float, self.process.stdout.readline().split())
                return cpu, stop


@contextlib.contextmanager
def serving(script: Path) -> Iterator[Server]:
    """Run a Streamlit server until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", _START.format(script=str(script), port=port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        _wait(port)
        yield Server(f"127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


@dataclass
class Visitor:
    """One browser's side of a session."""

    socket: websockets.ClientConnection
    query: str = ""
    turn: int = 0  # differs between sessions, so that no cached answer serves two of them
    slider_id: str = ""
    page_hash: str = ""
    fragment_id: str = ""
    lowest: float = 0.0
    step: float = 0.0
    steps: int = 1
    value: float = 0.0
    seen: int = 0

    async def run(self, page_name: str = "") -> float:
        """Ask for a run of the page and return the seconds until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = page_name
        message.rerun_script.page_script_hash = self.page_hash
        message.rerun_script.fragment_id = self.fragment_id
        if self.slider_id and self.seen:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.slider_id
            state.double_array_value.data.append(self.value)
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return time.perf_counter() - started

    async def move(self) -> float:
        """Move the slider to another step and return the seconds it took."""
        self.turn += 1
        self.seen = 1
        self.value = round(self.lowest + self.step * (1 + self.turn % self.steps), 6)
        return await self.run()

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.socket.recv())
            self.take(message)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != _RUN_AGAIN:
                return

    def take(self, message: ForwardMsg) -> None:
        """Remember where the page and its first lever are."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.new_element.HasField("slider"):
            self._note(message.delta.new_element.slider, message.delta.fragment_id)

    def _note(self, slider, fragment_id: str) -> None:
        """Remember the page's first lever, and where the fragment it is in now is."""
        if self.slider_id not in ("", slider.id) or LEVER not in slider.id:
            return
        self.slider_id, self.fragment_id = slider.id, fragment_id
        self.lowest, self.step = slider.min, slider.step
        self.steps = max(1, min(40, round((slider.max - slider.min) / slider.step) - 1))


async def visit(
    host: str, page_name: str, query: str = "", turn: int = 0, kind: type[Visitor] = Visitor
) -> Visitor:
    """Open a session and load the page until its slider is known."""
    connection = await websockets.connect(f"ws://{host}/_stcore/stream", max_size=None)
    visitor = kind(connection, query, turn)
    await visitor.run(page_name)
    if not visitor.slider_id:
        await visitor.run()
    if not visitor.slider_id:
        raise RuntimeError(f"no lever on the page {page_name!r}")
    return visitor
