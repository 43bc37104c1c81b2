"""Time a moved slider on the 扩规模 page beside an empty page in the same run.

Speaks Streamlit's own protocol over a websocket, so that what is timed is the
server: from the slider's message to ``script_finished``. Both servers run the
same imports and the same ``gc.freeze``; rounds are interleaved. Machines
differ, so compare the ratio.

    python -m benchmarks.interaction [--sessions 1 10 20] [--moves 40]
"""

import argparse
import asyncio
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
SLIDER = "s:gross_output_registered.g2027"
QUERY = "target=gross_output_registered_2027"
EMPTY = f"""
import streamlit as st
from pages.common.warm import warm_up
warm_up()
def page():
    st.slider("x", -10.0, 10.0, 0.0, 0.1, key="{SLIDER}")
st.navigation([st.Page(page, title="空页", url_path="扩规模", default=True)]).run()
"""


@dataclass
class Visitor:
    """One browser's side of a session."""

    socket: websockets.ClientConnection
    slider_id: str = ""
    page_hash: str = ""
    fragment_id: str = ""
    value: float = 0.0

    async def run(self, page_name: str = "") -> float:
        """Ask for a run of the page and return the seconds until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = QUERY
        message.rerun_script.page_name = page_name
        message.rerun_script.page_script_hash = self.page_hash
        message.rerun_script.fragment_id = self.fragment_id
        if self.slider_id:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.slider_id
            state.double_array_value.data.append(self.value)
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return time.perf_counter() - started

    async def move(self) -> float:
        """Move the slider one step and return the seconds it took."""
        self.value = 0.1 if self.value >= 5 else round(self.value + 0.1, 1)
        return await self.run()

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = message.new_session.page_script_hash
            elif kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            elif kind == "delta":
                slider = message.delta.new_element.slider
                if SLIDER in slider.id:
                    self.slider_id = slider.id
                    self.fragment_id = message.delta.fragment_id
            elif kind == "script_finished" and message.script_finished != 2:  # 2: run again
                return


@contextlib.contextmanager
def serving(script: Path) -> Iterator[str]:
    """Run a Streamlit server until the block ends; yield its host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"'--server.port={port}', '--server.address=127.0.0.1', '--server.headless=true'"
    start = f"from pages.common.serve import serve; serve({str(script)!r}, {options})"
    process = subprocess.Popen(
        [sys.executable, "-c", start],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield f"127.0.0.1:{port}"
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


async def visit(host: str) -> Visitor:
    """Open a session and load the page until its slider is known."""
    connection = await websockets.connect(f"ws://{host}/_stcore/stream", max_size=None)
    visitor = Visitor(connection)
    await visitor.run("扩规模")
    if not visitor.slider_id:
        await visitor.run()
    return visitor


async def measure(hosts: dict[str, str], sessions: int, moves: int) -> dict[str, list[float]]:
    """Move every session's slider in turns, the two servers interleaved."""
    visitors = {name: [await visit(host) for _ in range(sessions)] for name, host in hosts.items()}
    times: dict[str, list[float]] = {name: [] for name in hosts}
    for turn in range(moves + 5):
        for name, group in visitors.items():
            taken = await asyncio.gather(*(visitor.move() for visitor in group))
            times[name] += taken if turn >= 5 else []
    for group in visitors.values():
        for visitor in group:
            await visitor.socket.close()
    return times


def report(sessions: int, times: dict[str, list[float]]) -> str:
    """Summarise one measurement as a line of milliseconds and the ratio."""
    middle = {name: statistics.median(values) * 1000 for name, values in times.items()}
    slow = {name: sorted(values)[int(len(values) * 0.95)] * 1000 for name, values in times.items()}
    return (
        f"{sessions:>3} session(s)  empty {middle['empty']:7.1f} ms (p95 {slow['empty']:7.1f})  "
        f"page {middle['page']:7.1f} ms (p95 {slow['page']:7.1f})  "
        f"ratio {middle['page'] / middle['empty']:.1f}"
    )


def main() -> None:
    """Print one line per number of sessions at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 20])
    parser.add_argument("--moves", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        with serving(empty) as empty_host, serving(ROOT / "app.py") as page_host:
            hosts = {"empty": empty_host, "page": page_host}
            for sessions in arguments.sessions:
                times = asyncio.run(measure(hosts, sessions, arguments.moves))
                print(report(sessions, times), flush=True)


if __name__ == "__main__":
    main()
