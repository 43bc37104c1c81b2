"""A real server and a real browser for the journeys: fixtures and what every journey does."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.support.paths import ROOT

# The language is set where our style rules are, by a part of the page that is loaded late.
IDLE = 'html[lang="zh-CN"] [data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture
def server():
    """A freshly started server; its first visitor is the test."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="module")
def shared_server():
    """One server for tests that only look."""
    with running_server() as address:
        yield address


@contextmanager
def running_server(root: Path = ROOT) -> Iterator[str]:
    """Run the app of a folder on a free port; nothing may go wrong on it unnoticed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pages.common.server", "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=root,
        env={**os.environ, "PYTHONWARNINGS": "default"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until_healthy(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert not re.search(r"(?:DeprecationWarning|FutureWarning).*\n.*(?:analytics|pages)/", errors)


def wait_until_healthy(process: subprocess.Popen, port: int) -> None:
    """Poll the health address until the server answers or has died."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_stcore/health")
    while process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            continue
    raise AssertionError(f"the server stopped: {process.stderr.read()[-2000:]}")


@pytest.fixture
def visited(page: Page) -> list[str]:
    """Every host the browser asked for anything."""
    hosts: list[str] = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).hostname or "data"))
    return hosts


def settle(page: Page) -> None:
    """Wait until the page has finished running and wears our style."""
    page.locator(IDLE).wait_for(timeout=60_000)


def open_page(page: Page, address: str) -> None:
    """Open an address and wait for its first complete picture."""
    page.goto(address)
    settle(page)
    page.locator("table").first.wait_for(timeout=60_000)
