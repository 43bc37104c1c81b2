"""Draw an illustrative ledger (演示), and measure what summing one costs.

    python -m benchmarks.ledger draw FOLDER --rows 10000000 [--months 120]
    python -m benchmarks.ledger measure FOLDER [--repeats 3] [--memory 1200MB]
    python -m benchmarks.ledger sums FOLDER          # of it, only the sums beside bare scans
    python -m benchmarks.ledger late FOLDER          # its last month comes late
    python -m benchmarks.ledger parity FOLDER        # the same figures on Spark (local[2])

``measure`` sets the statements of all sums and counts, with the amounts that their protection
needs, beside two bare scans, each the sum of every number and the largest of every text and day:
one of all columns that they read, over all months, and one of only what they read of each month
(a year's sums read Decembers, monthly ones three columns and two amounts of the others). Memory
is the largest of the process; findings and the comparison with the year before are timed apart.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb

from analytics.data.ledger.aggregate import Aggregated, aggregate, ask
from analytics.data.ledger.contract import FLAGS, MEASURES, MONTHLY_MEASURES
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
_OTHERS = (  # the first three decide who is counted
    *("registered_at", "operates_at", "above_scale_since", "emerging_since", "park_level"),
    *("park_since", "cluster", "cluster_since", "featured", "featured_since", *FLAGS),
)


class Cost(NamedTuple):
    """Time on the clock and of the processors, in seconds."""

    seconds: float
    cpu: float


def bare_scan(columns: Mapping[str, Sequence[Path]], memory: str) -> Cost:
    """Return what DuckDB takes to work out these values of these files, and nothing else."""
    connection = duckdb.connect(config={"memory_limit": memory})
    return _cost(
        lambda: [
            connection.execute(
                f"SELECT {values} FROM read_parquet($files)", {"files": list(map(str, files))}
            ).fetchall()
            for values, files in columns.items()
        ]
    )


def every_column(folder: Path) -> dict[str, Sequence[Path]]:
    """Return all columns that sums read, of all months."""
    return {_bare(MEASURES, _OTHERS): files_of(find_partitions(folder))}


def same_columns(folder: Path) -> dict[str, Sequence[Path]]:
    """Return only what sums read of each month."""
    months = find_partitions(folder)
    return {
        _bare(MEASURES, _OTHERS): files_of(one for one in months if one.month == 12),
        _bare(MONTHLY_MEASURES, _OTHERS[:3]): files_of(one for one in months if one.month != 12),
    }


def _bare(amounts: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join([f"sum({name})" for name in amounts] + [f"max({name})" for name in others])


def summing(folder: Path, memory: str, spill: Path) -> Cost:
    """Return what all sums and counts take."""
    partitions, question = find_partitions(folder), ask(ROOT, "金山区")
    engine = DuckDBEngine(spill, memory)
    return _cost(lambda: totals_and_counts(question, engine, partitions))


def measure(folder: Path, repeats: int, memory: str) -> bool:
    """Print times and memory; say whether they are within the bounds."""
    fine = sums_beside_scans(folder, repeats, memory)
    with _beside(folder) as place:
        engine = DuckDBEngine(Path(place) / "spill", memory)
        seconds, found = _timed(lambda: aggregate(ROOT, folder, engine, Path(place)))
        print(f"whole, with findings and the year before: {seconds:.1f} s, {_memory():.0f} MiB")
        seconds, made = _timed(lambda: extract(found, "金山区"))
        print(f"protection: {seconds:.1f} s, {len(made.rows)} figures, {len(made.hidden)} withheld")
    return fine and _memory() <= MEMORY


def sums_beside_scans(folder: Path, repeats: int, memory: str) -> bool:
    """Print the best of some runs, taken in turn; say whether both ratios are within the bound."""
    with _beside(folder) as spill:
        runs = [
            (
                bare_scan(every_column(folder), memory),
                bare_scan(same_columns(folder), memory),
                summing(folder, memory, Path(spill)),
            )
            for _ in range(repeats)
        ]
    whole, same, summed = (
        Cost(*map(min, zip(*run, strict=True))) for run in zip(*runs, strict=True)
    )
    print(f"all sums and counts: {summed.seconds:.2f} s, {summed.cpu:.2f} s of the processors")
    for name, bare in (("every column of all months", whole), ("the same columns only", same)):
        ratios = f"{summed.seconds / bare.seconds:.2f} times; {summed.cpu / bare.cpu:.2f} of these"
        print(f"bare scan of {name}: {bare.seconds:.2f} s, {bare.cpu:.2f} s: {ratios}")
    print(f"memory so far {_memory():.0f} MiB", flush=True)
    return summed.seconds <= RATIO * min(whole.seconds, same.seconds) and _memory() <= MEMORY


def late(folder: Path, _repeats: int, memory: str) -> bool:
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
    return len(found.worked_out) == 1


def parity(folder: Path, _repeats: int, memory: str) -> bool:
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
            seconds, found = _timed(partial(aggregate, ROOT, folder, engine, out))
            print(f"{engine.name}: {seconds:.1f} s", flush=True)
            results.append(found)
    one, other = results
    same = one.months == other.months and extract(one, "金山区") == extract(other, "金山区")
    print("same" if same else "different")
    return same


_TASKS = {"measure": measure, "sums": sums_beside_scans, "late": late, "parity": parity}


def _beside(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Keep what is written on the ledger's own disk."""
    return tempfile.TemporaryDirectory(dir=folder.parent, prefix="measured-")


def _cost(work: Callable[[], object]) -> Cost:
    cpu = time.process_time()
    seconds, _ = _timed(work)
    return Cost(seconds, time.process_time() - cpu)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Draw or measure; 0 when within the bounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("draw", *_TASKS))
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
    return 0 if _TASKS[chosen.task](chosen.folder, chosen.repeats, chosen.memory) else 1


if __name__ == "__main__":
    sys.exit(main())
