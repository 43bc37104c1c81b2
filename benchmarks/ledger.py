"""Draw an illustrative ledger (演示), and measure what summing one costs.

    python -m benchmarks.ledger draw FOLDER --rows 10000000 [--months 120]
    python -m benchmarks.ledger measure FOLDER [--repeats 3] [--memory 1200MB]
    python -m benchmarks.ledger sums FOLDER          # of it, only the sums beside bare scans
    python -m benchmarks.ledger whole FOLDER         # of it, only the whole, findings and all
    python -m benchmarks.ledger late FOLDER          # its last month comes late
    python -m benchmarks.ledger local FOLDER         # the same on Spark's local[2]
    python -m benchmarks.ledger cluster FOLDER       # the same on a master with two workers

``measure`` sets the statements of all sums and counts, with the amounts that their protection
needs, beside bare scans in DuckDB with the same bound on memory: one SELECT over the parquet
files that sums every number and counts the cells of every text and day that are not empty. The
bound of 1.5 times holds for the scan of the same columns of all rows. The pruned one shows what
skipping saves: it reads, as the statements do, all columns of Decembers and of other months only
the two amounts that are published monthly and three that decide whose. All take turns, and the
best of some turns stands. Memory is the largest of the process, what is spilled is looked at
every second; findings and the comparison with the year before are timed apart.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from analytics.data.ledger.aggregate import aggregate, ask
from analytics.data.ledger.contract import MEASURES, MONTHLY_MEASURES
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.figures import totals_and_counts
from analytics.data.ledger.partitions import files_of, find_partitions
from benchmarks.drawn_ledger import draw, sized
from benchmarks.ledger_engines import REGION, cluster, local
from benchmarks.measuring import Cost, beside, peak_memory, timed, watched
from tests.support.paths import ROOT

RATIO, MEMORY = 1.5, 2048  # bounds; memory in MiB
_WHO = ("registered_at", "operates_at", "above_scale_since")  # decide who is counted
_OTHERS = (
    *("emerging_since", "park_level", "park_since"),
    *("cluster", "cluster_since", "featured", "featured_since"),
)


def bare_scan(columns: Mapping[str, Sequence[Path]], memory: str) -> Cost:
    """Return what DuckDB takes to work out these values of these files, and nothing else."""
    connection = duckdb.connect(config={"memory_limit": memory})
    cost, _ = timed(
        lambda: [
            connection.execute(
                f"SELECT {values} FROM read_parquet($files)", {"files": list(map(str, files))}
            ).fetchall()
            for values, files in columns.items()
        ]
    )
    return cost


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
    cost, _ = timed(lambda: totals_and_counts(question, engine, partitions))
    return cost


def measure(folder: Path, repeats: int, memory: str) -> bool:
    """Print times and memory; say whether they are within the bounds."""
    fine = sums_beside_scans(folder, repeats, memory)
    return whole(folder, repeats, memory) and fine


def whole(folder: Path, _repeats: int, memory: str) -> bool:
    """Print what everything takes, findings and the year before too; check the memory's bound."""
    with beside(folder) as place:
        spill = Path(place) / "spill"
        engine = DuckDBEngine(spill, memory)
        with watched(spill) as spilled:
            cost, found = timed(
                lambda: aggregate(ROOT, folder, engine, Path(place), on_progress=_now)
            )
        print(f"whole, with findings and the year before: {cost}")
        print(f"memory {peak_memory():.0f} MiB, spilled at most {max(spilled) / 2**20:,.0f} MiB")
        cost, made = timed(lambda: extract(found, REGION))
        print(f"{len(found.months)} months, {len(found.faults):,} findings")
        print(f"protection: {cost}, {len(made.rows)} figures, {len(made.hidden)} withheld")
    return peak_memory() <= MEMORY


def _now(said: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {said}", flush=True)


def sums_beside_scans(folder: Path, repeats: int, memory: str) -> bool:
    """Print the best of some turns; say whether time and memory are within the bounds."""
    with beside(folder) as spill:
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
    print(f"all sums and counts: {summed}")
    for name, bare in (("the same columns", same), ("only what is read of each month", least)):
        ratios = f"{summed.seconds / bare.seconds:.2f} times; {summed.cpu / bare.cpu:.2f} of these"
        print(f"bare scan, {name}: {bare}: {ratios}")
    print(f"memory so far {peak_memory():.0f} MiB", flush=True)
    return summed.seconds <= RATIO * same.seconds and peak_memory() <= MEMORY


def late(folder: Path, _repeats: int, memory: str) -> bool:
    """Print what adding the last month costs, beside the whole."""
    last = find_partitions(folder)[-1].files[0].parent
    with beside(folder) as place:
        out, aside = Path(place) / "out", Path(place) / "aside"
        engine = DuckDBEngine(out / "spill", memory)
        shutil.move(last, aside)
        try:
            others, _ = timed(lambda: aggregate(ROOT, folder, engine, out))
        finally:
            shutil.move(aside, last)
        added, found = timed(lambda: aggregate(ROOT, folder, engine, out))
    print(f"all but the last month: {others}; the last month: {added}")
    print(f"{added.cpu / others.cpu:.1%} of the processors' time; worked out: {found.worked_out}")
    return len(found.worked_out) == 1


_TASKS = {
    "measure": measure,
    "sums": sums_beside_scans,
    "whole": whole,
    "late": late,
    "local": local,
    "cluster": cluster,
}


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
        cost, rows = timed(lambda: draw(chosen.folder, sized(chosen.rows, chosen.months)))
        print(f"{rows:,} rows: {cost}, {peak_memory():.0f} MiB")
        return 0
    return 0 if _TASKS[chosen.task](chosen.folder, chosen.repeats, chosen.memory) else 1


if __name__ == "__main__":
    sys.exit(main())
