"""What a native chart shows, whatever program draws it."""

import math
from dataclasses import dataclass

import pandas as pd

from analytics.output.charts import fan

BOUND = "突破值（下限）"


@dataclass(frozen=True)
class Line:
    """One series of a chart; ``None`` where it has no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Band:
    """An interval around the median, of ``width`` percent."""

    width: int
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]

    @property
    def name(self) -> str:
        """Name the interval as in the legend."""
        return f"{self.width}%区间"


@dataclass(frozen=True)
class NativeChart:
    """What a native chart shows; bands run from the widest to the narrowest.

    ``broken`` lines stop where a value is missing; others lead over it.
    """

    title: str
    unit: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...] = ()
    columns: bool = False
    broken: bool = False


def fan_chart(frame: pd.DataFrame, title: str, unit: str) -> NativeChart:
    """Lay out a frame of ``charts.fan_frame``, one category a year, none left out."""
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    rows = frame.set_index("year").reindex(years)
    named = (
        ("observed", fan.HISTORY),
        ("bound", BOUND),
        ("median", fan.MEDIAN),
        ("baseline", fan.BASELINE),
        ("required", fan.REQUIRED),
        ("target", fan.TARGET),
    )
    lines = [Line(label, _values(rows[column])) for column, label in named if column in rows]
    bands = [
        Band(width, _values(rows[f"low{width}"]), _values(rows[f"high{width}"]))
        for width, _, _ in fan.BANDS
        if f"low{width}" in rows and rows[f"low{width}"].notna().any()
    ]
    kept = tuple(line for line in lines if any(value is not None for value in line.values))
    named_years = tuple(str(year) for year in years)
    return NativeChart(title, unit, named_years, kept, tuple(bands), broken=_is_broken(frame))


def _is_broken(frame: pd.DataFrame) -> bool:
    """Tell whether a year of the frame is empty between observed ones, as the screen shows it."""
    known = frame.sort_values("year")["observed"].notna().to_numpy().nonzero()[0]
    return len(known) > 0 and len(known) <= known[-1] - known[0]


def _values(column: pd.Series) -> tuple[float | None, ...]:
    return tuple(float(x) if math.isfinite(x) else None for x in column.astype("float64"))
