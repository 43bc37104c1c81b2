"""Several targets together, against closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain import Reason
from analytics.model.judgement.joint import (
    action_outlook,
    at_least,
    expected_met,
    joint_probability,
    met_draws,
)
from tests.support.drawn import metric
from tests.support.targets import target

SHORT = Reason.TOO_SHORT.given(points=4)
FLAT = Reason.CONSTANT.given()
BRIDGED = Reason.GAPS_BRIDGED.given(years=(2020,))
NO_CITY = Reason.CITY_EMPTY.given()

N = 4000
CERTAIN = {"has_probability": True}


def rows(*columns: str) -> list[np.ndarray]:
    """Make one array a target from a drawn table: 1 is met, one character a draw."""
    return [np.array([mark == "1" for mark in column]) for column in columns]


# ── closed forms ─────────────────────────────────────────────────────────────────────────


def test_three_targets_of_a_drawn_table_are_counted_by_hand():
    met = rows("110110", "101110", "111100")
    result = joint_probability(met)
    # all three: draws 1 and 4 of six; 4/6 · 4/6 · 4/6; 12/6 − 2 = 0; smallest 4/6
    assert result.probability == pytest.approx(2 / 6)
    assert result.product == pytest.approx(8 / 27)
    assert (result.lower, result.upper) == (0.0, pytest.approx(4 / 6))
    assert result.mc_error == pytest.approx((2 / 6 * 4 / 6 / 6) ** 0.5)
    assert (result.n_targets, result.n_draws) == (3, 6)
    # met per draw: 3 2 2 3 2 0
    assert [at_least(met, k) for k in range(5)] == pytest.approx([1, 5 / 6, 5 / 6, 2 / 6, 0])
    assert expected_met(met) == pytest.approx(12 / 6)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.9, 0.8, 0.7), (0.99, 0.3), (0.95,) * 10])
def test_independent_targets_come_to_their_product(shares, seed):
    rng = np.random.default_rng(seed)
    result = joint_probability([rng.random(N) < share for share in shares])
    assert abs(result.probability - np.prod(shares)) <= 4 * result.mc_error
    assert result.product == pytest.approx(np.prod(shares), abs=0.03)


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.9, 0.2, 0.7), (1.0, 0.4), (0.3, 0.0)])
def test_targets_that_rise_and_fall_together_come_to_the_least_likely_exactly(shares):
    state = (np.arange(N) + 0.5) / N
    result = joint_probability([state < share for share in shares])
    assert result.probability == result.upper == min(shares)


def test_targets_that_exclude_each_other_come_to_the_lower_bound_exactly():
    state = (np.arange(N) + 0.5) / N
    result = joint_probability([state < 0.75, state > 0.5])
    assert result.probability == result.lower == 0.25


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_frechet_bounds_always_hold(data):
    n_targets, n_draws = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 30))
    draws = st.lists(st.booleans(), min_size=n_draws, max_size=n_draws)
    met = [np.array(data.draw(draws)) for _ in range(n_targets)]
    result = joint_probability(met)
    assert 0.0 <= result.lower <= result.probability <= result.upper <= 1.0
    assert at_least(met, n_targets) == result.probability
    steps = [at_least(met, k) for k in range(n_targets + 2)]
    assert steps == sorted(steps, reverse=True)
    assert expected_met(met) == pytest.approx(sum(steps[1:]))  # tail sum of a count


def test_an_outcome_already_known_counts_in_every_draw():
    met = [np.array([True, False, True, False]), np.array([True])]
    assert joint_probability(met).probability == 0.5
    assert joint_probability([*met, np.array([False])]).probability == 0.0
    assert joint_probability([np.array([True])]).mc_error == 0.0


def test_no_target_at_all_is_refused():
    with pytest.raises(ValueError, match="没有可合并计算概率的目标"):
        joint_probability([])


def test_arrays_that_do_not_pair_are_refused():
    with pytest.raises(ValueError, match=r"模拟次数不一致：\[3, 4\]"):
        joint_probability([np.ones(3, bool), np.ones(4, bool), np.ones(1, bool)])


# ── one target in each draw ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("operator", "expected"), [("ge", [True, True, False]), ("gt", [True, False, False])]
)
def test_draws_of_the_due_year_are_compared_by_the_plans_operator(operator, expected):
    path = metric({2025: 90.0}, [95.0, 101.0], [120.0, 100.0], [120.0, 99.0], **CERTAIN)
    assert met_draws(target(100.0, operator=operator), path).tolist() == expected


@pytest.mark.parametrize(("value", "met"), [(100.0, True), (99.0, False)])
def test_a_due_year_already_observed_is_the_same_in_all_draws(value, met):
    path = metric({2026: 120.0, 2027: value}, [150.0], [50.0], first=2028, **CERTAIN)
    assert met_draws(target(100.0), path).tolist() == [met, met]


def test_an_observed_due_year_needs_no_projection():
    path = metric({2027: 100.0})
    assert met_draws(target(100.0), path).all()


def test_a_sum_that_has_arrived_is_met_even_where_the_history_is_short():
    path = metric({2024: 60.0, 2025: 100.0}, [130.0, 160.0], has_probability=False)
    assert met_draws(target(100.0, measure="cumulative"), path).tolist() == [True]
    assert met_draws(target(100.0), path) is None  # a level may fall again


@pytest.mark.parametrize(
    ("aim", "path", "reason"),
    [
        (
            target(None, measure="qualitative", operator="rise"),
            metric({2025: 1.0}, [1.0, 1.0], **CERTAIN),
            Reason.ONLY_A_TREND.given(),
        ),
        (target(), metric({}, reasons=(NO_CITY,)), NO_CITY),
        (target(), metric({2025: 90.0}), Reason.NOT_PROJECTED.given()),
        (
            target(),
            metric({2025: 9.0}, [1.0, 1.0], reasons=(BRIDGED, SHORT)),
            SHORT,
        ),
        (
            target(),
            metric({2025: 9.0}, [1.0, 1.0], reasons=(FLAT,)),
            FLAT,
        ),
        (target(), metric({2025: 9.0}, [1.0, 1.0]), Reason.SHORT_HISTORY.given()),
    ],
)
def test_a_target_without_a_probability_is_left_out_with_its_reason(aim, path, reason):
    assert met_draws(aim, path) is None
    assert action_outlook([(aim, path)]).left_out == (("产值", reason),)


# ── an action ────────────────────────────────────────────────────────────────────────────


def test_an_action_is_summed_up_over_the_targets_that_can_be_judged():
    first = metric({2025: 90.0}, [1.0, 100.0], [1.0, 100.0], [1.0, 9.0], [1.0, 9.0], **CERTAIN)
    second = metric({2025: 90.0}, [1.0, 70.0], [1.0, 60.0], [1.0, 70.0], [1.0, 60.0], **CERTAIN)
    known = metric({2027: 1.0}, has_probability=False)
    items = [
        (target(100.0, id="first"), first),
        (target(70.0, id="second"), second),
        (target(1.0, id="known"), known),
        (target(1.0, id="open", name_zh="税收"), metric({2025: 1.0})),
    ]
    outlook = action_outlook(items)
    # draw 1 meets all three, draws 2 and 3 two, draw 4 only what is known
    assert outlook.joint.probability == 0.25
    assert outlook.at_least == (1.0, 0.75, 0.25)
    assert outlook.expected == 2.0
    assert outlook.included == ("first", "second", "known")
    assert outlook.left_out == (("税收", Reason.NOT_PROJECTED.given()),)


def test_an_action_without_any_probability_says_only_what_is_missing():
    outlook = action_outlook([(target(), metric({2025: 1.0}))])
    assert (outlook.joint, outlook.expected, outlook.at_least) == (None, None, ())


def test_a_target_with_draws_but_no_observation_yet_counts():
    path = metric({}, [8.0, 12.0], [8.0, 9.0], has_probability=True)
    assert met_draws(target(10.0), path).tolist() == [True, False]
