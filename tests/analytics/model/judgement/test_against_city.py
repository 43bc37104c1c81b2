"""District against city: ratio, premium, chances and words, checked by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.model.judgement.against_city import (
    LeadChance,
    LeadStanding,
    chances,
    change_between,
    goal_index,
    indexed,
    joint_lead,
    lead_standing,
    log_ratio,
    premium_needed,
    premium_so_far,
    stated_scope,
)
from tests.support.drawn import metric, series

# ── the ratio and its slope ──────────────────────────────────────────────────────────────


def test_the_ratio_is_taken_in_common_years_only_and_no_year_is_made_up():
    district = series({2015: 10.0, 2016: 11.0, 2017: 12.0, 2018: 0.0})
    city = series({2015: 100.0, 2017: 100.0, 2018: 100.0, 2019: 100.0})
    ratio = log_ratio(district, city)
    assert ratio.to_dict() == pytest.approx({2015: math.log(0.1), 2017: math.log(0.12)})


def test_the_premium_is_the_slope_of_the_log_ratio_with_its_t_interval():
    # x = −2, −1, 3 (mean 2018), y = 0, 0.03, 0.09 (mean 0.04):
    # Σxy = 0.24, Σx² = 14, slope 0.24/14; the interval is scipy's own regression
    ratio = series({2016: 0.0, 2017: 0.03, 2021: 0.09})
    found = premium_so_far(ratio, 0.90)
    check = stats.linregress([2016, 2017, 2021], [0.0, 0.03, 0.09])
    half = stats.t.ppf(0.95, 1) * check.stderr
    assert found.rate == pytest.approx(0.24 / 14)
    assert found.interval == pytest.approx((check.slope - half, check.slope + half))
    assert found.years == (2016, 2017, 2021)


def test_the_surer_the_wider_the_interval():
    ratio = series({2015: 0.0, 2016: 0.03, 2017: 0.02, 2025: 0.20})
    widths = [np.ptp(premium_so_far(ratio, level).interval) for level in (0.5, 0.9, 0.99)]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


@pytest.mark.parametrize(
    ("ratio", "rate"), [({2018: 0.0, 2025: 0.07}, pytest.approx(0.01)), ({2025: 0.1}, None)]
)
def test_fewer_than_three_common_years_give_no_interval(ratio, rate):
    found = premium_so_far(series(ratio), 0.9)
    assert (found and found.rate) == rate
    assert found is None or found.interval is None


# ── chances ──────────────────────────────────────────────────────────────────────────────

# leads by 2027 and 2028: −0.01, 0.005, 0.01, 0.02 and 0.0, 0.01, 0.01, 0.03
LEADS = metric({}, [-0.01, 0.0], [0.005, 0.01], [0.01, 0.01], [0.02, 0.03], first=2027)


def likely(path):
    return metric({}, *path.draws.tolist(), first=path.years[0], has_probability=True)


def test_faster_excludes_equal_growth_and_significant_includes_the_margin():
    assert chances(likely(LEADS), (2027, 2028), margin=0.01) == (
        LeadChance(2027, 0.75, 0.50, 4),
        LeadChance(2028, 0.75, 0.75, 4),
    )


def test_a_year_that_is_not_projected_and_a_path_without_probability_have_no_chance():
    assert chances(likely(LEADS), (2026, 2035), margin=0.0) == ()
    assert chances(LEADS, (2027,), margin=0.0) == ()


@pytest.mark.parametrize(
    ("faster", "significant", "confidence", "word"),
    [
        (0.99, 0.90, 0.90, LeadStanding.SIGNIFICANT),
        (0.99, 0.89, 0.90, LeadStanding.FASTER),
        (0.89, 0.50, 0.90, LeadStanding.OPEN),
        (0.11, 0.05, 0.90, LeadStanding.OPEN),
        (0.10, 0.05, 0.90, LeadStanding.SLOWER),
        (0.70, 0.66, 0.66, LeadStanding.SIGNIFICANT),
    ],
)
def test_the_words_follow_from_both_shares_and_the_confidence(
    faster, significant, confidence, word
):
    assert lead_standing(LeadChance(2035, faster, significant, 100), confidence) is word


def test_leading_in_all_is_counted_draw_by_draw():
    other = metric({}, [0.05, 0.05], [0.05, 0.05], [0.0, 0.0], [0.02, 0.02], first=2027)
    joint = joint_lead([likely(LEADS), likely(other)], 2027, 0.01)
    assert joint.probability == 0.25  # only the last draw leads by 0.01 in both


def test_without_draws_for_every_one_there_is_no_joint_lead():
    assert joint_lead([likely(LEADS), LEADS], 2027, 0.01) is None
    assert joint_lead([], 2027, 0.01) is None


# ── what is still needed ─────────────────────────────────────────────────────────────────


def test_with_nothing_behind_it_the_lead_needed_is_the_margin_itself():
    city = (100.0, 100.0, 100.0 * 1.02**10)
    assert premium_needed(1.0, city, (2025, 2025, 2035), 0.01) == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("index_now", "needed"),
    [
        (1.03**2, 0.01),  # two years exactly on course
        (1.03**12 / 1.02**10, 0.0),  # all of the lead is behind already
        (1.03**12 / 1.05**10, 0.03),  # behind: 5 % needed against the city's 2 %
    ],
)
def test_a_lead_already_won_need_not_be_won_again(index_now, needed):
    city = (100.0, 100.0 * 1.02**2, 100.0 * 1.02**12)  # 2 % throughout
    found = premium_needed(index_now, city, (2023, 2025, 2035), 0.01)
    assert found == pytest.approx(needed)


def test_the_goal_of_the_ratio_compounds_the_margin():
    assert goal_index(0.0, 0.01, 10) == pytest.approx(100 * 1.01**10)
    assert goal_index(0.02, 0.0, 10) == pytest.approx(100)


def test_an_index_is_100_in_its_base_year_and_keeps_the_draws_in_proportion():
    path = indexed(metric({2018: 0.05, 2025: 0.08}, [0.16], [0.04]), 2025)
    assert path.observed.to_dict() == pytest.approx({2018: 62.5, 2025: 100.0})
    assert path.draws.ravel().tolist() == pytest.approx([200.0, 50.0])


# ── other districts ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("note", "scope"),
    [
        ("在地口径(含宝武)；镜像站", "在地"),
        ("全口径(在地)", "在地"),
        ("属地口径——与“在地”口径相差2.6倍", "属地"),
        ("区属口径", "属地"),
        ("四舍五入到百亿", "未注明"),
        ("", "未注明"),
    ],
)
def test_the_scope_is_what_the_source_names(note, scope):
    assert stated_scope(note) == scope


ROWS = [
    # region, scope, year, value, usable | since, change
    ("甲", "在地", 2020, 100.0, True, None, None),
    ("甲", "属地", 2021, 50.0, True, None, None),  # another scope: never joined
    ("甲", "在地", 2022, 121.0, True, 2020, 0.10),
    ("乙", "未注明", 2018, 900.0, False, None, None),  # a bound starts nothing
    ("乙", "未注明", 2024, 200.0, True, None, None),
    ("乙", "未注明", 2025, 210.0, True, 2024, 0.05),
]


def test_change_joins_published_values_of_one_region_and_one_scope_only():
    frame = pd.DataFrame(ROWS, columns=["region", "scope", "year", "value", "usable", "s", "c"])
    found = change_between(frame, points=False)
    assert found["since"].fillna(0).tolist() == [0, 0, 2020, 0, 0, 2024]
    assert found["change"].fillna(0).tolist() == pytest.approx([0, 0, 0.10, 0, 0, 0.05])


def test_shares_change_in_points_a_year():
    rows = [("甲", "未注明", 2020, 0.484, True), ("甲", "未注明", 2024, 0.536, True)]
    frame = pd.DataFrame(rows, columns=["region", "scope", "year", "value", "usable"])
    assert change_between(frame, points=True)["change"].iloc[1] == pytest.approx(0.013)
