"""Which parts of a page a moved lever draws again, by what it changes."""

from types import SimpleNamespace

import pytest

from pages.common import running, zones
from pages.common.session import Session
from pages.common.zones import Move, all_but, always, only

LEVER, OTHER = "gross_output_registered.g2027", "gross_output_registered.g2035"
SLIDER = Move(LEVER, f"s:{LEVER}")
FOLLOWS = {
    "conclusion": always,
    f"row:{LEVER}": only(LEVER, f"s:{LEVER}"),
    f"slider:{LEVER}": only(LEVER, f"n:{LEVER}"),
    f"required:{LEVER}": all_but(LEVER),
}


@pytest.fixture
def here(monkeypatch) -> Session:
    """A visitor whose page was drawn with one lever moved."""
    here = Session()
    here.set_lever(LEVER, 0.01)
    here.zones, here.drawn = dict(FOLLOWS), here.surroundings(here.scenario)
    monkeypatch.setattr(zones, "session", lambda: here)
    return here


@pytest.fixture
def asked(monkeypatch) -> list[list[str]]:
    """What was asked to be drawn again, in an interaction that would run a fragment."""
    asked: list[list[str]] = []
    monkeypatch.setattr(zones.st, "rerun", asked.append)
    part = SimpleNamespace(fragment_ids_this_run=["any"])
    monkeypatch.setattr(zones, "get_script_run_ctx", lambda: part)
    return asked


@pytest.mark.parametrize(
    ("move", "follow"),
    [
        (SLIDER, ["conclusion", f"row:{LEVER}"]),
        (Move(LEVER, f"n:{LEVER}"), ["conclusion", f"slider:{LEVER}"]),
    ],
)
def test_a_lever_that_is_moved_further_draws_what_follows_it_but_not_itself(
    here, asked, move, follow
):
    zones.redraw(move, 0.02)
    assert asked == [follow]


@pytest.mark.parametrize(
    ("move", "value"),
    [(SLIDER, 0.0), (Move(OTHER, f"s:{OTHER}"), 0.01)],
    ids=["put back to rest", "moved for the first time"],
)
def test_where_the_number_of_moved_levers_changes_the_whole_live_part_is_drawn(
    here, asked, move, value
):
    zones.redraw(move, value)
    assert asked == [[running.LIVE]]


def test_a_preset_that_is_changed_is_drawn_as_a_preset_no_more(here, asked):
    here.apply(here.settings, "达标所需")
    here.drawn = here.surroundings(here.scenario)
    zones.redraw(SLIDER, 0.02)
    assert asked == [[running.LIVE]]


def test_a_saved_scenario_that_is_left_is_no_longer_marked_as_in_use(here, asked):
    here.save([here.scenario])
    here.drawn = here.surroundings(here.scenario)
    zones.redraw(SLIDER, 0.02)
    assert asked == [[running.LIVE]]


def test_what_follows_levers_outside_the_zones_has_all_drawn(here, asked):
    zones.all_follow()
    zones.redraw(SLIDER, 0.02)
    assert asked == [[running.LIVE]]


def test_a_page_that_was_not_drawn_to_its_end_is_drawn_whole(here, asked):
    here.drawn = None
    zones.redraw(SLIDER, 0.02)
    assert asked == [[running.LIVE]]


def test_in_a_run_of_the_whole_page_nothing_more_is_asked_for(here, asked, monkeypatch):
    whole = SimpleNamespace(fragment_ids_this_run=None)
    monkeypatch.setattr(zones, "get_script_run_ctx", lambda: whole)
    zones.redraw(SLIDER, 0.02)
    zones.redraw_all()
    assert asked == []
