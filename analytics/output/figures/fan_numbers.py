"""The numbers of a fan chart, one row a year."""

import numpy as np
import pandas as pd

from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import quantile_paths
from analytics.output.charts.fan import BANDS

FAN = {"median": 0.5} | {
    f"{side}{width}": level
    for width, low, high in BANDS
    for side, level in (("low", low), ("high", high))
}


def fan_frame(
    path: MetricPath,
    *,
    bounds: pd.Series | None = None,
    required: pd.Series | None = None,
    target: tuple[int, float] | None = None,
    baseline: MetricPath | None = None,
    scale: float = 1.0,
    last_year: int | None = None,
) -> pd.DataFrame:
    """Lay out a fan chart's numbers, one row a year.

    ``scale`` multiplies every value (100 turns fractions into percent). The
    fan starts at the last observed year so that it is joined to the history.
    """
    columns: dict[str, dict[int, float]] = {
        "observed": _by_year(path.observed),
        "required": _by_year(required),
        "bound": _by_year(bounds),
        "baseline": _joined(baseline, {"median": 0.5}, last_year)["median"] if baseline else {},
        "target": {} if target is None else {target[0]: target[1]},
        **_joined(path, FAN, last_year),
    }
    years = sorted(set().union(*columns.values()))
    years = [year for year in years if last_year is None or year <= last_year]
    values = [[column.get(year, np.nan) for column in columns.values()] for year in years]
    shape = len(years), len(columns)
    frame = pd.DataFrame(np.reshape(values, shape) * scale, columns=list(columns))
    frame.insert(0, "year", np.array(years, dtype="int64"))
    return frame


def _by_year(series: pd.Series | None) -> dict[int, float]:
    if series is None:
        return {}
    return dict(zip(series.index.tolist(), series.tolist(), strict=True))


def _joined(
    path: MetricPath, levels: dict[str, float], last_year: int | None
) -> dict[str, dict[int, float]]:
    """Quantile paths of the draws by name, each preceded by the last observed value."""
    if not path.years:
        return {name: {} for name in levels}
    years = [year for year in path.years if last_year is None or year <= last_year]
    start = {}
    if len(path.observed):
        start = {int(path.observed.index[-1]): float(path.observed.iloc[-1])}
    drawn = path.draws[:, : len(years)]  # the years run upwards
    rows = quantile_paths(drawn, list(levels.values()))
    return {
        name: start | dict(zip(years, row.tolist(), strict=True))
        for name, row in zip(levels, rows, strict=True)
    }


def with_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Add an empty row for every year without one, so that no line bridges a gap."""
    years = np.arange(frame["year"].min(), frame["year"].max() + 1)
    return frame.set_index("year").reindex(years).rename_axis("year").reset_index()


def is_empty(frame: pd.DataFrame) -> bool:
    """Tell whether nothing is observed, bounded or projected."""
    return all(np.isnan(frame[name].to_numpy()).all() for name in ("observed", "bound", "median"))


def columns_of(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return a frame's numbers by column, which pandas gives out one by one far more slowly."""
    return dict(zip(frame.columns, frame.to_numpy(dtype="float64").T, strict=True))
