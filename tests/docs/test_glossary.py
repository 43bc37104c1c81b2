"""docs/glossary.md: every term has one name, and what it points to exists."""

import re
from importlib import import_module

import pytest

from tests.support.paths import ROOT

ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<name>[^|]+) \| `(?P<place>analytics[^`]+)` \|")
LINES = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
ROWS = [match for line in LINES if (match := ROW.match(line))]


def test_every_row_of_the_tables_is_read():
    rows = [line for line in LINES if line.startswith("| ") and not line.startswith("| term")]
    assert len(rows) == len(ROWS) > 50


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term"])
def test_a_term_lives_where_the_glossary_says(row):
    module, _, name = row["place"].partition(":")
    found = import_module(module)
    assert not name or hasattr(found, name)


def test_a_term_is_named_once():
    terms = [term for row in ROWS for term in row["term"].split("、")]
    assert sorted(terms) == sorted(set(terms))
