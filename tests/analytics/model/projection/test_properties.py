"""What holds for every history."""

from itertools import accumulate
from operator import mul

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.model.projection import KINDS, project
from analytics.model.projection.series import LARGEST

FIRST = 2010
HORIZON = 6
FINITE = st.floats(-LARGEST, LARGEST)  # larger ones are refused
POSITIVE = st.floats(0.01, 1e6)
LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
modest = settings(max_examples=40, deadline=None)
few = settings(max_examples=25, deadline=None)


def lists(elements, smallest: int = 0):
    return st.lists(elements, min_size=smallest, max_size=12)


def run(values, **options):
    known = pd.Series(values, index=range(FIRST, FIRST + len(values)), dtype="float64")
    end = FIRST + len(values) - 1 + HORIZON
    return project(known, end_year=end, **({"n_draws": 60} | options))


@modest
@given(values=lists(st.one_of(FINITE, st.just(float("nan")))), kind=st.sampled_from(KINDS))
def test_no_history_of_finite_values_leads_to_a_number_that_is_not(values, kind):
    result = run(values, kind=kind)
    assert np.isfinite(result.draws).all()
    assert result.has_probability or result.warnings


def grown(first: float, steps: list[float]) -> list[float]:
    """Let a value grow from year to year; leaps would be doubted."""
    return list(accumulate(steps, mul, initial=first))


@modest
@given(
    values=st.builds(grown, POSITIVE, lists(st.floats(0.7, 1.4), 2)), factor=st.floats(1e-4, 1e4)
)
def test_a_change_of_unit_changes_nothing_else(values, factor):
    plain, scaled = run(values), run([value * factor for value in values])
    # A value is taken for a growth rate only where it is as small as one.
    assume(plain.doubts == () == scaled.doubts)
    np.testing.assert_allclose(scaled.draws, plain.draws * factor, rtol=1e-6)


@modest
@given(
    values=lists(st.floats(-50, 50), 5),
    factor=st.floats(1e-3, 1e3),
)
def test_a_change_of_unit_changes_nothing_else_below_zero_either(values, factor):
    plain, scaled = run([-1.0, *values]), run([-factor, *(value * factor for value in values)])
    np.testing.assert_allclose(scaled.draws, plain.draws * factor, rtol=1e-6, atol=1e-9)


@few
@given(values=lists(st.floats(0.01, 0.99), 1))
def test_a_share_in_percent_is_the_same_share(values):
    fraction = run(values, kind="share")
    percent = run([100.0 * value for value in values], kind="share", upper=100.0)
    np.testing.assert_allclose(percent.draws, 100.0 * fraction.draws, rtol=1e-9)
    assert percent.warnings == fraction.warnings


@few
@given(values=lists(POSITIVE, 1), kind=st.sampled_from(KINDS), missing=st.integers(1, 4))
def test_years_still_missing_at_the_end_change_nothing(values, kind, missing):
    values = [value / 1e6 for value in values] if kind == "share" else values
    known = pd.Series(values, index=range(FIRST, FIRST + len(values)), dtype="float64")
    end = int(known.index[-1]) + HORIZON
    longer = known.reindex(range(FIRST, FIRST + len(values) + missing))
    plain, other = (project(x, end_year=end, kind=kind, n_draws=60) for x in (known, longer))
    assert other.years == plain.years
    np.testing.assert_array_equal(other.draws, plain.draws)
    assert other.warnings == plain.warnings


@few
@given(values=lists(POSITIVE, 1), kind=st.sampled_from(["level", "count"]), years=st.integers(1, 9))
def test_another_calendar_changes_nothing_but_the_years(values, kind, years):
    first = FIRST - 10 * years
    there = pd.Series(values, index=range(first, first + len(values)), dtype="float64")
    end = int(there.index[-1]) + HORIZON
    moved = project(there, end_year=end, kind=kind, n_draws=60)
    np.testing.assert_array_equal(moved.draws, run(values, kind=kind).draws)


def test_what_was_asked_before_changes_nothing():
    asked = [([3.0, 4.0, 6.0, 7.0, 9.0], "pooled"), ([9.0, 8.0, 8.5], "macro"), ([5.0], "real")]
    once = [run(values, prior=prior).draws for values, prior in asked]
    for (values, prior), draws in zip(asked[::-1], once[::-1], strict=True):
        np.testing.assert_array_equal(run(values, prior=prior).draws, draws)


@modest
@given(values=lists(st.floats(0.0, 1.0), 3))
def test_a_share_stays_inside_its_bounds(values):
    draws = run(values, kind="share").draws
    assert ((draws >= 0.0) & (draws <= 1.0)).all()


@modest
@given(values=lists(st.floats(30.0, 80.0), 3))
def test_a_share_stays_inside_bounds_of_its_own(values):
    draws = run(values, kind="share", lower=30.0, upper=80.0).draws
    assert ((draws >= 30.0) & (draws <= 80.0)).all()


@modest
@given(additions=lists(st.integers(0, 5000), 3))
def test_counts_are_whole_and_their_sums_never_fall(additions):
    draws = run(additions, kind="count").draws
    assert (draws >= 0).all()
    np.testing.assert_array_equal(draws, np.round(draws))


@modest
@given(additions=lists(st.integers(0, 300), 3))
def test_a_stock_of_counted_things_never_falls(additions):
    stock = np.cumsum(additions)
    result = run(stock, kind="stock")
    assert (result.draws >= stock[-1]).all()
    assert (np.diff(result.draws, axis=1) >= 0).all()


@modest
@given(values=lists(POSITIVE, 3), kind=st.sampled_from(["level", "count", "stock"]))
def test_quantiles_are_in_order_and_named_by_year(values, kind):
    table = run(values, kind=kind).quantiles(LEVELS)
    assert list(table.index) == list(range(FIRST + len(values), FIRST + len(values) + HORIZON))
    assert list(table.columns) == LEVELS
    assert (np.diff(table.to_numpy(), axis=1) >= 0).all()


@modest
@given(values=lists(POSITIVE, 3), seed=st.integers(0, 2**32))
def test_a_seed_reproduces_the_draws(values, seed):
    np.testing.assert_array_equal(run(values, seed=seed).draws, run(values, seed=seed).draws)


@modest
@given(values=lists(st.floats(1.0, 1000.0), 5))
def test_uncertainty_in_logs_grows_with_distance(values):
    draws = run(values, n_draws=2000).draws
    wide = np.diff(np.quantile(np.log(draws), [0.1, 0.9], axis=0), axis=0)[0]
    assert (np.diff(wide) > -1e-9).all() or len(set(values)) == 1


@pytest.mark.parametrize("n_draws", [1, 2, 3, 1001])
def test_any_number_of_draws_is_delivered(n_draws):
    assert run([1.0, 2.0, 3.0, 5.0, 8.0], n_draws=n_draws).draws.shape == (n_draws, HORIZON)
