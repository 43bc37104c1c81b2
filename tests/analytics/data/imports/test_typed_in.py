"""What is typed into the grid goes through the rules of every import."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.data.imports import typed_in
from analytics.data.imports.batch import FaultKind
from analytics.data.imports.standing import Standing
from tests.support.drawn_imports import declared_breaks, held, project_catalog
from tests.support.import_fixtures import OUTPUT

TODAY = date(2026, 11, 25)
CATALOG = project_catalog()
YEARS = typed_in.yearly_columns(TODAY)
ITEMS = typed_in.asked(CATALOG, monthly=False)


def check(typed: dict, *current: tuple):
    """Hold typed values against a few held ones."""
    against = Standing(CATALOG, declared_breaks(), held(*current))
    return typed_in.check(typed, against, submitted_by="李雷", today=TODAY)


def test_the_grid_asks_for_the_district_s_indicators_of_the_plan_by_full_years():
    assert [column.title for column in YEARS] == ["2023年", "2024年", "2025年"]
    names = {item.id for item in ITEMS}
    assert {"gross_output_registered", "signed_investment", "high_tech_firms"} <= names
    assert names <= {target.indicator for target in CATALOG.targets.values()}


def test_the_periods_of_monthly_indicators_have_ended():
    assert [column.title for column in typed_in.periods(TODAY)][:3] == [
        "2026年1—10月",
        "2026年1—9月",
        "2026年1—8月",
    ]
    assert typed_in.periods(date(2026, 2, 20))[0].title == "2025年1—11月"
    monthly = typed_in.asked(CATALOG, monthly=True)
    assert "gross_output_registered" in {item.id for item in monthly}


def test_a_row_shows_unit_and_the_last_value_with_period_and_nature():
    current = held((OUTPUT, "金山区", 2024, None, 1612.5))
    table = typed_in.grid(ITEMS, YEARS, current, {(OUTPUT, 2025, "全年"): 1650.0}, {})
    row = table.loc[OUTPUT]
    assert (row["单位"], row["最近的数"]) == ("亿元", "1,612.5亿元（2024年，公布）")
    assert row["2025年"] == 1650.0
    assert pd.isna(row["2024年"])
    assert table.loc["high_tech_firms", "最近的数"] == "—"


def test_a_sound_value_becomes_a_row_of_the_release_in_its_own_unit():
    made = check({("green_capacity_coverage", 2025, "全年"): 35.0})
    assert [fault.rule for fault in made.of_kind(FaultKind.REFUSED)] == []
    row = made.rows.iloc[0]
    assert (row["indicator_id"], row["year"], row["value"]) == (
        "green_capacity_coverage",
        2025,
        0.35,
    )


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("high_tech_firms", -5.0, "低于下限"),
        ("green_capacity_coverage", 350.0, "超过上限"),
        ("high_tech_firms", 12.5, "个数须为整数"),
    ],
)
def test_a_wrong_value_is_refused_at_its_own_place(name, value, rule):
    place = (name, 2025, "全年")
    typed = {(OUTPUT, 2025, "全年"): 1650.0, place: value}
    (fault,) = check(typed).of_kind(FaultKind.REFUSED)
    assert fault.rule == rule
    assert typed_in.place_of(fault, typed) == place


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([item.id for item in ITEMS]), st.sampled_from(YEARS)),
        st.integers(1, 10**9).map(lambda number: number / 1000),
        min_size=1,
    )
)
def test_what_is_typed_is_laid_out_again_and_taken_back_unchanged(values):
    typed = {(name, column.year, column.period): value for (name, column), value in values.items()}
    table = typed_in.grid(ITEMS, YEARS, held(), typed, {})
    assert typed_in.taken(table, YEARS) == typed


def test_an_edit_holds_only_what_depends_on_it_against_the_rules_again():
    against = Standing(CATALOG, declared_breaks(), held())
    firms, output = ("high_tech_firms", 2025, "全年"), (OUTPUT, 2025, "全年")
    territorial = ("gross_output_territorial", 2025, "全年")
    typed = {firms: -5.0, output: 1650.0, territorial: 1600.0}
    first = typed_in.found_in(typed, against, {}, today=TODAY)
    said = [(fault.rule, place) for found in first.values() for fault, place in found]
    assert ("低于下限", firms) in said
    assert ("在地不小于属地", territorial) in said
    edited = typed_in.found_in(typed | {firms: 380.0}, against, first, today=TODAY)
    kept = [group for group in first if len(group) == 2]
    assert [edited[group] is first[group] for group in kept] == [True]
    assert "低于下限" not in [f.rule for found in edited.values() for f, _ in found]
    assert "低于下限" in [f.rule for found in first.values() for f, _ in found]


def test_in_groups_the_same_is_found_as_in_all_together():
    against = Standing(CATALOG, declared_breaks(), held((OUTPUT, "金山区", 2024, None, 1612.5)))
    typed = {(item.id, 2025, "全年"): 10.5 for item in ITEMS}
    together = typed_in.check(typed, against, submitted_by="李雷", today=TODAY)
    apart = typed_in.found_in(typed, against, {}, today=TODAY)
    found = sorted((fault.rule, str(place)) for group in apart.values() for fault, place in group)
    assert found == sorted((f.rule, str(typed_in.place_of(f, typed))) for f in together.faults)
