"""Figures that would single out one enterprise are never shown."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.catalog.disclosure import load_disclosure
from analytics.catalog.load import load_catalog
from analytics.data.releases.release import open_release
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.release_fixtures import ROOT, copy_built

RULES = load_disclosure(ROOT)


@pytest.mark.parametrize(
    ("note", "withheld"),
    [
        ("", False),
        ("企业数：2", True),
        ("涉及企业数 1", True),
        ("企业户数为2，已核", True),
        ("企业数：3", False),
        ("企业数：25", False),
        ("企业数：5；其中规上企业数：2", True),  # the fewest enterprises named decide
        ("企业数：2；全区企业数：50", True),
        ("企业数：5；其中规上企业数：3", False),
        ("较上年增加2家", False),
        ("修订：补报2家", False),
        ("企业数：12家", False),
        ("涉及十二家企业", False),
        # the same said in other ways, each of which once went through
        *((note, True) for note in ("企业数：两家", "企业数=2", "企业数（2）", "企业数约2")),
        *((note, True) for note in ("涉及2家企业", "仅1家企业", "2家企业", "企业个数：2")),
        *((note, True) for note in ("共2户", "户数：2", "单位数：2", "企业 数：2", "企业数：２")),
        ("企业数：若干", True),  # a count that cannot be read is taken for too small
    ],
)
def test_a_value_that_covers_fewer_than_three_enterprises_is_withheld(note, withheld):
    assert bool(RULES.withheld(note)) is withheld


def test_a_count_that_cannot_be_read_says_how_to_write_it():
    assert "请写成“企业数：5”" in RULES.withheld("企业数不详")


def test_beside_territorial_and_district_output_stands_that_their_difference_is_not_shown():
    for name in ("gross_output_territorial", OUTPUT):
        assert "不列示差额" in RULES.notes_on(name)[0]
    assert RULES.notes_on("park_output") == ()


def test_every_protected_indicator_is_in_the_catalog():
    known = load_catalog(ROOT).indicators
    assert {name for pair in RULES.pairs for name in (pair.whole, pair.part)} <= known.keys()


def test_a_withheld_value_is_kept_with_the_import_and_out_of_both_releases(release_root, tmp_path):
    root = copy_built(release_root, tmp_path / "project")
    made = batch({"carbon_fibre_output": {2023: 123.25, 2024: 130.0}})
    rows = made.rows.assign(note=["企业数：2", ""])
    publish_batch(root, replace(made, rows=rows))
    for name in ("published", "demo"):
        _, folder = open_release(root, name)
        held = pd.read_parquet(folder / "observations.parquet")
        assert 123.25 not in set(held["value"])
        assert 130.0 in set(held["value"])
        refused = pd.read_parquet(folder / "rejections.parquet")
        said = refused[refused["indicator_id"] == "carbon_fibre_output"].iloc[0]
        assert said["reason_zh"] == "涉及企业不足3家，按披露规则不予发布"
        assert "123.25" not in " ".join(map(str, said))
