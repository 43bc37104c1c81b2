"""What importing 200,000 values costs: at most 20 s of processor time and 1 GiB.

    python -m benchmarks.imports [--rows 200000] [--format xlsx|csv]

Values are drawn for every indicator and many districts, years, periods and days of
publication; nothing is published. Memory is the largest of this process and of those that read
and check. The import runs in a thread, as a page's does, while the main thread asks every 10 ms
for its turn: the longest it waits is the longest that the server would leave a question about
its health without an answer, at most 1 s. Prints a progress bar, the figures, and whether they
are within the bounds.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analytics.catalog.load import Catalog, load_catalog
from analytics.data.imports.batch import ImportBatch
from analytics.data.imports.intake import read_import
from analytics.data.imports.preview import preview
from analytics.data.imports.template import TableRow, fill_csv, fill_workbook
from analytics.data.releases.standing import standing
from analytics.domain import Kind
from analytics.text_zh import unit_zh

ROOT = Path(__file__).parents[1]
SECONDS, MEMORY, PAUSE = 20.0, 1024, 1.0  # bounds: of processor time, MiB, s without an answer
_BEAT = 0.01  # s
PERIODS = ("全年", *(f"1—{m}月" for m in range(2, 13)), *(f"{m}月" for m in range(3, 13)))
TODAY = date(2026, 10, 31)


def drawn_rows(catalog: Catalog, count: int) -> Iterator[TableRow]:
    """Yield plausible rows, each key several times with different days of publication."""
    rng = np.random.default_rng(1)
    yielded, vintage = 0, 0
    while yielded < count:
        published = (TODAY - timedelta(days=7 * vintage)).isoformat()
        for indicator in catalog.indicators.values():
            for year in range(2016, 2026):
                for period in PERIODS:
                    if yielded == count:
                        return
                    value = _value(indicator.kind, year, period, rng)
                    yield TableRow(
                        *(indicator.name_zh, indicator.id, indicator.home_region),
                        *(year, period, value, unit_zh(indicator.unit)),
                        *(indicator.scope, indicator.price_basis, published, ""),
                    )
                    yielded += 1
        vintage += 1


def _value(kind: Kind, year: int, period: str, rng: np.random.Generator) -> float:
    months = 12 if period == "全年" else int(period.removeprefix("1—").removesuffix("月"))
    size = months if period.startswith(("全年", "1—")) else 1
    if kind is Kind.COUNT:
        return float(10 * (year - 2000) + size)
    if kind in (Kind.SHARE, Kind.GROWTH):
        return round(float(rng.uniform(5, 50)), 2)
    return round(100 * size * 1.05 ** (year - 2016) * float(rng.uniform(0.999, 1.001)), 2)


def main() -> int:
    """Draw the rows, import them, print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
    parser.add_argument("--make", type=Path, help="only write the file")
    arguments = parser.parse_args()
    if arguments.make:
        catalog = load_catalog(ROOT)
        write = fill_workbook if arguments.format == "xlsx" else fill_csv
        arguments.make.write_bytes(write(catalog, drawn_rows(catalog, arguments.rows)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"many.{arguments.format}"
        # made apart, so that writing the file does not count as importing it
        command = [sys.executable, "-m", "benchmarks.imports", *sys.argv[1:], "--make", str(path)]
        subprocess.run(command, check=True, cwd=ROOT)
        print(f"{arguments.rows:,} rows, {path.stat().st_size / 2**20:.1f} MiB {path.suffix}")
        return _measure(path.name, path.read_bytes())


def _measure(name: str, content: bytes) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    computed, start = _processor_time(), time.perf_counter()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(_imported, name, content)
        pause = _longest_pause(done)
        batch = done.result()
    seconds, computed = time.perf_counter() - start, _processor_time() - computed
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(batch.rows):,} rows taken, {len(batch.faults):,} faults")
    print(f"{computed:.1f} s of processor time, {seconds:.1f} s by the clock")
    print(f"{own:.0f} MiB here ({before:.0f} before), {children:.0f} MiB children")
    print(f"longest pause of another thread here: {pause:.2f} s")
    good = computed <= SECONDS and max(own, children) <= MEMORY and pause <= PAUSE
    print(f"bounds: {SECONDS:g} s, {MEMORY} MiB, {PAUSE:g} s: {'met' if good else 'MISSED'}")
    return 0 if good else 1


def _imported(name: str, content: bytes) -> ImportBatch:
    """Do what the page does up to what it shows of a check."""
    against = standing(ROOT)
    batch = read_import(
        [(name, content)],
        against,
        submitted_by="benchmark",
        submitted_on=TODAY,
        progress=_bar,
    )
    preview(batch, against.current)
    return batch


def _processor_time() -> float:
    """Return the seconds computed by this process and by those that have ended (s)."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _longest_pause(done: Future[ImportBatch]) -> float:
    """Ask for a turn until the work is done; return the longest wait for it (s)."""
    longest = 0.0
    while not done.done():
        asked = time.perf_counter()
        time.sleep(_BEAT)
        longest = max(longest, time.perf_counter() - asked - _BEAT)
    return longest


def _bar(share: float) -> None:
    print(f"\r[{'#' * int(40 * share):<40}] {share:4.0%}", end="", file=sys.stderr, flush=True)
    if share >= 1:
        print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
