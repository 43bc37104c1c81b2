"""Published months put together: single months, 1—2月 as one period, cumulative figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analytics.domain import Reason, Reasons

COLUMNS = ("year", "month_from", "month_to", "value")
_TOLERANCE = 0.01  # rounding of published months; beyond it figures contradict


@dataclass(frozen=True, eq=False)
class YearToDate:
    """Cumulative values of one year: month -> January to that month."""

    year: int
    cumulative: dict[int, float]
    warnings: Reasons = ()

    @property
    def last_month(self) -> int:
        """Latest month up to which the year is known, 0 when nothing adds up."""
        return max(self.cumulative, default=0)

    @property
    def falls(self) -> bool:
        """Whether a cumulative value is below an earlier one."""
        values = [self.cumulative[month] for month in sorted(self.cumulative)]
        return any(later < earlier for earlier, later in pairwise(values))


def check_months(monthly: pd.DataFrame) -> pd.DataFrame:
    """Return the usable rows, refused in Chinese when they cannot be months.

    Raises
    ------
    ValueError
        On missing columns, impossible or repeated periods, infinite values.
    """
    absent = [column for column in COLUMNS if column not in monthly.columns]
    if absent:
        raise ValueError(f"月度数据缺少列：{'、'.join(absent)}")
    rows = monthly.loc[monthly["value"].notna(), list(COLUMNS)]
    if np.isinf(rows["value"].to_numpy(dtype="float64")).any():
        raise ValueError("月度数据含无穷大")
    first, last = rows["month_from"], rows["month_to"]
    impossible = rows[~((first >= 1) & (first <= last) & (last <= 12))]
    if len(impossible):
        raise ValueError(f"月份须在1至12之间且先后有序：{_period(impossible.iloc[0])}")
    repeated = rows[rows.duplicated(["year", "month_from", "month_to"])]
    if len(repeated):
        raise ValueError(f"月度数据重复：{_period(repeated.iloc[0])}")
    return rows


def years_to_date(rows: pd.DataFrame) -> dict[int, YearToDate]:
    """Return what is known cumulatively of every year, from any mix of periods."""
    years = sorted(rows["year"].dropna().unique())
    return {int(year): _assemble(int(year), rows[rows["year"] == year]) for year in years}


def _assemble(year: int, rows: pd.DataFrame) -> YearToDate:
    """Extend published cumulative values forward by single months."""
    from_january = rows[rows["month_from"] == 1]
    known = {through: value for _, through, value in _parts(from_january)}
    warnings = []
    later = rows[rows["month_from"] > 1].sort_values(["month_from", "month_to"])
    for first, through, value in _parts(later):
        before = known.get(first - 1)
        if before is None:
            continue
        total = before + value
        published = known.setdefault(through, total)
        if abs(published - total) > _TOLERANCE * abs(published):
            warnings.append(Reason.MONTHS_DISAGREE.given(year=year, month=through))
    result = YearToDate(year, known)
    if result.falls:
        warnings.append(Reason.MONTHS_FALL.given(year=year))
    return YearToDate(year, known, tuple(warnings))


def _parts(rows: pd.DataFrame) -> Iterator[tuple[int, int, float]]:
    """Yield first month, last month and value of every row."""
    for first, last, value in zip(*(rows[name] for name in COLUMNS[1:]), strict=True):
        yield int(first), int(last), float(value)


def _period(row: pd.Series) -> str:
    return f"{int(row['year'])}年{int(row['month_from'])}—{int(row['month_to'])}月"
