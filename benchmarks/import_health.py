"""How long a live server leaves /healthz without an answer while files are checked and published.

    python -m benchmarks.import_health [--rows 380000]

A real server on a copy of this project; a browser hands in a workbook of about 20 MB, then a
small one that is tried out and published. Another process asks /healthz all the while, every
50 ms: at most 1 s may pass before it answers. Prints the slowest answer of every stage.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from analytics.catalog.load import load_catalog
from analytics.data.imports.template import fill_csv
from benchmarks.service import COPIED, ROOT, ROW, free_port, start

MOST = 1.0  # s
PATIENCE = 600_000  # ms
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ASK = """
import sys, time, urllib.request
while True:
    asked = time.time()
    urllib.request.urlopen(sys.argv[1], timeout=60).read()
    print(asked, time.time() - asked, flush=True)
    time.sleep(0.05)
"""


@contextmanager
def asked(address: str, log: Path) -> Iterator[None]:
    """Ask an address all the while, from a process of its own; note when, and how long it took."""
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "-c", _ASK, address], stdout=output)
        try:
            yield
        finally:
            process.kill()
            process.wait()


def check(page: Page, name: str, kind: str, content: bytes) -> None:
    """Choose a file and have it checked."""
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_text("三、核对结果")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=PATIENCE)


def journey(page: Page, address: str, large: bytes, small: bytes) -> list[tuple[str, float]]:
    """Check the large file, try out and publish the small one; return when each stage ended."""
    stages = []

    def done(stage: str) -> None:
        stages.append((stage, time.time()))

    page.goto(address)
    name = page.get_by_label("填报人")
    name.fill("张三")
    name.press("Enter")
    done("opened")
    check(page, "many.xlsx", SHEET, large)
    done("20 MB checked and shown")
    check(page, "one.csv", "text/csv", small)
    done("one value checked")
    for box in page.get_by_role("checkbox").all():
        box.check(force=True)
    page.get_by_role("button", name="查看发布后的影响").click()
    expect(page.get_by_text("项目标的数值或判断有变化")).to_be_visible(timeout=PATIENCE)
    done("tried out")
    page.get_by_role("button", name="发布新版本").click()
    expect(page.get_by_text("已发布新版本")).to_be_visible(timeout=PATIENCE)
    done("published")
    return stages


def main() -> int:
    """Run the journey and print the slowest answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=380_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "app"
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "app.py", root)
        (root / "access.toml").touch()
        many = Path(place) / "many.xlsx"
        command = [sys.executable, "-m", "benchmarks.imports", "--rows", str(arguments.rows)]
        subprocess.run([*command, "--make", str(many)], check=True, cwd=ROOT)
        print(f"{many.stat().st_size / 2**20:.1f} MiB", flush=True)
        small = fill_csv(load_catalog(ROOT), [ROW])
        port, log = free_port(), Path(place) / "answers"
        server = start(root, port, "none")
        try:
            with asked(f"http://127.0.0.1:{port}/healthz", log), sync_playwright() as playwright:
                browser = playwright.chromium.launch()
                page = browser.new_page()
                address = f"http://127.0.0.1:{port}/数据导入"
                begun = time.time()
                stages = journey(page, address, many.read_bytes(), small)
                browser.close()
        finally:
            server.terminate()
            server.wait()
        return judged(log, begun, stages)


def judged(log: Path, begun: float, stages: list[tuple[str, float]]) -> int:
    """Print the slowest answer of every stage; return 1 where one took too long."""
    lines = [line.split() for line in log.read_text().splitlines()]
    answers = [(float(at), float(took)) for at, took in lines]
    worst = 0.0
    for stage, ended in stages:
        some = [took for at, took in answers if begun <= at < ended]
        slowest = max(some, default=0.0)
        worst = max(worst, slowest)
        took = ended - begun
        print(f"{stage}: {took:.1f} s, {len(some)} answers, slowest {slowest:.2f} s")
        begun = ended
    print(f"bound {MOST:g} s: {'met' if worst <= MOST else 'MISSED'}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
