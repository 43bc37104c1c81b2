"""Every data check is silent on the built releases and finds the fault it is named for."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.data.releases.checks import describe_failure, failed_checks
from analytics.data.releases.release import open_release
from analytics.data.releases.store import SQL_ROOT, Store, check_names, read_query
from analytics.data.sources.tables import to_arrow

Frames = dict[str, pd.DataFrame]


def _at(frame: pd.DataFrame, **wanted: object) -> pd.Series:
    """Mark the rows that have all the wanted values."""
    found = pd.Series(True, index=frame.index)
    for column, value in wanted.items():
        found &= frame[column] == value
    assert found.any(), wanted
    return found


def _set(frames: Frames, column: str, value: object, **wanted: object) -> None:
    rows = frames["observations"]
    rows.loc[_at(rows, **wanted), column] = value


def _drop(frames: Frames, table: str, **wanted: object) -> None:
    rows = frames[table]
    frames[table] = rows[~_at(rows, **wanted)]


def _repeat(frames: Frames, **wanted: object) -> None:
    rows = frames["observations"]
    frames["observations"] = pd.concat([rows, rows[_at(rows, **wanted)]], ignore_index=True)


DEMO = {"status": "illustrative", "year": 2023, "period_kind": "year"}
ROW_A = "published_shanghai.csv:102"  # one row of the city's GDP, 2020
FAULTS = {
    "duplicate_preferred_keys": lambda f: _set(f, "vintage", 1, indicator_id="gdp", year=2018),
    "vintages_with_gaps": lambda f: _set(f, "vintage", 9, origin=ROW_A),
    "value_missing_or_infinite": lambda f: _set(f, "value", float("inf"), origin=ROW_A),
    "value_out_of_bounds": lambda f: _set(f, "value", -1.0, origin=ROW_A),
    "share_out_of_range": lambda f: _set(
        f, "value", 1.2, indicator_id="strategic_emerging_share", region="上海市"
    ),
    "count_negative_or_broken": lambda f: _set(
        f, "value", 9200.5, indicator_id="high_tech_enterprises", year=2018
    ),
    "whole_below_part": lambda f: _set(
        f, "value", 1700.0, indicator_id="gross_output_territorial", **DEMO
    ),
    "date_in_the_future": lambda f: _set(f, "published_on", date(2030, 1, 1), origin=ROW_A),
    "cumulative_falls": lambda f: _set(
        f,
        "value",
        1.0,
        indicator_id="gross_output_above_scale",
        period_kind="cumulative",
        year=2023,
        month=6,
    ),
    "identity_sum_broken": lambda f: _set(
        f, "value", 1000.0, indicator_id="four_clusters_output", **DEMO
    ),
    "identity_ratio_broken": lambda f: _set(
        f, "value", 60.0, indicator_id="park_land_output", **DEMO
    ),
    "identity_count_broken": lambda f: _set(
        f, "value", 2.0, indicator_id="clusters_over_50bn", **DEMO
    ),
    "identity_part_missing": lambda f: _drop(f, "observations", indicator_id="park_land"),
    "months_miss_the_year": lambda f: _set(
        f, "value", 120.0, indicator_id="industrial_fixed_investment", **DEMO
    ),
    "running_total_broken": lambda f: _set(
        f,
        "value",
        99.0,
        indicator_id="industrial_fixed_investment",
        period_kind="month",
        year=2023,
        month=6,
    ),
    "january_or_february_alone": lambda f: _set(
        f,
        "month",
        2,
        indicator_id="industrial_fixed_investment",
        period_kind="month",
        year=2023,
        month=3,
    ),
    "illustrative_outranks_published": lambda f: _set(
        f, "vintage", 0, indicator_id="four_clusters_output", status="illustrative", year=2020
    ),
    "illustrative_misses_published": lambda f: _set(
        f,
        "value",
        2999.0,  # the published bound is 3000
        indicator_id="gross_output_territorial",
        period_kind="year",
        year=2024,
        status="illustrative",
    ),
    "illustrative_outside_district": lambda f: _set(
        f, "region", "上海市", indicator_id="drone_output", **DEMO
    ),
    "illustrative_without_mark": lambda f: _set(f, "note", "", indicator_id="drone_output", **DEMO),
    "illustrative_in_published": lambda f: f["metadata"].__setitem__("name", "published"),
    "stock_falls": lambda f: _set(f, "value", 1.0, indicator_id="high_tech_firms", **DEMO),
    "unit_differs": lambda f: _set(f, "unit", "万元", origin=ROW_A),
    "unit_slip": lambda f: _set(f, "value", 436531700.0, indicator_id="gdp", year=2021),
    "price_bases_mixed": lambda f: _set(f, "basis", "1990年不变价", origin=ROW_A),
    "source_unknown": lambda f: _drop(f, "sources", publisher="tjj.sh.gov.cn"),
    "series_unlisted": lambda f: _drop(f, "series", indicator_id="gdp"),
    "source_row_unaccounted": lambda f: _drop(f, "observations", origin=ROW_A),
    "source_row_used_twice": lambda f: _repeat(f, origin=ROW_A),
    "rejection_without_reason": lambda f: f["rejections"].__setitem__("reason_zh", " "),
}


def _written(frames: Frames, folder: Path) -> Path:
    for name, frame in frames.items():
        pq.write_table(to_arrow(name, frame), folder / f"{name}.parquet")
    return folder


@pytest.fixture
def demo_frames(release_root) -> Frames:
    _, folder = open_release(release_root, "demo")
    return {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}


def test_every_check_has_a_drawn_fault():
    assert set(check_names()) == set(FAULTS)


@pytest.mark.parametrize("name", ["published", "demo"])
def test_the_built_releases_pass_every_check(release_root, name):
    _, folder = open_release(release_root, name)
    assert [failure.name for failure in failed_checks(folder)] == []


@pytest.mark.parametrize("check", sorted(FAULTS))
def test_a_check_finds_the_fault_it_is_named_for(demo_frames, tmp_path, check):
    FAULTS[check](demo_frames)
    assert len(Store.open(_written(demo_frames, tmp_path)).check(check)) >= 1


def test_a_failure_is_described_with_its_meaning_count_and_first_row(demo_frames, tmp_path):
    _set(demo_frames, "value", float("inf"), origin=ROW_A)
    failures = failed_checks(_written(demo_frames, tmp_path))
    (failure,) = [item for item in failures if item.name == "value_missing_or_infinite"]
    assert describe_failure(failure) == (
        "数值不为空且为有限数（value_missing_or_infinite，1行，"
        f"例如 origin={ROW_A}，indicator_id=gdp，value=inf）"
    )


@pytest.mark.parametrize("name", check_names())
def test_each_check_says_in_chinese_what_must_hold(name):
    about = read_query(SQL_ROOT / "checks" / f"{name}.sql").about
    assert any("\u4e00" <= letter <= "\u9fff" for letter in about)
