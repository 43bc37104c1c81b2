"""The series as they would stand: what is held, replaced where the import has a value."""

from typing import Literal

import numpy as np
import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import KEY
from analytics.data.imports.standing import CURRENT_COLUMNS
from analytics.domain import Kind, RowStatus

NOT_IMPORTED = -1
_DAY: Literal["datetime64[s]"] = "datetime64[s]"


def merge(rows: pd.DataFrame, current: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """Join the newest imported value of every key with the held values of other keys.

    Returns
    -------
    pandas.DataFrame
        Columns of ``CURRENT_COLUMNS``, ``kind`` of the indicator, ``end`` (day as a number),
        and ``entry``: the imported row's place, -1 for a held value. Held values of
        indicators the import does not touch are left out, except those of identities.
    """
    newest = rows.assign(entry=rows.index, status=str(RowStatus.SUBMITTED), lower_bound=False)
    newest = newest.sort_values(["published_on", "entry"]).drop_duplicates(KEY, keep="last")
    touched = related(set(rows["indicator_id"]), catalog)
    held = with_days(current[current["indicator_id"].isin(touched)]).assign(entry=NOT_IMPORTED)
    newest = with_days(newest)
    columns = [*CURRENT_COLUMNS, "entry"]
    both = pd.concat([newest[columns], held[columns]], ignore_index=True)
    both = both.drop_duplicates(KEY, keep="first", ignore_index=True)
    kinds = {key: str(item.kind) for key, item in catalog.indicators.items()}
    both["kind"] = both["indicator_id"].map(kinds)
    both["end"] = day_numbers(both["period_end"])
    both["imported"] = both["entry"] != NOT_IMPORTED
    return both.sort_values([*KEY[:3], "end"], ignore_index=True, kind="stable")


def related(names: set[str], catalog: Catalog) -> set[str]:
    """Return these indicators and those that rules compare them with."""
    graph = catalog.identities()
    found = names | graph.wholes_of(names)
    cities = [city for name in names if (city := catalog.indicators[name].city_counterpart)]
    return found.union(cities, *(graph.parts_of(name) for name in found))


def with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the dates of every key one type: a Timestamp of the store never equals a date."""
    columns = ("period_start", "period_end")
    return frame.assign(**{name: pd.to_datetime(frame[name]).astype(_DAY) for name in columns})


def day_numbers(days: pd.Series) -> np.ndarray:
    """Return dates as whole numbers that keep their order."""
    distinct = {day: pd.Timestamp(day).toordinal() for day in days.unique()}
    return days.map(distinct).to_numpy(dtype="int64")


def real(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out illustrative values, which an import replaces."""
    return frame[frame["status"] != RowStatus.ILLUSTRATIVE]


def is_positive_total(frame: pd.DataFrame) -> pd.Series:
    """Say which rows are levels or flows, whose running totals cannot fall."""
    return frame["kind"].isin([Kind.LEVEL, Kind.FLOW])
