"""Fit the spread factors on public annual series and write calibration.json.

    python -m benchmarks.calibrate --date 2026-11-23

Nothing but the factors and the measured coverage leaves this script: the
coverage is cross-validated by series, the factors use all of them.
"""

import argparse
import hashlib
import json
from dataclasses import asdict
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.stats import norm, rankdata

from analytics.model.projection import spread
from analytics.model.projection.result import Coverage
from analytics.model.projection.spread import Factors
from benchmarks import panel
from benchmarks.panel import PublicSeries, Replays

LENGTHS = (3, 4, 5, 6, 8, 10, 14, 20)
FEWEST_SERIES = 40  # a cell with fewer series neither shapes the fit nor is published
# How far a series' own move is believed, by family. On the log scale public
# series are comparable and the interval score is flat between 0.6 and 0.7; on
# the logit and the additive scale "large" has no common meaning, so the spread
# is proportional to the move. No public shares are at hand: the logit factors
# are measured in log units, where a proportional spread means the same.
MOVE_POWER = {"log": 0.65, "logit": 1.0, "linear": 1.0}
OUTPUT = Path(spread.__file__).parent / "calibration.json"


def fit_factors(replays: list[Replays], training: np.ndarray, move_power: float) -> Factors:
    """Fit the factors on the series marked in ``training`` (bool, [n_series])."""
    rows, reaches, tails, weights = [], [], [], []
    for one in replays:
        for horizon in range(1, panel.LONGEST_HORIZON + 1):
            usable = np.isfinite(one.errors[:, horizon - 1]) & training[one.series]
            n_series = len(np.unique(one.series[usable]))
            if n_series < FEWEST_SERIES:
                continue
            reach_80, reach_95 = _reaches(one, horizon, usable, move_power)
            rows.append((1.0, np.log(horizon), 1.0 / (one.points - 1)))
            reaches.append(np.log(reach_80))
            tails.append(np.log(reach_95 / reach_80))
            weights.append(np.sqrt(n_series))
    weight = np.array(weights)
    design, response = np.array(rows) * weight[:, None], np.array(reaches) * weight
    solution = np.linalg.lstsq(design, response, rcond=None)[0]
    return Factors(
        intercept=float(solution[0]),
        horizon_power=float(solution[1]),
        shortness=float(solution[2]),
        tail=_tail(float(np.average(tails, weights=weight))),
        move_power=move_power,
        path_power=_path_power(replays, training, move_power),
    )


def _reaches(one: Replays, horizon: int, usable: np.ndarray, move_power: float) -> list[float]:
    """Return the weighted 80 % and 95 % quantiles of the standardised errors."""
    weights = panel.origin_weights(one, usable)[usable]
    size = np.abs(one.errors[usable, horizon - 1]) / one.move[usable] ** move_power
    order = np.argsort(size)
    covered = np.cumsum(weights[order]) / weights.sum()
    return [float(size[order][np.searchsorted(covered, level)]) for level in (0.8, 0.95)]


def _tail(log_ratio: float) -> float:
    """Return the Tukey h whose 95 % and 80 % quantiles have the given log ratio."""
    low, high = norm.ppf(0.9), norm.ppf(0.975)
    return max(0.0, 2.0 * (log_ratio - np.log(high / low)) / (high**2 - low**2))


def _path_power(replays: list[Replays], training: np.ndarray, move_power: float) -> float:
    """Return the median exponent that explains the rank correlation of two horizons."""
    powers = []
    for one in replays:
        whole = np.isfinite(one.errors).all(axis=1) & training[one.series]
        if len(np.unique(one.series[whole])) < FEWEST_SERIES:
            continue
        size = one.errors[whole] / one.move[whole, None] ** move_power
        ranks = np.column_stack([rankdata(column) for column in size.T])
        correlation = 2.0 * np.sin(np.pi / 6.0 * np.corrcoef(ranks.T))
        powers += [
            np.log(correlation[near, far]) / np.log((near + 1) / (far + 1))
            for near, far in combinations(range(panel.LONGEST_HORIZON), 2)
        ]
    return float(np.median(powers))


def cross_validated(replays: list[Replays], folds: np.ndarray, move_power: float) -> list[Factors]:
    """Return the factors fitted without each fold in turn."""
    return [fit_factors(replays, folds != fold, move_power) for fold in range(panel.FOLDS)]


def measure(one: Replays, folds: np.ndarray, fitted: list[Factors]) -> list[Coverage]:
    """Measure coverage and score of series that took no part in the fit."""
    widths = {level: held_out_widths(one, folds, fitted, level) for level in (0.8, 0.95)}
    cells = []
    for horizon in range(1, panel.LONGEST_HORIZON + 1):
        error = one.errors[:, horizon - 1]
        usable = np.isfinite(error)
        n_series = len(np.unique(one.series[usable]))
        if n_series < FEWEST_SERIES:
            break
        weights = panel.origin_weights(one, usable)[usable]
        error = error[usable]
        near, far = (widths[level][usable, horizon - 1] for level in (0.8, 0.95))
        cells.append(
            Coverage(
                points=one.points,
                horizon=horizon,
                coverage_80=_share(np.abs(error) <= near, weights),
                coverage_95=_share(np.abs(error) <= far, weights),
                interval_score=_share(panel.interval_score(error, near, 0.8), weights),
                n_series=n_series,
            )
        )
    return cells


def held_out_widths(
    one: Replays, folds: np.ndarray, fitted: list[Factors], level: float
) -> np.ndarray:
    """Return half-widths [n_origins, 12] from the factors fitted without each series."""
    by_fold = np.stack([panel.half_widths(factors, one, level) for factors in fitted])
    return by_fold[folds[one.series], np.arange(len(one.series))]


def _share(values: np.ndarray, weights: np.ndarray) -> float:
    return round(float(np.average(values, weights=weights)), 4)


def calibrate_family(
    series: list[PublicSeries], folds: np.ndarray, family: str
) -> tuple[dict, list[dict]]:
    """Return the factors from all series and the coverage of held-out ones."""
    power = MOVE_POWER[family]
    replays = [panel.replay(series, points, family) for points in LENGTHS]
    fitted = cross_validated(replays, folds, power)
    cells = [cell for one in replays for cell in measure(one, folds, fitted)]
    factors = fit_factors(replays, np.ones(len(series), dtype=bool), power)
    return (
        {name: round(value, 5) for name, value in asdict(factors).items()},
        [{"family": family, **asdict(cell)} for cell in cells],
    )


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, required=True)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    series = panel.read_series()
    folds = panel.fold_of(len(series))
    families = {family: calibrate_family(series, folds, family) for family in MOVE_POWER}
    document = {
        "dated": arguments.date.isoformat(),
        "made_by": "python -m benchmarks.calibrate",
        "series_file": panel.SERIES_CSV.name,
        "series_sha256": hashlib.sha256(panel.SERIES_CSV.read_bytes()).hexdigest(),
        "n_series": len(series),
        "folds": panel.FOLDS,
        "factors": {name: factors for name, (factors, _) in families.items()},
        "coverage": [cell for _, cells in families.values() for cell in cells],
    }
    arguments.output.write_text(_dump(document), encoding="utf-8")
    _report(document)


def _dump(document: dict) -> str:
    """Return JSON with one coverage cell a line, which keeps diffs readable."""
    cells = ",\n".join("    " + json.dumps(cell) for cell in document["coverage"])
    head = json.dumps({**document, "coverage": "@"}, indent=2, ensure_ascii=False)
    return head.replace('"@"', f"[\n{cells}\n  ]") + "\n"


def _report(document: dict) -> None:
    print(json.dumps(document["factors"], indent=2))
    for cell in document["coverage"]:
        if cell["horizon"] in (1, 2, 4, 6, 12):
            print(
                "{family:6s} points {points:2d}  horizon {horizon:2d}  80%: {coverage_80:.3f}  "
                "95%: {coverage_95:.3f}  score {interval_score:.3f}  n={n_series}".format(**cell)
            )


if __name__ == "__main__":
    main()
