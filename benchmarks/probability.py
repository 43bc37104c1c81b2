"""How true our odds are: P(target) and the spread of outcomes on series not calibrated on.

Targets like the plan's, four years ahead of the last eight points: keep the recent
pace, half of it, 2 % and 7 % a year. Every series is judged by what was estimated
without its own fold.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
from scipy.stats import norm

from analytics.model.projection import models, spread
from benchmarks import panel
from benchmarks.calibrate import Calibrator, Fitted

POINTS = 8
AHEAD = 4
BACK = (4, 6, 8, 10)  # origins: so many years before the end of each series
_RECENT = 5  # years of the recent pace
_EDGES = (0.0, 0.1, 0.33, 0.5, 0.66, 0.9, 1.0)  # the words' bounds, and even odds
_STANDARD = np.linspace(-9.0, 9.0, 9001)
TARGETS = {
    "keep": "保持近5年增速",
    "half": "近5年增速的一半",
    "two": "年均2%",
    "seven": "年均7%",
}


@dataclass(frozen=True, eq=False)
class Judged:
    """Odds and outcomes of one panel: [n_targets, n_origins]; PIT [n_origins]."""

    said: np.ndarray
    met: np.ndarray
    pit: np.ndarray
    inside: np.ndarray  # outcome within the 80 % interval, four years ahead
    scores: np.ndarray  # 80 % interval score, log units, four years ahead
    errors: np.ndarray  # sMAPE in percent over the years known, at most six


def thresholds(past: np.ndarray) -> dict[str, np.ndarray]:
    """Return the log growth over four years that each target asks for."""
    pace = np.exp((past[:, -1] - past[:, -1 - _RECENT]) / _RECENT) - 1.0
    still = np.ones(len(past))
    rates = {"keep": pace, "half": pace / 2.0, "two": 0.02 * still, "seven": 0.07 * still}
    return {name: AHEAD * np.log1p(rate) for name, rate in rates.items()}


def share_above(fitted: Fitted, move: np.ndarray, errors: np.ndarray, ahead: int) -> np.ndarray:
    """Return the chance that the error ``ahead`` years on exceeds given ones."""
    factors = fitted.factors(POINTS)
    width = spread.half_width_80(factors, POINTS, move, ahead)[:, -1]
    known = spread.leaning(spread.stretch(_STANDARD, factors.tail), factors.lean)
    return np.asarray(norm.sf(np.interp(errors / width, known, _STANDARD)))


def judge(
    calibrator: Calibrator, nested: list[Fitted], name: str, back: tuple[int, ...] = BACK
) -> Judged:
    """Judge the series of one panel of a pool from origins before their ends."""
    return _together(_judge_folds(calibrator, nested, name, back))


def judge_by_field(
    calibrators: Mapping[str, Calibrator],
    nested: Mapping[str, list[Fitted]],
    name: str,
    back: tuple[int, ...] = BACK,
) -> Judged:
    """Judge one panel, every series by the pool of its field, the others by all together."""
    of_fields = {key: one for key, one in calibrators.items() if one.plan.field}
    kept = {one.plan.field for one in of_fields.values()}
    rest = _judge_folds(calibrators["pooled"], nested["pooled"], name, back, kept)
    parts = [_judge_folds(one, nested[key], name, back) for key, one in of_fields.items()]
    return _together([*rest, *chain.from_iterable(parts)])


def _judge_folds(
    calibrator: Calibrator,
    nested: list[Fitted],
    name: str,
    back: tuple[int, ...],
    without: Collection[str] = (),
) -> list[Judged]:
    """Judge every fold at every origin by what was estimated without it.

    Series of the fields named in ``without`` are left out.
    """
    parts = [
        _judge_fold(calibrator, one, fold, name, years, without)
        for years in back
        for fold, one in enumerate(nested)
    ]
    return [part for part in parts if part is not None]


def _together(parts: Sequence[Judged]) -> Judged:
    names = [field.name for field in fields(Judged)]
    return Judged(*(np.concatenate([getattr(p, n) for p in parts], axis=-1) for n in names))


def _judge_fold(
    calibrator: Calibrator,
    fitted: Fitted,
    fold: int,
    name: str,
    back: int,
    without: Collection[str],
) -> Judged | None:
    past, future = _cut(calibrator, fold, name, back, without)
    if not len(past):
        return None
    growth = models.shrunken_growth(past, fitted.growth)
    path = models.combined(past, fitted.growth, panel.HELD_OUT)
    move = spread.typical_move(past, growth, fitted.growth)
    at = AHEAD - 1
    said, met = [], []
    for wanted in thresholds(past).values():
        needed = past[:, -1] + wanted
        said.append(share_above(fitted, move, needed - path[:, at], AHEAD))
        met.append(future[:, at] >= needed)
    error = future[:, at] - path[:, at]
    low, high = (
        panel.reaches(fitted.factors(POINTS), POINTS, move, float(norm.ppf(level)), AHEAD)[:, -1]
        for level in (0.1, 0.9)
    )
    sizes = 200.0 * np.abs(np.exp(path) - np.exp(future)) / (np.exp(path) + np.exp(future))
    return Judged(
        np.array(said),
        np.array(met),
        1.0 - share_above(fitted, move, error, AHEAD),
        (low <= error) & (error <= high),
        panel.interval_score(error, low, high),
        np.nanmean(sizes, axis=1),
    )


def _cut(
    calibrator: Calibrator, fold: int, name: str, back: int, without: Collection[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return logs of the last eight points and of up to six years after, for one fold."""
    folds = panel.fold_of(calibrator.n_series)
    past, future = [], []
    for number, one in enumerate(calibrator.plan.series):
        cut = len(one.whole) - back
        if one.panel != name or folds[number] != fold or cut < POINTS or one.domain in without:
            continue
        logs = np.log(one.whole)
        ahead = np.full(panel.HELD_OUT, np.nan)
        known = logs[cut : cut + panel.HELD_OUT]
        ahead[: len(known)] = known
        past.append(logs[cut - POINTS : cut])
        future.append(ahead)
    return np.array(past).reshape(-1, POINTS), np.array(future).reshape(-1, panel.HELD_OUT)


def summary(name: str, pool: str, judged: Judged) -> dict[str, Any]:
    """Return what the page shows of one panel: reliability, Brier score, PIT, coverage."""
    said, met = judged.said, judged.met
    usual = met.mean(axis=1, keepdims=True)
    counted = np.histogram(judged.pit, bins=10, range=(0.0, 1.0))[0]
    return {
        "panel": name,
        "prior": pool,
        "n_forecasts": int(met.shape[1]),
        "said": _round(said),
        "met": _round(met),
        "brier": _round((said - met) ** 2),
        "brier_of_the_usual_share": _round((usual - met) ** 2),
        "targets": [
            {"target": target, "said": _round(said[row]), "met": _round(met[row])}
            for row, target in enumerate(TARGETS)
        ],
        "bins": list(_bins(said.ravel(), met.ravel())),
        "pit": [round(float(n / counted.mean()), 3) for n in counted],
        "below_median": _round(judged.pit < 0.5),
        "coverage_80": _round(judged.inside),
        "interval_score": _round(judged.scores),
        "smape": round(float(judged.errors.mean()), 2),
    }


def _bins(said: np.ndarray, met: np.ndarray) -> Iterator[dict[str, float]]:
    which = np.clip(np.digitize(said, _EDGES) - 1, 0, len(_EDGES) - 2)
    for number in range(len(_EDGES) - 1):
        mine = which == number
        if mine.any():
            yield {
                "low": _EDGES[number],
                "high": _EDGES[number + 1],
                "said": _round(said[mine]),
                "met": _round(met[mine]),
                "n": int(mine.sum()),
            }


def _round(values: np.ndarray) -> float:
    return round(float(np.mean(values)), 4)
