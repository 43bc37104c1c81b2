"""Time and memory of importing 200,000 values: at most 20 s and 1 GiB on two cores.

    python -m benchmarks.imports [--rows 200000] [--format xlsx|csv]

Values are drawn for every indicator and many districts, years, periods and days of
publication; nothing is published. Memory is the largest of this process and of those that read
and check. Prints a progress bar, both figures, and whether they are within the bounds.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analytics.catalog.load import Catalog, load_catalog
from analytics.data.imports.intake import read_import
from analytics.data.imports.template import TableRow, fill_csv, fill_workbook
from analytics.data.releases.standing import standing
from analytics.domain import Kind
from analytics.text_zh import unit_zh

ROOT = Path(__file__).parents[1]
SECONDS, MEMORY = 20.0, 1024  # bounds; memory in MiB
_PERIODS = ("全年", *(f"1—{m}月" for m in range(2, 13)), *(f"{m}月" for m in range(3, 13)))
_TODAY = date(2026, 10, 31)


def drawn_rows(catalog: Catalog, count: int) -> Iterator[TableRow]:
    """Yield plausible rows, each key several times with different days of publication."""
    rng = np.random.default_rng(1)
    yielded, vintage = 0, 0
    while yielded < count:
        published = (_TODAY - timedelta(days=7 * vintage)).isoformat()
        for indicator in catalog.indicators.values():
            for year in range(2016, 2026):
                for period in _PERIODS:
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
    start = time.perf_counter()
    batch = read_import(
        [(name, content)],
        standing(ROOT),
        submitted_by="benchmark",
        submitted_on=_TODAY,
        progress=_bar,
    )
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(batch.rows):,} rows taken, {len(batch.faults):,} faults")
    print(f"{seconds:.1f} s; {own:.0f} MiB here ({before:.0f} before), {children:.0f} MiB children")
    good = seconds <= SECONDS and max(own, children) <= MEMORY
    print(f"bounds: {SECONDS:g} s, {MEMORY} MiB: {'met' if good else 'MISSED'}")
    return 0 if good else 1


def _bar(share: float) -> None:
    print(f"\r[{'#' * int(40 * share):<40}] {share:4.0%}", end="", file=sys.stderr, flush=True)
    if share >= 1:
        print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
