"""Twelve stored scenarios still come to the same; see ``tests/support/golden_scenarios.py``."""

import json

import pytest

from tests.support.golden_scenarios import FILE, outcomes

GOLDEN = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(demo_bench):
    """The same scenarios worked out now."""
    return outcomes(demo_bench)


def test_there_are_twelve_and_each_differs(found):
    assert len(GOLDEN) == 12
    assert list(GOLDEN) == list(found)
    assert len({json.dumps(one["targets"]) for one in GOLDEN.values()}) == 12


@pytest.mark.parametrize("name", GOLDEN)
def test_settings_verdicts_and_numbers_are_the_stored_ones(found, name):
    stored, now = GOLDEN[name], found[name]
    assert now["settings"] == stored["settings"]
    assert now["expected"] == pytest.approx(stored["expected"], rel=1e-9)
    assert list(now["targets"]) == list(stored["targets"])
    for target, row in stored["targets"].items():
        assert now["targets"][target] == {key: _near(value) for key, value in row.items()}, target


def _near(value):
    """Words and years as they are, measured numbers to nine digits."""
    return pytest.approx(value, rel=1e-9, abs=1e-12) if isinstance(value, float) else value
