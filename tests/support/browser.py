"""A real server and a real browser for the journeys: fixtures and what every journey does."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from tests.support.ensure_browser import find_chromium
from tests.support.paths import ROOT
from tests.support.release_fixtures import made_once
from tests.support.replicas import free_port

_turns = count()  # a rest that an earlier wait has seen began before what was done since
PATIENCE = 120_000  # milliseconds; a busy machine is no fault of the page
CODE = ("analytics", "pages", "sql", ".streamlit", "assets")
LEVER = '[class*="st-key-lever_"]'  # with its slider and its typed value
expect.set_options(timeout=PATIENCE)

# The language is set where our style rules are, by a part of the page that is loaded late.
IDLE = (  # no run has been asked for, and none goes on
    'html[lang="zh-CN"]:not([data-asked]) '
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the Chromium at hand, without background traffic of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Browse as a Chinese reader who wants nothing to move: drawing each step of it costs most."""
    size = {"width": 1440, "height": 1000}
    reader = {"locale": "zh-CN", "viewport": size, "reduced_motion": "reduce"}
    return {**browser_context_args, **reader}


@pytest.fixture(scope="session")
def profile(browser: Browser, browser_context_args) -> Iterator[BrowserContext]:
    """One profile for all tests: the frontend it has loaded once it need not load again."""
    opened = browser.new_context(**browser_context_args)
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def tab(profile: BrowserContext) -> Page:
    """One tab for all tests: what it has compiled once it need not compile again."""
    return profile.new_page()


@pytest.fixture
def page(tab: Page, browser_context_args) -> Iterator[Page]:
    """That tab, which remembers nothing of the tests before."""
    tab.set_viewport_size(browser_context_args["viewport"])
    tab.emulate_media(color_scheme="light")
    yield tab
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.goto("about:blank")
    tab.context.clear_cookies()


@pytest.fixture(scope="session")
def staying_tab(profile: BrowserContext) -> Page:
    """A tab that stays in the app from one test to the next."""
    return profile.new_page()


@pytest.fixture
def viewer(staying_tab: Page, browser_context_args) -> Page:
    """That tab, for what is only looked at: a page costs less there than one loaded anew."""
    staying_tab.set_viewport_size(browser_context_args["viewport"])
    staying_tab.emulate_media(color_scheme="light")
    if staying_tab.url.startswith("http"):
        settle(staying_tab)  # colours that change are drawn by a run of the page left
    return staying_tab


@pytest.fixture
def fresh_tab(profile: BrowserContext) -> Iterator[Page]:
    """A tab without a history."""
    opened = profile.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def served_root(shared_folder: Path, release_root: Path) -> Path:
    """The app with the built releases and their projections; tests must not change it."""

    def copy_app(root: Path) -> None:
        shutil.copytree(release_root, root, dirs_exist_ok=True)
        for name in CODE:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        shutil.copy(ROOT / "app.py", root)

    return made_once(shared_folder / "served", copy_app)


@pytest.fixture
def fresh_server(served_root: Path) -> Iterator[str]:
    """A freshly started server; its first visitor is the test."""
    with running_server(served_root) as address:
        yield address


@pytest.fixture(scope="session")
def server(served_root: Path) -> Iterator[str]:
    """The one server of all tests that do not change its data."""
    with running_server(served_root) as address:
        yield address


@contextmanager
def running_server(root: Path) -> Iterator[str]:
    """Run the app of a folder on a free port; nothing may go wrong on it unnoticed."""
    port = free_port()
    command = [sys.executable, "-m", "pages.common.server", "--server.port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"],
            cwd=root,
            env={**os.environ, "PYTHONWARNINGS": "default"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            wait_until_healthy(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE / 1000)
            log.seek(0)
            errors = log.read()
    assert "Traceback" not in errors
    assert [line for line in errors.splitlines() if '"level": "error"' in line] == []
    assert not re.search(r"(?:DeprecationWarning|FutureWarning).*\n.*(?:analytics|pages)/", errors)


def wait_until_healthy(process: subprocess.Popen, port: int) -> None:
    """Ask the health address until the server answers or has died."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_stcore/health")
    while process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:  # not listening yet, or too busy to answer
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
    raise AssertionError(f"the server stopped with code {process.returncode}")


@pytest.fixture
def visited(page: Page) -> Iterator[list[str]]:
    """Every host the browser asked for anything."""
    hosts: list[str] = []

    def note(request: Request) -> None:
        hosts.append(urlsplit(request.url).hostname or "data")

    page.on("request", note)
    yield hosts
    page.remove_listener("request", note)


# One run may be followed by another that it asked for, with a moment of rest between them.
RESTS = """([idle, turn]) => {
  const now = performance.now();
  const isIdle = document.querySelector(idle) !== null;
  if (!isIdle || window.rests?.turn !== turn) window.rests = { turn, since: now };
  return isIdle && now - window.rests.since > 150;
}"""


def settle(page: Page) -> None:
    """Wait until the page wears our style and has finished running, and no other run follows."""
    page.wait_for_function(RESTS, arg=[IDLE, next(_turns)], polling=50, timeout=PATIENCE)


def press_slider(page: Page, slider: Locator, keys: int) -> None:
    """Step a lever upwards by keyboard and wait until all has followed, its typed value last."""
    slider.focus()
    before, step, most = (float(x) for x in slider.evaluate("e => [e.value, e.step, e.max]"))
    for _ in range(keys):
        slider.press("ArrowRight")
    lever = slider.locator("xpath=ancestor::*[contains(@class, 'st-key-lever_')][1]")
    expect(lever.locator("input[type=number]")).to_have_value(f"{float(slider.input_value()):.1f}")
    settle(page)
    assert abs(float(slider.input_value()) - min(before + keys * step, most)) < step


def open_page(page: Page, address: str) -> None:
    """Open an address and wait for its first complete picture."""
    page.goto(address)
    settle(page)
    page.locator("h1").first.wait_for()


def look_at(viewer: Page, server: str, address: str) -> None:
    """Go to a page as a step back in the history does, or load it where the app is not open."""
    if viewer.url.startswith(server):
        viewer.evaluate(
            """address => {
              history.pushState({}, "", address);
              dispatchEvent(new PopStateEvent("popstate"));
            }""",
            f"/{address}",
        )
    else:
        viewer.goto(f"{server}/{address}")
    settle(viewer)


def fits_the_window(page: Page) -> None:
    """Wait until the document and its main part are no wider than the window."""
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=stMain], html')]"
        ".every(e => e.scrollWidth <= e.clientWidth)"
    )


def english(page: Page) -> list[str]:
    """What is shown or read aloud in English outside code; marks like PNG and units are none."""
    return page.evaluate(
        """() => {
          const found = new Set(), names = ["aria-label", "title", "placeholder", "alt"];
          const names_of = /Theta|\\.toml/;  // methods, and files that hold the data
          const latin = /^[^\\u4e00-\\u9fff]*[a-z]{4,}[^\\u4e00-\\u9fff]*$/;
          const note = (text) =>
            latin.test(text ?? "") && !names_of.test(text) && found.add(text.trim());
          const code = "pre, code, style, script, noscript, a[href^=http], " +
            "[translate=no], [role=img], [aria-hidden=true], [data-testid=stIconMaterial]";
          const read = (root) => root.querySelectorAll("*").forEach((one) => {
            if (one.closest(code)) return;
            names.forEach((name) => note(one.getAttribute(name)));
            one.childNodes.forEach((node) => node.nodeType === 3 && note(node.nodeValue));
            if (one.shadowRoot) read(one.shadowRoot);
          });
          read(document.body);
          return [...found];
        }"""
    )


def go_back(page: Page, reason: str) -> None:
    """Return to the first version on the import page, saying why."""
    page.get_by_role("button", name="回到上一版").click()
    said = page.get_by_label("返回的原因")
    said.fill(reason)
    said.press("Enter")
    settle(page)
    page.get_by_role("button", name="确认返回第1版").click()
    expect(page.get_by_text("已返回第1版")).to_be_visible()


def check_file(page: Page, name: str, kind: str, content: bytes) -> None:
    """Choose a file on the import page and have it checked."""
    file = {"name": name, "mimeType": kind, "buffer": content}
    page.locator('input[type="file"]').set_input_files(file)
    button = page.get_by_role("button", name="开始核对")
    expect(button).to_be_enabled()
    settle(page)
    button.click()
    expect(page.get_by_text("三、核对结果")).to_be_visible()
    settle(page)
