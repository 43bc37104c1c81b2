"""Rows put in an order that history supports; distributions stay as they are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.draws.dependence import Beforehand, correlation, follow
from analytics.model.projection import Projection, Rung
from tests.support.drawn import nothing, projection, series

modest = settings(max_examples=40, deadline=None)
STEPS = [0.02, 0.09, 0.05, 0.07, 0.03, 0.08]  # six yearly changes, all different
OTHER = [-0.04, 0.11, 0.01, 0.06, -0.02, 0.10]  # in the same order of size


def path(steps: list[float], first: int = 2015) -> pd.Series:
    """Make a positive history from its yearly log changes."""
    values = np.exp(np.concatenate([[0.0], np.cumsum(steps)]))
    return series(dict(zip(range(first, first + len(values)), values.tolist(), strict=True)))


def simulated(history: pd.Series, seed: int, n_draws: int = 4000) -> Projection:
    draws = np.random.default_rng(seed).normal(size=(n_draws, 3)).cumsum(axis=1)
    return Projection((2026, 2027, 2028), draws, history, "模拟", Rung.FULL, True)


def between(histories: dict[str, pd.Series]) -> float:
    return correlation(histories)[0].loc["a", "b"]


# ── what history supports ────────────────────────────────────────────────────────────────

# Six changes in the same order: rho = 1, variance without dependence 1/5, signal 1 − 1/5, so
# the weight is 0.8/(0.8 + 0.2) = 0.8 and 2 sin(0.8·π/6) = 0.813473.
SIX_ALIKE = 0.813473


def test_changes_in_the_same_order_are_correlated_after_shrinkage():
    matrix, overlap = correlation({"a": path(STEPS), "b": path(OTHER)})
    np.testing.assert_allclose(matrix, [[1.0, SIX_ALIKE], [SIX_ALIKE, 1.0]], atol=1e-6)
    assert overlap.to_numpy().tolist() == [[6, 6], [6, 6]]
    assert list(matrix.index) == list(matrix.columns) == list(overlap.columns) == ["a", "b"]


def test_changes_in_the_opposite_order_are_correlated_negatively():
    opposite = path([-step for step in STEPS])
    assert between({"a": path(STEPS), "b": opposite}) == pytest.approx(-SIX_ALIKE, abs=1e-6)


def test_positive_values_are_compared_by_growth_not_by_amount():
    cubed = path(STEPS) ** 3
    assert between({"a": path(STEPS), "b": cubed * 7}) == pytest.approx(SIX_ALIKE, abs=1e-6)


def test_values_that_are_not_all_positive_are_compared_by_amount():
    amounts = series({2015: 0.0, 2016: 2.0, 2017: 11.0, 2018: 16.0, 2019: 23.0, 2020: 26.0})
    amounts[2021] = 34.0  # changes 2 9 5 7 3 8, the order of STEPS
    assert between({"a": path(STEPS), "b": amounts}) == pytest.approx(SIX_ALIKE, abs=1e-6)


def test_four_changes_together_are_too_few_and_stay_counted():
    matrix, overlap = correlation({"a": path(STEPS), "b": path(STEPS[:4])})
    assert matrix.loc["a", "b"] == 0.0
    assert overlap.loc["a", "b"] == 4


def test_a_change_over_a_missing_year_is_not_a_yearly_change():
    gap = path(STEPS).drop(2018)  # leaves 2016, 2017, 2020 and 2021
    assert correlation({"a": path(STEPS), "b": gap})[1].loc["a", "b"] == 4


def test_histories_of_different_times_are_unrelated():
    matrix, overlap = correlation({"a": path(STEPS, 1990), "b": path(STEPS, 2015)})
    assert matrix.loc["a", "b"] == 0.0
    assert overlap.loc["a", "b"] == 0


def test_a_correlation_no_larger_than_chance_is_none():
    # ranks 1 2 3 4 5 against 3 1 5 2 4: rho = 1 − 6·14/120 = 0.3; 0.3² < 1/4, its variance
    one, other = path([0.01, 0.02, 0.03, 0.04, 0.05]), path([0.03, 0.01, 0.05, 0.02, 0.04])
    assert between({"a": one, "b": other}) == 0.0


def test_a_pair_seen_for_longer_is_trusted_more():
    steps = [0.05, 0.01, 0.09, 0.03, 0.07, 0.02, 0.06, 0.10, 0.04, 0.08, 0.11]
    histories = {"a": path(steps, 2010), "b": path(steps, 2010), "c": path(steps[5:], 2015)}
    matrix, _ = correlation(histories)
    # overlaps 11, 6, 6; signal (0.9 + 0.8 + 0.8)/3 = 0.8333
    # 0.8333/0.9333 = 0.892857 and 0.8333/1.0333 = 0.806452, each through 2 sin(rho·π/6)
    assert matrix.loc["a", "b"] == pytest.approx(2 * np.sin(np.pi / 6 * 0.892857), abs=1e-5)
    assert matrix.loc["a", "c"] == pytest.approx(2 * np.sin(np.pi / 6 * 0.806452), abs=1e-5)


def test_a_history_that_never_moves_goes_with_nothing():
    assert between({"a": path(STEPS), "b": path([0.0] * 6)}) == 0.0


def test_where_history_is_silent_the_stated_value_holds():
    short = path(STEPS[:4])
    stated = Beforehand(pairs={("a", "b"): 0.7})
    matrix, _ = correlation({"a": path(STEPS), "b": short}, stated)
    assert matrix.loc["a", "b"] == pytest.approx(2 * np.sin(np.pi / 6 * 0.7))


def test_pairs_of_a_group_share_its_mean_where_their_own_years_are_too_few():
    # a and b are known and go together entirely; c joins them too late to say
    known = {"a": path(STEPS), "b": path(OTHER), "c": path(STEPS[:4])}
    matrix, _ = correlation(known, Beforehand(dict.fromkeys(known, "district")))
    np.testing.assert_allclose(matrix, np.ones((3, 3)), atol=1e-6)


def test_without_histories_there_is_nothing_to_correlate():
    matrix, overlap = correlation({})
    assert matrix.shape == overlap.shape == (0, 0)


@modest
@given(lengths=st.lists(st.integers(0, 12), min_size=2, max_size=8), seed=st.integers(0, 10_000))
def test_the_matrix_is_a_correlation_matrix_whatever_overlaps(lengths, seed):
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=12)
    histories = {
        at: path((shared[12 - n :] + 0.2 * rng.normal(size=n)).tolist(), 2024 - n)
        for at, n in enumerate(lengths)
    }
    matrix = correlation(histories)[0].to_numpy()
    np.testing.assert_array_equal(np.diag(matrix), 1.0)
    np.testing.assert_allclose(matrix, matrix.T, atol=1e-12)
    assert np.linalg.eigvalsh(matrix)[0] > -1e-9
    assert np.abs(matrix).max() <= 1.0 + 1e-12


def test_pairs_that_contradict_each_other_become_the_nearest_possible_matrix():
    """a goes with b in one decade, b with c in another, a against c in a third."""
    steps = [0.05, 0.01, 0.09, 0.03, 0.07, 0.02, 0.06, 0.10, 0.04, 0.08]
    first, second, third = path(steps, 1980), path(steps, 2000), path(steps, 2020)
    against = path([-step for step in steps], 2020)
    a, b = pd.concat([first, third]), pd.concat([first, second])
    matrix, _ = correlation({"a": a, "b": b, "c": pd.concat([second, against])})
    # [[1,w,−w],[w,1,w],[−w,w,1]] has eigenvalues 1+w, 1+w, 1−2w; without the last, which is
    # negative, (1+w)(I − vv') with v = (1,−1,1)/√3: ±(1+w)/3 off a diagonal of 2(1+w)/3
    np.testing.assert_allclose(
        matrix, [[1.0, 0.5, -0.5], [0.5, 1.0, 0.5], [-0.5, 0.5, 1.0]], atol=1e-12
    )


# ── a second opinion ─────────────────────────────────────────────────────────────────────


def test_a_follower_takes_the_ranks_of_its_leader():
    leader = projection([3.0], [1.0], [2.0])
    other = projection([10.0], [20.0], [30.0])
    assert follow(other, leader, year=2026).draws.tolist() == [[30.0], [10.0], [20.0]]


def test_a_follower_that_cannot_be_paired_stays_as_it_is():
    leader, empty = projection([3.0], [1.0]), nothing({2025: 1.0})
    longer = projection([3.0], [1.0], [2.0])
    assert follow(longer, leader, year=2026) is longer
    assert follow(empty, leader, year=2026) is empty
