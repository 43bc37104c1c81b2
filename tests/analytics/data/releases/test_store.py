"""SQL contracts, and the lock on the database, over a hand-made release."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analytics.data.releases import store as stores
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.store import QueryError, Store, check_names, query_names, read_query
from tests.support.paths import ROOT
from tests.support.tiny_release import monthly, write_tables, yearly

CITY = {"region": "上海市"}
ARGUMENTS = {"indicator_id": "gdp", "region": "上海市"}
DAY = {"as_of": date(2024, 6, 30)}
QUERIES = sorted((ROOT / "sql").glob("*.sql"))
CHECKS = sorted((ROOT / "sql/checks").glob("*.sql"))


def _open(folder: Path, *rows: dict) -> Store:
    return Store.open(write_tables(folder, list(rows)))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    rows = [
        yearly(2022, 44809.13),
        yearly(2023, 47218.66, vintage=1),
        yearly(2023, 47000.0, vintage=2),
        monthly(2023, 1, 9, 33019.23),
        yearly(2023, 100.0, region="金山区", status="illustrative"),
    ]
    return _open(tmp_path_factory.mktemp("release"), *rows)


# ── contracts ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_takes_and_returns_what_its_header_says(path, store):
    query = read_query(path)
    bound = {name: (ARGUMENTS | DAY)[name] for name in query.params}
    result = store._connection.cursor().execute(query.text, bound or None)
    assert {column[0]: str(column[1]) for column in result.description} == query.returns
    assert query.name == path.stem
    assert query.about


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_uses_every_parameter_of_its_header(path):
    query = read_query(path)
    assert set(re.findall(r"\$(\w+)", query.text)) == set(query.params)


@pytest.mark.parametrize("path", [*QUERIES, *CHECKS], ids=lambda path: path.stem)
def test_a_file_holds_one_select_and_nothing_that_writes(path):
    statements = duckdb.extract_statements(path.read_text(encoding="utf-8"))
    assert [statement.type for statement in statements] == [duckdb.StatementType.SELECT]


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_check_says_in_chinese_what_must_hold(path):
    about = read_query(path).about
    assert any("一" <= letter <= "鿿" for letter in about)


def test_all_queries_and_checks_are_listed():
    assert query_names() == [path.stem for path in QUERIES]
    assert check_names() == [path.stem for path in CHECKS]


def test_a_header_is_read_line_by_line(tmp_path):
    path = tmp_path / "sums.sql"
    path.write_text(
        "-- name: sums\n-- about: Adds: all of it.\n-- param: first DECIMAL(9, 2)\n"
        "-- returns: total BIGINT\nSELECT 1\n",
        encoding="utf-8",
    )
    query = read_query(path)
    assert (query.name, query.about) == ("sums", "Adds: all of it.")
    assert (query.params, query.returns) == ({"first": "DECIMAL(9, 2)"}, {"total": "BIGINT"})


# ── what the queries answer ──────────────────────────────────────────────────────────────


def test_the_preferred_vintage_of_every_year_is_returned_with_its_source(store):
    rows = store.query("annual_history", **ARGUMENTS)
    assert rows[["year", "value"]].values.tolist() == [[2022, 44809.13], [2023, 47218.66]]
    assert set(rows["source_title"]) == {"统计公报"}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        # a bound gives way to a later vintage that is exact
        ([(160.0, True, 1), (158.0, False, 2)], (158.0, False)),
        ([(158.0, False, 1), (160.0, True, 2)], (158.0, False)),
        # where there are only bounds the preferred one is shown, as a bound
        ([(160.0, True, 1), (150.0, True, 2)], (160.0, True)),
    ],
)
def test_an_exact_value_outranks_a_bound_whatever_the_vintage(tmp_path, rows, kept):
    drawn = [yearly(2023, v, lower_bound=b, vintage=n) for v, b, n in rows]
    found = _open(tmp_path, *drawn).query("annual_history", **ARGUMENTS)
    assert found[["value", "lower_bound"]].values.tolist() == [list(kept)]


def test_annual_history_holds_no_month_no_plan_and_no_other_region(tmp_path):
    rows = [
        yearly(2023, 1.0),
        monthly(2023, 1, 9, 2.0),
        yearly(2027, 3.0, period_kind="plan"),
        yearly(2023, 4.0, region="金山区"),
        yearly(2023, 5.0, indicator_id="gdp_yoy"),
    ]
    assert _open(tmp_path, *rows).query("annual_history", **ARGUMENTS)["value"].tolist() == [1.0]


def test_monthly_history_keeps_running_totals_and_single_months_apart(tmp_path):
    rows = [
        yearly(2023, 99.0),
        monthly(2023, 1, 2, 3.0),
        monthly(2023, 3, 3, 2.0),
        monthly(2023, 1, 3, 5.0),
        monthly(2023, 4, 4, 9.0, lower_bound=True),
        monthly(2023, 3, 3, 7.0, vintage=2),
    ]
    found = _open(tmp_path, *rows).query("monthly_history", **ARGUMENTS)
    columns = ["month_from", "month_to", "value"]
    assert found[columns].values.tolist() == [[1, 2, 3.0], [1, 3, 5.0], [3, 3, 2.0]]


def test_every_row_of_an_indicator_is_shown_newest_first(store):
    found = store.query("indicator_rows", **ARGUMENTS)
    assert found["value"].tolist() == [47218.66, 47000.0, 33019.23, 44809.13]


def test_a_row_without_a_known_source_is_kept(tmp_path):
    orphan = yearly(2023, 1.0, source_id="lost")
    found = _open(tmp_path, orphan).query("annual_history", **ARGUMENTS)
    assert found["value"].tolist() == [1.0]
    assert (found["source_title"] == "").all()


def test_rows_are_counted_by_nature(store):
    found = store.query("source_rows_by_status")
    assert found.values.tolist() == [["illustrative", 1, 1], ["official", 4, 1]]


# ── refusals ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "given",
    [{}, {"indicator_id": "gdp"}, ARGUMENTS | {"vintage": 1}, {"indicator": "gdp", **CITY}],
    ids=["none", "one missing", "one too many", "misspelt"],
)
def test_parameters_must_be_exactly_those_of_the_header(store, given):
    with pytest.raises(QueryError, match="annual_history"):
        store.query("annual_history", **given)


@pytest.mark.parametrize(
    "name",
    ["../annual_history", "checks/unit_slip", "annual_history.sql", "'; DROP TABLE observations",
     "", "no_such_query", "Annual_History", "annual_history\n", "/etc/passwd"],
)  # fmt: skip
def test_a_name_that_is_no_query_is_refused(store, name):
    with pytest.raises(QueryError):
        store.query(name)
    with pytest.raises(QueryError):
        store.check(name)


def test_a_file_that_is_no_table_name_is_refused(tmp_path):
    write_tables(tmp_path, [yearly(2023, 1.0)])
    (tmp_path / "observations.parquet").rename(tmp_path / "x; DROP TABLE y.parquet")
    with pytest.raises(QueryError, match="not a table name"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE observations; --", "' OR '1'='1", "gdp' --", "$region", "%", "\x00"]
)
def test_a_hostile_parameter_is_only_ever_compared(store, value):
    assert store.query("annual_history", indicator_id=value, region="上海市").empty
    assert store.query("annual_history", indicator_id="gdp", region=value).empty
    assert len(store.query("annual_history", **ARGUMENTS)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "COPY observations TO '{folder}/stolen.csv'",
        "COPY observations TO '{folder}/observations.parquet' (FORMAT parquet)",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('{folder}/observations.parquet')",
        "CREATE TABLE t AS SELECT * FROM '{folder}/observations.parquet'",
        "ATTACH '{folder}/other.db' AS other",
        "EXPORT DATABASE '{folder}/all'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "SET enable_external_access = true",
        "SET threads = 64",
        "SET memory_limit = '64GB'",
        "RESET lock_configuration",
        "SET temp_directory = '{folder}'",
    ],
)
def test_no_statement_reaches_files_the_network_or_the_settings(tmp_path, statement):
    locked = _open(tmp_path, yearly(2023, 1.0))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        locked._connection.cursor().execute(statement.format(folder=tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_files_may_be_replaced_while_the_store_is_open(tmp_path):
    held = _open(tmp_path, yearly(2023, 1.0))
    for path in tmp_path.glob("*.parquet"):
        path.unlink()
    assert held.query("annual_history", **ARGUMENTS)["value"].tolist() == [1.0]
    assert held.tables() == ["observations", "series", "sources"]


def test_twenty_users_at_once_each_get_their_own_answer(tmp_path):
    """One connection used directly by 20 sessions gave wrong numbers in 11 of 240 runs."""
    users, years, turns = 20, range(2011, 2024), 12  # 240 answers
    own = {f"user_{n}": [1000.0 * n + year for year in years] for n in range(users)}
    rows = [yearly(y, v, indicator_id=n) for n in own for y, v in zip(years, own[n], strict=True)]
    shared = _open(tmp_path, *rows)

    def wrong_answers(name: str) -> list[list[float]]:
        answers = (
            shared.query("annual_history", indicator_id=name, **CITY)["value"].tolist()
            for _ in range(turns)
        )
        return [answer for answer in answers if answer != own[name]]

    with ThreadPoolExecutor(users) as pool:
        assert list(pool.map(wrong_answers, own)) == [[]] * users


def test_districts_are_compared_without_zones_city_bounds_or_illustrations(tmp_path):
    rows = [
        yearly(2023, 1.0, region="松江区"),
        yearly(2024, 3.0, region="奉贤区", lower_bound=True, vintage=1),
        yearly(2024, 2.0, region="奉贤区", vintage=2),
        monthly(2021, 1, 10, 4.0, region="宝山区"),
        yearly(2023, 5.0, region="嘉定工业区"),
        yearly(2023, 6.0),
        yearly(2023, 7.0, region="金山区"),
        yearly(2023, 8.0, region="青浦区", status="illustrative"),
    ]
    found = _open(tmp_path, *rows).query("district_values", indicator_id="gdp")
    columns = ["region", "period_kind", "value"]
    assert sorted(found[columns].values.tolist()) == [
        ["奉贤区", "year", 2.0],
        ["宝山区", "cumulative", 4.0],
        ["松江区", "year", 1.0],
    ]


def test_what_was_known_on_a_day_leaves_out_what_was_published_later(tmp_path):
    rows = [
        yearly(2018, 36011.8, published_on=date(2024, 7, 1), vintage=1),
        yearly(2018, 32679.9, published_on=date(2019, 3, 1), vintage=2),
        yearly(2017, 30000.0, published_on=None),
    ]
    store = _open(tmp_path, *rows)
    before = store.query("values_as_of", **ARGUMENTS, as_of=date(2024, 6, 30))
    after = store.query("values_as_of", **ARGUMENTS, as_of=date(2024, 7, 1))
    assert before["value"].tolist() == [32679.9, 30000.0]
    assert before["preferred"].tolist() == [True, True]
    assert after["value"].tolist() == [36011.8, 32679.9, 30000.0]
    assert after["preferred"].tolist() == [True, False, True]


def test_a_query_without_end_is_stopped_and_the_next_one_answered(tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "LONGEST", 0.1)
    for name, text in {
        "endless": "SELECT count(*) AS n FROM range(10_000_000_000_000) WHERE range % 7 = 3",
        "small": "SELECT 1 AS n",
    }.items():
        (tmp_path / f"{name}.sql").write_text(f"-- returns: n BIGINT\n{text}\n")
    opened = Store.open(write_tables(tmp_path, [yearly(2022, 1.0)]), tmp_path)
    with pytest.raises(ReleaseError, match=r"^endless：查询超过0\.1秒，已停止$"):
        opened.query("endless")
    monkeypatch.undo()
    assert opened.query("small")["n"].tolist() == [1]
