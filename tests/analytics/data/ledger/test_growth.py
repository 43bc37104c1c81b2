"""Growth over the same enterprises, and what those that came and went added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.catalog.disclosure import load_disclosure
from analytics.data.ledger.aggregate import aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.figures import Side
from analytics.data.ledger.growth import growths
from tests.support.paths import ROOT
from tests.support.small_ledger import firm, write_month

RULES = load_disclosure(ROOT)


def sides(staying: tuple[int, int], entering: int, leaving: int, units: int = 50) -> list[Side]:
    """Draw a December; every side is of many enterprises alike."""
    now, before = staying
    drawn = [Side(2025, 12, "staying", now, before, units, max(staying) // 50)]
    if entering:
        drawn.append(Side(2025, 12, "entering", entering, 0, units, entering // 50))
    if leaving:
        drawn.append(Side(2025, 12, "leaving", 0, leaving, units, leaving // 50))
    return drawn


def test_comparable_growth_and_contributions_by_hand():
    """960 → 1,056 stay (10 %), 144 enter, 240 leave: 1,200 → 1,200 in all."""
    (found,), hidden = growths(sides((1056, 960), 144, 240), RULES, ())
    assert hidden == []
    assert found.comparable == pytest.approx(0.10)
    assert found.staying == pytest.approx(0.08)
    assert found.entering == pytest.approx(0.12)
    assert found.leaving == pytest.approx(-0.20)
    assert found.nominal == pytest.approx(0.0)


AMOUNTS = st.integers(5_000, 10_000_000)


@given(st.tuples(AMOUNTS, AMOUNTS), AMOUNTS, AMOUNTS)
def test_the_contributions_add_up_to_the_growth_of_the_totals(staying, entering, leaving):
    (found,), _ = growths(sides(staying, entering, leaving), RULES, ())
    nominal = (staying[0] + entering) / (staying[1] + leaving) - 1
    assert found.nominal == pytest.approx(nominal, abs=1e-12)


def test_without_coming_and_going_comparable_growth_is_nominal():
    (found,), _ = growths(sides((1100, 1000), 0, 0), RULES, ())
    assert found.comparable == pytest.approx(found.nominal)


@pytest.mark.parametrize(
    "entering",
    [
        Side(2025, 12, "entering", 500, 0, 2, 300),  # two enterprises
        Side(2025, 12, "entering", 500, 0, 30, 480),  # one has almost all
    ],
)
def test_one_telling_side_withholds_all_four_figures(entering):
    drawn = [*sides((1056, 960), 0, 240), entering]
    assert growths(drawn, RULES, ()) == ([], [(2025, 12)])


@pytest.mark.parametrize("year", [2024, 2025])
def test_growth_is_withheld_with_the_totals_it_is_between(year):
    assert growths(sides((1056, 960), 144, 240), RULES, (year,)) == ([], [(2025, 12)])


def test_enterprises_are_matched_by_their_code_from_one_december_to_the_next(tmp_path):
    """40 stay at 100 → 110; 10 of 40 leave, 10 of 66 enter, each in 千元."""
    stay = range(40)
    before = [firm(n, 100) for n in stay] + [firm(n, 40) for n in range(40, 50)]
    now = [firm(n, 110) for n in stay] + [firm(n, 66) for n in range(50, 60)]
    write_month(tmp_path / "in", 2024, 12, before)
    write_month(tmp_path / "in", 2025, 12, now)
    found = aggregate(ROOT, tmp_path / "in", DuckDBEngine(tmp_path / "spill"), tmp_path / "out")
    shown = {row.id: row.value for row in extract(found, "金山区").rows if row.year == 2025}
    assert shown["gross_output_registered_comparable_yoy"] == pytest.approx(0.10)
    assert shown["gross_output_registered_staying"] == pytest.approx(400 / 4400)
    assert shown["gross_output_registered_entering"] == pytest.approx(660 / 4400)
    assert shown["gross_output_registered_leaving"] == pytest.approx(-400 / 4400)


def test_an_enterprise_that_becomes_above_scale_enters(tmp_path):
    before = [
        firm(n, 100, above_scale_since=None if n < 10 else firm(0)["above_scale_since"])
        for n in range(50)
    ]
    write_month(tmp_path / "in", 2024, 12, before)
    write_month(tmp_path / "in", 2025, 12, [firm(n, 100) for n in range(50)])
    found = aggregate(ROOT, tmp_path / "in", DuckDBEngine(tmp_path / "spill"), tmp_path / "out")
    shown = {row.id: row.value for row in extract(found, "金山区").rows if row.year == 2025}
    assert shown["gross_output_registered_entering"] == pytest.approx(10 / 40)
    assert shown["gross_output_registered_comparable_yoy"] == 0
