"""What a ledger comes to: by hand, beside pandas, and month by month."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.data.ledger.aggregate import aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import Job, LedgerError, Row
from analytics.data.ledger.values import values
from tests.support.paths import ROOT
from tests.support.small_ledger import firm, write_month


@dataclass
class Watched:
    """The embedded engine, remembering which months' files it was given."""

    engine: DuckDBEngine
    seen: set[str] = field(default_factory=set)
    name: str = "duckdb"
    months_at_a_time: int = 12

    def run(self, job: Job) -> dict[str, list[Row]]:
        self.seen |= {path.parent.name for path in job.files}
        return self.engine.run(job)


def add(ledger: Path, out: Path, engine=None):
    return aggregate(ROOT, ledger, engine or DuckDBEngine(out / "spill"), out)


def year_of(found, year: int) -> dict[str, float]:
    return {name: one.value for name, one in values(found)[year, 12].items()}


def test_a_ledger_of_five_enterprises_comes_to_what_is_summed_by_hand(tmp_path):
    """千元 → 亿元: 100,000 千元 are 1 亿元; 1,000,000 m² are 1 km²."""
    park = {"park": "甲", "park_level": "市级特色", "land": 500_000, "tax": 40_000}
    write_month(
        tmp_path / "in",
        2025,
        12,
        [
            firm(0, 100_000, cluster="新材料", emerging_since=pd.Timestamp("2024-05-01"), **park),
            firm(1, 200_000, cluster="智能装备", revenue=300_000, rd=6_000),
            firm(2, 300_000, registered_at="310115", cluster="绿色化工"),
            firm(3, 400_000, operates_at="310115", revenue=100_000, rd=2_000),
            firm(4, 500_000, above_scale_since=None, investment=700_000, **park),
        ],
    )
    found = year_of(add(tmp_path / "in", tmp_path / "out"), 2025)
    assert found["gross_output_registered"] == 1 + 2  # operating here too
    assert found["gross_output_territorial"] == 1 + 2 + 3
    assert found["four_clusters_output"] == 1 + 2
    assert found["green_chemical_output"] == 3
    assert found["strategic_emerging_share"] == 1 / 3
    assert found["rd_intensity"] == 0.06 / 3
    assert found["park_output"] == 1  # the fifth is not above scale
    assert found["park_tax"] == 0.4 + 0.4
    assert found["park_land_tax"] == 0.8 / 1.0
    assert found["industrial_fixed_investment"] == 7


def test_firms_are_counted_when_they_hold_a_flag_and_added_in_the_year_they_earned_it(tmp_path):
    earned, before = pd.Timestamp("2025-03-01"), pd.Timestamp("2024-12-31")
    rows = [
        firm(0, 1, high_tech_since=earned, srdi_since=earned),
        firm(1, 1, high_tech_since=before, srdi_since=before),
        firm(2, 1, listed_since=before, service_since=before, above_scale_since=None),
        firm(3, 1, operates_at="310115", high_tech_since=before),
    ]
    write_month(tmp_path / "in", 2025, 12, rows)
    found = year_of(add(tmp_path / "in", tmp_path / "out"), 2025)
    assert found["high_tech_firms"] == 2
    assert found["srdi_firms"] == 1
    assert found["listed_firms"] == 1
    assert found["service_manufacturers"] == 0  # of above-scale enterprises only


def test_a_flag_counts_from_the_month_it_began(tmp_path):
    rows = [firm(n, 10, cluster="新材料", cluster_since=pd.Timestamp("2026-01-01")) for n in (0, 1)]
    write_month(tmp_path / "in", 2025, 12, [*rows, firm(2, 10, cluster="新材料")])
    found = year_of(add(tmp_path / "in", tmp_path / "out"), 2025)
    assert found["new_materials_output"] == 10 / 100_000


def test_clusters_are_counted_from_five_hundred_hundred_million_on(tmp_path):
    many, few = 50_000_000, 49_999_999  # 千元: 500 亿元 and a thousand yuan less
    rows = [firm(0, many, cluster="新材料"), firm(1, few, cluster="生命健康")]
    rows += [firm(2, 1, cluster="智能装备"), firm(3, 1, cluster="信息技术")]
    write_month(tmp_path / "in", 2025, 12, rows)
    assert year_of(add(tmp_path / "in", tmp_path / "out"), 2025)["clusters_over_50bn"] == 1


def test_an_independent_computation_with_pandas_agrees(drawn_ledger, drawn_result):
    """Five indicators of 2017, straight from the file of its December."""
    path = drawn_ledger / "year=2017" / "month=12" / "part-0.parquet"
    rows = pq.ParquetFile(path).read().to_pandas()
    end = pd.Timestamp("2017-12-31")
    held = {name: pd.to_datetime(rows[name]) <= end for name in rows if name.endswith("_since")}
    works = rows["operates_at"].str.startswith("310116")
    here = works & rows["registered_at"].str.startswith("310116") & held["above_scale_since"]
    output = rows["output_to_date"]
    parks = works & held["park_since"]
    new = pd.to_datetime(rows["srdi_since"]).dt.year == 2017
    found = year_of(drawn_result, 2017)
    assert found["gross_output_registered"] == output[here].sum() / 1e5
    assert found["strategic_emerging_share"] == pytest.approx(
        output[here & held["emerging_since"]].sum() / output[here].sum(), rel=1e-12
    )
    assert found["rd_intensity"] == pytest.approx(
        rows["rd"][here].sum() / rows["revenue"][here].sum(), rel=1e-12
    )
    assert found["park_land_output"] == pytest.approx(
        (output[parks & held["above_scale_since"]].sum() / 1e5) / (rows["land"][parks].sum() / 1e6),
        rel=1e-12,
    )
    assert found["srdi_firms"] == (works & new).sum()


def test_at_least_25_indicators_of_the_plan_come_from_the_ledger(catalog, drawn_result):
    targets = {target.indicator for target in catalog.targets.values()}
    leaves = {part for name in targets for part in (name, *catalog.components_of(name))}
    assert len(leaves & year_of(drawn_result, 2017).keys()) >= 25


def test_a_month_worked_out_once_is_taken_as_it_is(drawn_ledger, tmp_path):
    first = add(drawn_ledger, tmp_path)
    watched = Watched(DuckDBEngine(tmp_path / "spill"))
    again = add(drawn_ledger, tmp_path, watched)
    assert watched.seen == set()
    assert again.worked_out == ()
    assert again.months == first.months


def test_a_late_month_touches_only_its_own_partition_and_those_it_is_compared_with(tmp_path):
    ledger, out = tmp_path / "in", tmp_path / "out"
    for month in range(1, 13):
        write_month(ledger, 2024, month, [firm(n, 10 * month) for n in range(5)])
    for month in range(1, 9):
        write_month(ledger, 2025, month, [firm(n, 11 * month) for n in range(5)])
    add(ledger, out)
    late = write_month(ledger, 2025, 9, [firm(n, 99) for n in range(5)])
    watched = Watched(DuckDBEngine(out / "spill"))
    found = add(ledger, out, watched)
    assert found.worked_out == ((2025, 9),)
    assert watched.seen == {late.parent.name, "month=8"}  # of 2025; September also of 2024
    assert values(found)[2025, 9]["gross_output_registered"].value == 5 * 99 / 1e5


def test_a_revised_month_is_worked_out_again_with_what_is_compared_with_it(tmp_path):
    ledger, out = tmp_path / "in", tmp_path / "out"
    for year in (2024, 2025):
        for month in (8, 9):
            write_month(ledger, year, month, [firm(n, 10) for n in range(5)])
    add(ledger, out)
    write_month(ledger, 2024, 8, [firm(n, 20) for n in range(6)])
    assert add(ledger, out).worked_out == ((2024, 8), (2024, 9), (2025, 8))


def test_a_damaged_note_of_a_month_is_worked_out_again(tmp_path):
    ledger, out = tmp_path / "in", tmp_path / "out"
    write_month(ledger, 2025, 12, [firm(n, 10) for n in range(5)])
    before = add(ledger, out)
    (out / "months" / "2025-12.json").write_text("{", encoding="utf-8")
    assert add(ledger, out).months == before.months


def test_a_folder_without_a_ledger_is_refused_by_name(tmp_path):
    (tmp_path / "空").mkdir()
    with pytest.raises(LedgerError, match="空：没有台账文件"):
        add(tmp_path / "空", tmp_path / "out")
    with pytest.raises(LedgerError, match="没有此夹：文件夹不存在"):
        add(tmp_path / "没有此夹", tmp_path / "out")


def test_a_parquet_file_outside_a_month_is_refused_by_name(tmp_path):
    path = write_month(tmp_path / "in", 2025, 12, [firm(0, 1)])
    path.rename(tmp_path / "in" / "全年.parquet")
    with pytest.raises(LedgerError, match=r"全年\.parquet：Parquet 文件须放在"):
        add(tmp_path / "in", tmp_path / "out")
