"""Years of delay and the last chance, on paths small enough to follow by eye."""

import numpy as np
import pytest

from analytics.domain import Kind
from analytics.model.judgement.delay import BestPace, Chance, best_pace, last_chance, year_reached
from analytics.model.judgement.joint import met_draws
from analytics.model.judgement.measure import cumulative_path, growth_path
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


# ── the best pace ever observed ──────────────────────────────────────────────────────────

# growth 20 %, 10 %, (gap), 25 %, −20 %; additions 20, 12, (gap), 50, −50
HISTORY = series({2017: 100.0, 2018: 120.0, 2019: 132.0, 2021: 200.0, 2022: 250.0, 2023: 200.0})


def test_the_best_growth_lies_between_neighbouring_years():
    assert best_pace(HISTORY, additive=False) == BestPace(0.25, 2022, False)


def test_the_best_addition_lies_between_neighbouring_years():
    assert best_pace(HISTORY, additive=True) == BestPace(50.0, 2022, True)


def test_a_years_addition_is_its_own_pace():
    assert best_pace(HISTORY, additive=True, accumulates=True) == BestPace(250.0, 2022, True)


def test_growth_from_or_to_nothing_is_no_pace():
    values = series({2020: 0.0, 2021: 5.0, 2022: 6.0, 2023: 0.0})
    assert best_pace(values, additive=False) == BestPace(pytest.approx(0.2), 2022, False)


@pytest.mark.parametrize("values", [{}, {2020: 1.0}, {2020: 1.0, 2022: 2.0}])
def test_without_neighbouring_years_there_is_no_pace(values):
    assert best_pace(series(values), additive=False) is None


# ── the last chance ──────────────────────────────────────────────────────────────────────

GROWTH = series({2022: 80.0, 2023: 88.0, 2024: 89.0, 2025: 90.0})  # best 10 % in 2023


def chance(value: float, *paths: list[float], history=GROWTH, kind=Kind.LEVEL, **about):
    path = metric(history.to_dict(), *paths, first=2026, **CERTAIN)
    return last_chance(target(value, **about), history, path, kind=kind, base_year=2023)


def test_a_trend_that_arrives_is_safe():
    result = chance(100.0, [95.0, 100.0], [95.0, 101.0], [95.0, 90.0])
    assert (result.chance, result.last_year) == (Chance.SAFE, None)
    assert result.text_zh == "按趋势即可按期达到"


def test_the_chance_stays_open_while_the_best_growth_would_still_do():
    # trend to 2026 is 91, then 10 %: 100.1 meets 100; trend to 2027 is 92 and does not
    result = chance(100.0, [91.0, 92.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)
    assert result.best == BestPace(pytest.approx(0.10), 2023, False)
    assert result.text_zh == (
        "最迟须从2027年起每年达到历史最高增速（2023年，10.0%），再晚即无法按期达到"
    )


def test_the_best_growth_may_be_needed_at_once():
    # 90 · 1.1² = 108.9 meets 108; 91 · 1.1 = 100.1 does not
    result = chance(108.0, [91.0, 92.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2025)


def test_beyond_the_best_growth_the_target_is_out_of_reach():
    result = chance(109.0, [91.0, 92.0])  # 108.9 is not enough
    assert (result.chance, result.last_year) == (Chance.LOST, None)
    assert result.text_zh == "即使按历史最高增速也无法按期达到"


def test_the_median_of_the_draws_is_the_trend():
    result = chance(100.0, [80.0, 80.0], [91.0, 92.0], [99.0, 150.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)


def test_counts_add_and_do_not_compound():
    firms = series({2022: 70.0, 2023: 82.0, 2024: 86.0, 2025: 90.0})  # best addition 12
    # 92 + 12 = 104 meets 104, 105 needs 90 + 2·12 = 114 from now on
    late = chance(104.0, [92.0, 95.0], history=firms, kind=Kind.COUNT, unit="家")
    now = chance(105.0, [92.0, 95.0], history=firms, kind=Kind.COUNT, unit="家")
    lost = chance(115.0, [92.0, 95.0], history=firms, kind=Kind.COUNT, unit="家")
    assert (late.last_year, now.last_year, lost.chance) == (2026, 2025, Chance.LOST)
    assert "历史最高年增量（2023年，12家）" in late.text_zh
    assert lost.text_zh == "即使按历史最高年增量也无法按期达到"


def test_shares_add_in_percentage_points():
    share = series({2023: 0.22, 2024: 0.245, 2025: 0.25})  # best 2.5 points
    result = chance(0.28, [0.256, 0.26], history=share, kind=Kind.SHARE, unit="1")
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)
    assert "历史最高年增量（2024年，+2.5个百分点）" in result.text_zh


def test_sums_add_the_best_year_ever_even_one_before_the_base_year():
    added = series({2021: 30.5, 2023: 10.0, 2024: 20.0, 2025: 22.0})
    # sums since 2023: 20, 42; trend 20 a year: 62, 82; best year 30.5
    path = cumulative_path(added, projection([20.0, 20.0]), 2023)
    judged = {
        value: last_chance(
            target(value, measure="cumulative"), added, path, kind=Kind.FLOW, base_year=2023
        )
        for value in (82.0, 92.5, 103.0, 103.5)
    }
    assert judged[82.0].chance is Chance.SAFE
    assert judged[92.5].last_year == 2026  # 62 + 30.5
    assert judged[103.0].last_year == 2025  # 42 + 61
    assert judged[103.5].chance is Chance.LOST
    assert "（2021年，30.5亿元）" in judged[92.5].text_zh


def test_average_growth_is_judged_by_the_level_it_leads_to():
    history = series({2022: 90.0, 2023: 100.0, 2024: 104.0, 2025: 108.0})  # best 11.1 %
    path = growth_path(history, projection([115.0, 120.0]), 2023)
    # wanted in 2027: 100 · 1.06⁴ = 126.2, 1.07⁴ = 131.1, 1.075⁴ = 133.5
    # from 2026: 115 · 1.111 = 127.8; from 2025: 108 · 1.111² = 133.3
    judged = {
        rate: last_chance(
            target(rate, measure="cagr", unit="1"), history, path, kind=Kind.LEVEL, base_year=2023
        )
        for rate in (0.06, 0.07, 0.075)
    }
    assert [one.last_year for one in judged.values()] == [2026, 2025, None]
    assert judged[0.075].chance is Chance.LOST


def test_a_comparison_with_the_city_looks_at_the_ratio_itself():
    ratio = {2023: 0.8, 2024: 0.88, 2025: 0.9}  # best 10 %
    path = metric(ratio, [0.92, 0.93], **CERTAIN)
    aim = target(1.0, measure="relative_to_city", unit="1")
    result = last_chance(aim, series({2025: 5.0}), path, kind=Kind.RATIO, base_year=2023)
    assert (result.last_year, result.best.year) == (2026, 2024)  # 0.92 · 1.1 = 1.012


def test_a_target_stated_as_exceeding_needs_more_than_the_number():
    firms = series({2024: 80.0, 2025: 90.0})
    about = {"history": firms, "kind": Kind.COUNT, "unit": "家"}
    assert chance(105.0, [95.0, 96.0], operator="ge", **about).last_year == 2026
    assert chance(105.0, [95.0, 96.0], operator="gt", **about).last_year == 2025


@pytest.mark.parametrize(
    ("aim", "path", "history"),
    [
        (target(None, measure="qualitative", operator="rise"), [1.0, 1.0], GROWTH),
        (target(None, measure="relative_growth", operator="faster"), [1.0, 1.0], GROWTH),
        (target(100.0), [91.0], GROWTH),  # ends before it is due
        (target(100.0), [91.0, 92.0], series({2025: 90.0})),  # no pace
    ],
)
def test_where_there_is_no_trend_or_no_pace_there_is_no_warning(aim, path, history):
    measured = metric({2025: 90.0}, path, **CERTAIN)
    assert last_chance(aim, history, measured, kind=Kind.LEVEL, base_year=2023) is None


def test_a_target_already_due_needs_no_warning():
    path = metric({2027: 90.0}, [91.0], first=2028, **CERTAIN)
    assert last_chance(target(100.0), GROWTH, path, kind=Kind.LEVEL, base_year=2023) is None
