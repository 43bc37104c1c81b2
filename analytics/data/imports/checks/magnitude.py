"""Values far from the series they join: a unit or decimal point mistaken, for a person to see.

Each value is set against its nearest real neighbour held before, else against the illustrative
one, else against the nearest others in the import itself.
"""

import math
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import KEY
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure
from analytics.data.imports.checks.merged import real
from analytics.data.reading.parsing import ParseError, plain
from analytics.data.reading.units import convert
from analytics.domain import Kind, RowStatus

_NEAR = 6  # years within which a held value says what is usual
_SERIES = [*KEY[:3], "month"]
_WIDE = 100.0  # allowed ratio to an illustrative value, which is only a stand-in
# Allowed ratio to a real value: totals move slowly, numbers of projects do not.
_ALLOWED = {Kind.LEVEL: 8.0, Kind.RATIO: 8.0, Kind.SHARE: 20.0, Kind.FLOW: 30.0, Kind.COUNT: 50.0}
_UNITS = (
    *("元", "千元", "万元", "百万元", "亿元", "亩", "公顷", "平方公里", "平方米"),
    *("万元/亩", "亿元/平方公里", "亿元/公顷", "%", "‰", "比值", "家", "万家"),
)


def check_magnitude(
    rows: pd.DataFrame, current: pd.DataFrame, catalog: Catalog, findings: Findings
) -> None:
    """Hold values whose ratio to what is usual is beyond what their kind allows."""
    kinds = rows["indicator_id"].map({k: i.kind for k, i in catalog.indicators.items()})
    allowed = kinds.map(_ALLOWED)
    frame = rows.assign(entry=rows.index, allowed=allowed.astype("float64"))
    frame = frame[(frame["value"] > 0) & frame["allowed"].notna()]
    if frame.empty:
        return
    frame = frame.assign(usual=_usual(frame, current))
    held = frame["usual"].notna()
    ratio = frame["value"] / frame["usual"]
    off = held & ((ratio > frame["allowed"]) | (ratio < 1 / frame["allowed"]))
    for row in frame.assign(times=ratio)[off].to_dict("records"):
        goal = catalog.indicators[row["indicator_id"]].unit
        findings.add(row["entry"], rules.MAGNITUDE, _say(row, goal))


def _usual(frame: pd.DataFrame, current: pd.DataFrame) -> pd.Series:
    """Return what is usual for each row, NaN where nothing says so."""
    asked = current["indicator_id"].isin(frame["indicator_id"].unique())
    positive = current[(current["value"] > 0) & asked]
    stand_in = _nearest(frame, positive[positive["status"] == RowStatus.ILLUSTRATIVE])
    ratio = frame["value"] / stand_in
    stand_in = stand_in.where((ratio > _WIDE) | (ratio < 1 / _WIDE))
    known = _nearest(frame, real(positive)).fillna(stand_in)
    return known.fillna(_usual_of_others(frame)) if known.isna().any() else known


def _nearest(frame: pd.DataFrame, held: pd.DataFrame) -> pd.Series:
    if held.empty:
        return pd.Series(np.nan, index=frame.index)
    left = _sortable(frame)[["entry", *_SERIES, "year"]].sort_values("year", kind="stable")
    right = _sortable(held)[[*_SERIES, "year", "value"]].sort_values("year", kind="stable")
    found = pd.merge_asof(left, right, on="year", by=_SERIES, direction="nearest", tolerance=_NEAR)
    return found.set_index("entry")["value"].reindex(frame.index)


def _sortable(frame: pd.DataFrame) -> pd.DataFrame:
    month = frame["month"].astype("float64").fillna(0).astype("int64")
    text = {name: frame[name].astype("str") for name in KEY[:3]}
    return frame.assign(month=month, year=frame["year"].astype("int64"), **text)


def _usual_of_others(frame: pd.DataFrame) -> pd.Series:
    """Return what the up to six nearest other values say is usual, in logs.

    Their median where there are three or more, so that one mistaken value accuses only
    itself; else the one nearest in size.
    """
    ordered = _sortable(frame).sort_values([*_SERIES, "year", "published_on"], kind="stable")
    logs = ordered.assign(log=np.log(ordered["value"])).groupby(_SERIES, sort=False)["log"]
    near = np.column_stack([logs.shift(step) for step in (3, 2, 1, -1, -2, -3)])
    count = np.isfinite(near).sum(axis=1)
    usual = np.full(len(near), np.nan)
    if (many := count >= 3).any():
        usual[many] = np.nanmedian(near[many], axis=1)
    if (few := (count > 0) & (count < 3)).any():
        off = np.abs(near[few] - np.log(ordered["value"].to_numpy()[few])[:, None])
        nearest = np.nanargmin(off, axis=1)
        usual[few] = near[few][np.arange(few.sum()), nearest]
    return pd.Series(np.exp(usual), index=ordered.index).reindex(frame.index)


def _say(row: Mapping[Hashable, Any], goal: str) -> str:
    times, stated = row["times"], plain(row["stated_unit"])
    text = f"{times:,.0f}倍" if times >= 1 else f"1/{1 / times:,.0f}"
    said = (
        f"换算后为{figure(row['value'], goal)}，是相近年份（{figure(row['usual'], goal)}）的{text}"
    )
    meant = likely_unit(stated, goal, times)
    return f"{said}，疑为按“{meant}”填列而单位写成“{stated}”" if meant else said


def likely_unit(stated: str, goal: str, times: float) -> str:
    """Return the unit the number would fit, empty when none of the family does."""
    size = _size(stated, goal)
    best, least = "", 0.4  # of a power of ten
    for unit in _UNITS:
        other = _size(unit, goal)
        off = abs(math.log10(size / other) - math.log10(times)) if other else least
        if unit != stated and off < least:
            best, least = unit, off
    return best


@cache
def _size(unit: str, goal: str) -> float:
    """Return one unit in another, 0 where they do not measure the same."""
    try:
        return convert(1.0, unit, goal)
    except ParseError:
        return 0.0
