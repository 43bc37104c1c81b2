"""The only place that runs SQL: a locked-down DuckDB over one release.

Tables are copied from the release's parquet files into memory, then external
access is switched off and the configuration locked, so that no query can read
or write a file. Every call opens its own cursor: a connection shared between
threads returns other threads' answers.
"""

import json
import re
import threading
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from analytics.data.releases.files import PACKAGE, ReleaseError

SQL_ROOT = Path(__file__).resolve().parents[3] / "sql"
LONGEST = 60.0  # seconds of one query; those of the project take milliseconds
_HEADER = re.compile(r"^-- (name|about|check|param|returns): *(.+?)\s*$", re.MULTILINE)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


class QueryError(Exception):
    """A query was called against its header contract."""


@dataclass(frozen=True)
class Query:
    """One SELECT with the contract stated in its header."""

    name: str
    about: str
    params: dict[str, str]
    returns: dict[str, str]
    text: str


def read_query(path: Path) -> Query:
    """Read one SQL file and the contract in its header."""
    text = path.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        fields.setdefault(key, []).append(value)
    about = fields.get("about") or fields.get("check") or [""]
    return Query(
        name=fields.get("name", [path.stem])[0],
        about=about[0],
        params=_typed(fields.get("param", [])),
        returns=_typed(fields.get("returns", [])),
        text=text,
    )


def _typed(lines: list[str]) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in lines)


def query_names(sql_root: Path = SQL_ROOT) -> list[str]:
    """List the queries that can be called."""
    return sorted(path.stem for path in sql_root.glob("*.sql"))


def check_names(sql_root: Path = SQL_ROOT) -> list[str]:
    """List the data checks."""
    return sorted(path.stem for path in (sql_root / "checks").glob("*.sql"))


class Store:
    """Read-only queries over the tables of one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sql_root: Path = SQL_ROOT):
        self._connection = connection
        self._sql_root = sql_root

    @classmethod
    def open(cls, folder: Path, sql_root: Path = SQL_ROOT) -> "Store":
        """Load the tables a release folder's list names and lock the database."""
        connection = duckdb.connect(
            config={
                "threads": 2,
                "memory_limit": "1GB",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        for path in _listed(folder):
            _load_table(connection, path)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return cls(connection, sql_root)

    def query(self, name: str, **params: object) -> pd.DataFrame:
        """Run ``sql/<name>.sql`` with bound parameters and return its rows."""
        return self._run(self.describe(name), params)

    def describe(self, name: str) -> Query:
        """Return the query's text and contract."""
        return read_query(self._path(self._sql_root, name))

    def check(self, name: str) -> pd.DataFrame:
        """Run one data check and return the offending rows."""
        return self._run(read_query(self._path(self._sql_root / "checks", name)), {})

    def finds(self, name: str) -> bool:
        """Tell whether a data check has an offending row, without making a table of them."""
        text = read_query(self._path(self._sql_root / "checks", name)).text
        return self._connection.cursor().execute(text).fetchone() is not None

    def tables(self) -> list[str]:
        """List the tables of the release."""
        return [row[0] for row in self._connection.cursor().execute("SHOW TABLES").fetchall()]

    def _run(self, query: Query, params: dict[str, object]) -> pd.DataFrame:
        if params.keys() != query.params.keys():
            raise QueryError(
                f"{query.name}: needs parameters {sorted(query.params)}, got {sorted(params)}"
            )
        cursor = self._connection.cursor()
        clock = threading.Timer(LONGEST, cursor.interrupt)
        clock.start()
        try:
            return cursor.execute(query.text, params or None).df()
        except duckdb.InterruptException:
            raise ReleaseError(f"{query.name}：查询超过{LONGEST:g}秒，已停止") from None
        finally:
            clock.cancel()

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        path = folder / f"{name}.sql"
        if not _IDENTIFIER.fullmatch(name) or not path.is_file():
            raise QueryError(f"no query named {name!r}")
        return path


def _listed(folder: Path) -> list[Path]:
    """Return the files the folder's list names; a file beside them is no part of the release."""
    package = folder / PACKAGE
    if not package.is_file():
        return sorted(folder.glob("*.parquet"))
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    return sorted(folder / Path(resource["path"]).name for resource in resources)


def _load_table(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if not _IDENTIFIER.fullmatch(path.stem):
        raise QueryError(f"not a table name: {path.name}")
    connection.execute(
        f"CREATE TABLE {path.stem} AS SELECT * FROM read_parquet($path)", {"path": str(path)}
    )
