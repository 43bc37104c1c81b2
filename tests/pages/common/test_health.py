"""Readiness tells the truth: what can be shown, from where, and no sooner than it can."""

import json
import threading

import pytest

from analytics.data.releases import fallback
from analytics.data.releases.fallback import Serving
from analytics.data.releases.files import ReleaseError
from pages.common import health, releases
from pages.common.health import Health


@pytest.fixture
def found(monkeypatch) -> dict:
    """What the files hold, to be changed by a test; how often they were looked at."""
    now = {"serving": Serving("demo", {"demo": "demo-1"}), "looks": 0}

    def serving(root):
        now["looks"] += 1
        if now["serving"] is None:
            raise ReleaseError("observations.parquet：校验值不符")
        return now["serving"]

    monkeypatch.setattr(fallback, "serving", serving)
    monkeypatch.setattr(releases, "writable", lambda: True)
    return now


def _asked(watched: Health) -> tuple[int, dict]:
    answer = watched._ready(None)
    return answer.status_code, json.loads(answer.body)


def _started() -> Health:
    thread = threading.Thread(target=str)
    thread.start()
    thread.join()
    return Health(thread)


def test_a_server_is_ready_when_a_whole_release_can_be_shown(found):
    assert _asked(_started()) == (200, {"ready": True, "current": True, "writable": True})


def test_it_stays_ready_on_an_earlier_release_and_says_so(found):
    found["serving"] = Serving("demo", {"demo": "demo-0"}, "demo-1：文件缺失", 1)
    assert _asked(_started()) == (200, {"ready": True, "current": False, "writable": True})


def test_without_any_whole_release_it_is_not_ready_and_tells_no_file(found):
    found["serving"] = None
    assert _asked(_started()) == (503, {"ready": False, "why": "no_sound_release"})


def test_it_is_not_ready_before_its_libraries_are_loaded(found):
    loading = threading.Event()
    thread = threading.Thread(target=loading.wait)
    thread.start()
    try:
        assert _asked(Health(thread)) == (503, {"ready": False, "why": "starting"})
    finally:
        loading.set()
        thread.join()
    assert found["looks"] == 0


def test_however_often_it_is_asked_the_files_are_read_once_in_a_while(found, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(health.time, "monotonic", lambda: now[0])
    watched = _started()
    for _ in range(50):
        watched.looked()
    assert found["looks"] == 1
    found["serving"] = None
    now[0] += 5
    assert not watched.looked()["ready"]
    assert found["looks"] == 2
