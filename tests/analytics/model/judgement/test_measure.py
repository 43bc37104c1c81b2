"""The quantity a target speaks of, from history and draws, checked by hand."""

import numpy as np
import pytest

from analytics.domain import Reason
from analytics.model.judgement.measure import (
    STALE_YEARS,
    common_base,
    cumulative_path,
    growth_path,
    level_path,
    relative_growth_path,
    relative_growth_since,
    relative_path,
)
from tests.support.drawn import metric, nothing, projection, series

SHORT = Reason.TOO_SHORT.given(points=4)
FLAT = Reason.CONSTANT.given()
NO_BASE = Reason.BASE_MISSING.given(base=2023)

# ── the value itself ─────────────────────────────────────────────────────────────────────


def test_a_level_is_history_and_draws_as_they_are():
    history = series({2023: 90.0, 2024: 95.0, 2025: 100.0})
    path = level_path(history, projection([104.0, 108.0], [101.0, 99.0]), 2023)
    assert path.observed.to_dict() == {2023: 90.0, 2024: 95.0, 2025: 100.0}
    assert path.base == 90.0
    assert path.at(2027).tolist() == [108.0, 99.0]


def test_a_year_that_is_not_projected_has_no_draws():
    path = level_path(series({2025: 1.0}), projection([1.0, 2.0]), 2023)
    assert path.at(2025) is None
    assert path.at(2028) is None


@pytest.mark.parametrize("base_year", [2020, None])
def test_a_level_without_its_base_year_has_no_base(base_year):
    assert level_path(series({2025: 1.0}), projection([1.0]), base_year).base is None


@pytest.mark.parametrize("certain", [True, False])
def test_every_path_hands_on_method_warnings_and_whether_a_probability_is_allowed(certain):
    history = series({2023: 1.0, 2024: 1.0, 2025: 1.0})
    drawn = projection([1.0], has_probability=certain, method="甲", warnings=(SHORT,))
    for make in (level_path, cumulative_path, growth_path):
        path = make(history, drawn, 2023)
        assert (path.has_probability, path.method, path.reasons) == (certain, "甲", (SHORT,))


# ── sums of additions ────────────────────────────────────────────────────────────────────


def test_additions_are_summed_after_the_base_year_which_does_not_count():
    history = series({2022: 99.0, 2023: 70.0, 2024: 40.0, 2025: 44.0})
    path = cumulative_path(history, projection([50.0, 60.0], [30.0, 20.0]), 2023)
    assert path.observed.to_dict() == {2024: 40.0, 2025: 84.0}
    # 84 + 50 = 134, + 60 = 194; 84 + 30 = 114, + 20 = 134
    assert path.draws.tolist() == [[134.0, 194.0], [114.0, 134.0]]
    assert path.base == 0.0


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        ({}, Reason.ADDITIONS_NOT_BEGUN.given(first=2024)),
        ({2022: 5.0, 2023: 6.0}, Reason.ADDITIONS_NOT_BEGUN.given(first=2024)),
        ({2023: 6.0, 2025: 8.0}, Reason.ADDITIONS_MISSING.given(years=(2024,))),
        ({2024: 6.0, 2027: 8.0}, Reason.ADDITIONS_MISSING.given(years=(2025, 2026))),
    ],
)
def test_a_sum_with_a_year_missing_is_not_made_up(history, reason):
    path = cumulative_path(series(history), projection([1.0]), 2023)
    assert path.observed.empty
    assert path.years == ()
    assert path.has_probability is False
    assert path.reasons == (reason,)


def test_a_sum_of_what_is_known_needs_no_projection():
    path = cumulative_path(series({2024: 3.0, 2025: 4.0}), nothing({2024: 3.0, 2025: 4.0}), 2023)
    assert path.observed.to_dict() == {2024: 3.0, 2025: 7.0}
    assert path.at(2026) is None


# ── average growth ───────────────────────────────────────────────────────────────────────


def test_growth_is_the_yearly_average_since_the_base_year():
    history = series({2023: 100.0, 2024: 110.0, 2025: 121.0})
    path = growth_path(history, projection([133.1, 146.41], [100.0, 16.0], [0.0, 0.0]), 2023)
    assert path.observed.to_dict() == pytest.approx({2024: 0.10, 2025: 0.10})
    # cube roots and fourth roots: 1.331→1.1, 1.4641→1.1; 1→1, 0.16→0.632; nothing left: −100 %
    expected = [[0.1, 0.1], [0.0, 0.16**0.25 - 1], [-1.0, -1.0]]
    np.testing.assert_allclose(path.draws, expected, atol=1e-12)
    assert path.base == 100.0


@pytest.mark.parametrize("history", [{}, {2024: 5.0}, {2023: 0.0, 2024: 5.0}, {2023: -1.0}])
def test_growth_needs_a_positive_base(history):
    path = growth_path(series(history), projection([1.0]), 2023)
    assert path.observed.empty
    assert path.years == ()
    assert path.reasons == (NO_BASE,)


def test_a_loss_counts_as_having_nothing_left_and_never_as_nan():
    history = series({2023: 100.0, 2024: -5.0, 2025: 81.0})
    path = growth_path(history, projection([-1.0], [72.9]), 2023)
    assert path.observed.to_dict() == pytest.approx({2024: -1.0, 2025: -0.1})
    np.testing.assert_allclose(path.draws, [[-1.0], [-0.1]])


def test_a_gap_between_base_and_latest_does_not_matter_to_the_average():
    path = growth_path(series({2021: 100.0, 2025: 146.41}), projection([1.0]), 2021)
    assert path.observed.to_dict() == pytest.approx({2025: 0.10})


def test_growth_of_what_is_not_projected_ends_with_the_history():
    path = growth_path(series({2023: 100.0, 2024: 107.0}), nothing({2024: 107.0}), 2023)
    assert path.observed.to_dict() == pytest.approx({2024: 0.07})
    assert path.years == ()


# ── against the city ─────────────────────────────────────────────────────────────────────


def test_a_ratio_to_the_city_pairs_the_same_draws_and_years():
    district = metric({2023: 8.0, 2024: 9.0, 2025: 10.0}, [12.0, 14.0], [6.0, 7.0])
    city = metric({2022: 9.0, 2024: 10.0, 2025: 12.5}, [8.0, 7.0], [12.0, 14.0])
    path = relative_path(district, city)
    assert path.observed.to_dict() == pytest.approx({2024: 0.9, 2025: 0.8})
    np.testing.assert_allclose(path.draws, [[1.5, 2.0], [0.5, 0.5]])


def test_a_growth_premium_is_the_districts_growth_less_the_citys():
    district = metric({2024: 0.08, 2025: 0.07}, [0.06], [0.02])
    city = metric({2024: 0.05, 2025: 0.05}, [0.05], [0.05])
    path = relative_growth_path(district, city)
    assert path.observed.to_dict() == pytest.approx({2024: 0.03, 2025: 0.02})
    np.testing.assert_allclose(path.draws, [[0.01], [-0.03]])


def test_only_years_projected_for_both_are_compared():
    district = metric({2025: 1.0}, [2.0, 3.0, 4.0], first=2026)
    city = metric({2026: 1.0}, [4.0, 4.0], first=2027)
    path = relative_path(district, city)
    assert path.years == (2027, 2028)
    assert path.draws.tolist() == [[0.75, 1.0]]
    assert path.observed.empty


@pytest.mark.parametrize(
    ("district", "city", "reason"),
    [
        (metric({}, reasons=(NO_BASE,)), metric({2025: 1.0}, [1.0]), NO_BASE),
        (metric({}), metric({2025: 1.0}, [1.0]), Reason.DISTRICT_EMPTY.given()),
        (metric({2025: 1.0}, [1.0]), metric({}), Reason.CITY_EMPTY.given()),
        (
            metric({2025: 1.0}, [1.0]),
            metric({}, reasons=(NO_BASE,)),
            Reason.CITY_UNMEASURED.given(because=NO_BASE),
        ),
        (
            metric({2025: 1.0}, [1.0]),
            metric({2025: 1.0}),
            Reason.CITY_TOO_SHORT.given(),
        ),
        (
            metric({2025: 1.0}, [1.0]),
            metric({2021: 1.0}, [1.0]),
            Reason.CITY_STALE.given(last=2021),
        ),
    ],
)
def test_without_a_benchmark_there_is_no_comparison_and_the_reason_says_so(district, city, reason):
    for compare in (relative_path, relative_growth_path):
        path = compare(district, city)
        assert path.observed.empty
        assert path.years == ()
        assert path.has_probability is False
        assert path.reasons == (reason,)


def test_a_benchmark_three_years_old_may_still_be_carried_on():
    assert STALE_YEARS == 3
    path = relative_path(metric({2022: 1.0, 2025: 1.0}, [1.0]), metric({2022: 2.0}, [4.0]))
    assert path.observed.to_dict() == {2022: 0.5}
    assert path.draws.tolist() == [[0.25]]


@pytest.mark.parametrize(
    ("district", "city", "both"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_comparison_is_no_surer_than_either_side(district, city, both):
    ours = metric({2025: 1.0}, [1.0], has_probability=district, method="甲", reasons=(SHORT,))
    theirs = metric({2025: 1.0}, [1.0], has_probability=city, method="乙", reasons=(FLAT,))
    path = relative_path(ours, theirs)
    assert path.has_probability is both
    assert path.method == "本区：甲；全市：乙"
    assert path.reasons == (SHORT, FLAT.said_of_city())


# ── growth against the city, from a year both have ───────────────────────────────────────


@pytest.mark.parametrize(
    ("district", "city", "since"),
    [
        ([2022, 2023, 2024], [2022, 2023, 2024], 2023),  # the base year itself
        ([2022, 2023, 2024, 2025], [2022, 2024, 2025], 2024),  # else the first year after it
        ([2018, 2023, 2025], [2018, 2022], 2018),  # else the last before it
        ([2023, 2024], [2020, 2022], None),
        ([], [2023], None),
    ],
)
def test_growth_is_measured_from_a_year_both_have(district, city, since):
    ours, theirs = (series(dict.fromkeys(years, 1.0)) for years in (district, city))
    assert common_base(ours, theirs, 2023) == since


def test_a_base_of_nothing_is_no_base():
    assert common_base(series({2023: 1.0, 2024: 1.0}), series({2023: 0.0, 2024: 2.0}), 2023) == 2024


def side(values: dict[int, float], *paths: list[float], first: int = 2026):
    drawn = projection(*paths, history=values, first=first) if paths else nothing(values)
    return series(values), drawn


def test_with_the_base_year_on_both_sides_the_lead_is_the_difference_of_averages():
    path = relative_growth_since(
        side({2023: 100.0, 2025: 121.0}, [133.1]), side({2023: 50.0, 2025: 50.0}, [50.0]), 2023
    )
    assert path.since == 2023
    assert path.observed.to_dict() == pytest.approx({2025: 0.10})
    np.testing.assert_allclose(path.draws, [[0.10]])
    assert path.reasons == ()


def test_without_it_the_first_common_year_is_used_and_named_and_nothing_is_made_up():
    district = side({2023: 90.0, 2024: 95.0, 2025: 100.0}, [110.0, 121.0])
    path = relative_growth_since(district, side({2018: 40.0, 2025: 50.0}, [51.0, 52.02]), 2023)
    assert path.since == 2025
    assert path.observed.empty  # nothing common has come since
    np.testing.assert_allclose(path.draws, [[0.08, 0.08]])  # 10 % less 2 %
    assert path.reasons[-1] == Reason.BASE_MOVED.given(base=2023, used=2025)


@pytest.mark.parametrize(
    ("city", "reason"),
    [
        ({}, Reason.CITY_UNPUBLISHED.given()),
        ({2020: 1.0, 2022: 1.0}, Reason.NO_COMMON_YEAR.given()),
        ({2019: 1.0, 2021: 1.0}, Reason.CITY_STALE.given(last=2021)),
    ],
)
def test_a_city_without_a_usable_year_is_no_benchmark(city, reason):
    path = relative_growth_since(
        side({2021: 1.0, 2023: 1.0, 2025: 1.0}, [1.0]), side(city, [1.0]), 2023
    )
    assert path.is_empty
    assert path.reasons == (reason,)


def test_without_a_district_value_it_is_the_district_that_is_missing():
    path = relative_growth_since(side({}), side({2023: 1.0, 2025: 1.0}, [1.0]), 2023)
    assert path.reasons == (NO_BASE,)
