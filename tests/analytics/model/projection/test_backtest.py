"""A history held against what would have been said of it."""

import numpy as np
import pytest

from analytics.model.projection import backtest, project
from analytics.model.projection.backtest import COLUMNS
from tests.support.drawn import series

VALUES = {2014 + i: value for i, value in enumerate([50, 55, 59, 66, 70, 78, 81, 90, 96, 101])}


def test_every_past_year_with_five_points_is_an_origin():
    table = backtest(series(VALUES), longest=3)
    # Ten points: origins 2018-2022; three, three, three, two and one outcome.
    assert list(table["origin"].value_counts().sort_index()) == [3, 3, 3, 2, 1]
    assert list(table.columns) == list(COLUMNS)
    assert (table["year"] - table["origin"] == table["horizon"]).all()


def test_what_is_said_of_an_origin_is_what_the_program_would_have_said():
    table = backtest(series(VALUES), seed=4).set_index(["origin", "year"])
    known = {year: value for year, value in VALUES.items() if year <= 2019}
    then = project(series(known), end_year=2023, n_draws=2000, seed=4).quantiles([0.1, 0.5, 0.9])
    np.testing.assert_allclose(
        table.loc[(2019, 2022), ["lower_80", "median", "upper_80"]].astype(float), then.loc[2022]
    )


def test_no_outcome_leaks_into_what_is_said_before_it():
    changed = VALUES | {2023: 500}
    columns = ["lower_80", "median", "upper_80"]
    one, other = (backtest(series(values))[columns] for values in (VALUES, changed))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(("last", "inside"), [(101, True), (500, False)])
def test_a_surprise_is_outside_its_interval(last, inside):
    table = backtest(series(VALUES | {2023: last}))
    assert table[(table["origin"] == 2022)]["inside"].tolist() == [inside]


def test_a_history_of_five_points_has_no_past_to_test():
    assert backtest(series(dict(list(VALUES.items())[:5]))).empty
