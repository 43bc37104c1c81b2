"""The same ledger and the same statements on DuckDB and on Spark: the same answers."""

from pathlib import Path

import pytest

from analytics.data.ledger.aggregate import Aggregated, aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import LedgerError
from analytics.data.ledger.extract import extract
from analytics.data.ledger.spark_engine import cluster_python, spark_engine
from tests.support.paths import ROOT
from tests.support.small_ledger import CODES, firm, write_month
from tests.support.spark_cluster import spark_python, standalone_cluster


def on_spark(ledger: Path, out: Path, master: str) -> Aggregated:
    settings = {"spark.executor.memory": "512m", "spark.cores.max": "2"}
    with spark_engine(spark_python(), master, settings) as engine:
        return aggregate(ROOT, ledger, engine, out)


def assert_same(spark: Aggregated, duckdb: Aggregated) -> None:
    """Every sum, number and comparison to the digit, every indicator, and every finding."""
    assert spark.months == duckdb.months
    assert spark.faults == duckdb.faults
    mine, theirs = (extract(found, "金山区") for found in (spark, duckdb))
    assert len({row.id for row in mine.rows}) >= 40
    assert mine == theirs


def test_a_hundred_thousand_rows_agree_on_two_local_threads(drawn_ledger, drawn_result, tmp_path):
    assert_same(on_spark(drawn_ledger, tmp_path, "local[2]"), drawn_result)


def test_a_hundred_thousand_rows_agree_on_a_master_with_two_workers(
    drawn_ledger, drawn_result, tmp_path
):
    with standalone_cluster(spark_python(), tmp_path) as master:
        assert master.startswith("spark://127.0.0.1:")
        assert_same(on_spark(drawn_ledger, tmp_path / "out", master), drawn_result)


def test_faults_and_dominated_sums_agree_too(tmp_path):
    """Repeats, unknown words, bad codes, a changed code, and sums of few or of one large."""
    ledger = tmp_path / "台账"
    plain = [firm(n, 1000 * (n + 1), cluster="新材料") for n in range(8)]
    write_month(ledger, 2024, 12, [*plain, firm(9, 900_000, cluster="智能装备", name="换码")])
    write_month(
        ledger,
        2025,
        12,
        [
            *plain,
            firm(8, 5, output=9, cluster="不详"),
            firm(7, 5, industry="0100"),
            firm(10, 900_000, cluster="新材料", credit_code=CODES[10][:17] + "O"),
        ],
    )
    write_month(ledger, 2026, 1, [firm(11, 900, name="换码"), *plain])
    write_month(ledger, 2025, 11, [firm(12, 900, name="换码"), *plain])
    duckdb = aggregate(ROOT, ledger, DuckDBEngine(tmp_path / "spill"), tmp_path / "one")
    spark = on_spark(ledger, tmp_path / "other", "local[2]")
    assert spark.months == duckdb.months
    assert {fault.rule for fault in spark.faults} >= {"重复", "未知的词", "行业代码", "缺月"}
    assert any(total.second > 0 for month in spark.months for total in month.totals)


def test_what_spark_says_is_passed_on_in_one_sentence(tmp_path):
    path = write_month(tmp_path / "in", 2025, 12, [firm(0, 1)])
    with (
        spark_engine(spark_python(), "nonsense") as engine,
        pytest.raises(LedgerError) as found,
    ):
        aggregate(ROOT, path.parents[2], engine, tmp_path)
    assert str(found.value).startswith("Spark 未完成汇总（nonsense）：")
    assert "\n" not in str(found.value)


def test_without_spark_there_is_no_python_for_it(tmp_path):
    assert cluster_python({"JINSHAN_CLUSTER_PYTHON": str(tmp_path / "none")}) is None
