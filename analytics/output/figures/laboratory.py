"""What the figures of the scenario laboratory have in common."""

import re

import numpy as np
import pandas as pd

from analytics import text_zh
from analytics.domain import (
    FRACTION,
    Lever,
    LeverClass,
    Measure,
    RowStatus,
    Scenario,
    Target,
    TrendTarget,
)
from analytics.model.projection.history import History
from analytics.model.scenarios.settings_zh import period_zh
from analytics.output.charts.scenarios import NEW_LINE
from analytics.output.figures import origin
from analytics.output.figures.note import Note
from analytics.workbench import View, Workbench

_LINE = 13  # Chinese characters in a line of a bar's name
_LATIN = 0.55  # of their width, what a figure or a letter takes


def is_demo(view: View, target_id: str) -> bool:
    """Tell whether a target rests on illustrative numbers."""
    return RowStatus.ILLUSTRATIVE in view.verdict(target_id).statuses


def value_zh(bench: Workbench, target: Target, value: float | None) -> str:
    """Write a value of the target's own measure."""
    decimals = bench.catalog.indicators[target.indicator].decimals
    return text_zh.quantity(value, target.unit, 3 if target.unit == FRACTION else decimals)


def measure_unit(target: Target) -> str:
    """Return the unit of the target's own measure as printed."""
    yearly = target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH)
    return text_zh.unit_zh(target.unit) + ("（年均）" if yearly else "")


def setting_name(bench: Workbench, name: str) -> str:
    """Name a setting by its indicator and period, an assumption marked as such."""
    one = bench.catalog.adjustables[name]
    if not isinstance(one, Lever):
        return f"{one.name_zh}（假设）"
    assumed = "" if one.lever_class is LeverClass.POLICY else "，假设"
    period = period_zh(one)
    return f"{bench.catalog.indicators[one.applies_to].name_zh}（{period}{assumed}）"


def wrapped(name: str) -> str:
    """Break a bar's name into lines, the period and the move on lines of their own."""
    parts = name.replace("（", f"{NEW_LINE}（", 1).replace("）", f"）{NEW_LINE}", 1)
    return NEW_LINE.join(short for line in parts.split(NEW_LINE) for short in _short(line))


def _short(text: str) -> list[str]:
    """Break a text into lines that have room: after a comma, else wherever no number is cut."""
    lines: list[str] = []
    room = 0.0
    for clause in re.findall(r"[^，]+，?", text):
        fits = _width(clause) <= _LINE
        for part in [clause] if fits else re.findall(r"[!-~]+|.", clause):
            if _width(part) > room:
                lines.append("")
                room = _LINE
            lines[-1] += part
            room -= _width(part)
    return lines


def _width(text: str) -> float:
    return sum(_LATIN if letter.isascii() else 1 for letter in text)


def marks(
    target: Target, scale: float, *, median: float | None = None, reach: float | None = None
) -> pd.DataFrame:
    """Return the lines across bars; a target beyond ``reach`` of the median is left out."""
    limit = np.nan if isinstance(target, TrendTarget) else target.threshold
    far = reach is not None and median is not None and abs(limit - median) > reach
    lines = {"median": np.nan if median is None else median, "limit": np.nan if far else limit}
    return pd.DataFrame([{name: value * scale for name, value in lines.items()}])


def histories(view: View, target_id: str) -> tuple[History, ...]:
    """Return the histories a target is measured on."""
    return origin.histories_of(view.bench, view.bench.catalog.targets[target_id])


def note(
    view: View,
    target_id: str,
    takeaway: str,
    scenarios: tuple[Scenario, ...],
    *,
    reading: str,
    method: str = "",
) -> Note:
    """Say what a file tells of one target in the scenarios drawn."""
    item, behind = view.verdict(target_id), histories(view, target_id)
    years = {year for history in behind for year in history.status_by_year}
    due = f"目标{item.target.due_year}年"
    return Note(
        finding=takeaway.rstrip("。"),
        natures=origin.natures(item.statuses, origin.ahead_of(view, item)),
        period=f"历史{text_zh.years(sorted(years))}，{due}" if years else due,
        sources=origin.sources(behind),
        reading=reading,
        method=method,
        scenarios=scenarios,
    )


def tidy(frame: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Give the columns named Chinese headings; empty ones go."""
    named = frame[list(headings)].rename(columns=headings)
    return named.dropna(axis="columns", how="all")
