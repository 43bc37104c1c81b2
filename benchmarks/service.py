"""Two replicas behind the nginx of deploy/, many sessions, one replica killed, imports meanwhile.

The rule: every session goes on, what is shown for one release is the same to all, both
replicas show the newest release at the end, and /readyz of the proxy answers within a second.

    python -m benchmarks.service [--sessions 40] [--imports 3] [--look]

Needs nginx and openssl (Debian: nginx-light). With --look it stays up until Enter is pressed.
"""

import argparse
import asyncio
import contextlib
import hashlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analytics.catalog.load import load_catalog
from analytics.data.imports.template import TableRow, fill_csv

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("analytics", "pages", "sql", "assets", ".streamlit", "data", ".cache")
HOST, PAGE = "gzt.jinshan.example", "扩规模"
RULES = f"""
hosts = ["{HOST}"]
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
_RUN_AGAIN = 2  # script_finished: the page asks for another run
_FIGURES = "drawing "
_RELEASE = re.compile(r"版本 `(\w{8})`")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """Two replicas over one folder."""

    folder: Path
    ports: tuple[int, int]
    processes: dict[int, subprocess.Popen] = field(default_factory=dict)

    def start(self, port: int) -> None:
        """Start a replica and wait until it can show figures."""
        self.processes[port] = start(self.folder, port)

    def kill(self, port: int) -> None:
        """End a replica without a word."""
        self.processes[port].kill()
        self.processes[port].wait()

    def stop(self) -> None:
        """End both."""
        for process in self.processes.values():
            process.terminate()
            process.wait(60)


def start(root: Path, port: int, mode: str = "header") -> subprocess.Popen:
    """Start a replica and wait until it can show figures."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pages.common.server", "--server.port", str(port)],
        cwd=root,
        env={**os.environ, "JINSHAN_AUTH": mode, "JINSHAN_ACCESS": str(root / "access.toml")},
        stdout=subprocess.DEVNULL,
        stderr=(root / f"log-{port}").open("a"),
    )
    while process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return process
        time.sleep(0.2)
    raise RuntimeError((root / f"log-{port}").read_text())


@contextlib.contextmanager
def proxy(folder: Path, port: int, replicas: tuple[int, int], account: str) -> Iterator[None]:
    """Run nginx as deploy/nginx.conf has it, with addresses, certificate and account of ours."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-keyout", "server.key", "-out", "server.crt"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    first, second = (f"127.0.0.1:{one}" for one in replicas)
    for old, new in {
        "172.30.8.11:8501": first,
        "172.30.8.12:8501": second,
        "/var/run/nginx.pid": str(folder / "nginx.pid"),
        "include mime.types": "include /etc/nginx/mime.types; access_log off",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "tls/server": str(folder / "server"),
        'set $user "";': f'set $user "{account}";',
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    asked = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(asked, stderr=(folder / "nginx.log").open("w"))
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


class Visitor:
    """One browser behind the proxy: it comes back when its replica is gone."""

    def __init__(self, number: int, port: int) -> None:
        self.number, self.port = number, port
        self.shown: dict[str, set[str]] = {}  # by release: what was shown of it, as a checksum
        self.release, self.returns = "", 0

    async def runs(self, until: asyncio.Event) -> None:
        """Open the page and run it again and again; once more after the end is called."""
        last = False
        while not last:
            last = until.is_set()
            try:
                async with self._connected() as connection:
                    while not last:
                        last = until.is_set()
                        await self._run(connection)
                        await asyncio.sleep(0.5)
            except (OSError, websockets.exceptions.WebSocketException):
                self.returns += 1
                last = False
                await asyncio.sleep(0.2)

    def _connected(self) -> websockets.connect:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return websockets.connect(
            f"wss://{HOST}:{self.port}/_stcore/stream",
            host="127.0.0.1",
            port=self.port,
            ssl=trusting,
            origin=f"https://{HOST}:{self.port}",
            additional_headers={"Cookie": f"stays=visitor{self.number}"},
            max_size=None,
            proxy=None,
        )

    async def _run(self, connection: websockets.ClientConnection) -> None:
        message = BackMsg()
        message.rerun_script.page_name = PAGE
        await connection.send(message.SerializeToString())
        texts: list[str] = []
        while True:
            told = ForwardMsg()
            told.ParseFromString(await connection.recv())
            kind = told.WhichOneof("type")
            if kind == "new_session":
                texts = []
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                texts.append(_text(told))
            elif kind == "script_finished" and told.script_finished != _RUN_AGAIN:
                break
        self._note(texts)

    def _note(self, texts: list[str]) -> None:
        found = [match[1] for text in texts for match in [_RELEASE.search(text)] if match]
        figures = [text for text in texts if text.startswith(_FIGURES)]
        if found and figures:
            self.release = found[0]
            checksum = hashlib.sha256("\n".join(figures).encode()).hexdigest()
            self.shown.setdefault(self.release, set()).add(checksum)


def _text(told: ForwardMsg) -> str:
    """Return what an element shows, with a mark where it holds figures."""
    element = told.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "bidi_component":
        return f"{_FIGURES}{element.bidi_component.json}"
    return element.markdown.body if kind == "markdown" else ""


def publish(root: Path, value: float) -> None:
    """Publish an import from the command line, as a third process over the same folder."""
    file = root / f"import-{value:.0f}.csv"
    file.write_bytes(fill_csv(load_catalog(ROOT), [replace(ROW, value=value)]))
    asked = [sys.executable, "-m", "analytics", "import", str(file), "--by", "bench", "--confirm"]
    done = subprocess.run(asked, cwd=root, capture_output=True, text=True)
    print(
        f"  import of {value:.0f}: code {done.returncode} {done.stderr.strip()[-200:]}", flush=True
    )


async def watched(port: int, until: asyncio.Event) -> list[float]:
    """Ask the proxy whether it is ready, twice a second; return how long each answer took."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    took = []
    request = urllib.request.Request(f"https://127.0.0.1:{port}/readyz", headers={"Host": HOST})

    def ask() -> None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(request, timeout=30, context=trusting).close()

    while not until.is_set():
        started = time.perf_counter()
        await asyncio.to_thread(ask)
        took.append(time.perf_counter() - started)
        await asyncio.sleep(0.5)
    return took


async def journey(service: Service, port: int, sessions: int, imports: int) -> int:
    """Let all sessions run while a replica dies and imports are published; judge what they saw."""
    until = asyncio.Event()
    visitors = [Visitor(number, port) for number in range(sessions)]
    running = [asyncio.create_task(one.runs(until)) for one in visitors]
    health = asyncio.create_task(watched(port, until))
    killed = service.ports[0]
    for number in range(imports):
        if number == 1:
            service.kill(killed)
            print("  one replica killed", flush=True)
        await asyncio.to_thread(publish, service.folder, 1900.0 + number)
        if number == 1:
            await asyncio.to_thread(service.start, killed)
            print("  and started again", flush=True)
    await asyncio.sleep(5)
    until.set()
    await asyncio.gather(*running)
    return judged(visitors, await health)


def judged(visitors: list[Visitor], took: list[float]) -> int:
    """Print what was seen; return 1 where a session saw something else than the others."""
    by_release: dict[str, set[str]] = {}
    for one in visitors:
        for release, shown in one.shown.items():
            by_release.setdefault(release, set()).update(shown)
    wrong = {release: len(shown) for release, shown in by_release.items() if len(shown) > 1}
    last = {one.release for one in visitors}
    print(f"{len(visitors)} sessions, {sum(one.returns for one in visitors)} returned")
    print(
        f"releases seen {len(by_release)}, shown differently {wrong or 'none'}, at the end {last}"
    )
    print(f"/readyz: {len(took)} answers, slowest {max(took):.2f} s")
    return int(bool(wrong) or len(last) != 1 or "" in last)


def main() -> int:
    """Set all up, run the journey and take all down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--imports", type=int, default=3)
    parser.add_argument("--look", action="store_true", help="stay up for a browser instead")
    parser.add_argument("--account", default="li", help="who the proxy says is signed in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "app", (free_port(), free_port()))
        for name in COPIED:
            shutil.copytree(ROOT / name, service.folder / name)
        shutil.copy(ROOT / "app.py", service.folder)
        (service.folder / "access.toml").write_text(RULES, encoding="utf-8")
        try:
            for port in service.ports[: 1 if arguments.look else 2]:
                service.start(port)
            port = free_port()
            with proxy(Path(folder), port, service.ports, arguments.account):
                print(f"https://127.0.0.1:{port} as {HOST}", flush=True)
                if arguments.look:
                    input()
                    return 0
                return asyncio.run(journey(service, port, arguments.sessions, arguments.imports))
        finally:
            service.stop()
            for log in service.folder.glob("log-*"):
                errors = [line for line in log.read_text().splitlines() if '"error"' in line]
                print(f"{log.name}: {len(errors)} errors", *errors[:3], sep="\n")


if __name__ == "__main__":
    sys.exit(main())
