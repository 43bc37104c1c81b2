"""When the collector is held off, and how rarely that holds everyone up."""

import sys
from types import ModuleType

import pytest
import streamlit as st

from pages.common import warm


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """What was asked of the collector, in order."""
    asked: list[str] = []

    class Collector:
        freeze = staticmethod(lambda: asked.append("freeze"))
        unfreeze = staticmethod(lambda: asked.append("unfreeze"))
        collect = staticmethod(lambda: asked.append("collect"))

    monkeypatch.setattr(warm, "gc", Collector)
    warm.freeze()
    asked.clear()
    return asked


def _run(session: dict[str, object], monkeypatch) -> None:
    """Begin a run of a session."""
    monkeypatch.setattr(st, "session_state", _State(session))
    warm.freeze_session()


class _State:
    """A session's state, by attribute as Streamlit has it."""

    def __init__(self, held: dict[str, object]) -> None:
        self.__dict__ = held

    def get(self, name: str, otherwise: object) -> object:
        return self.__dict__.get(name, otherwise)


def test_a_run_that_loaded_nothing_new_does_not_touch_the_collector(done):
    warm.freeze_new_modules()
    assert done == []


def test_the_run_that_was_first_to_load_a_module_freezes_it_once(done, monkeypatch):
    monkeypatch.setitem(sys.modules, "loaded_just_now", ModuleType("loaded_just_now"))
    warm.freeze_new_modules()
    warm.freeze_new_modules()
    assert done == ["unfreeze", "collect", "freeze"]


def test_a_session_is_frozen_in_its_second_run_without_a_collection(done, monkeypatch):
    session: dict[str, object] = {}
    for _ in range(5):
        _run(session, monkeypatch)
    assert done == ["freeze"]


def test_what_sessions_left_is_collected_once_in_a_hundred(done, monkeypatch):
    for _ in range(250):
        session: dict[str, object] = {}
        _run(session, monkeypatch)
        _run(session, monkeypatch)
    assert done.count("collect") == 2
    assert done.count("freeze") == 250
