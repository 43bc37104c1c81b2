"""The embedded engine: DuckDB with a bound on memory, spilling beyond it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.data.ledger.engine import LEDGER, Job, LedgerError, Row, Table


@dataclass(frozen=True)
class DuckDBEngine:
    """Runs jobs in this process."""

    spill: Path  # folder for what does not fit
    memory: str = "1200MB"
    threads: int | None = None
    name: str = "duckdb"
    months_at_a_time: int = 12  # compared together: bounds what must be held or spilled

    def run(self, job: Job) -> dict[str, list[Row]]:
        """Return the rows of every wanted step by its name; raise LedgerError."""
        connection = self._connect()
        try:
            _prepare(connection, job)
            return {step.name: _rows(connection, step.name) for step in job.steps if step.wanted}
        except duckdb.Error as error:
            raise LedgerError(f"台账无法汇总：{_reason(error)}") from error
        finally:
            connection.close()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        self.spill.mkdir(parents=True, exist_ok=True)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.memory,
            "temp_directory": str(self.spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if self.threads:
            config["threads"] = self.threads
        try:
            return duckdb.connect(config=config)
        except duckdb.Error:
            raise LedgerError(f"内存上限“{self.memory}”无法使用，请写成如 1200MB") from None


def _prepare(connection: duckdb.DuckDBPyConnection, job: Job) -> None:
    connection.execute("SET enable_progress_bar = false")
    files = ", ".join(_quoted(str(path)) for path in job.files)
    connection.execute(
        f"CREATE TEMP VIEW {LEDGER} AS SELECT * FROM read_parquet([{files}], "
        "hive_partitioning = true, hive_types = {'year': INTEGER, 'month': INTEGER}, "
        "filename = true, file_row_number = true)"
    )
    for name, table in job.tables.items():
        _load(connection, name, table)
    for step in job.steps:
        kind = "TABLE" if step.kept else "VIEW"
        connection.execute(f"CREATE TEMP {kind} {step.name} AS {step.sql}")


def _load(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    columns = ", ".join(f"{column} {kind}" for column, kind in table.columns.items())
    connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
    if table.rows:
        places = ", ".join("?" for _ in table.columns)
        connection.executemany(f"INSERT INTO {name} VALUES ({places})", table.rows)


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    cursor = connection.execute(f"SELECT * FROM {name}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _reason(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "内存不足，且临时文件夹写不下；请换一个有空余空间的输出文件夹"
    return str(error).splitlines()[0]
