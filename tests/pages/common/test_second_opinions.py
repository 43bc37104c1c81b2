"""A release that came while the server ran gets the odds by other methods without a new start."""

import pytest

from analytics.workbench import build_workbench
from pages.common import projecting, second_opinions
from pages.common.held import Held
from pages.common.second_opinions import SecondOpinions
from tests.support.release_fixtures import copy_without


@pytest.fixture
def unjudged(release_root, tmp_path):
    """A project whose releases have no odds by other methods."""
    return copy_without("opinions-*.json", release_root, tmp_path / "own")


@pytest.fixture
def held(unjudged, demo_bench):
    """The demo release is open."""
    held = Held(lambda one: build_workbench(unjudged, release_id=one), lambda: set())
    held.get(demo_bench.release.id)
    return held


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is done in the background is done before it goes on here."""
    monkeypatch.setattr(second_opinions, "in_background", lambda work: work())


def test_an_open_release_is_judged_apart_and_shown_with_the_range_of_its_odds(
    unjudged, held, demo_bench
):
    warmed, release_id = [], demo_bench.release.id
    assert held.get(release_id).opinions == {}
    SecondOpinions(unjudged, held, warmed.append).complete([release_id, "not open"])
    after = held.get(release_id)
    assert after.opinions == demo_bench.opinions
    assert warmed == [after]


def test_what_cannot_be_judged_is_shown_as_it_was_and_tried_once(
    unjudged, held, demo_bench, monkeypatch
):
    tried, before = [], held.get(demo_bench.release.id)
    monkeypatch.setattr(second_opinions, "judge_apart", lambda *asked: tried.append(asked))
    completing = SecondOpinions(unjudged, held, projecting.run)
    for _ in range(2):
        completing.complete([demo_bench.release.id])
    assert len(tried) == 1
    assert held.get(demo_bench.release.id) is before
