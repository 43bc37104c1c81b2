"""Progress as statistical offices publish it, and 序时进度 by kind of target."""

import pandas as pd
import pytest

from analytics.domain import Standing
from analytics.model.judgement.progress import (
    Thresholds,
    cumulative_pace,
    growth_pace,
    level_pace,
    linear_pace,
    progress_ratio,
    relative_pace,
)
from tests.support.paths import DATA

CASES = pd.read_csv(DATA / "statcan_progress_cases.csv")


def _or_none(value):
    return None if pd.isna(value) else value


def _measure(row):
    return progress_ratio(
        row.base_year,
        _or_none(row.base_value),
        _or_none(row.current_year),
        _or_none(row.current_value),
        direction=row.direction,
        target=_or_none(row.target),
        target_year=row.target_year,
        limit=_or_none(row.limit),
    )


@pytest.mark.parametrize("row", list(CASES.itertuples()), ids=lambda row: row.indicator)
def test_every_published_canadian_case_is_reproduced(row):
    result = _measure(row)
    assert result.status == row.status
    if pd.isna(row.progress_value):
        assert (result.value, result.score) == (None, None)
    else:
        assert result.value == pytest.approx(row.progress_value, rel=1e-9)
        assert result.score == pytest.approx(row.score, rel=1e-9)


def test_the_published_cases_hold_125_values_and_every_status():
    assert CASES["progress_value"].notna().sum() == 125
    assert set(CASES["status"]) == {
        "target_achieved",
        "substantial_progress",
        "moderate_progress",
        "limited_progress",
        "deterioration",
        "not_available",
    }


@pytest.mark.parametrize(
    ("base", "current", "target", "direction", "status"),
    [
        # base -> current in 2 of 4 years; needed 10 % a year: 100 -> 146.41
        (100, 146.41, 146.41, 1, "target_achieved"),
        (100, 150.00, 146.41, 1, "target_achieved"),
        (100, 121.00, 146.41, 1, "substantial_progress"),  # exactly on the path, R = 1
        (100, 116.00, 146.41, 1, "moderate_progress"),  # 7.7 % of 10 %
        (100, 104.00, 146.41, 1, "limited_progress"),
        (100, 99.00, 146.41, 1, "deterioration"),
        (100, 80.00, 65.61, -1, "substantial_progress"),  # falling 10.6 %, needed 10 %
        (100, 110.00, 65.61, -1, "deterioration"),
        (100, 90.00, 100.00, 1, "deterioration"),  # the target was the base, and was lost
        (-100, 120.00, 146.41, 1, "not_available"),  # mixed signs
        (-100, -90.00, -65.61, 1, "limited_progress"),  # a deficit shrinking 5.1 %, needed 10 %
    ],
)
def test_status_against_a_target(base, current, target, direction, status):
    result = progress_ratio(
        2020, base, 2022, current, direction=direction, target=target, target_year=2024
    )
    assert result.status == status


def test_zero_target_and_zero_base_are_replaced_but_zero_now_is_not():
    eliminated = progress_ratio(2015, 10, 2020, 0, direction=-1, target=5, target_year=2030)
    assert eliminated.status == "target_achieved"
    towards_zero = progress_ratio(2015, 1, 2020, 0.1, direction=-1, target=0, target_year=2030)
    # Observed 0.1**(1/5) - 1 = -36.9 %, required 0.001**(1/15) - 1 = -36.9 %: R = 1.
    assert towards_zero.value == pytest.approx(1.0)
    from_zero = progress_ratio(2015, 0, 2017, 0.001, direction=1)
    assert from_zero.value == pytest.approx(0.0)
    gone = progress_ratio(2015, 8, 2020, 0, direction=1)
    assert gone.value == pytest.approx(-1.0)


def test_a_share_at_its_natural_limit_only_has_to_hold():
    held = progress_ratio(2020, 100, 2022, 100, direction=1, limit=100)
    assert (held.status, held.score) == ("substantial_progress", 5.0)


def test_a_share_that_leaves_its_natural_limit_deteriorates():
    # 99/100 over two years is -0.5013 % a year; the score falls from -2.5 at 0
    # to -5 at -2 %: -2.5 - 2.5 * 0.5013/2 = -3.1266.
    lost = progress_ratio(2020, 100, 2022, 99, direction=1, limit=100)
    assert lost.status == "deterioration"
    assert lost.score == pytest.approx(-3.1266, abs=1e-4)


@pytest.mark.parametrize("direction", [0, 2])
def test_a_direction_other_than_one_is_refused(direction):
    with pytest.raises(ValueError, match="方向"):
        progress_ratio(2020, 1, 2022, 2, direction=direction)


def test_a_target_without_its_year_is_refused():
    with pytest.raises(ValueError, match="目标年份"):
        progress_ratio(2020, 1, 2022, 2, direction=1, target=3)


@pytest.mark.parametrize(
    ("base", "now", "target", "elapsed", "due", "standing"),
    [
        (100, 150, 200, 0.5, 150, Standing.ON_TRACK),
        (100, 147.5, 200, 0.5, 150, Standing.ON_TRACK),  # 95 % of the progress due
        (100, 147.0, 200, 0.5, 150, Standing.BEHIND),
        (100, 152.5, 200, 0.5, 150, Standing.AHEAD),  # 105 %
        (100, 200, 200, 0.5, 150, Standing.EARLY),
        (100, 200, 200, 1.0, 200, Standing.MET),
        (100, 199, 200, 1.0, 200, Standing.MISSED),
        (100, 199, 200, 1.5, 200, Standing.MISSED),  # past the deadline
        (100, 100, 200, 0.0, 100, Standing.UNDETERMINED),  # no time has passed
        (100, 90, 80, 0.5, 90, Standing.ON_TRACK),  # less is better
        (100, 75, 80, 0.5, 90, Standing.EARLY),
    ],
)
def test_a_stock_is_judged_by_the_way_from_its_base(base, now, target, elapsed, due, standing):
    pace = linear_pace(base, now, target, elapsed)
    assert (pace.expected, pace.standing) == (pytest.approx(due), standing)


def test_a_stock_already_near_its_target_at_the_base_earns_no_credit_for_it():
    # 95 of 100 is not 95 % done when the base was 90: half the way.
    assert linear_pace(90, 95, 100, 0.75).completed == pytest.approx(0.5)


def test_a_number_that_must_be_exceeded_is_not_met_when_touched():
    assert linear_pace(100, 200, 200, 1.0, strict=True).standing is Standing.MISSED
    assert cumulative_pace(500, 500, 0.9, strict=True).standing is Standing.AHEAD
    assert cumulative_pace(500, 500, 0.9).standing is Standing.EARLY


def test_a_level_follows_the_geometric_path():
    # 1000 -> 1464.1 in four years is 10 % a year: 1210 after two.
    pace = level_pace(1000, 1210, 1464.1, 0.5)
    assert pace.expected == pytest.approx(1210)
    assert pace.ratio == pytest.approx(1.0)
    assert pace.standing is Standing.ON_TRACK


def test_a_level_without_a_positive_base_cannot_be_judged():
    assert level_pace(0, 10, 100, 0.5).standing is Standing.UNDETERMINED


def test_a_running_total_may_be_held_against_the_usual_path_of_its_year():
    # 20 of 100 after a quarter of the time is behind a straight line (25) ...
    assert cumulative_pace(20, 100, 0.25).standing is Standing.BEHIND
    # ... and on the path of past years, in which little came early.
    assert cumulative_pace(20, 100, 0.25, expected=20).standing is Standing.ON_TRACK


@pytest.mark.parametrize(
    ("now", "standing", "needed"),
    [
        # target 7 % a year over four years from 100; one year gone
        (107.0, Standing.ON_TRACK, 0.07),
        (110.0, Standing.AHEAD, (100 * 1.07**4 / 110) ** (1 / 3) - 1),
        (104.0, Standing.BEHIND, (100 * 1.07**4 / 104) ** (1 / 3) - 1),
    ],
)
def test_average_growth_is_compared_as_a_rate_and_says_what_is_still_needed(now, standing, needed):
    pace = growth_pace(100, now, 0.07, 1, 4)
    assert pace.standing is standing
    assert pace.expected == pytest.approx(107)
    assert pace.needed == pytest.approx(needed)


def test_average_growth_is_reached_only_when_its_years_are_over():
    assert growth_pace(100, 200, 0.07, 1, 4).standing is Standing.AHEAD
    assert growth_pace(100, 140, 0.07, 4, 4).standing is Standing.MET
    assert growth_pace(100, 120, 0.07, 4, 4).standing is Standing.MISSED


@pytest.mark.parametrize(
    ("district", "city", "standing"),
    [
        (0.06, 0.05, Standing.AHEAD),
        (0.05, 0.05, Standing.ON_TRACK),
        (0.04, 0.05, Standing.BEHIND),
        (0.06, None, Standing.UNDETERMINED),  # 无对标
        (None, 0.05, Standing.UNDETERMINED),
    ],
)
def test_growth_is_compared_with_the_city_only_when_both_are_known(district, city, standing):
    assert relative_pace(district, city).standing is standing


def test_a_margin_over_the_city_must_be_earned():
    assert relative_pace(0.055, 0.05, margin=0.01).standing is Standing.BEHIND


def test_where_the_words_change_is_a_setting():
    lenient = Thresholds(ahead=1.2, on_track=0.8)
    assert linear_pace(0, 42, 100, 0.5).standing is Standing.BEHIND
    assert linear_pace(0, 42, 100, 0.5, thresholds=lenient).standing is Standing.ON_TRACK
