"""Levers move draws as far as they say, and links carry them without loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analytics.catalog.load import load_catalog
from analytics.domain import Lever, LeverEffect
from analytics.model.projection import YearSoFar
from analytics.model.scenarios.levers import (
    apply_levers,
    code_value,
    settings_from_query,
    settings_to_query,
    shown_value,
)
from tests.support.drawn import nothing, projection
from tests.support.paths import ROOT

LEVERS = load_catalog(ROOT).levers
OUTPUT = "gross_output_registered.g2027"
PROJECTS = "large_projects.f2027"


def _lever(effect: str, first: int = 2026, last: int = 2027, name: str = "lever") -> Lever:
    return Lever(
        id=name,
        name_zh="手写",
        applies_to="output",
        effect=LeverEffect(effect),
        minimum=-1000,
        maximum=1000,
        step=0.001,
        first_year=first,
        last_year=last,
        rationale_zh="手写",
    )


def _moved(drawn, effect: str, value: float, first: int = 2026, last: int = 2027, **fields):
    return apply_levers(drawn, [_lever(effect, first, last)], {"lever": value}, **fields)


# ── what a lever does ────────────────────────────────────────────────────────────────────


def test_a_growth_lever_adds_points_to_the_growth_of_every_year_and_path():
    drawn = projection([105.0, 115.5], [90.0, 99.0], history={2025: 100.0})
    # +1 point: 1.05→1.06, 1.10→1.11; 0.90→0.91, 1.10→1.11
    expected = [[106.0, 106.0 * 1.11], [91.0, 91.0 * 1.11]]
    np.testing.assert_allclose(_moved(drawn, "growth_pp", 0.01).draws, expected)


def test_of_a_running_year_only_the_rest_is_raised():
    # 110 of which 80 published: the rest 30 × (1.10 + 0.11) / 1.10 = 33, the year 113;
    # next year 121 / 110 = 1.10 → 1.21 of the 113
    drawn = projection([110.0, 121.0], history={2025: 100.0}, running=YearSoFar(2026, 9, 80.0))
    np.testing.assert_allclose(_moved(drawn, "growth_pp", 0.11).draws, [[113.0, 113.0 * 1.21]])


@pytest.mark.parametrize(
    ("value", "year", "next_year"), [(40.0, 120.0, 161.0), (-400.0, 80.0, 0.0)]
)
def test_an_addition_falls_on_the_open_months_and_takes_nothing_published(value, year, next_year):
    # three of twelve months are open: a quarter of the addition, all of it the year after
    drawn = projection([110.0, 121.0], history={2025: 100.0}, running=YearSoFar(2026, 9, 80.0))
    moved = _moved(drawn, "flow", value, accumulates=True)
    np.testing.assert_allclose(moved.draws, [[year, next_year]])


def test_growth_starts_from_the_last_observed_value():
    drawn = projection([110.0], history={2024: 50.0, 2025: 100.0})
    np.testing.assert_allclose(_moved(drawn, "growth_pp", 0.10).draws, [[120.0]])


def test_outside_its_period_a_growth_lever_leaves_growth_alone_and_the_level_carried_on():
    drawn = projection([102.0, 104.04, 106.1208], history={2025: 100.0})
    found = _moved(drawn, "growth_pp", 0.01, first=2027, last=2027).draws
    # growth is 2 % a year; only 2027 gets 3 %
    np.testing.assert_allclose(found, [[102.0, 102.0 * 1.03, 102.0 * 1.03 * 1.02]])


@pytest.mark.parametrize(
    ("accumulates", "expected"),
    [
        (True, [[60.0, 70.0, 60.0]]),  # each year's addition is 10 more while the lever lasts
        (False, [[60.0, 80.0, 80.0]]),  # a stock keeps what was added: 10, then 20
    ],
)
def test_a_flow_lever_adds_once_to_additions_and_piles_up_in_a_stock(accumulates, expected):
    drawn = projection([50.0, 60.0, 60.0])
    assert _moved(drawn, "flow", 10.0, accumulates=accumulates).draws.tolist() == expected


def test_a_level_lever_shifts_the_years_of_its_period():
    drawn = projection([50.0, 60.0, 70.0])
    found = _moved(drawn, "level", 5.0, first=2027, last=2027)
    assert found.draws.tolist() == [[50.0, 65.0, 70.0]]


def test_the_two_periods_of_one_indicator_add_up_in_turn():
    early, late = _lever("growth_pp", 2025, 2027, "early"), _lever("growth_pp", 2028, 2035, "late")
    drawn = projection([100.0, 100.0, 100.0, 100.0], history={2025: 100.0})
    found = apply_levers(drawn, [early, late], {"early": 0.10, "late": -0.10}).draws
    np.testing.assert_allclose(found, [[110.0, 121.0, 121.0 * 0.9, 121.0 * 0.81]])


def test_only_what_the_user_moved_differs_between_two_scenarios():
    drawn = projection([105.0, 115.5], [90.0, 99.0])
    assert _moved(drawn, "growth_pp", 0.01).history is drawn.history
    assert _moved(drawn, "growth_pp", 0.01).years == drawn.years
    assert drawn.draws.tolist() == [[105.0, 115.5], [90.0, 99.0]]


@pytest.mark.parametrize("given_settings", [{}, {"lever": 0.0}, {"other": 0.05}])
def test_nothing_moved_is_the_same_projection(given_settings):
    drawn = projection([105.0])
    assert apply_levers(drawn, [_lever("growth_pp")], given_settings) is drawn


def test_a_lever_does_not_invent_a_projection():
    empty = nothing({2025: 100.0})
    assert _moved(empty, "growth_pp", 0.05) is empty


# ── bounds ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("effect", "value", "expected"),
    [
        ("flow", -60.0, [[0.0, 0.0]]),
        ("level", -60.0, [[0.0, 0.0]]),
        ("growth_pp", -3.0, [[0.01 * 100, 0.01 * 0.01 * 100]]),  # falls 99 % a year at most
    ],
)
def test_no_lever_turns_a_quantity_negative(effect, value, expected):
    drawn = projection([50.0, 55.0], history={2025: 100.0})
    np.testing.assert_allclose(_moved(drawn, effect, value).draws, expected)


@pytest.mark.parametrize(("effect", "value"), [("growth_pp", 0.5), ("flow", 0.9), ("level", 0.9)])
def test_a_share_stays_below_its_upper_bound(effect, value):
    drawn = projection([0.8, 0.9], history={2025: 0.7})
    assert _moved(drawn, effect, value, upper=1.0).draws.tolist() == [[1.0, 1.0]]


def test_growth_of_nothing_is_nothing():
    drawn = projection([0.0, 0.0], [0.0, 5.0], history={2025: 2.0})
    assert _moved(drawn, "growth_pp", 0.05, last=2026).draws.tolist() == drawn.draws.tolist()


def test_a_last_value_of_zero_does_not_wipe_out_the_projection():
    drawn = projection([4.0, 8.0], history={2025: 0.0})
    # no growth rate exists for the first year; in the second 2.0 becomes 2.1
    np.testing.assert_allclose(_moved(drawn, "growth_pp", 0.1).draws, [[4.0, 8.4]])


paths = hnp.arrays("float64", (5, 4), elements=st.one_of(st.just(0.0), st.floats(1e-3, 1e5)))
effects = st.sampled_from(["growth_pp", "flow", "level"])
value = st.floats(-2.0, 2.0)


@settings(max_examples=100, deadline=None)
@given(paths, effects, value, value, st.booleans(), st.sampled_from([None, 1.0]))
def test_more_of_a_lever_never_means_less(draws, effect, one, other, accumulates, upper):
    drawn = projection(*np.minimum(draws, upper or np.inf), history={2025: 10.0})
    fields = {"accumulates": accumulates, "upper": upper}
    less, more = (_moved(drawn, effect, x, **fields).draws for x in sorted((one, other)))
    assert np.isfinite(less).all()
    assert (less >= 0).all()
    assert (less <= more * (1 + 1e-12)).all()
    assert upper is None or more.max() <= upper


@settings(max_examples=100, deadline=None)
@given(paths, effects, value)
def test_years_before_a_levers_period_do_not_move_at_all(draws, effect, amount):
    drawn = projection(*draws, history={2025: 10.0})
    found = _moved(drawn, effect, amount, first=2028, last=2029).draws
    np.testing.assert_array_equal(found[:, :2], draws[:, :2])


# ── settings in the address bar ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lever", "value", "shown"), [(OUTPUT, 0.015, 1.5), (OUTPUT, -0.1, -10), (PROJECTS, 12, 12)]
)
def test_growth_is_shown_in_points_and_flows_in_their_unit(lever, value, shown):
    assert shown_value(LEVERS[lever], value) == shown
    assert code_value(LEVERS[lever], shown) == value


def test_only_moved_levers_are_written_in_the_catalogs_order():
    moved = {PROJECTS: 12.0, OUTPUT: 0.015, "signed_investment.g2027": 0.0}
    written = settings_to_query(moved, LEVERS)
    assert list(written.items()) == [("sd27", "1.5"), ("xm27", "12")]


@st.composite
def grid_settings(draw) -> dict[str, float]:
    """Draw some levers, each at a position its slider can take."""
    names = draw(st.lists(st.sampled_from(sorted(LEVERS)), unique=True, max_size=12))
    found = {}
    for name in names:
        lever = LEVERS[name]
        steps = round(lever.maximum / lever.step)
        found[name] = round(draw(st.integers(-steps, steps)) * lever.step, 9)
    return {name: value for name, value in found.items() if value}


@settings(max_examples=200, deadline=None)
@given(grid_settings())
def test_a_link_brings_back_the_settings_to_the_digit(chosen):
    assert settings_from_query(settings_to_query(chosen, LEVERS), LEVERS) == (chosen, [])


@pytest.mark.parametrize("lever", LEVERS.values(), ids=lambda lever: lever.id)
def test_every_lever_can_be_linked_at_both_ends(lever):
    for value in (lever.minimum, lever.step, lever.maximum):
        chosen = {lever.id: value}
        assert settings_from_query(settings_to_query(chosen, LEVERS), LEVERS) == (chosen, [])


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "abc", "", " ", "1,5", "1%", "0x1"])
def test_a_value_that_is_no_number_is_reported_and_left_out(text):
    found, problems = settings_from_query({OUTPUT: text}, LEVERS)
    assert found == {}
    assert problems == [f"“{LEVERS[OUTPUT].name_zh}”的值“{text}”不是数字，已按0处理"]


@pytest.mark.parametrize(
    ("text", "why", "taken"),
    [
        ("99", "范围-10～10", 0.1),  # beyond the slider's end, ten points
        ("-99", "范围-10～10", -0.1),
        ("1e300", "范围-10～10", 0.1),
        ("1.54", "步长0.1", 0.015),  # between two steps of a tenth of a point
        ("0.05", "步长0.1", None),  # half a step: none
    ],
)
def test_a_value_the_slider_cannot_take_is_moved_to_the_nearest_and_reported(text, why, taken):
    found, problems = settings_from_query({OUTPUT: text}, LEVERS)
    assert found == ({OUTPUT: taken} if taken else {})
    said = f"“{LEVERS[OUTPUT].name_zh}”的值“{text}”不在可选值内（{why}），"
    assert problems == [f"{said}已取{(taken or 0) * 100:g}"]


def test_a_link_of_before_with_whole_names_still_works_and_a_second_value_is_reported():
    assert settings_from_query({OUTPUT: "1.5", "xm27": "12"}, LEVERS) == (
        {OUTPUT: 0.015, PROJECTS: 12},
        [],
    )
    found, problems = settings_from_query({"sd27": "1.5", OUTPUT: "2"}, LEVERS)
    assert found == {OUTPUT: 0.015}
    assert problems == [f"“{LEVERS[OUTPUT].name_zh}”给出了两次，只取前一个"]


def test_an_explicit_zero_is_an_unmoved_lever_and_no_problem():
    assert settings_from_query({OUTPUT: "0", PROJECTS: "-0.0"}, LEVERS) == ({}, [])


@pytest.mark.parametrize("name", ["foo", "", "'; DROP TABLE x", "<img onerror=alert(1)>", "../x"])
def test_an_unknown_parameter_is_named_and_ignored(name):
    assert settings_from_query({name: "1"}, LEVERS) == ({}, [f"未知的参数“{name}”，已忽略"])


def test_ten_kilobytes_of_name_or_value_make_one_short_line():
    found, problems = settings_from_query({"k" * 10_000: "1", OUTPUT: "9" * 10_000}, LEVERS)
    assert found == {OUTPUT: 0.1}
    assert len(problems) == 2
    assert max(map(len, problems)) < 120


def test_of_many_problems_the_first_are_shown_and_the_rest_counted():
    found, problems = settings_from_query({f"bad{n}": "1" for n in range(500)}, LEVERS)
    assert found == {}
    assert len(problems) == 9
    assert problems[-1] == "另有492项未列出"


def test_a_bad_neighbour_does_not_spoil_a_good_value():
    found, problems = settings_from_query({"foo": "1", PROJECTS: "12"}, LEVERS)
    assert found == {PROJECTS: 12}
    assert len(problems) == 1


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.one_of(st.text(), st.sampled_from(sorted(LEVERS))), st.text()))
def test_whatever_is_typed_into_the_address_bar_the_settings_are_usable(params):
    found, _ = settings_from_query(params, LEVERS)
    for name, value in found.items():
        assert LEVERS[name].minimum <= value <= LEVERS[name].maximum
        assert code_value(LEVERS[name], shown_value(LEVERS[name], value)) == value
