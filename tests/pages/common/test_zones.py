"""Which parts of a page a moved lever draws again, by what it changes."""

from types import SimpleNamespace

import pytest

from pages.common import running, zones
from pages.common.session import Session
from pages.common.zones import all_but, always, only

LEVER, OTHER = "gross_output_registered.g2027", "gross_output_registered.g2035"
FOLLOWS = {
    "conclusion": always,
    f"lever:{LEVER}": only(LEVER),
    f"lever:{OTHER}": only(OTHER),
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
def run(monkeypatch) -> list[str]:
    """The zones of the run that an interaction with the lever begins, by their names."""
    run = [f"lever:{LEVER}"]
    storage = SimpleNamespace(resolve_target=list)
    context = SimpleNamespace(fragment_ids_this_run=run, fragment_storage=storage)
    monkeypatch.setattr(zones, "get_script_run_ctx", lambda: context)
    return run


@pytest.fixture
def asked(monkeypatch, run) -> list[list[str]]:
    """What was asked to be drawn in a run of its own."""
    asked: list[list[str]] = []
    monkeypatch.setattr(zones.st, "rerun", asked.append)
    return asked


def test_a_lever_that_is_moved_further_draws_in_the_same_run_what_follows_it(here, run, asked):
    zones.redraw(LEVER, 0.02)
    assert run == [f"lever:{LEVER}", "conclusion"] and asked == []


def test_a_zone_that_may_lose_elements_is_drawn_in_a_run_that_the_browser_knows_of(
    here, run, asked
):
    here.varying_zones.add("conclusion")
    zones.redraw(LEVER, 0.02)
    assert run == [f"lever:{LEVER}"] and asked == [["conclusion", f"lever:{LEVER}"]]


def test_zones_of_a_run_that_was_interrupted_are_drawn_with_the_whole_page(
    here, run, asked, monkeypatch
):
    zones.redraw(LEVER, 0.02)
    run[:] = ["export"]  # another press came before the conclusion was drawn
    monkeypatch.setattr(zones.st, "rerun", lambda: asked.append(["all"]))
    for step in ("begin_zone", "finish_zone"):
        monkeypatch.setattr(running, step, lambda: None)
    zones._draw("export", lambda: None)
    assert asked == [["all"]]


@pytest.mark.parametrize(
    ("lever", "value"),
    [(LEVER, 0.0), (OTHER, 0.01)],
    ids=["put back to rest", "moved for the first time"],
)
def test_where_the_number_of_moved_levers_changes_the_whole_live_part_is_drawn(
    here, asked, lever, value
):
    zones.redraw(lever, value)
    assert asked == [[running.LIVE]]


def test_a_preset_that_is_changed_is_drawn_as_a_preset_no_more(here, asked):
    here.apply(here.settings, "达标所需")
    here.drawn = here.surroundings(here.scenario)
    zones.redraw(LEVER, 0.02)
    assert asked == [[running.LIVE]]


def test_a_saved_scenario_that_is_left_is_no_longer_marked_as_in_use(here, asked):
    here.save([here.scenario])
    here.drawn = here.surroundings(here.scenario)
    zones.redraw(LEVER, 0.02)
    assert asked == [[running.LIVE]]


def test_what_follows_levers_outside_the_zones_has_all_drawn(here, asked):
    zones.all_follow()
    zones.redraw(LEVER, 0.02)
    assert asked == [[running.LIVE]]


def test_a_page_that_was_not_drawn_to_its_end_is_drawn_whole(here, asked):
    here.drawn = None
    zones.redraw(LEVER, 0.02)
    assert asked == [[running.LIVE]]


def test_in_a_run_of_the_whole_page_nothing_more_is_asked_for(here, asked, monkeypatch):
    whole = SimpleNamespace(fragment_ids_this_run=None)
    monkeypatch.setattr(zones, "get_script_run_ctx", lambda: whole)
    zones.redraw(LEVER, 0.02)
    zones.redraw_all()
    assert asked == []
