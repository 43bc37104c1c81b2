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
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(warm._SinceFreeze, "pages", 0)  # other tests' pages count as well
    warm.freeze()
    asked.clear()
    return asked


def test_a_run_that_loaded_nothing_new_does_not_touch_the_collector(done):
    warm.end_page()
    assert done == []


def test_the_run_that_was_first_to_load_a_module_freezes_it_once(done, monkeypatch):
    monkeypatch.setitem(sys.modules, "loaded_just_now", ModuleType("loaded_just_now"))
    warm.end_page()
    warm.end_page()
    assert done == ["collect", "freeze"]  # everyone would wait for a walk of what lies frozen


def test_a_page_is_frozen_in_the_first_run_of_its_live_part_without_a_collection(done):
    warm.freeze_page()  # within the run that builds the page
    warm.end_page()
    for _ in range(5):
        warm.freeze_page()
    assert done == ["freeze"]


def test_what_pages_left_is_collected_once_in_a_hundred(done):
    for _ in range(250):
        warm.end_page()
        warm.freeze_page()
    assert done.count("unfreeze") == done.count("collect") == 2
    assert done.count("freeze") == 250
