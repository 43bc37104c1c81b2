"""Table 13.2 of the city's yearbook goes in as it is downloaded: a series of each district.

Figures: the printed tables of 2012 and 2017 (tests/data/imports/C1302_*.xls).
"""

from pathlib import Path

import pytest

from analytics.data.imports.intake import read_import
from analytics.data.releases.release import open_release
from analytics.data.releases.standing import standing
from analytics.data.releases.store import Store
from tests.support.drawn_imports import TODAY
from tests.support.import_fixtures import publish_batch
from tests.support.paths import ROOT
from tests.support.release_fixtures import copy_built

VOLUMES = ("C1302_2012.xls", "C1302_2017.xls")
PRINTED = [
    ("yearbook_output", "金山区", {2012: 1682.09, 2017: 1826.28}),
    ("yearbook_profit", "金山区", {2012: 15.41, 2017: 132.32}),
    ("yearbook_employment", "崇明区", {2012: 4.81, 2017: 2.98}),  # 崇明县 in 2012
    ("yearbook_revenue", "上海市", {2012: 34096.29, 2017: 37910.50}),
    ("yearbook_firms", "松江区", {2012: 1372}),
]


@pytest.fixture
def root(release_root: Path, tmp_path: Path) -> Path:
    return copy_built(release_root, tmp_path / "project")


def test_two_volumes_are_dropped_and_each_district_has_a_series(root):
    files = [(name, (ROOT / "tests/data/imports" / name).read_bytes()) for name in VOLUMES]
    batch = read_import(files, standing(root), submitted_by="李雷", submitted_on=TODAY)
    assert [(tally.read, tally.unread) for tally in batch.tallies] == [(108, 6), (85, 5)]
    # 静安区 was merged with 闸北区 in 2015: the only figures a person is asked about
    assert {batch.rows["region"][n] for n, ids in enumerate(batch.rows["faults"]) if ids} == {
        "静安区"
    }
    publish_batch(root, batch.confirm_all())
    _, folder = open_release(root, "published")
    store = Store.open(folder)
    for name, region, values in PRINTED:
        history = store.query("annual_history", indicator_id=name, region=region)
        assert dict(zip(history["year"], history["value"], strict=True)) == pytest.approx(values)


def test_that_the_row_of_the_district_is_not_the_plans_output_is_said(root):
    content = (ROOT / "tests/data/imports" / VOLUMES[0]).read_bytes()
    batch = read_import(
        [(VOLUMES[0], content)], standing(root), submitted_by="李雷", submitted_on=TODAY
    )
    (said,) = [fault.message_zh for fault in batch.faults if fault.rule == "按对应表读取"]
    assert "不是方案的在地产值" in said
    ours = batch.rows.loc[batch.rows["region"] == "金山区", "indicator_id"]
    assert all(name.startswith("yearbook_") for name in ours)
