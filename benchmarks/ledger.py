"""Draw an illustrative ledger (演示), and measure what summing one costs.

    python -m benchmarks.ledger draw FOLDER --rows 10000000 [--months 120]
    python -m benchmarks.ledger measure FOLDER [--repeats 3] [--memory 1200MB]
    python -m benchmarks.ledger sums FOLDER          # of it, only the sums beside bare scans
    python -m benchmarks.ledger late FOLDER          # its last month comes late
    python -m benchmarks.ledger parity FOLDER        # the same on Spark, local[2] and a cluster

``measure`` sets the statements of all sums and counts, with the amounts that their protection
needs, beside bare scans in DuckDB with the same bound on memory: one SELECT over the parquet
files that sums every number and counts the cells of every text and day that are not empty. The
bound of 1.5 times holds for the scan of the same columns of all rows. The pruned one shows what
skipping saves: it reads, as the statements do, all columns of Decembers and of other months only
the two amounts that are published monthly and three that decide whose. All take turns, and the
best of some turns stands. Memory is the largest of the process; findings and the comparison with
the year before are timed apart.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb

from analytics.data.ledger.aggregate import Aggregated, aggregate, ask
from analytics.data.ledger.contract import MEASURES, MONTHLY_MEASURES
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import Engine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.figures import totals_and_counts
from analytics.data.ledger.partitions import files_of, find_partitions
from analytics.data.ledger.spark_engine import cluster_python, spark_engine
from benchmarks.drawn_ledger import draw, sized
from tests.support.spark_cluster import standalone_cluster

ROOT = Path(__file__).parents[1]
REGION = "金山区"
T = TypeVar("T")
RATIO, MEMORY = 1.5, 2048  # bounds; memory in MiB
_WHO = ("registered_at", "operates_at", "above_scale_since")  # decide who is counted
_OTHERS = (
    *("emerging_since", "park_level", "park_since"),
    *("cluster", "cluster_since", "featured", "featured_since"),
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


def same_columns(folder: Path) -> dict[str, Sequence[Path]]:
    """Return all columns that sums read, of all rows."""
    return {_every(): files_of(find_partitions(folder))}


def pruned(folder: Path) -> dict[str, Sequence[Path]]:
    """Return only what sums read of each month."""
    months = find_partitions(folder)
    return {
        _every(): files_of(one for one in months if one.month == 12),
        _bare(MONTHLY_MEASURES, _WHO): files_of(one for one in months if one.month != 12),
    }


def _every() -> str:
    contract = ask(ROOT, REGION).contract
    flags = {*contract.flags_counted("held"), *contract.flags_counted("new")}
    return _bare(MEASURES, (*_WHO, *_OTHERS, *sorted(flags)))


def _bare(amounts: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join([f"sum({name})" for name in amounts] + [f"count({name})" for name in others])


def summing(folder: Path, memory: str, spill: Path) -> Cost:
    """Return what all sums and counts take."""
    partitions, question = find_partitions(folder), ask(ROOT, REGION)
    engine = DuckDBEngine(spill, memory)
    return _cost(lambda: totals_and_counts(question, engine, partitions))


def measure(folder: Path, repeats: int, memory: str) -> bool:
    """Print times and memory; say whether they are within the bounds."""
    fine = sums_beside_scans(folder, repeats, memory)
    with _beside(folder) as place:
        engine = DuckDBEngine(Path(place) / "spill", memory)
        seconds, found = _timed(lambda: aggregate(ROOT, folder, engine, Path(place)))
        print(f"whole, with findings and the year before: {seconds:.1f} s, {_memory():.0f} MiB")
        seconds, made = _timed(lambda: extract(found, REGION))
        print(f"protection: {seconds:.1f} s, {len(made.rows)} figures, {len(made.hidden)} withheld")
    return fine and _memory() <= MEMORY


def sums_beside_scans(folder: Path, repeats: int, memory: str) -> bool:
    """Print the best of some turns; say whether time and memory are within the bounds."""
    with _beside(folder) as spill:
        runs = [
            (
                bare_scan(same_columns(folder), memory),
                bare_scan(pruned(folder), memory),
                summing(folder, memory, Path(spill)),
            )
            for _ in range(repeats)
        ]
    same, least, summed = (
        Cost(*map(min, zip(*run, strict=True))) for run in zip(*runs, strict=True)
    )
    print(f"all sums and counts: {summed.seconds:.2f} s, {summed.cpu:.2f} s of the processors")
    for name, bare in (("the same columns", same), ("only what is read of each month", least)):
        ratios = f"{summed.seconds / bare.seconds:.2f} times; {summed.cpu / bare.cpu:.2f} of these"
        print(f"bare scan, {name}: {bare.seconds:.2f} s, {bare.cpu:.2f} s: {ratios}")
    print(f"memory so far {_memory():.0f} MiB", flush=True)
    return summed.seconds <= RATIO * same.seconds and _memory() <= MEMORY


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
    """Say whether Spark comes to the same figures and findings, here and on a cluster."""
    python = cluster_python(os.environ)
    if python is None:
        print("Spark is not set up: make cluster")
        return False
    with _beside(folder) as place:
        embedded = _aggregated(folder, DuckDBEngine(Path(place) / "spill", memory), place)
        with spark_engine(python, settings={"spark.driver.memory": "2g"}) as spark:
            same = _is_same(embedded, _aggregated(folder, spark, f"{place}/local"))
        with (
            standalone_cluster(python, Path(place), memory="2g") as master,
            spark_engine(python, master, {"spark.executor.memory": "1800m"}) as spark,
        ):
            return _is_same(embedded, _aggregated(folder, spark, f"{place}/cluster")) and same


def _aggregated(folder: Path, engine: Engine, out: str) -> Aggregated:
    seconds, found = _timed(lambda: aggregate(ROOT, folder, engine, Path(out)))
    print(f"{engine.name}: {seconds:.1f} s", flush=True)
    return found


def _is_same(one: Aggregated, other: Aggregated) -> bool:
    """Compare every sum, number and finding to the digit, and every indicator that comes of it."""
    made, again = extract(one, REGION), extract(other, REGION)
    same = one.months == other.months and made == again
    indicators = {row.id for row in made.rows}
    sums = sum(len(month.totals) + len(month.counted) + len(month.sides) for month in one.months)
    print(f"{'same' if same else 'different'}: {sums:,} sums, {len(made.rows):,} figures")
    print(f"{len(indicators)} indicators, {len(one.faults):,} findings", flush=True)
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
