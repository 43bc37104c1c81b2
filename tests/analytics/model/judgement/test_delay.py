"""Years of delay and the last chance, on paths small enough to follow by eye."""

import numpy as np
import pytest

from analytics.model.judgement.delay import year_reached
from analytics.model.judgement.joint import met_draws
from analytics.model.judgement.measure import growth_path
from tests.support.drawn import metric, projection, series
from tests.support.targets import target

CERTAIN = {"has_probability": True}


def reached(aim, path):
    return year_reached(aim, path, base_year=2023)


# ── when a target is reached ─────────────────────────────────────────────────────────────


def test_the_year_half_of_the_draws_have_reached_it_is_the_year_it_is_reached():
    path = metric(
        {2025: 90.0},
        # 2026  2027   2028   2029
        [101.0, 102.0, 103.0, 104.0],  # 2026, in time
        [95.0, 100.0, 101.0, 102.0],  # 2027, on the number, in time
        [95.0, 99.0, 100.0, 101.0],  # 2028, one year late
        [95.0, 96.0, 97.0, 100.0],  # 2029
        [95.0, 95.0, 95.0, 95.0],  # never
        **CERTAIN,
    )
    result = reached(target(100.0), path)
    assert result.median_year == 2028  # third of five
    assert result.years_of_delay == 1
    assert result.shares.to_dict() == {2025: 0.0, 2026: 0.2, 2027: 0.2, 2028: 0.2, 2029: 0.2}
    assert result.text_zh == "2028年达到，晚1年"


def test_the_year_agrees_with_the_median_of_every_year():
    # the median is 1 or more from 2026 on, but each draw falls short in one year of three
    path = metric({2025: 0.0}, [0.9, 1.1, 1.1], [1.1, 0.9, 1.1], [1.1, 1.1, 0.9], **CERTAIN)
    result = reached(target(1.0, due_year=2028), path)
    assert (result.median_year, result.years_of_delay) == (2026, 0)


def test_being_in_time_is_no_delay_however_early():
    path = metric({2025: 90.0}, [100.0, 100.0], [90.0, 100.0], [90.0, 90.0], **CERTAIN)
    result = reached(target(100.0), path)
    assert (result.median_year, result.years_of_delay) == (2027, 0)
    assert result.text_zh == "2027年达到，不迟于期限"


def test_when_most_draws_never_arrive_there_is_no_year_but_a_horizon():
    path = metric({2025: 90.0}, [1.0] * 10, [1.0] * 10, [100.0] * 10, **CERTAIN)
    result = reached(target(100.0), path)
    assert (result.median_year, result.years_of_delay) == (None, None)
    assert result.shares.sum() == pytest.approx(1 / 3)
    assert result.text_zh == "2035年前未达到"


def test_half_of_the_draws_are_enough():
    path = metric({2025: 90.0}, [1.0, 100.0, 1.0], [1.0, 1.0, 1.0], **CERTAIN)
    assert reached(target(100.0), path).median_year == 2027


def test_what_is_lost_again_before_the_due_year_was_not_reached_in_time():
    path = metric({2024: 110.0, 2025: 120.0}, [110.0, 99.0, 98.0, 100.0], **CERTAIN)
    assert reached(target(100.0), path).median_year == 2029


def test_what_was_observed_and_lasts_was_reached_then():
    path = metric({2023: 100.0, 2024: 90.0, 2025: 100.0}, [101.0, 100.0], **CERTAIN)
    result = reached(target(100.0), path)
    assert (result.median_year, result.years_of_delay) == (2025, 0)


def test_after_the_due_year_the_first_year_counts_even_if_it_does_not_last():
    path = metric({2025: 90.0}, [90.0, 90.0, 100.0, 90.0], **CERTAIN)
    assert reached(target(100.0), path).median_year == 2028


@pytest.mark.parametrize(("operator", "year"), [("ge", 2027), ("gt", 2028)])
def test_the_operator_decides_about_the_number_itself(operator, year):
    path = metric({2025: 90.0}, [99.0, 100.0, 101.0], **CERTAIN)
    assert reached(target(100.0, operator=operator), path).median_year == year


def test_a_due_year_in_the_past_is_judged_by_what_was_observed():
    path = metric({2027: 90.0, 2028: 100.0}, [110.0], first=2029, **CERTAIN)
    result = reached(target(100.0), path)
    assert (result.median_year, result.years_of_delay) == (2028, 1)


def test_observations_alone_are_enough_once_due():
    result = reached(target(100.0), metric({2026: 100.0, 2027: 100.0}))
    assert (result.median_year, result.years_of_delay) == (2026, 0)
    assert result.shares.to_dict() == {2026: 1.0, 2027: 0.0}


def test_a_short_history_gives_a_year_but_no_shares():
    result = reached(target(100.0), metric({2025: 90.0}, [90.0, 90.0, 100.0]))
    assert result.median_year == 2028
    assert result.shares is None


@pytest.mark.parametrize(
    ("aim", "path"),
    [
        (target(100.0), metric({})),
        (target(100.0), metric({2025: 90.0})),
        (target(100.0), metric({2025: 90.0}, [100.0])),  # ends before it is due
        (target(None, measure="qualitative", operator="rise"), metric({2025: 1.0}, [1.0, 1.0])),
    ],
)
def test_where_nothing_speaks_of_the_due_year_there_is_no_delay(aim, path):
    assert reached(aim, path) is None


def test_average_growth_is_reached_when_its_level_is():
    """7 % from 100 in 2023 lead to 131.08 in 2027."""
    history = series({2023: 100.0, 2024: 104.0, 2025: 108.0})
    drawn = projection(
        [115.0, 131.2, 140.0, 150.0],  # in time
        [112.0, 125.0, 131.0, 132.0],  # 2029: 131.0 is still short
        [131.1, 132.0, 133.0, 134.0],  # already 2026
        [110.0, 120.0, 131.1, 132.0],  # 2028
    )
    result = reached(target(0.07, measure="cagr", unit="1"), growth_path(history, drawn, 2023))
    assert result.shares.to_dict() == {
        2024: 0.0, 2025: 0.0, 2026: 0.25, 2027: 0.25, 2028: 0.25, 2029: 0.25,
    }  # fmt: skip
    assert (result.median_year, result.years_of_delay) == (2027, 0)


def test_a_growth_premium_is_judged_year_by_year():
    path = metric({2025: 0.0}, [0.02, 0.01], [0.02, 0.0], [0.0, 0.0], **CERTAIN)
    aim = target(None, measure="relative_growth", operator="faster", margin=0.01, unit="1")
    assert reached(aim, path).shares.to_dict() == pytest.approx({2025: 0.0, 2026: 1 / 3, 2027: 0.0})


@pytest.mark.parametrize("measure", ["level", "cagr"])
def test_the_share_in_time_is_the_probability_of_the_target(measure):
    draws = np.random.default_rng(5).normal([0.068, 0.07, 0.071], 0.01, size=(500, 3))
    draws[:50, 1] = 0.07  # on the number
    path = metric({2025: 0.06}, *draws.tolist(), **CERTAIN)
    aim = target(0.07, measure=measure, unit="1")
    in_time = reached(aim, path).shares.loc[:2027].sum()
    assert in_time == pytest.approx(met_draws(aim, path).mean())
