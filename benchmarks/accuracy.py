"""Print our engine beside the obvious alternatives on public annual series.

    python -m benchmarks.accuracy
    python -m benchmarks.accuracy --series 40                     (quick)
    python -m benchmarks.accuracy --statsforecast-python PATH
    python -m benchmarks.accuracy --date 2026-11-23 --save        (what the program shows)

Every forecast starts before the six held-out years. Our intervals use factors
fitted without the series' own fold.
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import norm

from analytics.model.projection import engine, models, project, series, spread
from analytics.model.projection.counts import draw_counts
from analytics.model.projection.spread import Factors
from benchmarks import alternatives, calibrate, panel
from benchmarks.alternatives import LEVELS, Forecast
from benchmarks.panel import HELD_OUT, PublicSeries

LENGTHS = (5, 6, 8, 10, 14, None)  # None: the whole history
SCORED_HORIZON = 4  # 2023 -> 2027
OURS = "金山工作台"
OUTPUT = Path(spread.__file__).parent / "track_record.json"
_SMALLEST = 1e-3  # of the last value: bounds at or below zero are scored as this
_COUNT_SIZES = (3, 10, 50, 500)
_COUNT_POINTS = 8


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


def ours(values: np.ndarray, factors: Factors) -> Forecast:
    """Return our median and intervals with the given factors."""
    z = np.log(values)[None, :]
    path = models.combined(z, HELD_OUT)[0]
    move = spread.typical_move(z, models.shrunken_growth(z))
    width = spread.half_width_80(factors, len(values), move, HELD_OUT)[0]
    reach = {level: spread.stretch(norm.ppf(0.5 + level / 2), factors.tail) for level in LEVELS}
    intervals = {k: (np.exp(path - r * width), np.exp(path + r * width)) for k, r in reach.items()}
    return Forecast(np.exp(path), intervals)


def second_opinion(method: str, values: np.ndarray) -> Forecast:
    """Return the median of one of our models alone."""
    regular = series.fill_gaps(np.arange(len(values)), np.log(values))
    return Forecast(np.exp(engine.central_path(regular, HELD_OUT, method)[0]))


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
    chosen: list[PublicSeries], held_out: list[Factors], python: Path | None, points: int | None
) -> list[Row]:
    """Return one row a method for one history length; ``held_out`` are each series' factors."""
    histories = [one.values if points is None else one.values[-points:] for one in chosen]
    rows = [
        score(
            OURS,
            points,
            chosen,
            histories,
            [ours(past, factors) for past, factors in zip(histories, held_out, strict=True)],
            _seconds_of_project(chosen, points),
        )
    ]
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


def count_coverage(chosen: list[PublicSeries], held_out: list[Factors]) -> list[dict]:
    """Measure the count model on counts whose rate follows the public series.

    Every series' last 14 years are scaled to a mean rate over the first eight,
    Poisson counts are drawn, and the last six are forecast from the first eight.
    """
    years = np.arange(_COUNT_POINTS)
    cells = []
    for size in _COUNT_SIZES:
        hits = []
        for number, (one, factors) in enumerate(zip(chosen, held_out, strict=True)):
            rng = np.random.default_rng([size, number])
            rate = one.whole[-_COUNT_POINTS - HELD_OUT :]
            counts = rng.poisson(rate / rate[:_COUNT_POINTS].mean() * size).astype("float64")
            past, future = counts[:_COUNT_POINTS], counts[_COUNT_POINTS:]
            draws = draw_counts(years, past, HELD_OUT, 1000, rng, factors)
            draws = np.column_stack([draws[:, SCORED_HORIZON - 1], draws[:, :4].sum(axis=1)])
            truth = np.array([future[SCORED_HORIZON - 1], future[:4].sum()])
            lower, upper = np.quantile(draws, [0.1, 0.9], axis=0)
            hits.append((lower <= truth) & (truth <= upper))
        fourth, total = np.mean(hits, axis=0)
        cells.append({"mean_count": size, "year_4_80": _mean(fourth), "sum_of_4_80": _mean(total)})
    return cells


def run(chosen: int | None, python: Path | None) -> dict:
    """Compare everything on the first ``chosen`` series; the document the program shows."""
    everything = panel.read_series()
    folds = panel.fold_of(len(everything))
    replays = [panel.replay(everything, points) for points in calibrate.LENGTHS]
    fitted = calibrate.cross_validated(replays, folds, calibrate.MOVE_POWER["log"])
    some = everything[:chosen]
    held_out = [fitted[fold] for fold in folds[: len(some)]]
    rows = [row for points in LENGTHS for row in compare(some, held_out, python, points)]
    return {
        "made_by": "python -m benchmarks.accuracy",
        "series_file": panel.SERIES_CSV.name,
        "n_series": len(some),
        "horizons": HELD_OUT,
        "scored_horizon": SCORED_HORIZON,
        "ours": OURS,
        "rows": [asdict(row) for row in rows],
        "members": [asdict(row) for row in compare_members(some, None)],
        "counts": count_coverage(some, held_out),
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


def _cell(number: float | None) -> str:
    return "-" if number is None else f"{number:.3f}"


if __name__ == "__main__":
    main()
