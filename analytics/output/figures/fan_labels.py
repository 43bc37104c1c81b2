"""What stands beside a fan's lines, and how far its axes reach."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.output.charts.fan import AHEAD, BASELINE, HISTORY, MEDIAN, TARGET
from analytics.output.charts.styling import COUNTED
from analytics.output.figures.fan_numbers import columns_of

Columns = Mapping[str, np.ndarray]
YEARS_BEFORE = 6  # drawn ahead of the newest year held
GAP = 1 / 10  # of the axis that a line of words needs
_LINE = 15  # pixels it needs where a drawing is low
_EARLY = 0.35  # of the years: words to the left of a point there lay on the axis
_BEYOND = 1.2  # what an axis with round ends spans, as a multiple of its data
SCENARIO = "情景"
_DRAWN = ("observed", "bound", "low80", "high80", "required", "target")
_NAMED = ("median", "baseline", "low80", "high80")


def recent(frame: pd.DataFrame, since: int | None = None) -> pd.DataFrame:
    """Keep the years that a chart draws: the newest held, six before it, and all ahead."""
    columns = columns_of(frame)
    years = columns["year"]
    held = years[_is_held(columns)]
    if not len(held):
        return frame
    first = held[-1] - YEARS_BEFORE
    first = first if since is None else min(first, since)
    kept: pd.DataFrame = frame[years >= first].reset_index(drop=True)
    return kept


def _is_held(columns: Columns) -> np.ndarray:
    """Tell of each year whether a value or a bound of it is held."""
    held: np.ndarray = np.isfinite(columns["observed"]) | np.isfinite(columns["bound"])
    return held


def fan_datasets(
    frame: pd.DataFrame,
    unit: str,
    *,
    goal: str = "",
    reach: tuple[float, float] | None = None,
    newest: str = "",
    brief: bool = False,
) -> dict[str, pd.DataFrame]:
    """Return a fan's numbers with the words beside its lines.

    ``goal`` names the target's value; ``reach`` are values, in the chart's unit, that the
    axis always holds; ``newest`` says what the newest value is where it is no figure. A low
    chart is ``brief``: the band's ends go unnamed, for want of room.
    The frame's years run upwards.
    """
    columns = columns_of(frame)
    span = _span(columns, reach)
    return {
        "fan": frame,
        "span": pd.DataFrame(np.array([[*span.values()]]), columns=[*span]),
        "labels": _labels(columns, span, unit, (goal, newest), brief=brief),
    }


def set_apart(datasets: Mapping[str, pd.DataFrame], height: float) -> dict[str, pd.DataFrame]:
    """Give every line of words beside a fan its room in a drawing so many pixels high."""
    labels, span = datasets["labels"], datasets["span"].iloc[0]
    at_end = (labels["series"] != HISTORY).to_numpy()
    share = max(GAP, _BEYOND * _LINE / height)
    places = labels["value"].to_numpy(dtype="float64", copy=True)
    places[at_end] = spread(places[at_end].tolist(), (span["high"] - span["low"]) * share)
    return {**datasets, "labels": labels.assign(value=places)}


def _span(columns: Columns, reach: tuple[float, float] | None) -> dict[str, float]:
    years, goals = columns["year"], columns["target"]
    held, ahead = years[_is_held(columns)], years[np.isfinite(columns["median"])]
    due = np.flatnonzero(np.isfinite(goals))
    start = held[-1] if len(held) else years[0]
    end = ahead[-1] if len(ahead) else start
    named = end if _is_early(start, years) else start  # where the newest value has no words
    values = np.concatenate([columns[name] for name in _DRAWN] + [reach or ()])
    return {
        "first": years[0],
        "start": start,
        "end": end,
        "named": named,
        "due": years[due[0]] if len(due) else np.nan,
        "goal": goals[due[0]] if len(due) else np.nan,
        "low": float(np.nanmin(values)),
        "high": float(np.nanmax(values)),
    }


def _labels(
    columns: Columns,
    span: Mapping[str, float],
    unit: str,
    names: tuple[str, str],
    *,
    brief: bool,
) -> pd.DataFrame:
    """Lay out the words at the right end without overlap, and the newest value.

    ``names`` are those of the target's value and of the newest.
    """
    goal, held = names
    rows = [row for row in _at_end(columns, unit, goal, brief=brief) if np.isfinite(row[1])]
    apart = spread([value for _, value, _ in rows], (span["high"] - span["low"]) * GAP)
    years, observed = columns["year"].astype("int64"), columns["observed"]
    series, texts = [name for name, _, _ in rows], [text for _, _, text in rows]
    places = [years[-1]] * len(rows)
    known = np.flatnonzero(np.isfinite(observed))
    if len(known):
        newest, value = years[known[-1]], observed[known[-1]]
        places.append(newest)
        apart.append(value)
        series.append(HISTORY)
        texts.append(f"{newest}年{held} {number_zh(value, unit)}")
    leftmost = [_is_early(place, years) for place in places]
    return pd.DataFrame(
        {"year": places, "value": apart, "text": texts, "series": series, "leftmost": leftmost}
    )


def _is_early(year: float, years: np.ndarray) -> bool:
    return bool(year <= years[0] + (years[-1] - years[0]) * _EARLY)


def _at_end(columns: Columns, unit: str, goal: str, *, brief: bool) -> list[tuple[str, float, str]]:
    """Return series, value and words of each line where it ends."""
    found = []
    ahead = np.flatnonzero(np.isfinite(columns["median"]))
    if len(ahead) and not np.isfinite(columns["observed"][ahead[-1]]):
        end = {name: float(columns[name][ahead[-1]]) for name in _NAMED}
        median, before = (number_zh(end[name], unit) for name in ("median", "baseline"))
        moved = np.isfinite(end["baseline"]) and before != median
        found.append((MEDIAN, end["median"], f"{SCENARIO if moved else AHEAD} {median}"))
        for side, edge in () if brief else (("high80", "上沿"), ("low80", "下沿")):
            found.append((MEDIAN, end[side], f"80%{edge} {number_zh(end[side], unit)}"))
        if moved:
            found.append((BASELINE, end["baseline"], f"基准 {before}"))
    due = np.flatnonzero(np.isfinite(columns["target"]))
    if len(due):
        value, then = (float(columns[name][due[0]]) for name in ("target", "median"))
        goes_on = bool(len(ahead)) and ahead[-1] > due[0]  # the median named is of a later year
        gap = "" if goes_on else _gap_zh(then - value, unit)
        found += [(TARGET, value, gap)] if gap else []
        own = f"目标 {goal or number_zh(value, unit)}"
        of_year = f"{columns['year'][due[0]]:.0f}年目标 {number_zh(value, unit)}"
        found.append((TARGET, value, of_year if goes_on else own))
    return found


def _gap_zh(gap: float, unit: str) -> str:
    """Say by how much the median misses or passes the target; nothing where it meets it."""
    shown = number_zh(abs(gap), unit) if np.isfinite(gap) else ""
    if not shown or shown == number_zh(0.0, unit):
        return ""
    return f"较目标{'低' if gap < 0 else '高'}{shown}"


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
