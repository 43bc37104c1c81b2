"""What the product claims, measured on public series that took no part in the fit.

Everything is cross-validated by series on the 322 annual series of
``benchmarks/data``; the six held-out years of each are the outcome.
"""

import dataclasses
import json

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.tsa.forecasting.theta import ThetaModel

from analytics.model.projection import calibration, models, project, spread
from benchmarks import accuracy, alternatives, calibrate, panel

SERIES = panel.read_series()
FOLDS = panel.fold_of(len(SERIES))
HORIZONS = range(1, panel.HELD_OUT + 1)
BEST_ENTRANT = 15.17  # sMAPE of the competition's best entrant on these series


@pytest.fixture(scope="module")
def replays():
    return {points: panel.replay(SERIES, points) for points in calibrate.LENGTHS}


@pytest.fixture(scope="module")
def held_out(replays):
    """Factors fitted without each fold."""
    power = calibrate.MOVE_POWER["log"]
    return calibrate.cross_validated(list(replays.values()), FOLDS, power)


def _inside(replay, held_out, horizon: int, level: float) -> float:
    """Return the share of held-out outcomes inside the interval."""
    widths = calibrate.held_out_widths(replay, FOLDS, held_out, level)
    errors = np.abs(replay.errors[replay.final, horizon - 1])
    return float(np.mean(errors <= widths[replay.final, horizon - 1]))


def test_four_years_ahead_from_eight_points_is_covered_and_sharp(replays, held_out):
    replay = replays[8]
    assert 0.75 <= _inside(replay, held_out, 4, 0.80) <= 0.87
    assert 0.91 <= _inside(replay, held_out, 4, 0.95) <= 0.98
    widths = calibrate.held_out_widths(replay, FOLDS, held_out, 0.80)[replay.final, 3]
    scores = panel.interval_score(replay.errors[replay.final, 3], widths, 0.80)
    assert scores.mean() <= 0.95


@pytest.mark.parametrize("level", [0.80, 0.95])
@pytest.mark.parametrize("points", [5, 6, 8, 10, 14])
def test_coverage_is_within_five_points_at_every_length_and_distance(
    replays, held_out, points, level
):
    shares = [_inside(replays[points], held_out, horizon, level) for horizon in HORIZONS]
    assert shares == pytest.approx([level] * len(shares), abs=0.05)


def test_earlier_origins_are_covered_as_well_as_the_last(replays, held_out):
    for replay in replays.values():
        for cell in calibrate.measure(replay, FOLDS, held_out):
            assert cell.coverage_80 == pytest.approx(0.80, abs=0.05), cell
            assert cell.coverage_95 == pytest.approx(0.95, abs=0.05), cell


def _point_error(series) -> float:
    pairs = [
        (project(one.history, end_year=one.first_year + len(one.values) + 5, n_draws=2000), one)
        for one in series
    ]
    return float(np.mean([panel.smape(p.median().to_numpy(), one.actuals) for p, one in pairs]))


def test_point_forecasts_beat_the_best_entrant_of_the_competition():
    assert _point_error(SERIES) < BEST_ENTRANT


def test_point_forecasts_beat_theta_on_the_same_series():
    some = SERIES[::5]
    theirs = [np.asarray(ThetaModel(one.values, period=1).fit().forecast(6)) for one in some]
    pairs = zip(theirs, some, strict=True)
    theta = float(np.mean([panel.smape(mean, one.actuals) for mean, one in pairs]))
    assert _point_error(some) <= 0.985 * theta


def test_counts_whose_rate_moves_like_public_series_are_covered(held_out):
    chosen = SERIES[::2]
    factors = [held_out[fold] for fold in FOLDS[::2]]
    for cell in accuracy.count_coverage(chosen, factors):
        # Small counts are discrete: their interval can only be too wide.
        most = 0.95 if cell["mean_count"] < 10 else 0.90
        assert 0.74 <= cell["year_4_80"] <= most, cell
        assert 0.74 <= cell["sum_of_4_80"] <= most, cell


@pytest.mark.parametrize("family", list(calibrate.MOVE_POWER))
def test_the_shipped_factors_are_those_the_script_makes(family):
    factors, cells = calibrate.calibrate_family(SERIES, FOLDS, family)
    shipped = json.loads(calibrate.OUTPUT.read_text(encoding="utf-8"))
    assert factors == pytest.approx(shipped["factors"][family], abs=1e-4)
    theirs = [cell for cell in shipped["coverage"] if cell["family"] == family]
    for shipped_cell, cell in zip(theirs, cells, strict=True):
        assert shipped_cell == pytest.approx(cell, abs=1e-3)


def test_the_draws_have_the_calibrated_width():
    one = SERIES[0].history.iloc[-8:]
    result = project(one, end_year=int(one.index[-1]) + 4, n_draws=100_000)
    logs = np.log(one.to_numpy())[None, :]
    move = spread.typical_move(logs, models.shrunken_growth(logs))
    factors = calibration.load_factors()
    half = spread.half_width_80(factors, 8, move, 4)[0]
    for level in (0.5, 0.8, 0.95):
        drawn = np.log(result.quantiles([0.5 - level / 2, 0.5 + level / 2])).to_numpy()
        reach = spread.stretch(norm.ppf(0.5 + level / 2), factors.tail)
        np.testing.assert_allclose(np.diff(drawn, axis=1)[:, 0], 2 * reach * half, rtol=0.03)


def test_the_track_record_shows_every_method_at_every_length():
    record = calibration.load_track_record()
    assert record["n_series"] == len(SERIES)
    fields = {field.name for field in dataclasses.fields(accuracy.Row)}
    methods = {row["method"] for row in record["rows"]}
    assert {record["ours"], *alternatives.ALTERNATIVES} <= methods
    for method in methods:
        rows = [row for row in record["rows"] if row["method"] == method]
        assert [row["points"] for row in rows] == list(accuracy.LENGTHS)
        assert all(set(row) == fields for row in rows)
