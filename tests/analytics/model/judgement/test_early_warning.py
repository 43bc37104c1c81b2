"""Until when a target can still be reached, at the best pace ever sustained."""

import pytest

from analytics.domain import Kind
from analytics.model.judgement.early_warning import (
    Chance,
    SustainedPace,
    last_chance,
    sustained_pace,
)
from analytics.model.judgement.measure import cumulative_path, growth_path
from analytics.model.judgement.member_warning import last_chance_of_count
from analytics.model.judgement.members import Member
from analytics.model.projection import YearSoFar
from tests.support.drawn import metric, projection, series
from tests.support.targets import target

CERTAIN = {"has_probability": True}

# ── the pace ─────────────────────────────────────────────────────────────────────────────

# growth 20 %, 10 %, (gap), 25 %, −20 %; additions 20, 12, (gap), 50, −50: two years at most
HISTORY = series({2017: 100.0, 2018: 120.0, 2019: 132.0, 2021: 200.0, 2022: 250.0, 2023: 200.0})


def test_growth_is_averaged_over_neighbouring_years_and_the_best_fifth_taken():
    # over two years: log(1.32)/2 and log(1)/2; the 80 % quantile lies at .8 of the way
    found = sustained_pace(HISTORY, additive=False)
    assert found == SustainedPace(pytest.approx(1.32**0.4 - 1), 2, False)


def test_additions_are_averaged_in_their_unit():
    # (20 + 12)/2 = 16 and (50 − 50)/2 = 0
    assert sustained_pace(HISTORY, additive=True) == SustainedPace(pytest.approx(12.8), 2, True)


def test_a_years_addition_is_its_own_pace():
    # three years each: 352/3 and 650/3
    found = sustained_pace(HISTORY, additive=True, accumulates=True)
    assert found == SustainedPace(pytest.approx((0.2 * 352 + 0.8 * 650) / 3), 3, True)


def test_a_rebound_is_no_pace():
    # 2021 regains with 25 % what 2020 lost; nothing else grows above 4 %
    values = series({2018: 96.0, 2019: 100.0, 2020: 80.0, 2021: 100.0, 2022: 104.0})
    found = sustained_pace(values, additive=False)
    # averages of three years: (100/96)^(1/3) and (104/100)^(1/3), at .8 of the way
    assert found.value == pytest.approx((104 / 100) ** (0.2 / 3) * (100 / 96) ** (0.8 / 3) - 1)


def test_growth_from_or_to_nothing_is_no_pace():
    values = series({2020: 0.0, 2021: 5.0, 2022: 6.0, 2023: 0.0})
    assert sustained_pace(values, additive=False) == SustainedPace(pytest.approx(0.2), 1, False)


@pytest.mark.parametrize("values", [{}, {2020: 1.0}, {2020: 1.0, 2022: 2.0}])
def test_without_neighbouring_years_there_is_no_pace(values):
    assert sustained_pace(series(values), additive=False) is None


# ── the last chance ──────────────────────────────────────────────────────────────────────

TEN_PERCENT = series({2022: 90 / 1.1**3, 2023: 90 / 1.1**2, 2024: 90 / 1.1, 2025: 90.0})
TWELVE = series({2022: 54.0, 2023: 66.0, 2024: 78.0, 2025: 90.0})


def chance(value: float, *paths: list[float], history=TEN_PERCENT, kind=Kind.LEVEL, **about):
    so_far = about.pop("so_far", None)
    path = metric(history.to_dict(), *paths, first=2026, **CERTAIN)
    aim = target(value, **about)
    return last_chance(aim, history, path, kind=kind, base_year=2023, so_far=so_far)


def test_a_trend_that_arrives_is_safe():
    result = chance(100.0, [95.0, 100.0], [95.0, 101.0], [95.0, 90.0])
    assert (result.chance, result.last_year) == (Chance.SAFE, None)
    assert result.text_zh == "按趋势即可按期达到"


def test_the_chance_stays_open_while_the_pace_would_still_do():
    # trend to 2026 is 91, then 10 %: 100.1 meets 100; trend to 2027 is 92 and does not
    result = chance(100.0, [91.0, 92.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)
    assert result.pace == SustainedPace(pytest.approx(0.10), 3, False)
    assert result.text_zh == (
        "最迟须从2027年起一直保持年均10.0%的增速（历史上三年平均的80%分位），再晚即无法按期达到"
    )


def test_the_pace_may_be_needed_at_once():
    # 90 · 1.1² = 108.9 meets 108; 91 · 1.1 = 100.1 does not
    result = chance(108.0, [91.0, 92.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2025)


def test_beyond_the_pace_the_target_is_out_of_reach():
    result = chance(109.0, [91.0, 92.0])  # 108.9 is not enough
    assert (result.chance, result.last_year) == (Chance.LOST, None)
    assert result.text_zh == (
        "即使从现在起一直保持年均10.0%的增速（历史上三年平均的80%分位）仍不够，"
        "须高于这一水平才能按期达到"
    )


def test_of_a_year_that_is_going_on_only_the_open_months_can_be_paced():
    october = YearSoFar(2026, 10, 0.0)
    # 2026 ends at 91 by the trend, at 99 by the pace; of the 8 between, 2/12 are open: 92.33
    assert chance(100.0, [91.0, 92.0], so_far=october).last_year == 2026
    at_once = chance(101.5, [91.0, 92.0], so_far=october)  # 92.33 · 1.1 = 101.57
    assert at_once.last_year == 2025
    assert at_once.text_zh.startswith("最迟须从2026年11月起")
    assert chance(102.0, [91.0, 92.0], so_far=october).chance is Chance.LOST


def test_the_median_of_the_draws_is_the_trend():
    result = chance(100.0, [80.0, 80.0], [91.0, 92.0], [99.0, 150.0])
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)


def test_counts_add_and_do_not_compound():
    # 92 + 12 = 104 meets 104, 105 needs 90 + 2·12 = 114 from now on
    about = {"history": TWELVE, "kind": Kind.COUNT, "unit": "家"}
    late, now, lost = (chance(value, [92.0, 95.0], **about) for value in (104.0, 105.0, 115.0))
    assert (late.last_year, now.last_year, lost.chance) == (2026, 2025, Chance.LOST)
    assert "每年12家的增量" in late.text_zh


def test_shares_add_in_percentage_points():
    share = series({2023: 0.2, 2024: 0.225, 2025: 0.25})  # 2.5 points a year
    result = chance(0.28, [0.256, 0.26], history=share, kind=Kind.SHARE, unit="1")
    assert (result.chance, result.last_year) == (Chance.OPEN, 2026)
    assert "每年+2.5个百分点的增幅（历史上两年平均的80%分位）" in result.text_zh


def test_sums_add_what_was_sustained_even_before_the_base_year():
    added = series({2021: 30.5, 2022: 30.5, 2023: 30.5, 2024: 20.0, 2025: 22.0})
    # three years: 30.5, 27.0, 24.17; the 80 % quantile is 27 + .6 · 3.5 = 29.1
    # sums since 2023: 20, 42; trend 20 a year: 62, 82
    path = cumulative_path(added, projection([20.0, 20.0]), 2023)
    judged = {
        value: last_chance(
            target(value, measure="cumulative"), added, path, kind=Kind.FLOW, base_year=2023
        )
        for value in (82.0, 91.0, 100.0, 100.5)
    }
    assert judged[82.0].chance is Chance.SAFE
    assert judged[91.0].last_year == 2026  # 62 + 29.1
    assert judged[100.0].last_year == 2025  # 42 + 58.2
    assert judged[100.5].chance is Chance.LOST
    assert "每年29.1亿元的增量" in judged[91.0].text_zh


def test_average_growth_is_judged_by_the_level_it_leads_to():
    history = series({2022: 90.0, 2023: 100.0, 2024: 104.0, 2025: 108.0})
    path = growth_path(history, projection([113.0, 118.0]), 2023)
    # pace (108/90)^(1/3) = 6.27 %; wanted in 2027: 100 · 1.046⁴ = 119.7, 1.05⁴ = 121.6,
    # 1.052⁴ = 122.5; from 2026: 113 · 1.0627 = 120.1; from 2025: 108 · 1.0627² = 122.0
    judged = [
        last_chance(
            target(rate, measure="cagr", unit="1"), history, path, kind=Kind.LEVEL, base_year=2023
        ).last_year
        for rate in (0.046, 0.05, 0.052)
    ]
    assert judged == [2026, 2025, None]


def test_a_comparison_with_the_city_looks_at_the_ratio_itself():
    ratio = {2023: 0.9 / 1.1**2, 2024: 0.9 / 1.1, 2025: 0.9}  # 10 % a year
    path = metric(ratio, [0.92, 0.93], **CERTAIN)
    aim = target(1.0, measure="relative_to_city", unit="1")
    result = last_chance(aim, series({2025: 5.0}), path, kind=Kind.RATIO, base_year=2023)
    assert result.last_year == 2026  # 0.92 · 1.1 = 1.012


def test_a_target_stated_as_exceeding_needs_more_than_the_number():
    firms = series({2024: 80.0, 2025: 90.0})
    about = {"history": firms, "kind": Kind.COUNT, "unit": "家"}
    assert chance(105.0, [95.0, 96.0], operator="ge", **about).last_year == 2026
    assert chance(105.0, [95.0, 96.0], operator="gt", **about).last_year == 2025


@pytest.mark.parametrize(
    ("aim", "path", "history"),
    [
        (target(None, measure="qualitative", operator="rise"), [1.0, 1.0], TEN_PERCENT),
        (target(None, measure="relative_growth", operator="faster"), [1.0, 1.0], TEN_PERCENT),
        (target(100.0), [91.0], TEN_PERCENT),  # ends before it is due
        (target(100.0), [91.0, 92.0], series({2025: 90.0})),  # no pace
    ],
)
def test_where_there_is_no_trend_or_no_pace_there_is_no_warning(aim, path, history):
    measured = metric({2025: 90.0}, path, **CERTAIN)
    assert last_chance(aim, history, measured, kind=Kind.LEVEL, base_year=2023) is None


def test_a_target_already_due_needs_no_warning():
    path = metric({2027: 90.0}, [91.0], first=2028, **CERTAIN)
    assert last_chance(target(100.0), TEN_PERCENT, path, kind=Kind.LEVEL, base_year=2023) is None


# ── a count over a threshold ─────────────────────────────────────────────────────────────


def _member(name: str, growth: float, latest: float, *trend: float) -> Member:
    past = series({year: latest / growth ** (2025 - year) for year in range(2022, 2026)})
    path = metric(past.to_dict(), list(trend), base=float(past[2023]), **CERTAIN)
    return Member(name, "亿元", 500.0, past, path)


LARGE = _member("甲", 1.0, 600.0, 600.0, 600.0)
NEAR = _member("乙", 1.1, 440.0, 450.0, 460.0)  # 440 · 1.1² = 532; 450 · 1.1 = 495
FAR = _member("丙", 1.15, 252.0, 260.0, 270.0)  # at its best 333 in 2027


def of_count(value: float, *members: Member):
    path = metric({2023: 1.0, 2025: 1.0}, [1.0, 1.0], **CERTAIN)
    aim = target(value, measure="count_over_threshold", unit="个")
    return last_chance_of_count(aim, path, members, base_year=2023)


def test_a_count_is_open_while_its_next_member_can_still_cross():
    result = of_count(2.0, FAR, NEAR, LARGE)
    assert (result.chance, result.last_year) == (Chance.OPEN, 2025)
    assert result.text_zh.startswith("第2个是乙：最迟须从2026年起一直保持年均10.0%的增速")


def test_a_count_is_lost_when_too_few_members_can_cross_even_at_their_best():
    # 500亿级产业集群: a member at 252 cannot pass 500 in two years
    result = of_count(3.0, FAR, NEAR, LARGE)
    assert (result.chance, result.last_year) == (Chance.LOST, None)
    assert result.text_zh == (
        "即使各成员一直保持历史上三年平均80%分位的增速，也至多2个达到500亿元；其次的丙到2027年至多333亿元"
    )


def test_a_count_its_trend_reaches_is_safe():
    assert of_count(1.0, FAR, NEAR, LARGE).chance is Chance.SAFE


def test_without_members_there_is_no_warning():
    assert of_count(3.0) is None
