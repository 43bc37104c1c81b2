"""What a batch would change, value by value."""

import pandas as pd

from analytics.data.imports.batch import KEY, FaultKind, ImportBatch, Preview
from analytics.data.imports.checks.merged import day_numbers

_SHOWN = 1e-9  # relative difference below which two values are one


def preview(batch: ImportBatch, current: pd.DataFrame) -> Preview:
    """Compare the newest value of every key of a batch with the values in use.

    Parameters
    ----------
    current : rows of ``sql/preferred_values.sql`` of the release the batch is compared with.
    """
    rows = batch.rows.reset_index(names="place")
    rows = rows.sort_values(["published_on", "place"], kind="stable")
    rows = rows.drop_duplicates(KEY, keep="last").sort_values("place", ignore_index=True)
    both = _keyed(rows).merge(
        _keyed(current)[[*_KEY, "value", "status"]],
        on=_KEY,
        how="left",
        suffixes=("", "_before"),
    )
    both = both.rename(columns={"value_before": "old_value", "status_before": "old_status"})
    both = both.drop(columns=["_start", "_end", "place"])
    open_ids = {fault.id for fault in batch.waiting}
    # of a type of its own: what map returns of a column of no rows is text, not a mask
    waiting = pd.Series(
        [bool(open_ids.intersection(ids.split())) for ids in both["faults"]],
        index=both.index,
        dtype=bool,
    )
    known = both["old_value"].notna()
    gap = (both["value"] - both["old_value"]).abs()
    equal = (
        known & (gap <= both["old_value"].abs() * _SHOWN) & (both["status"] == both["old_status"])
    )
    return Preview(
        new=both[~waiting & ~known],
        revised=both[~waiting & known & ~equal],
        unchanged=both[~waiting & equal],
        held=both[waiting],
        refused=batch.of_kind(FaultKind.REFUSED),
    )


_KEY = [*KEY[:3], "_start", "_end"]


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give dates of either kind one form to join on."""
    words = {name: frame[name].astype("str") for name in KEY[:3]}
    return frame.assign(
        _start=day_numbers(frame["period_start"]), _end=day_numbers(frame["period_end"]), **words
    )
