"""A drawn ledger of 10⁵ rows and what it comes to, shared by the tests of this folder."""

from pathlib import Path

import pytest

from analytics.data.ledger.aggregate import Aggregated, aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from benchmarks.drawn_ledger import draw, sized
from tests.support.paths import ROOT


@pytest.fixture(scope="session")
def drawn_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 24 months and about 10⁵ rows."""
    folder = tmp_path_factory.mktemp("ledger")
    assert draw(folder, sized(100_000, months=24)) > 95_000
    return folder


@pytest.fixture(scope="session")
def drawn_result(drawn_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Aggregated:
    """The same ledger, aggregated by the embedded engine."""
    out = tmp_path_factory.mktemp("out")
    return aggregate(ROOT, drawn_ledger, DuckDBEngine(out / "spill"), out)
