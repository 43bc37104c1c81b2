"""Hold Spark's figures of a large ledger against the embedded engine's."""

import os
import sys
from pathlib import Path

from analytics.data.ledger.aggregate import Aggregated, aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import Engine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.spark_engine import cluster_python, spark_engine
from benchmarks.measuring import beside, timed
from tests.support.paths import ROOT
from tests.support.spark_cluster import standalone_cluster

REGION = "金山区"
_LOCAL = {"spark.driver.memory": "2g"}
_CLUSTER = {"spark.executor.memory": "1800m"}


def local(folder: Path, _repeats: int, memory: str) -> bool:
    """Say whether Spark comes to the same figures and findings in one process."""
    with beside(folder) as place, spark_engine(_python(), settings=_LOCAL) as spark:
        return _is_same(folder, place, memory, spark)


def cluster(folder: Path, _repeats: int, memory: str) -> bool:
    """Say whether a master with two workers, started here, comes to the same."""
    with (
        beside(folder) as place,
        standalone_cluster(_python(), Path(place), memory="2g") as master,
        spark_engine(_python(), master, _CLUSTER) as spark,
    ):
        return _is_same(folder, place, memory, spark)


def _python() -> Path:
    if (python := cluster_python(os.environ)) is None:
        sys.exit("Spark is not set up: make cluster")
    return python


def _aggregated(folder: Path, engine: Engine, out: str) -> Aggregated:
    cost, found = timed(lambda: aggregate(ROOT, folder, engine, Path(out)))
    print(f"{engine.name}: {cost.seconds:.1f} s", flush=True)
    return found


def _is_same(folder: Path, place: str, memory: str, spark: Engine) -> bool:
    """Compare every sum, number and finding to the digit, and every indicator that comes of it."""
    one = _aggregated(folder, DuckDBEngine(Path(place) / "spill", memory), f"{place}/duckdb")
    other = _aggregated(folder, spark, f"{place}/spark")
    made, again = extract(one, REGION), extract(other, REGION)
    same = one.months == other.months and one.faults == other.faults and made == again
    indicators = {row.id for row in made.rows}
    sums = sum(len(month.totals) + len(month.counted) + len(month.sides) for month in one.months)
    print(f"{'same' if same else 'different'}: {sums:,} sums, {len(made.rows):,} figures")
    print(f"{len(indicators)} indicators, {len(one.faults):,} findings", flush=True)
    return same
