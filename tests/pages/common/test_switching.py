"""After an import nobody waits: the state before is shown until the new one has been opened."""

from collections.abc import Callable

import pytest

from analytics.data.releases.fallback import Serving
from pages.common import releases, switching
from pages.common.switching import Switch

OLD = Serving("demo", {"demo": "demo-old", "published": "published-old"})
NEW = Serving("demo", {"demo": "demo-new", "published": "published-new"})


@pytest.fixture
def later(monkeypatch) -> list[Callable[[], None]]:
    """What was left to be done in the background."""
    left: list[Callable[[], None]] = []
    monkeypatch.setattr(switching, "in_background", left.append)
    return left


def test_the_state_before_is_shown_until_what_is_in_use_has_been_opened_once(later):
    opened = {"demo-old"}
    switch = Switch(opened.add, opened.__contains__)
    assert [switch.shown(one) for one in (OLD, NEW, NEW)] == [OLD, OLD, OLD]
    (opening,) = later
    opening()
    assert switch.shown(NEW) is NEW
    assert opened == {"demo-old", "demo-new"}  # nobody was looking at the other


def test_who_published_opens_it_and_all_see_it(later):
    opened = {"demo-old", "published-old"}

    def look_meanwhile(release_id: str) -> None:
        assert switch.shown(NEW) is OLD
        opened.add(release_id)

    switch = Switch(look_meanwhile, opened.__contains__)
    switch.shown(OLD)
    switch.open(NEW)
    assert switch.shown(NEW) is NEW
    assert later == []  # nobody opened it besides


def test_a_state_that_is_open_already_or_that_nobody_looks_at_is_shown_at_once(later):
    for opened in ({"demo-old", "demo-new"}, set()):
        switch = Switch(opened.add, opened.__contains__)
        assert [switch.shown(one) for one in (OLD, NEW)] == [OLD, NEW]
    assert later == []


@pytest.mark.parametrize("damaged", [0, 1])
def test_nobody_is_kept_on_damaged_files(later, damaged):
    states = [OLD, NEW]
    states[damaged] = Serving("demo", states[damaged].releases, problem="校验值不符", number=1)
    switch = Switch(lambda _: None, "demo-old".__eq__)
    assert [switch.shown(one) for one in states] == states
    assert later == []


def test_a_replica_that_nobody_visits_any_more_keeps_up(later, monkeypatch):
    opened = {"demo-old"}
    switch = Switch(opened.add, opened.__contains__)
    monkeypatch.setattr(releases, "_switch", lambda _: switch)
    monkeypatch.setattr(releases, "_by_pointer", lambda: NEW)
    releases.keep_up()
    assert not switch.is_in_use  # nobody has been here at all
    switch.shown(OLD)
    releases.keep_up()
    later[0]()
    assert switch.shown(NEW) is NEW


def test_what_cannot_be_opened_is_shown_to_say_so(later):
    def refuse(_: str) -> None:
        raise OSError

    switch = Switch(refuse, "demo-old".__eq__)
    switch.shown(OLD), switch.shown(NEW)
    later[0]()  # nobody has asked for it: nobody is told
    assert switch.shown(NEW) is NEW
    switch.shown(OLD)
    with pytest.raises(OSError):
        switch.open(NEW)  # who published it is
    assert switch.shown(NEW) is NEW
