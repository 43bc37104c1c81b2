"""A release is projected apart, and what comes of it is what would have been projected here."""

from dataclasses import replace

import numpy as np
import pytest

from analytics import workbench
from analytics.workbench import build_workbench, is_projected
from pages.common import projecting
from pages.common.projecting import project_apart
from tests.support.release_fixtures import copy_without


@pytest.fixture
def unprojected(release_root, tmp_path):
    """A project whose releases are built and whose draws are not kept."""
    return copy_without("*.npz", release_root, tmp_path / "own")


def test_the_draws_made_apart_are_kept_and_are_the_same_to_the_digit(
    unprojected, demo_bench, monkeypatch
):
    told = []
    release_id = demo_bench.release.id
    assert project_apart(unprojected, release_id, told.append)
    assert (max(told), sorted(told)) == (1.0, told)

    monkeypatch.setattr(workbench, "project_all", None)  # nothing is projected here
    opened = build_workbench(unprojected, release_id=release_id)
    for region, of_region in demo_bench.baseline.items():
        for name, one in of_region.items():
            assert np.array_equal(opened.baseline[region][name].draws, one.draws), name


def test_what_is_kept_already_is_not_projected_again(release_root, demo_bench, monkeypatch):
    monkeypatch.setattr(projecting, "run", None)
    assert project_apart(release_root, demo_bench.release.id, lambda _: None)


def test_where_no_process_can_be_started_that_is_told(unprojected, demo_bench, monkeypatch):
    missing = replace(projecting._STEP, module="pages.no_such_module")
    monkeypatch.setattr(projecting, "_STEP", missing)
    assert not project_apart(unprojected, demo_bench.release.id, lambda _: None)
    assert not is_projected(unprojected, demo_bench.release.id)


def test_who_leaves_stops_the_process(unprojected, demo_bench):
    class Left(Exception):
        """The tab was closed."""

    def leave(_):
        raise Left

    with pytest.raises(Left):
        project_apart(unprojected, demo_bench.release.id, leave)
    assert not is_projected(unprojected, demo_bench.release.id)
