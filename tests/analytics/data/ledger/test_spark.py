"""The same ledger and the same statements on DuckDB and on Spark: the same answers."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.data.ledger.aggregate import Aggregated, aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import LedgerError
from analytics.data.ledger.extract import extract
from analytics.data.ledger.spark_engine import cluster_python, spark_engine
from tests.support.paths import ROOT
from tests.support.small_ledger import CODES, firm, write_month
from tests.support.spark_cluster import (
    BRIEF,
    PATIENT,
    ended_after,
    spark_python,
    standalone_cluster,
)

SETTINGS = {
    **PATIENT,
    "spark.driver.extraJavaOptions": BRIEF,
    "spark.executor.extraJavaOptions": BRIEF,
    "spark.executor.memory": "512m",
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture
def ledger(drawn_ledger: Path, tmp_path: Path) -> Path:
    """A hundred thousand drawn rows, and years later a few with everything that can be found.

    Repeats, unknown words, bad codes, a changed code, and sums of few or of one large.
    """
    ledger = tmp_path / "台账"
    shutil.copytree(drawn_ledger, ledger)
    plain = [firm(n, 1000 * (n + 1), cluster="新材料") for n in range(8)]
    write_month(ledger, 2024, 12, [*plain, firm(9, 900_000, cluster="智能装备", name="换码")])
    faulty = [
        firm(8, 5, output=9, cluster="不详"),
        firm(7, 5, industry="0100"),
        firm(10, 900_000, cluster="新材料", credit_code=CODES[10][:17] + "O"),
    ]
    write_month(ledger, 2025, 11, [firm(12, 900, name="换码"), *plain])
    write_month(ledger, 2025, 12, [*plain, *faulty])
    write_month(ledger, 2026, 1, [firm(11, 5, name="企业8"), *plain])
    return ledger


def assert_same(spark: Aggregated, duckdb: Aggregated) -> None:
    """Every sum, number and comparison to the digit, every indicator, and every finding."""
    assert spark.months == duckdb.months
    assert spark.faults == duckdb.faults
    mine, theirs = (extract(found, "金山区") for found in (spark, duckdb))
    assert mine == theirs


def test_two_threads_and_a_master_with_two_workers_come_to_the_same(ledger, tmp_path):
    """One test: never more than these processes of Java, and the driver is started once."""
    python = spark_python()
    duckdb = aggregate(ROOT, ledger, DuckDBEngine(tmp_path / "spill"), tmp_path / "one")
    found = {fault.rule for fault in duckdb.faults}
    assert found >= {"重复", "未知的词", "行业代码", "缺月", "疑似换码"}
    assert any(total.second > 0 for month in duckdb.months for total in month.totals)
    assert len({row.id for row in extract(duckdb, "金山区").rows}) >= 40
    with (
        standalone_cluster(python, tmp_path) as master,
        spark_engine(python, "local[2]", SETTINGS) as local,
        ended_after(1800, local.process),
    ):
        assert_same(aggregate(ROOT, ledger, local, tmp_path / "two"), duckdb)
        assert master.startswith("spark://127.0.0.1:")
        cluster = replace(local, master=master)
        assert_same(aggregate(ROOT, ledger, cluster, tmp_path / "three"), duckdb)


def test_what_goes_wrong_on_the_cluster_side_is_passed_on_in_one_sentence(tmp_path):
    """The app's own Python has no Spark."""
    path = write_month(tmp_path / "in", 2025, 12, [firm(0, 1)])
    with (
        spark_engine(Path(sys.executable), "spark://主机:7077") as engine,
        pytest.raises(LedgerError) as found,
    ):
        aggregate(ROOT, path.parents[2], engine, tmp_path)
    assert str(found.value).startswith("Spark 未完成汇总（spark://主机:7077）：ModuleNotFoundError")
    assert "\n" not in str(found.value)


def test_without_spark_there_is_no_python_for_it(tmp_path):
    assert cluster_python({"JINSHAN_CLUSTER_PYTHON": str(tmp_path / "none")}) is None
