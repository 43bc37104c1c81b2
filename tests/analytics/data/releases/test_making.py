"""Releases are tried out before they are published; many rows are made into them apart."""

import pytest

from analytics.data.releases import making
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import read_journal
from analytics.data.releases.making import try_out
from analytics.data.releases.release import open_release_by_id
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.release_fixtures import copy_built


def test_a_release_tried_out_apart_is_the_one_that_publishing_makes_here(
    release_root, tmp_path, monkeypatch
):
    root = copy_built(release_root, tmp_path / "project")
    made = batch({OUTPUT: {2025: 1900.0}})
    with monkeypatch.context() as patch:
        patch.setattr(making, "MANY", 0)
        tried = try_out(root, made)
    assert len(read_journal(root)) == 1
    assert not (root / "data/imports").exists()
    assert open_release_by_id(root, tried["demo"])[0].name == "demo"
    published = publish_batch(root, made)
    assert {name: release.id for name, release in published.items()} == tried


def test_a_release_that_is_refused_apart_says_why(release_root, tmp_path, monkeypatch):
    root = copy_built(release_root, tmp_path / "project")
    (root / "data/catalog/demo.toml").write_text("什么", encoding="utf-8")
    monkeypatch.setattr(making, "MANY", 0)
    with pytest.raises(ReleaseError, match=r"demo\.toml"):
        try_out(root, batch({OUTPUT: {2025: 1900.0}}))
