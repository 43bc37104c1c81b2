"""How long a live server leaves /healthz without an answer while a large file goes in.

    python -m benchmarks.import_live [--rows 200000] [--file kept.xlsx]

A real server on a copy of this project; a tab hands in a workbook of about 10 MB, has it
checked, tries out what it would change, and publishes it. Another process asks /healthz all the
while, every 50 ms: at most 1 s may pass before it answers. Prints the slowest answer of every
stage. ``--file`` keeps the workbook, or takes the one that is there.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from streamlit.proto.WidgetStates_pb2 import WidgetState

from analytics.catalog.load import Catalog, load_catalog
from analytics.data.imports.template import TableRow, blank_row, fill_workbook
from analytics.data.releases.standing import standing
from analytics.domain import Kind
from benchmarks.imports import PERIODS, TODAY
from benchmarks.service import replicas_of_a_copy
from tests.support.paths import ROOT
from tests.support.tab import Tab, browser

PAUSE = 1.0  # s that a question may wait
_ASK = """
import sys, time, urllib.request
while True:
    asked = time.time()
    urllib.request.urlopen(sys.argv[1], timeout=60).read()
    print(asked, time.time() - asked, flush=True)
    time.sleep(0.05)
"""


def steady_rows(catalog: Catalog, sizes: dict[str, float], count: int) -> Iterator[TableRow]:
    """Yield rows that no rule refuses: each series grows evenly, and comes again every week.

    Parameters
    ----------
    sizes : a value of a whole year by indicator, in the indicator's own unit.
    """
    yielded = 0
    for vintage in range(count):
        published = (TODAY - timedelta(days=7 * vintage)).isoformat()
        for name, size in sizes.items():
            for year in range(2016, 2026):
                for period in PERIODS:
                    if yielded == count:
                        return
                    value = round(size * 1.02 ** (year - 2025) * _share(period), 4)
                    row = blank_row(catalog.indicators[name], year, period)
                    yield TableRow(**{**vars(row), "value": value, "published": published})
                    yielded += 1


def _share(period: str) -> float:
    """Return which part of a year a period is."""
    months = period.removeprefix("1—").removesuffix("月")
    return 1.0 if period == "全年" else int(months) / 12 if "—" in period else 1 / 12


def free_sizes(catalog: Catalog) -> dict[str, float]:
    """Return what is held of the flows and levels that no identity ties to others."""
    links = [item.identity for item in catalog.indicators.values() if item.identity]
    tied = {item.id for item in catalog.indicators.values() if item.identity}
    tied |= {part for link in links for part in link.of}
    current = standing(ROOT, "demo").current
    yearly = current[current["period_kind"] == "year"].sort_values("year")
    latest = yearly.drop_duplicates(["indicator_id", "region"], keep="last")
    held = latest.set_index(["indicator_id", "region"])["value"]
    return {
        item.id: float(held[item.id, item.home_region])
        for item in catalog.indicators.values()
        if item.kind in (Kind.LEVEL, Kind.FLOW)
        and item.id not in tied
        and (item.id, item.home_region) in held.index
    }


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


def journey(tab: Tab, content: bytes, done: Callable[[str], None]) -> None:
    """Check a file, try it out and publish it; ``done`` is told the end of every stage."""
    tab.open("数据导入")
    tab.type_in("import_name", "张三")
    done("page opened")
    tab.choose_file("import_files_0", "many.xlsx", content)
    done("uploaded")
    tab.press("check")
    done("checked")
    for key, widget in tab.widgets().items():
        if key.startswith("confirm_"):
            tab.states[widget] = WidgetState(id=widget, bool_value=True)
    tab.again()
    done("confirmed")
    tab.press("try_out")
    done("tried out")
    tab.press("publish")
    done("published")
    assert "已发布新版本" in tab.shown, tab.shown[-2000:]


def main() -> int:
    """Run the journey and print the slowest answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--make", action="store_true", help="only write the file")
    given = parser.parse_args()
    if given.make:
        catalog = load_catalog(ROOT)
        rows = steady_rows(catalog, free_sizes(catalog), given.rows)
        given.file.write_bytes(fill_workbook(catalog, rows))
        return 0
    with tempfile.TemporaryDirectory() as place:
        file = given.file or Path(place) / "many.xlsx"
        if not file.exists():
            command = [sys.executable, "-m", "benchmarks.import_live", "--make"]
            wanted = ["--file", str(file), "--rows", str(given.rows)]
            subprocess.run([*command, *wanted], check=True, cwd=ROOT)
        return _measure(file.read_bytes())


def _measure(content: bytes) -> int:
    print(f"{len(content) / 2**20:.1f} MiB", flush=True)
    stages = [("", time.time())]

    def done(stage: str) -> None:
        stages.append((stage, time.time()))
        print(f"{stage}: {stages[-1][1] - stages[-2][1]:.1f} s", flush=True)

    with replicas_of_a_copy("none") as replicas:
        port, log = replicas.ports[0], replicas.folder.parent / "answers"
        address = f"http://127.0.0.1:{port}"
        replicas.start(port)
        with asked(f"{address}/healthz", log), Tab(address, browser()) as tab:
            done("started")
            journey(tab, content, done)
        return judged(log, stages)


def judged(log: Path, stages: list[tuple[str, float]]) -> int:
    """Print the slowest answer of every stage; return 1 where one took too long."""
    lines = [line.split() for line in log.read_text().splitlines()]
    answers = [(float(at), float(took)) for at, took in lines]
    for (_, begun), (stage, ended) in pairwise(stages):
        some = [took for at, took in answers if begun <= at < ended]
        print(f"{stage}: {len(some)} answers, slowest {max(some, default=0.0):.2f} s")
    worst = max((took for _, took in answers), default=PAUSE + 1)
    print(f"bound {PAUSE:g} s: {'met' if worst <= PAUSE else 'MISSED'}")
    return int(worst > PAUSE)


if __name__ == "__main__":
    sys.exit(main())
