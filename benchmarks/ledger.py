"""Draw an illustrative ledger (演示), and measure what summing one costs.

    python -m benchmarks.ledger draw FOLDER --rows 10000000 [--months 120]
    python -m benchmarks.ledger measure FOLDER [--repeats 3] [--memory 1200MB]
    python -m benchmarks.ledger late FOLDER          # its last month comes late
    python -m benchmarks.ledger parity FOLDER        # the same figures on Spark (local[2])

``measure`` sets the statements of all sums and counts, with the amounts that their protection
needs, beside a bare scan: the sum of every number and the largest of every text and day they
read, over the same files. Memory is the largest of the process; findings and the comparison
with the year before are timed apart.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

from analytics.data.ledger.aggregate import Aggregated, aggregate, ask
from analytics.data.ledger.contract import FLAGS, MEASURES
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import Engine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.figures import totals_and_counts
from analytics.data.ledger.partitions import files_of, find_partitions
from analytics.data.ledger.spark_engine import cluster_python, spark_engine
from benchmarks.drawn_ledger import draw, sized

ROOT = Path(__file__).parents[1]
T = TypeVar("T")
RATIO, MEMORY = 1.5, 2048  # bounds; memory in MiB
_OTHERS = (
    *("registered_at", "operates_at", "above_scale_since", "emerging_since", "park_level"),
    *("park_since", "cluster", "cluster_since", "featured", "featured_since", *FLAGS),
)


def bare_scan(folder: Path, memory: str) -> float:
    """Return the seconds DuckDB takes to sum the same columns and nothing else."""
    files = [str(path) for path in files_of(find_partitions(folder))]
    sums = [f"sum({name})" for name in MEASURES]
    sums += [f"max({name})" for name in _OTHERS]
    connection = duckdb.connect(config={"memory_limit": memory})
    started = time.perf_counter()
    connection.execute(f"SELECT {', '.join(sums)} FROM read_parquet($files)", {"files": files})
    connection.fetchall()
    return time.perf_counter() - started


def summing(folder: Path, memory: str, spill: Path) -> float:
    """Return the seconds that all sums and counts take."""
    partitions, question = find_partitions(folder), ask(ROOT, "金山区")
    engine = DuckDBEngine(spill, memory)
    started = time.perf_counter()
    totals_and_counts(question, engine, partitions)
    return time.perf_counter() - started


def measure(folder: Path, repeats: int, memory: str) -> bool:
    """Print times and memory; say whether they are within the bounds."""
    with _beside(folder) as spill:
        pairs = [
            (bare_scan(folder, memory), summing(folder, memory, Path(spill)))
            for _ in range(repeats)
        ]
    bare, summed = (min(column) for column in zip(*pairs, strict=True))
    print(f"bare scan {bare:.2f} s, all sums and counts {summed:.2f} s: {summed / bare:.2f} times")
    print(f"memory so far {_memory():.0f} MiB")
    with _beside(folder) as place:
        engine = DuckDBEngine(Path(place) / "spill", memory)
        seconds, found = _timed(lambda: aggregate(ROOT, folder, engine, Path(place)))
        print(f"whole, with findings and the year before: {seconds:.1f} s, {_memory():.0f} MiB")
        seconds, made = _timed(lambda: extract(found, "金山区"))
        print(f"protection: {seconds:.1f} s, {len(made.rows)} figures, {len(made.hidden)} withheld")
    return summed <= RATIO * bare and _memory() <= MEMORY


def late(folder: Path, memory: str) -> None:
    """Print what adding the last month costs, beside the whole."""
    last = find_partitions(folder)[-1].files[0].parent
    with _beside(folder) as place:
        out, aside = Path(place) / "out", Path(place) / "aside"
        engine = DuckDBEngine(out / "spill", memory)
        shutil.move(last, aside)
        try:
            whole, _ = _timed(lambda: aggregate(ROOT, folder, engine, out))
        finally:
            shutil.move(aside, last)
        added, found = _timed(lambda: aggregate(ROOT, folder, engine, out))
    print(f"all but the last month {whole:.1f} s, the last month {added:.2f} s")
    print(f"{added / whole:.1%}; worked out: {found.worked_out}")


def parity(folder: Path, memory: str) -> bool:
    """Say whether Spark comes to the same figures and findings."""
    python = cluster_python(os.environ)
    if python is None:
        print("Spark is not set up: make cluster")
        return False
    with _beside(folder) as place, spark_engine(python) as spark:
        engines: tuple[Engine, ...] = (DuckDBEngine(Path(place) / "spill", memory), spark)
        results: list[Aggregated] = []
        for engine in engines:
            out = Path(place) / engine.name
            seconds, found = _timed(lambda e=engine, o=out: aggregate(ROOT, folder, e, o))
            print(f"{engine.name}: {seconds:.1f} s", flush=True)
            results.append(found)
    one, other = results
    same = one.months == other.months and extract(one, "金山区") == extract(other, "金山区")
    print("same" if same else "different")
    return same


def _beside(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Keep what is written on the ledger's own disk."""
    return tempfile.TemporaryDirectory(dir=folder.parent, prefix="measured-")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Draw or measure; 0 when within the bounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("draw", "measure", "late", "parity"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--memory", default="1200MB")
    chosen = parser.parse_args()
    if chosen.task == "draw":
        chosen.folder.mkdir(parents=True, exist_ok=True)
        seconds, rows = _timed(lambda: draw(chosen.folder, sized(chosen.rows, chosen.months)))
        print(f"{rows:,} rows in {seconds:.0f} s, {_memory():.0f} MiB")
        return 0
    if chosen.task == "late":
        late(chosen.folder, chosen.memory)
        return 0
    fine = (
        measure(chosen.folder, chosen.repeats, chosen.memory)
        if chosen.task == "measure"
        else parity(chosen.folder, chosen.memory)
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
