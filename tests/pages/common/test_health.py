"""Readiness tells the truth: what can be shown, from where, and no sooner than it can."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from analytics.data.releases import fallback
from analytics.data.releases.fallback import Serving
from analytics.data.releases.files import ReleaseError
from pages.common import health, releases
from pages.common.health import Health

T = TypeVar("T")


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


async def _answered(watched: Health) -> tuple[int, dict]:
    answer = await watched._ready(None)
    return answer.status_code, json.loads(answer.body)


def _run(asked: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: in ours a browser's loop may be running."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, asked).result()


def _asked(watched: Health) -> tuple[int, dict]:
    return _run(_answered(watched))


def _started(clock=time.monotonic) -> Health:
    thread = threading.Thread(target=str)
    thread.start()
    thread.join()
    return Health(thread, clock)


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


READY = {"ready": True, "current": True, "writable": True}
NO_RELEASE = {"ready": False, "why": "no_sound_release"}


def test_however_often_it_is_asked_the_files_are_read_once_in_a_while(found):
    now = [100.0]
    watched = _started(lambda: now[0])

    async def asked() -> None:
        for _ in range(50):
            await watched.looked()
        assert found["looks"] == 1
        now[0] += 5
        await watched.looked()
        await watched._look[1]
        assert found["looks"] == 2

    _run(asked())


def test_who_asks_while_the_files_are_looked_at_is_told_of_the_look_before(found, monkeypatch):
    now, may_go_on = [100.0], threading.Event()
    watched = _started(lambda: now[0])

    def slowly() -> dict:
        assert may_go_on.wait(60)
        return NO_RELEASE

    async def asked() -> None:
        assert await watched.looked() == READY
        monkeypatch.setattr(health, "state", slowly)
        now[0] += 5
        assert await watched.looked() == READY  # would never return if it waited
        look = watched._look[1]
        now[0] += 54  # the state is 59 seconds old
        assert await watched.looked() == READY
        now[0] += 6  # the look has taken a minute
        assert await watched.looked() == {"ready": False, "why": "disk_does_not_answer"}
        may_go_on.set()
        await look
        assert await watched.looked() == NO_RELEASE

    _run(asked())


def test_where_nobody_has_asked_for_long_no_old_state_is_told(found):
    now = [100.0]
    watched = _started(lambda: now[0])

    async def asked() -> None:
        assert await watched.looked() == READY
        found["serving"] = None
        now[0] += 60
        assert await watched.looked() == NO_RELEASE

    _run(asked())


def test_a_look_that_fails_is_followed_by_another(found, monkeypatch):
    now = [100.0]
    watched, looks = _started(lambda: now[0]), health.state

    async def asked() -> None:
        monkeypatch.setattr(health, "state", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await watched.looked()
        monkeypatch.setattr(health, "state", looks)
        assert await watched.looked() == READY

    _run(asked())
