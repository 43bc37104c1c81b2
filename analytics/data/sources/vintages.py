"""Which of several figures for one key is preferred.

The precedence, stated once; each criterion decides only where those above are equal:

1. a value before a lower bound: 突破3000 names no value, so any value comes first, even an
   illustrative one (which a data check holds above the bound);
2. among values, published before illustrative, whatever follows;
3. a declared revision before what it revises (economic census: the later figure wins);
4. an unrounded value before one rounded to the hundred (四舍五入到百亿, 约数);
5. submitted by the district before official before reported before derived;
6. high before medium before low confidence;
7. later before earlier publication, an undated source last;
8. the order of the source files.

All vintages stay in the table; ``vintage`` = 1 is the preferred one.
"""

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd

from analytics.domain import Confidence, RowStatus

KEY = ["indicator_id", "region", "period_kind", "period_start", "period_end"]
_STATUS = [
    RowStatus.SUBMITTED,
    RowStatus.OFFICIAL,
    RowStatus.REPORTED,
    RowStatus.DERIVED,
    RowStatus.ILLUSTRATIVE,
]
_CONFIDENCE = [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]


def number_vintages(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in order of key and precedence, with ``vintage`` counted from 1.

    Needs the helper columns ``revision`` and ``rounded``, which are dropped, and takes
    the given order of rows as the order of the source files.
    """
    ranked = rows.assign(
        _illustrative=rows["status"] == RowStatus.ILLUSTRATIVE,
        _revision=-rows["revision"],
        _status=rows["status"].map(_rank(_STATUS)),
        _confidence=rows["confidence"].map(_rank(_CONFIDENCE)),
        _published=-pd.to_datetime(rows["published_on"]).map(_ordinal),
        _order=range(len(rows)),
    )
    criteria = ["lower_bound", "_illustrative", "_revision", "rounded"]
    criteria += ["_status", "_confidence", "_published", "_order"]
    ranked = ranked.sort_values([*KEY, *criteria], kind="stable", ignore_index=True)
    ranked["vintage"] = ranked.groupby(KEY).cumcount().astype("int32") + 1
    helpers = [column for column in ranked.columns if column.startswith("_")]
    return ranked.drop(columns=[*helpers, "revision", "rounded"])


def _rank(order: Sequence[StrEnum]) -> dict[str, int]:
    return {str(member): place for place, member in enumerate(order)}


def _ordinal(day: pd.Timestamp) -> int:
    return 0 if pd.isna(day) else day.toordinal()
