"""The part that runs where Spark is: statements in DuckDB's words, transpiled and run.

    echo JOB.json | python -m analytics.data.ledger.spark_job    # answers in RESULT.json beside it

Needs pyspark and sqlglot (requirements-cluster.txt) and nothing else of the project, so that
a cluster's own Python will do. Only whole numbers, texts and days travel between the sides.
"""

import json
import sys
from datetime import date
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

_TYPES = {"VARCHAR": "STRING", "INTEGER": "INT", "BOOLEAN": "BOOLEAN"}
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, not another number
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
}


ANSWER, DONE = "result.json", "ledger-job-done"
_PLACES = ("_metadata.file_path AS filename", "_metadata.row_index AS file_row_number")


def transpiled(sql: str) -> str:
    """Write a statement of sql/ledger in Spark's words."""
    import sqlglot

    (statement,) = sqlglot.transpile(sql, read="duckdb", write="spark", comments=False)
    return str(statement)


def session(request: dict[str, Any], running: Any = None) -> Any:
    """Start Spark on a master, unless it runs there already."""
    from pyspark.sql import SparkSession

    if running is not None:
        if running.sparkContext.master == request["master"]:
            return running
        running.stop()
    builder = SparkSession.builder.master(request["master"]).appName("ledger")
    for name, value in {**_SETTINGS, **request["settings"]}.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


def run(spark: Any, request: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Run the statements of a job and return the wanted rows."""
    _ledger(spark, request["files"]).createOrReplaceTempView(request["ledger"])
    for name, table in request["tables"].items():
        spark.sql(_literal(table)).createOrReplaceTempView(name)
    found = {}
    for step in request["steps"]:
        frame = spark.sql(transpiled(step["sql"]))
        if step["kept"]:
            frame = frame.cache()
        frame.createOrReplaceTempView(step["name"])
        if step["wanted"]:
            found[step["name"]] = [row.asDict() for row in frame.collect()]
    spark.catalog.clearCache()
    return found


def _literal(table: dict[str, Any]) -> str:
    """Write a small table as a statement: no worker has to start a Python to make it."""
    from sqlglot import exp

    columns = table["columns"]
    nothing = (None,) * len(columns)
    rows = [tuple(row) for row in table["rows"]]
    values = exp.values(rows or [nothing], alias="given", columns=list(columns))
    typed = ", ".join(f"CAST({key} AS {_TYPES[kind]}) AS {key}" for key, kind in columns.items())
    return f"SELECT {typed} FROM {values.sql(dialect='spark')}{'' if rows else ' WHERE FALSE'}"


def _ledger(spark: Any, files: list[str]) -> Any:
    """Read the files of every root; year and month come from the folders."""
    roots: dict[str, list[str]] = {}
    for path in files:
        roots.setdefault(path.partition("/year=")[0], []).append(path)
    frames = [
        spark.read.option("basePath", root).parquet(*inside).selectExpr("*", *_PLACES)
        for root, inside in roots.items()
    ]
    return reduce(lambda one, other: one.unionByName(other), frames)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def main() -> int:
    """Answer one job a line, the path of its file, until there are no more lines."""
    spark = None
    for line in sys.stdin:
        question = Path(line.strip())
        request = json.loads(question.read_text(encoding="utf-8"))
        spark = session(request, spark)
        found = run(spark, request)
        text = json.dumps(found, ensure_ascii=False, default=_plain)
        question.with_name(ANSWER).write_text(text, encoding="utf-8")
        print(DONE, flush=True)
    if spark is not None:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
