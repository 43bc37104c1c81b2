"""Kendall's test with years that hang together."""

import numpy as np
import pytest

from analytics.model.judgement.trend import inflation, trend
from tests.support.drawn import series

YEARS = np.arange(2015.0, 2026.0)


@pytest.mark.parametrize(
    ("values", "tau", "p_value"),
    [
        # exact two-sided p of a perfect order of six: 2/720
        ([1, 2, 3, 4, 5, 6], 1.0, 2 / 720),
        ([6, 5, 4, 3, 2, 1], -1.0, 2 / 720),
        # one pair of fifteen out of order: 12 of the 720 orders have at most one, either way
        ([2, 1, 3, 4, 5, 6], 13 / 15, 12 / 720),
    ],
)
def test_where_nothing_hangs_together_the_exact_test_stands(values, tau, p_value):
    found = trend(series({2020 + n: float(x) for n, x in enumerate(values)}))
    assert (found.tau, found.p_value) == (pytest.approx(tau), pytest.approx(p_value))


def test_a_slow_wave_about_a_line_inflates_the_variance_by_hand():
    wave = np.array([0, 1, 2, 3, 4, 5, -5, -4, -3, -2, -1]) * 0.1
    # a line of slope 1 leaves the wave over: ranks less their mean 0 1 2 3 4 5 −5 −4 −3 −2 −1,
    # of which lag 1 correlates 50/110, lag 2 0, lag 3 less
    found = inflation(YEARS, np.arange(11.0) * 100 + wave)
    rho = (0 + 2 + 6 + 12 + 20 - 25 + 20 + 12 + 6 + 2) / 110
    expected = 1.0 if rho <= 1.96 / np.sqrt(11) else 1 + 2 * 10 * 9 * 8 * rho / 990
    assert found == pytest.approx(expected)


def test_persistence_makes_a_trend_less_clear_never_clearer():
    rng = np.random.default_rng(1)
    walk = np.cumsum(rng.normal(0.3, 1.0, size=(40, 11)), axis=1)
    for values in walk:
        assert inflation(YEARS, values) >= 1.0
    assert max(inflation(YEARS, values) for values in walk) > 1.3


def test_a_straight_line_is_no_persistence():
    assert inflation(YEARS, 0.1 * YEARS) == 1.0


def test_what_never_moves_has_no_clear_trend():
    assert not trend(series(dict.fromkeys(range(2015, 2026), 1.0))).is_clear
