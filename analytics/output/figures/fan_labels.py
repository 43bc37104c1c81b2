"""What stands beside a fan's lines, and how far its axes reach."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.output.charts.fan import AHEAD, BASELINE, HISTORY, MEDIAN, TARGET
from analytics.output.charts.styling import COUNTED

YEARS_BEFORE = 6  # drawn ahead of the newest year held
GAP = 1 / 13  # of the axis that a line of words needs
SCENARIO = "情景"


def recent(frame: pd.DataFrame, since: int | None = None) -> pd.DataFrame:
    """Keep the years that a chart draws: the newest held, six before it, and all ahead."""
    held = frame["year"][frame[["observed", "bound"]].notna().any(axis=1)]
    if held.empty:
        return frame
    first = int(held.max()) - YEARS_BEFORE
    first = first if since is None else min(first, since)
    return frame[frame["year"] >= first].reset_index(drop=True)


def fan_datasets(
    frame: pd.DataFrame,
    unit: str,
    *,
    goal: str = "",
    reach: tuple[float, float] | None = None,
) -> dict[str, pd.DataFrame]:
    """Return a fan's numbers with the words beside its lines.

    ``goal`` names the target's value; ``reach`` are values, in the chart's unit, that the
    axis always holds.
    """
    span = _span(frame, reach)
    return {"fan": frame, "span": pd.DataFrame([span]), "labels": _labels(frame, span, unit, goal)}


def _span(frame: pd.DataFrame, reach: tuple[float, float] | None) -> dict[str, float]:
    drawn = ["observed", "bound", "low80", "high80", "required", "target"]
    values = frame[drawn].to_numpy(dtype="float64")
    low, high = reach or (np.nan, np.nan)
    held = frame["year"][frame[["observed", "bound"]].notna().any(axis=1)]
    ahead = frame["year"][frame["median"].notna()]
    due = frame[frame["target"].notna()]
    start = float(held.max()) if len(held) else float(frame["year"].min())
    return {
        "first": float(frame["year"].min()),
        "start": start,
        "end": float(ahead.max()) if len(ahead) else start,
        "due": float(due["year"].iloc[0]) if len(due) else np.nan,
        "goal": float(due["target"].iloc[0]) if len(due) else np.nan,
        "low": float(np.nanmin([*values.ravel(), low])),
        "high": float(np.nanmax([*values.ravel(), high])),
    }


def _labels(frame: pd.DataFrame, span: Mapping[str, float], unit: str, goal: str) -> pd.DataFrame:
    """Lay out the words at the right end without overlap, and the newest value."""
    last = frame["year"].max()
    rows = [row for row in _at_end(frame, unit, goal) if np.isfinite(row[1])]
    apart = spread([value for _, value, _ in rows], (span["high"] - span["low"]) * GAP)
    found = [
        {"year": last, "value": place, "text": text, "series": name}
        for (name, _, text), place in zip(rows, apart, strict=True)
    ]
    known = frame[frame["observed"].notna()]
    if len(known):
        newest = known.iloc[-1]
        text = f"{newest['year']:.0f}年 {number_zh(newest['observed'], unit)}"
        found.append(
            {
                "year": newest["year"],
                "value": newest["observed"],
                "text": text,
                "series": HISTORY,
            }
        )
    return pd.DataFrame(found, columns=["year", "value", "text", "series"])


def _at_end(frame: pd.DataFrame, unit: str, goal: str) -> list[tuple[str, float, str]]:
    """Return series, value and words of each line where it ends."""
    found = []
    ahead = frame[frame["median"].notna()]
    if len(ahead) and not np.isfinite(ahead.iloc[-1]["observed"]):
        end = ahead.iloc[-1]
        median, before = (number_zh(end[name], unit) for name in ("median", "baseline"))
        moved = np.isfinite(end["baseline"]) and before != median
        found.append((MEDIAN, end["median"], f"{SCENARIO if moved else AHEAD} {median}"))
        for side, edge in (("high80", "上沿"), ("low80", "下沿")):
            found.append((MEDIAN, end[side], f"80%{edge} {number_zh(end[side], unit)}"))
        if moved:
            found.append((BASELINE, end["baseline"], f"基准 {before}"))
    due = frame[frame["target"].notna()]
    if len(due):
        value = due.iloc[0]["target"]
        found.append((TARGET, value, f"目标 {goal or number_zh(value, unit)}"))
    return found


def number_zh(value: float, unit: str) -> str:
    """Write a value as charts label it; whole things are whole."""
    whole = unit in COUNTED and float(value).is_integer()
    return text_zh.number(value, 0 if whole else 1)


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Move values apart so that neighbours are at least ``gap`` from each other.

    Neighbours that are too close are put around their common middle.
    """
    order = sorted(range(len(values)), key=lambda number: values[number])
    groups: list[list[int]] = []
    for number in order:
        groups.append([number])
        while len(groups) > 1 and _too_close(values, groups[-2], groups[-1], gap):
            groups[-2:] = [[*groups[-2], *groups[-1]]]
    placed = dict(zip(range(len(values)), values, strict=True))
    for group in groups:
        for number, place in zip(group, _places(values, group, gap), strict=True):
            placed[number] = place
    return [placed[number] for number in range(len(values))]


def _places(values: Sequence[float], group: Sequence[int], gap: float) -> list[float]:
    middle = sum(values[number] for number in group) / len(group)
    return [middle + gap * (at - (len(group) - 1) / 2) for at in range(len(group))]


def _too_close(
    values: Sequence[float], lower: Sequence[int], upper: Sequence[int], gap: float
) -> bool:
    return _places(values, upper, gap)[0] - _places(values, lower, gap)[-1] < gap * (1 - 1e-9)
