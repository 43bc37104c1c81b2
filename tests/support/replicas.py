"""Replicas of the server over one folder, and the nginx of deploy/ before them."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.support.ensure_service import find
from tests.support.paths import ROOT

PATIENCE = 120  # seconds; a busy machine is no fault of the program
_OURS = "gzt.jinshan.example"  # as deploy/nginx.conf has it
_EVERY = 0.1  # seconds between two looks whether a program has started


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Replicas:
    """Servers over one folder, each at a port of its own."""

    folder: Path
    mode: str  # how visitors sign in
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def launch(self, port: int) -> None:
        """Start one, without waiting for it."""
        access = {"JINSHAN_AUTH": self.mode, "JINSHAN_ACCESS": str(self.folder / "access.toml")}
        with self.log(port).open("ab") as log:
            self.processes[port] = subprocess.Popen(
                [sys.executable, "-m", "pages.common.server", "--server.port", str(port)],
                cwd=self.folder,
                env={**os.environ, **access},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def wait(self, port: int) -> None:
        """Wait until one can show figures."""
        wait_for(self.processes[port], f"http://127.0.0.1:{port}/readyz", self.log(port))

    def start(self, port: int) -> None:
        """Start one and wait until it can show figures."""
        self.launch(port)
        self.wait(port)

    def kill(self, port: int) -> None:
        """End one without a word."""
        self.processes[port].kill()
        self.processes[port].wait()

    def stop(self) -> None:
        """End all of them."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(PATIENCE)

    def log(self, port: int) -> Path:
        """Name the file to which one of them writes."""
        return self.folder / f"log-{port}"

    def errors(self) -> list[str]:
        """Return what went wrong on any of them."""
        written = [log.read_text() for port in self.ports if (log := self.log(port)).exists()]
        lines = [line for text in written for line in text.splitlines()]
        return [line for line in lines if '"level": "error"' in line or "Traceback" in line]


def wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until a program answers at an address, or has ended."""
    while process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(address, timeout=PATIENCE).ok:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_EVERY)
    raise RuntimeError(f"ended with {process.returncode}: {log.read_text()[-2000:]}")


@contextlib.contextmanager
def proxy(
    folder: Path, port: int, replicas: tuple[int, int], changed: dict[str, str] | None = None
) -> Iterator[Path]:
    """Run nginx as deploy/nginx.conf has it, at addresses of ours; give its certificate."""
    made_up = folder / "server.crt"
    subprocess.run(
        [
            *(
                str(find("openssl")),
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(folder / "server.key"), "-out", str(made_up)),
        ],
        check=True,
        capture_output=True,
    )
    (folder / "nginx.conf").write_text(
        _configuration(folder, port, replicas, changed or {}), encoding="utf-8"
    )
    asked = ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen([str(find("nginx")), *asked, "-g", "daemon off;"], stderr=log)
    try:
        _wait_until_it_listens(process, port, folder / "nginx.log")
        yield made_up
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    while process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), PATIENCE).close()
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_EVERY)
    raise RuntimeError(log.read_text())


def _configuration(
    folder: Path, port: int, replicas: tuple[int, int], changed: dict[str, str]
) -> str:
    """Put our names and places in; all else stays as it is deployed."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    places = [f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi")]
    places += [f"{kind}_temp_path {folder};" for kind in ("uwsgi", "scgi")]
    own = "user root; " if os.geteuid() == 0 else ""  # or its folder were closed to it
    first, second = (f"127.0.0.1:{one}" for one in replicas)
    ours = {
        "172.30.8.11:8501": first,
        "172.30.8.12:8501": second,
        "worker_processes auto": f"{own}worker_processes 1",
        "/var/run/nginx.pid": str(folder / "nginx.pid"),
        "include mime.types;": f"access_log off; {' '.join(places)}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "tls/server": str(folder / "server"),
        _OURS: "localhost",
        **changed,
    }
    for old, new in ours.items():
        assert old in text, old
        text = text.replace(old, new)
    return text
