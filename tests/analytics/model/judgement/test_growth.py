"""Growth rates by the level and by the cumulative method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.judgement.growth import cagr, cumulative_average_growth, required_growth


@pytest.mark.parametrize(
    ("first", "last", "years", "rate"),
    [
        (100, 121, 2, 0.10),  # 100 -> 110 -> 121
        (1200, 1200, 4, 0.0),
        (200, 50, 2, -0.5),
        (100, 107**4 / 100**3, 4, 0.07),  # 年均增长7%，2023—2027年四年
    ],
)
def test_average_growth_compounds_over_the_years_after_the_base(first, last, years, rate):
    assert cagr(first, last, years) == pytest.approx(rate)


def test_required_growth_leads_from_today_to_the_target():
    rate = required_growth(1083.0, 1500.0, 3)
    assert 1083.0 * (1 + rate) ** 3 == pytest.approx(1500.0)


def test_cumulative_growth_solves_the_official_equation():
    # 100 growing by 10 % makes 110 + 121 + 133.1 = 364.1 in three years.
    assert cumulative_average_growth(100.0, 364.1, 3) == pytest.approx(0.10)


def test_cumulative_growth_over_one_year_is_plain_growth():
    assert cumulative_average_growth(80.0, 100.0, 1) == pytest.approx(0.25)


@given(
    rate=st.floats(-0.9, 2.0),
    base=st.floats(1e-3, 1e6),
    years=st.integers(1, 15),
)
def test_cumulative_growth_recovers_the_rate_that_made_the_sum(rate, base, years):
    total = sum(base * (1 + rate) ** i for i in range(1, years + 1))
    assert cumulative_average_growth(base, total, years) == pytest.approx(rate, abs=1e-7)


@pytest.mark.parametrize("wrong", [0.0, -5.0, float("nan"), float("inf")])
@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("function", [cagr, required_growth, cumulative_average_growth])
def test_growth_of_what_is_not_positive_is_refused_in_chinese(function, position, wrong):
    arguments = [100.0, 200.0, 3]
    arguments[position] = wrong
    with pytest.raises(ValueError, match="须为正数"):
        function(*arguments)


def test_the_cumulative_method_needs_whole_years():
    with pytest.raises(ValueError, match="年数须为整数"):
        cumulative_average_growth(100.0, 300.0, 2.5)
