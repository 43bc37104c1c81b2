"""Draws depend in every year as history and the stated prior say; each year keeps its values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from analytics.domain import JINSHAN, SHANGHAI
from analytics.model.draws.dependence import Beforehand
from analytics.model.draws.innovations import couple
from tests.analytics.model.draws.test_dependence import OTHER, STEPS, path, simulated
from tests.support.drawn import nothing, projection

STATED = Beforehand(pairs={("a", "b"): 0.7})


def pair(n_draws: int = 4000):
    """Two random walks whose histories have four yearly changes: too few to tell."""
    return {
        "a": simulated(path(STEPS[:4]), 1, n_draws),
        "b": simulated(path(OTHER[:4]), 2, n_draws),
    }


def rank_correlations(one, other) -> list[float]:
    return [spearmanr(x, y)[0] for x, y in zip(one.draws.T, other.draws.T, strict=True)]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 99), n_draws=st.integers(2, 60))
def test_every_year_keeps_exactly_the_values_it_had(seed, n_draws):
    before = pair(n_draws)
    after = couple(before, STATED, seed=seed)
    for name, one in before.items():
        same = np.sort(one.draws, axis=0)
        np.testing.assert_array_equal(np.sort(after[name].draws, axis=0), same)


def test_the_stated_correlation_holds_in_every_year_and_not_in_one():
    after = couple(pair(), STATED)
    assert rank_correlations(after["a"], after["b"]) == pytest.approx([0.7] * 3, abs=0.04)


def test_what_is_unrelated_stays_so_in_every_year():
    after = couple(pair())
    assert rank_correlations(after["a"], after["b"]) == pytest.approx([0.0] * 3, abs=0.05)


def test_the_years_of_one_path_hang_together_as_before():
    before = pair()
    after = couple(before, STATED)["a"].draws
    held = [spearmanr(x[:, 0], x[:, 2])[0] for x in (before["a"].draws, after)]
    assert held[0] == pytest.approx(held[1], abs=0.06)  # √(1/3) of a random walk


def test_equal_counts_of_two_years_share_a_rank_whatever_order_they_are_sorted_in():
    one = np.random.default_rng(4).integers(0, 2, 400)  # one or none, the other in the next year
    swaps = projection(*np.column_stack([one, 1 - one]).tolist())
    after = couple({"a": swaps, "b": simulated(path(STEPS), 2, 400)}, STATED)["a"].draws
    assert spearmanr(after[:, 0], after[:, 1])[0] == pytest.approx(-1.0, abs=0.02)


def test_paths_that_never_fall_stay_such():
    rising = projection(*np.random.default_rng(3).poisson(2, (400, 3)).cumsum(axis=1).tolist())
    after = couple({"a": rising, "b": simulated(path(STEPS), 2, 400)}, STATED)
    assert (np.diff(after["a"].draws, axis=1) >= 0).all()


def test_the_order_of_the_names_changes_nothing_and_the_seed_does():
    before = pair(200)
    swapped = {"b": before["b"], "a": before["a"]}
    first, again = couple(before, STATED, seed=3), couple(swapped, STATED, seed=3)
    np.testing.assert_array_equal(first["a"].draws, again["a"].draws)
    assert not np.array_equal(first["a"].draws, couple(before, STATED, seed=4)["a"].draws)


def test_what_is_empty_constant_or_alone_is_left_as_it_is():
    still, empty = projection([5.0, 5.0], [5.0, 5.0]), nothing({})
    after = couple({"a": simulated(path(STEPS), 1), "still": still, "empty": empty})
    assert after["still"] is still
    assert after["empty"] is empty
    assert couple({}) == {}


def test_projections_with_different_numbers_of_draws_cannot_be_paired():
    uneven = {"a": simulated(path(STEPS), 1, 10), "b": simulated(path(STEPS), 2, 20)}
    with pytest.raises(ValueError, match="模拟次数不一致"):
        couple(uneven)


def test_the_territorial_output_goes_with_the_registered_one_it_contains(demo_bench):
    own = demo_bench.baseline[JINSHAN]
    whole, part = own["gross_output_territorial"], own["gross_output_registered"]
    held = [np.log(demo_bench.history(x).values).diff() for x in (
        "gross_output_territorial", "gross_output_registered")]  # fmt: skip
    both = held[0].dropna().index.intersection(held[1].dropna().index)
    past = spearmanr(held[0][both], held[1][both])[0]
    assert rank_correlations(whole, part) == pytest.approx([past] * len(whole.years), abs=0.15)
    assert (whole.draws > part.draws).all()  # the rest is never zero in any draw


def test_district_and_city_go_together_as_stated(demo_bench):
    ours = demo_bench.baseline[JINSHAN]["gross_output_territorial"]
    city = demo_bench.baseline[SHANGHAI]["gross_output_above_scale"]
    shared = [(ours.years.index(y), city.years.index(y)) for y in ours.years if y in city.years]
    ranks = [spearmanr(ours.draws[:, a], city.draws[:, b])[0] for a, b in shared]
    # Less in a year whose own past weighs differently on the two sides.
    assert np.mean(ranks) == pytest.approx(0.7, abs=0.1)
    assert ranks == pytest.approx([0.7] * len(ranks), abs=0.2)
