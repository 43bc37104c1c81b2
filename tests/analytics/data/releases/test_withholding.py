"""What is withheld cannot be worked out from what is left: rows drawn, sums by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.catalog.disclosure import beside_note, load_disclosure
from analytics.data.releases.withholding import SAME_YEAR, SECOND, withheld
from analytics.domain import COMPUTED, JINSHAN
from tests.support.drawn_imports import project_catalog
from tests.support.paths import ROOT

CATALOG, RULES = project_catalog(), load_disclosure(ROOT)
FEW = "企业数：2"


def row(name: str, value: float, note: str = "", *, year: int = 2024, month: int = 12) -> dict:
    """Draw one imported value of the district."""
    return {
        "indicator_id": name,
        "region": JINSHAN,
        "period_kind": "year" if month == 12 else "cumulative",
        "period_start": date(year, 1, 1),
        "period_end": date(year, month, 28),
        "value": value,
        "note": note,
    }


def gone(imported: list[dict], published: list[dict] = []) -> dict[str, str]:  # noqa: B006
    """Name what is withheld and why."""
    found = withheld(imported, published, CATALOG, RULES)
    return {imported[n]["indicator_id"]: why for n, why in found.items()}


def identity() -> tuple[str, tuple[str, ...]]:
    """A whole of the catalog that is the sum of two parts or more."""
    for whole, link in CATALOG.identities(("sum",)).parts_first():
        if len(link.of) > 1:
            return whole.id, link.of
    raise AssertionError("the catalog declares no sum")


WHOLE, PARTS = identity()


def table(notes: dict[str, str]) -> list[dict]:
    """Draw a whole and its parts, 1, 2, 3 …, with some notes."""
    values = {name: float(n) for n, name in enumerate(PARTS, start=1)}
    values[WHOLE] = sum(values.values())
    return [row(name, value, notes.get(name, "")) for name, value in values.items()]


def test_without_anything_to_hide_all_is_shown():
    assert gone(table({})) == {}


def test_one_more_figure_goes_where_a_sum_would_tell_the_withheld_one():
    found = gone(table({PARTS[0]: FEW}))
    assert found[PARTS[0]] == "涉及企业不足3家，按披露规则不予发布"
    others = {name: why for name, why in found.items() if name != PARTS[0]}
    assert set(others.values()) == {SECOND}
    assert len(others) >= 1


def test_a_withheld_whole_is_not_worked_out_from_its_parts():
    found = gone(table({WHOLE: "保密：是"}))
    assert found[WHOLE] == "填报时注明保密，按披露规则不予发布"
    assert {*PARTS} & found.keys()


def test_two_withheld_parts_hide_each_other():
    assert set(gone(table({PARTS[0]: FEW, PARTS[1]: FEW}))) == {PARTS[0], PARTS[1]}


def test_what_others_have_published_is_public_already():
    imported = [row(PARTS[0], 1.0, FEW)]
    published = [one for one in table({}) if one["indicator_id"] != PARTS[0]]
    assert set(gone(imported, published)) == {PARTS[0]}


def test_all_of_a_year_goes_with_one_period_and_other_years_stay():
    imported = [
        row(PARTS[0], 5.0, FEW, month=9),
        row(PARTS[0], 4.0, month=8),
        row(PARTS[0], 7.0, year=2023),
    ]
    found = withheld(imported, [], CATALOG, RULES)
    assert list(found) == [0, 1]
    assert found[1] == SAME_YEAR


def test_an_earlier_version_without_the_mark_goes_with_the_later_one():
    assert list(withheld([row(PARTS[0], 5.0), row(PARTS[0], 5.1, FEW)], [], CATALOG, RULES)) == [
        0,
        1,
    ]


@given(st.sets(st.sampled_from([WHOLE, *PARTS]), min_size=1))
def test_no_identity_ever_lacks_just_one_withheld_member(hidden):
    imported = table(dict.fromkeys(hidden, FEW))
    found = gone(imported)
    assert hidden <= found.keys()
    known = {one["indicator_id"] for one in imported}
    for whole, link in CATALOG.identities(COMPUTED).parts_first():
        members = {whole.id, *link.of}
        if members <= known:
            assert len(members & found.keys()) != 1


@pytest.mark.parametrize(
    ("stated", "note"),
    [
        (("", "", False), ""),
        (("甲", "2", True), "甲；企业数：2；保密：是"),
        (("", "5", False), "企业数：5"),
    ],
)
def test_columns_beside_a_value_become_words_of_its_note(stated, note):
    assert beside_note(*stated) == note
