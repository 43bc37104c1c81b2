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
        "baseline": {} if baseline is None else _joined(baseline, {"median": 0.5})["median"],
        "target": {} if target is None else {target[0]: target[1]},
        **_joined(path, FAN),
    }
    years = sorted(set().union(*columns.values()))
    years = [year for year in years if last_year is None or year <= last_year]
    values = {
        name: np.array([column.get(year, np.nan) for year in years]) * scale
        for name, column in columns.items()
    }
    return pd.DataFrame({"year": np.array(years, dtype="int64"), **values})


def _by_year(series: pd.Series | None) -> dict[int, float]:
    if series is None:
        return {}
    return dict(zip(series.index.tolist(), series.tolist(), strict=True))


def _joined(path: MetricPath, levels: dict[str, float]) -> dict[str, dict[int, float]]:
    """Quantile paths of the draws by name, each preceded by the last observed value."""
    if not path.years:
        return {name: {} for name in levels}
    start = {}
    if len(path.observed):
        start = {int(path.observed.index[-1]): float(path.observed.iloc[-1])}
    rows = quantile_paths(path.draws, list(levels.values()))
    return {
        name: start | dict(zip(path.years, row.tolist(), strict=True))
        for name, row in zip(levels, rows, strict=True)
    }


def with_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Add an empty row for every year without one, so that no line bridges a gap."""
    years = np.arange(frame["year"].min(), frame["year"].max() + 1)
    return frame.set_index("year").reindex(years).rename_axis("year").reset_index()


def is_empty(frame: pd.DataFrame) -> bool:
    """Tell whether nothing is observed, bounded or projected."""
    return not any(frame[name].notna().any() for name in ("observed", "bound", "median"))
