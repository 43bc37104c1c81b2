"""The pieces of the engine, each against something worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.model.projection import calibration, counts, models, spread
from analytics.model.projection.prior import GrowthPrior
from analytics.model.projection.spread import Factors

FACTORS = Factors(
    intercept=np.log(0.5),
    horizon_power=0.5,
    shortness=0.0,
    tail=0.0,
    move_power=1.0,
    path_power=0.5,
    lean=0.0,
)


def row(*values: float) -> np.ndarray:
    return np.array([values])


PRIOR = GrowthPrior(mean=0.02, spread=0.1, noise=0.1)


@pytest.mark.parametrize(
    ("z", "growth"),
    [
        # A steady step of 0.1 has no noise: it is believed.
        (row(0.0, 0.1, 0.2, 0.3, 0.4, 0.5), 0.1),
        (row(0.0, -0.1, -0.2, -0.3, -0.4), -0.1),
        # Steps 0.2, 0, 0.2, 0: mean 0.1, variance 0.04/3, squared error 0.01/3; the weight of
        # the history is 0.01 / (0.01 + 2 * 0.01/3) = 0.6, so 0.02 + 0.6 * 0.08.
        (row(0.0, 0.2, 0.2, 0.4, 0.4), 0.068),
        # Three points: steps 0.1 and 0.1 and one more step of noise 0.1: variance 0.01/2,
        # squared error 0.01/4, weight 0.01 / (0.01 + 0.005) = 2/3.
        (row(0.0, 0.1, 0.2), 0.02 + 0.08 * 2 / 3),
        # Two points: variance 0.01, squared error 0.01, weight 1/3.
        (row(0.0, 0.1), 0.02 + 0.08 / 3),
        # One point: nothing but the kind's own growth.
        (row(0.0), 0.02),
        (row(1.0, 1.0, 1.0, 1.0, 1.0), 0.0),
    ],
)
def test_growth_is_shrunk_to_its_kind_by_its_own_noise(z, growth):
    assert models.shrunken_growth(z, PRIOR)[0] == pytest.approx(growth)


@given(
    steps=st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=10),
    mean=st.floats(-0.1, 0.15),
)
def test_shrunken_growth_lies_between_the_history_and_its_kind(steps, mean):
    z = np.concatenate([[0.0], np.cumsum(steps)])[None, :]
    growth = models.shrunken_growth(z, GrowthPrior(mean, 0.04, 0.1))[0]
    own = np.mean(steps)
    assert min(own, mean) - 1e-12 <= growth <= max(own, mean) + 1e-12


def test_interpolated_years_are_no_evidence_of_a_steady_trend():
    z = row(0.0, 0.1, 0.2, 0.3, 0.3, 0.5)
    assert models.shrunken_growth(z, PRIOR, points=4)[0] < models.shrunken_growth(z, PRIOR)[0]


def test_the_random_walk_continues_from_the_last_value():
    path = models.random_walk(row(0.0, 1.0, 5.0), np.array([0.5]), 3)
    np.testing.assert_allclose(path, [[5.5, 6.0, 6.5]])


def test_a_steady_line_is_continued_more_and_more_flatly_by_the_damped_trend():
    z = row(*np.arange(8) * 0.1)
    path = models.damped_trend(z, models.shrunken_growth(z, PRIOR), 6)[0]
    steps = np.diff(np.concatenate([[0.7], path]))
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_theta_of_a_clear_trend_carries_seven_tenths_of_its_slope():
    z = row(*np.arange(12) * 0.1)
    path = models.theta(z, models.shrunken_growth(z, PRIOR), 3)[0]
    np.testing.assert_allclose(np.diff(path), 0.7 * 0.1)


@pytest.mark.parametrize("member", list(models.MEMBERS))
def test_every_member_forecasts_a_batch_as_it_does_one_by_one(member):
    batch = np.random.default_rng(1).normal(size=(4, 9)).cumsum(axis=1)
    growth = models.shrunken_growth(batch, PRIOR)
    together = models.MEMBERS[member](batch, growth, 5)
    for i in range(4):
        alone = models.MEMBERS[member](batch[i : i + 1], growth[i : i + 1], 5)
        np.testing.assert_allclose(together[i : i + 1], alone)


@pytest.mark.parametrize("member", list(models.MEMBERS))
def test_every_member_shifts_with_its_series(member):
    z = row(3.0, 3.2, 3.1, 3.5, 3.4, 3.8)
    growth = models.shrunken_growth(z, PRIOR)
    shifted = models.MEMBERS[member](z + 100.0, growth, 4)
    np.testing.assert_allclose(shifted, models.MEMBERS[member](z, growth, 4) + 100.0)


def test_the_typical_move_weighs_recent_steps_more():
    early, late = row(0.0, 0.5, 0.5, 0.5, 0.5), row(0.0, 0.0, 0.0, 0.0, 0.5)
    still = np.zeros(1)
    assert spread.typical_move(late, still, PRIOR)[0] > spread.typical_move(early, still, PRIOR)[0]


def test_a_step_across_a_gap_counts_as_a_move_of_its_root():
    # 0.6 in three bridged years: three steps of 0.2, each worth 0.2 * sqrt(3).
    z, still = row(0.0, 0.2, 0.4, 0.6), np.zeros(1)
    plain = spread.typical_move(z, still, PRIOR, points=5)[0]
    bridged = spread.typical_move(z, still, PRIOR, np.array([3, 3, 3]), points=5)[0]
    assert bridged - plain == pytest.approx(0.2 * (np.sqrt(3) - 1))


def test_the_half_width_follows_its_factors():
    # 0.5 * move * sqrt(h)
    width = spread.half_width_80(FACTORS, 8, np.array([0.1, 0.2]), 4)
    np.testing.assert_allclose(width[:, 3], [0.1, 0.2])
    np.testing.assert_allclose(width[0], 0.05 * np.sqrt([1, 2, 3, 4]))


def test_stretching_keeps_the_80_percent_interval_and_fattens_the_tail():
    at_80, at_95 = stats.norm.ppf([0.9, 0.975])
    for tail in (0.0, 0.15, 0.3):
        assert spread.stretch(at_80, tail) == pytest.approx(1.0)
    assert spread.stretch(at_95, 0.15) > spread.stretch(at_95, 0.0) == pytest.approx(at_95 / at_80)


def test_leaning_moves_width_from_one_side_to_the_other_and_leaves_the_median():
    sides = spread.leaning(np.array([-1.0, 0.0, 1.0]), 0.2)
    np.testing.assert_allclose(sides, [-0.8, 0.0, 1.2])


def test_two_points_have_the_moves_of_their_kind_beside_their_own():
    # One step of 0.1 off the growth and one typical of noise 0.2: 0.8 * 0.2 = 0.16.
    move = spread.typical_move(row(0.0, 0.1), np.zeros(1), GrowthPrior(0.0, 0.1, 0.2))
    assert move[0] == pytest.approx((0.1 + 0.16) / 2 + 1e-3)


def test_paths_are_standard_normal_and_remember_like_a_random_walk():
    paths = spread.standard_paths(np.random.default_rng(2), 40_000, 4, 0.5)
    np.testing.assert_allclose(paths.std(axis=0), 1.0, atol=0.02)
    np.testing.assert_allclose(paths.mean(axis=0), 0.0, atol=1e-9)  # mirrored halves
    # A random walk's correlation of years 1 and 4 is sqrt(1/4).
    assert np.corrcoef(paths.T)[0, 3] == pytest.approx(0.5, abs=0.02)


def _counts(*values: float, n_steps: int = 3, n_draws: int = 20_000) -> np.ndarray:
    rng = np.random.default_rng(3)
    years = np.arange(len(values))
    pool = calibration.load_pool("count")
    return counts.draw_counts(years, np.array(values), n_steps, n_draws, rng, pool)


def test_the_growth_of_plentiful_counts_is_their_own():
    # Ten per cent a year in counts so large that neither Poisson noise nor prior matters.
    age = np.arange(8)[::-1]
    rising = 1e6 * 1.1 ** (7.0 - age)
    growth = counts.count_growth(age, rising, GrowthPrior(0.0, 0.1, 0.1))
    assert growth == pytest.approx(np.log(1.1), abs=1e-3)


def test_the_growth_of_a_few_events_is_that_of_their_kind():
    growth = counts.count_growth(np.array([2, 1, 0]), np.array([1.0, 0.0, 1.0]), PRIOR)
    assert growth == pytest.approx(PRIOR.mean, abs=0.02)


def test_the_growth_of_counts_solves_its_equation():
    # At the mode: sum (c - rate) * t = (growth - mean) / spread**2 for a Poisson count.
    age, seen = np.array([3, 2, 1, 0]), np.array([4.0, 5.0, 5.0, 7.0])
    growth = counts.count_growth(age, seen, PRIOR)
    level = np.log((seen.sum()) / np.exp(-growth * age).sum())
    beyond = seen - np.exp(level - growth * age)
    assert -(beyond @ age) == pytest.approx((growth - PRIOR.mean) / PRIOR.spread**2, abs=0.6)


def test_rare_counts_borrow_from_all_their_years():
    # Five events in ten years, none lately: the rate is neither 0 nor 1 a year.
    draws = _counts(1, 0, 1, 1, 0, 1, 1, 0, 0, 0)
    assert 0.25 < draws[:, 0].mean() < 0.75


def test_large_counts_follow_their_latest_level():
    draws = _counts(1000, 1100, 1200, 1350, 1500, 1600, 1750)
    assert np.median(draws[:, 0]) > 1700


def test_counts_never_scatter_less_than_poisson():
    draws = _counts(50, 50, 51, 49, 50, 50)[:, 0]
    assert draws.var() > draws.mean()


def test_years_without_any_event_do_not_promise_that_none_comes():
    draws = _counts(0, 0, 0, 0, 1, 0, 0, 0)
    assert 0.02 < (draws.sum(axis=1) > 0).mean() < 0.9


def test_the_shipped_calibration_is_complete():
    levels = ("pooled", "real", "physical", "china_nominal")
    for pool in (*levels, "industry", "macro", "firm", "demographic", "share", "additive"):
        for points in (1, 2, 3, 4, 5, 6, 8, 10, 14, 40):
            cells = calibration.load_calibration(pool, points).cells
            assert [cell.horizon for cell in cells] == list(range(1, len(cells) + 1))
            assert all(cell.points <= points for cell in cells)
            assert len(cells) >= 6


def test_a_pool_of_another_scale_is_replaced_by_the_scale_s_own():
    assert calibration.pool_for("logit", "pooled").name == "share"
    assert calibration.pool_for("linear", "real").name == "additive"
    assert calibration.pool_for("log", "share").name == "pooled"
    assert calibration.pool_for("log", "real").name == "real"


def test_coverage_beyond_the_longest_measured_year_is_that_years():
    known = calibration.load_calibration("pooled", 8)
    assert known.at(30) == known.at(12) == known.cells[-1]
