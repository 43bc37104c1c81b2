"""The page of faults: 44 of them, each held by a test that exists."""

import re

from tests.support.paths import ROOT

ROW = re.compile(r"^\| (\d+) \|[^|]+\|[^|]+\| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
FOUND = dict(ROW.findall((ROOT / "docs/faults.md").read_text(encoding="utf-8")))


def test_there_is_a_row_for_each_of_the_44_faults():
    assert list(FOUND) == [str(number) for number in range(1, 45)]


def test_each_row_names_tests_and_each_of_them_exists():
    named = {number: NAMED.findall(tests) for number, tests in FOUND.items()}
    assert [number for number, tests in named.items() if not tests] == []
    lost = [
        f"{number}: {file}::{test}"
        for number, tests in named.items()
        for file, test in tests
        if f"\ndef {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert lost == []
