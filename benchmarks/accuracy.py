"""Print our engine beside the obvious alternatives on public annual series.

    python -m benchmarks.accuracy
    python -m benchmarks.accuracy --series 40                     (quick)
    python -m benchmarks.accuracy --statsforecast-python PATH
    python -m benchmarks.accuracy --date 2026-11-23 --save        (what the program shows)

Every forecast starts before the six held-out years. Growth prior and intervals are
estimated without the series' own fold, ours and those of the calibrated naive alike.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import norm

from analytics.model.projection import calibration, engine, models, project, series, spread
from analytics.model.projection.counts import draw_counts
from analytics.model.projection.prior import GrowthPrior
from analytics.output.figures.odds_record import BY_FIELD
from benchmarks import alternatives, panel, probability
from benchmarks.alternatives import LEVELS, Forecast
from benchmarks.calibrate import COMPETITIONS, POOLS, Calibrator, Fitted
from benchmarks.panel import HELD_OUT, PublicSeries

LENGTHS = (5, 6, 8, 10, 14, None)  # None: the whole history
SCORED_HORIZON = 4  # 2023 -> 2027
OURS = "金山工作台"
NAIVE_LIKE_US = "naive, calibrated"  # the last value, its widths calibrated as ours are
OUTPUT = Path(spread.__file__).parent / "track_record.json"
_SMALLEST = 1e-3  # of the last value: bounds at or below zero are scored as this
_COUNT_SIZES = (3, 10, 50, 500)
_COUNT_POINTS = 8
_RAMPS = (0.0, 0.1)  # yearly growth of a simulated rate
_RAMP_SIZES = (2, 5, 20)
_RAMP_RUNS = 400
_NO_GROWTH = GrowthPrior(0.0, 1e-9, 0.0)


@dataclass(frozen=True)
class Row:
    """One method on one history length; coverage and score are None without intervals."""

    method: str
    points: int | None
    smape: float  # percent, six steps
    mase: float
    coverage_80: float | None
    coverage_95: float | None
    coverage_80_scored: float | None  # at four years ahead
    coverage_95_scored: float | None
    interval_score: float | None  # 80 %, log units, four years ahead
    seconds: float


def ours(values: np.ndarray, fitted: Fitted) -> Forecast:
    """Return our median and intervals with what was estimated without the series."""
    z = np.log(values)[None, :]
    path = models.combined(z, fitted.growth, HELD_OUT)[0]
    growth = models.shrunken_growth(z, fitted.growth)
    return _forecast(path, spread.typical_move(z, growth, fitted.growth), len(values), fitted)


def naive_like_us(values: np.ndarray, fitted: Fitted) -> Forecast:
    """Return the last value with widths calibrated on the same series as ours."""
    z = np.log(values)[None, :]
    move = spread.typical_move(z, np.zeros(1), fitted.growth)
    return _forecast(np.repeat(z[0, -1], HELD_OUT), move, len(values), fitted)


def _forecast(path: np.ndarray, move: np.ndarray, points: int, fitted: Fitted) -> Forecast:
    factors = fitted.factors(points)
    intervals = {}
    for level in LEVELS:
        low, high = (
            panel.reaches(factors, points, move, float(norm.ppf(tail)), HELD_OUT)[0]
            for tail in (0.5 - level / 2, 0.5 + level / 2)
        )
        intervals[level] = (np.exp(path + low), np.exp(path + high))
    return Forecast(np.exp(path), intervals)


def second_opinion(method: str, values: np.ndarray) -> Forecast:
    """Return the median of one of our models alone."""
    regular = series.fill_gaps(np.arange(len(values)), np.log(values))
    pool = calibration.load_pool("pooled")
    return Forecast(np.exp(engine.central_path(regular, HELD_OUT, method, pool)[0]))


def score(
    method: str,
    points: int | None,
    chosen: list[PublicSeries],
    histories: list[np.ndarray],
    forecasts: list[Forecast],
    seconds: float,
) -> Row:
    """Measure one method's forecasts against the six held-out years."""
    pairs = list(zip(chosen, histories, forecasts, strict=True))
    hits = {level: np.array([_hits(f, one, level) for one, _, f in pairs]) for level in LEVELS}
    offered = forecasts[0].intervals is not None
    at = SCORED_HORIZON - 1
    scores = [_score(f, one, past[-1]) for one, past, f in pairs] if offered else []
    return Row(
        method=method,
        points=points,
        smape=round(float(np.mean([panel.smape(f.mean, one.actuals) for one, _, f in pairs])), 3),
        mase=round(float(np.mean([panel.mase(f.mean, one.actuals, p) for one, p, f in pairs])), 3),
        coverage_80=_mean(hits[0.8]) if offered else None,
        coverage_95=_mean(hits[0.95]) if offered else None,
        coverage_80_scored=_mean(hits[0.8][:, at]) if offered else None,
        coverage_95_scored=_mean(hits[0.95][:, at]) if offered else None,
        interval_score=_mean(scores) if offered else None,
        seconds=round(seconds, 5),
    )


def _hits(forecast: Forecast, one: PublicSeries, level: float) -> np.ndarray:
    if forecast.intervals is None:
        return np.full(HELD_OUT, np.nan)
    lower, upper = forecast.intervals[level]
    return (lower <= one.actuals) & (one.actuals <= upper)


def _score(forecast: Forecast, one: PublicSeries, last: float) -> float:
    """Return the 80 % interval score in logs at the scored horizon."""
    at = SCORED_HORIZON - 1
    bounds = np.array([bound[at] for bound in forecast.intervals[0.8]])
    low, high = np.log(np.maximum(bounds, _SMALLEST * last))
    actual = np.log(one.actuals[at])
    return (high - low) + 10.0 * (max(low - actual, 0.0) + max(actual - high, 0.0))


def _mean(values) -> float:
    return round(float(np.mean(values)), 4)


def compare(
    chosen: list[PublicSeries],
    mine: list[Fitted],
    naive: list[Fitted],
    python: Path | None,
    points: int | None,
) -> list[Row]:
    """Return one row a method for one history length; what was fitted is each series' own."""
    histories = [one.values if points is None else one.values[-points:] for one in chosen]
    calibrated = [
        (OURS, ours, mine, _seconds_of_project(chosen, points)),
        (NAIVE_LIKE_US, naive_like_us, naive, 0.0),
    ]
    rows = []
    for name, forecast, fitted, seconds in calibrated:
        forecasts = [forecast(past, one) for past, one in zip(histories, fitted, strict=True)]
        rows.append(score(name, points, chosen, histories, forecasts, seconds))
    for name, forecaster in alternatives.ALTERNATIVES.items():
        start = time.perf_counter()
        forecasts = [alternatives.quietly(forecaster, past, HELD_OUT) for past in histories]
        seconds = (time.perf_counter() - start) / len(chosen)
        rows.append(score(name, points, chosen, histories, forecasts, seconds))
    if python is not None:
        theirs = alternatives.statsforecast(python, histories, HELD_OUT)
        for name, (forecasts, seconds) in theirs.items():
            rows.append(score(name, points, chosen, histories, forecasts, seconds))
    return rows


def _seconds_of_project(chosen: list[PublicSeries], points: int | None) -> float:
    """Time the call the program makes, 4000 draws included."""
    start = time.perf_counter()
    for one in chosen:
        past = one.history if points is None else one.history.iloc[-points:]
        project(past, end_year=int(past.index[-1]) + HELD_OUT)
    return (time.perf_counter() - start) / len(chosen)


def compare_members(chosen: list[PublicSeries], points: int | None) -> list[Row]:
    """Return one row for each of our models alone: what the combination adds."""
    histories = [one.values if points is None else one.values[-points:] for one in chosen]
    rows = []
    for method in engine.METHODS:
        if method == "combined":
            continue
        start = time.perf_counter()
        forecasts = [second_opinion(method, past) for past in histories]
        seconds = (time.perf_counter() - start) / len(chosen)
        rows.append(score(f"仅{method}", points, chosen, histories, forecasts, seconds))
    return rows


def count_coverage(chosen: list[PublicSeries], pools: list[calibration.Pool]) -> list[dict]:
    """Measure the count model on counts whose rate follows the public series.

    Every series' last 14 years are scaled to a mean rate over the first eight,
    Poisson counts are drawn, and the last six are forecast from the first eight.
    """
    cells = []
    for size in _COUNT_SIZES:
        hits = []
        for number, (one, pool) in enumerate(zip(chosen, pools, strict=True)):
            rng = np.random.default_rng([size, number])
            rate = one.whole[-_COUNT_POINTS - HELD_OUT :]
            counts = rng.poisson(rate / rate[:_COUNT_POINTS].mean() * size).astype("float64")
            hits.append(_count_hits(counts, pool, rng))
        fourth, total = np.mean(hits, axis=0)
        cells.append({"mean_count": size, "year_4_80": _mean(fourth), "sum_of_4_80": _mean(total)})
    return cells


def ramp_coverage(pool: calibration.Pool, growths: Sequence[float] = _RAMPS) -> list[dict]:
    """Measure the count model on Poisson counts of a constant and of a growing rate."""
    cells = []
    for growth in growths:
        for size in _RAMP_SIZES:
            rate = size * (1.0 + growth) ** np.arange(_COUNT_POINTS + HELD_OUT)
            hits = []
            for number in range(_RAMP_RUNS):
                rng = np.random.default_rng([size, number])
                hits.append(_count_hits(rng.poisson(rate).astype("float64"), pool, rng))
            fourth, total = np.mean(hits, axis=0)
            covered = {"year_4_80": _mean(fourth), "sum_of_4_80": _mean(total)}
            cells.append({"first_rate": size, "growth": growth, **covered})
    return cells


def _count_hits(counts: np.ndarray, pool: calibration.Pool, rng: np.random.Generator) -> np.ndarray:
    """Tell whether year four and the sum of four years fall inside the 80 % interval."""
    past, future = counts[:_COUNT_POINTS], counts[_COUNT_POINTS:]
    draws = draw_counts(np.arange(_COUNT_POINTS), past, SCORED_HORIZON, 1000, rng, pool)
    known = future[:SCORED_HORIZON]
    drawn = np.column_stack([draws[:, -1], draws.sum(axis=1)])
    truth = np.array([known[-1], known.sum()])
    lower, upper = np.quantile(drawn, [0.1, 0.9], axis=0)
    return (lower <= truth) & (truth <= upper)


def by_domain(chosen: list[PublicSeries], fitted: list[Fitted]) -> list[dict]:
    """Return the point error by domain, ours beside Theta and the last value: where we lose."""
    rows = []
    for domain in sorted({one.domain for one in chosen}):
        mine = [(s, f) for s, f in zip(chosen, fitted, strict=True) if s.domain == domain]
        theta = alternatives.ALTERNATIVES["statsmodels Theta"]
        errors = {
            OURS: [panel.smape(ours(s.values, f).mean, s.actuals) for s, f in mine],
            "statsmodels Theta": [
                panel.smape(alternatives.quietly(theta, s.values, HELD_OUT).mean, s.actuals)
                for s, _ in mine
            ],
            "naive": [panel.smape(np.repeat(s.values[-1], HELD_OUT), s.actuals) for s, _ in mine],
        }
        smape = {name: round(float(np.mean(values)), 2) for name, values in errors.items()}
        rows.append({"domain": domain, "n_series": len(mine), "smape": smape})
    return rows


def odds(calibrator: Calibrator, nested: list[Fitted]) -> list[dict]:
    """Judge P(target) on the panels of one pool."""
    plan = calibrator.plan
    judged = {name: probability.judge(calibrator, nested, name) for name in plan.panels}
    return [probability.summary(name, plan.name, one) for name, one in judged.items()]


def estimate() -> tuple[dict[str, Calibrator], dict[str, list[Fitted]]]:
    """Estimate every pool of levels without each fold of its series in turn."""
    calibrators = {plan.name: Calibrator(plan) for plan in POOLS if plan.scale == "log"}
    return calibrators, {name: one.nested() for name, one in calibrators.items()}


def all_odds(judged: dict[str, Calibrator], nested: dict[str, list[Fitted]]) -> list[dict]:
    """Judge P(target) panel by panel, and where fields are known by the pool of the field too."""
    mixed = {name: one for name, one in judged.items() if not one.plan.field}
    rows = [row for name, one in mixed.items() for row in odds(one, nested[name])]
    for name in COMPETITIONS:
        by_field = probability.judge_by_field(judged, nested, name)
        rows.append(probability.summary(name, BY_FIELD, by_field))
    return rows


def run(chosen: int | None, python: Path | None) -> dict:
    """Compare everything on the first ``chosen`` series; the document the program shows."""
    some = list(panel.read_series())[:chosen]
    judged, nested = estimate()
    folds = panel.fold_of(judged["pooled"].n_series)[: len(some)]  # M3 is its first panel
    mine = [nested["pooled"][fold] for fold in folds]
    bare = Calibrator(POOLS[0], growth=_NO_GROWTH, replay=panel.replay_last_value).nested()
    naive = [bare[fold] for fold in folds]
    rows = [row for points in LENGTHS for row in compare(some, mine, naive, python, points)]
    shipped = calibration.load_pool("count")
    pools = [replace(shipped, growth=one.growth, short=one.short, full=one.full) for one in mine]
    return {
        "made_by": "python -m benchmarks.accuracy",
        "series_file": panel.SERIES_CSV.name,
        "n_series": len(some),
        "horizons": HELD_OUT,
        "scored_horizon": SCORED_HORIZON,
        "ours": OURS,
        "rows": [asdict(row) for row in rows],
        "members": [asdict(row) for row in compare_members(some, None)],
        "domains": by_domain(some, mine),
        "counts": count_coverage(some, pools),
        "ramps": ramp_coverage(shipped),
        "odds": all_odds(judged, nested),
    }


def main() -> None:
    """Run, print, optionally save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, help="only the first N series")
    parser.add_argument("--statsforecast-python", type=Path)
    parser.add_argument("--date", type=date.fromisoformat)
    parser.add_argument("--save", action="store_true", help="write track_record.json")
    arguments = parser.parse_args()
    if arguments.save and (arguments.date is None or arguments.series is not None):
        parser.error("--save needs --date and all series")
    document = run(arguments.series, arguments.statsforecast_python)
    _print(document)
    if arguments.statsforecast_python is None:
        print("statsforecast not run: give --statsforecast-python (see requirements.txt)")
    if arguments.save:
        dated = {"dated": arguments.date.isoformat()} | document
        text = json.dumps(dated, indent=1, ensure_ascii=False)
        OUTPUT.write_text(text + "\n", encoding="utf-8")


def _print(document: dict) -> None:
    head = ("points", "sMAPE", "MASE", "80%", "95%", "80% h4", "95% h4", "score h4", "s/series")
    print(f"{'method':26s}" + "".join(f"{name:>10s}" for name in head))
    for row in document["rows"] + document["members"]:
        method, points, *numbers = row.values()
        cells = ["all" if points is None else str(points), *map(_cell, numbers)]
        print(f"{method:26s}" + "".join(f"{cell:>10s}" for cell in cells))
    for cell in document["counts"]:
        print("counts around {mean_count}: 80% {year_4_80}, sum of 4: {sum_of_4_80}".format(**cell))
    for cell in document["ramps"]:
        print(
            "counts from {first_rate} growing {growth:.0%}: 80% {year_4_80}, "
            "sum of 4: {sum_of_4_80}".format(**cell)
        )
    for row in document["domains"]:
        print(row["domain"], row["n_series"], row["smape"])
    for row in document["odds"]:
        print(
            "{panel:20s} prior {prior:13s} said {said:.3f} met {met:.3f} Brier {brier:.4f} "
            "(usual share {brier_of_the_usual_share:.4f}) 80% {coverage_80:.3f} "
            "score {interval_score:.3f} sMAPE {smape:.2f} PIT {pit}".format(**row)
        )


def _cell(number: float | None) -> str:
    return "-" if number is None else f"{number:.3f}"


if __name__ == "__main__":
    main()
