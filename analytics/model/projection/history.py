"""What is known of one indicator in one region."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics.domain import Indicator, RowStatus
from analytics.remembered import Remembering


@dataclass(frozen=True)
class Latest:
    """The newest yearly figure, which may be no more than a lower bound."""

    year: int
    value: float
    status: RowStatus
    lower_bound: bool
    confidence: str


@dataclass(frozen=True, eq=False)
class History(Remembering):
    """Rows of one indicator and region; growth, bounds and levels stay apart.

    ``annual`` holds one row a year (columns of ``sql/annual_history.sql``),
    ``monthly`` the single-month and cumulative rows.
    """

    indicator: Indicator
    region: str
    annual: pd.DataFrame
    monthly: pd.DataFrame

    @cached_property
    def values(self) -> pd.Series:
        """Exact yearly values indexed by year; bounds are not values."""
        exact = self.annual[~self.annual["lower_bound"]]
        index = pd.Index(exact["year"].astype("int64"), name="year")
        return pd.Series(exact["value"].to_numpy(dtype="float64"), index=index, name="value")

    @property
    def has_running_year(self) -> bool:
        """Tell whether months reach beyond the last full year."""
        if self.monthly.empty or self.values.empty:
            return False
        return bool(self.monthly["year"].max() > self.values.index[-1])

    @cached_property
    def latest(self) -> Latest | None:
        """The newest yearly row, exact or bound."""
        if self.annual.empty:
            return None
        row = self.annual.iloc[-1]
        return Latest(
            int(row["year"]),
            float(row["value"]),
            RowStatus(row["status"]),
            bool(row["lower_bound"]),
            str(row["confidence"]),
        )

    @cached_property
    def statuses(self) -> frozenset[RowStatus]:
        """Natures of all rows in use."""
        used = pd.concat([self.annual["status"], self.monthly["status"]])
        return frozenset(RowStatus(status) for status in used.unique())

    @cached_property
    def status_by_year(self) -> dict[int, RowStatus]:
        """Nature of each year's figure."""
        return {
            int(year): RowStatus(status)
            for year, status in zip(self.annual["year"], self.annual["status"], strict=True)
        }
