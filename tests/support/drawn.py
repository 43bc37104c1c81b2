"""Indicators, projections and metric paths small enough to check by hand."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.domain import Identity, Indicator, Kind, Reason, ReasonGiven
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import Projection, Rung

NO_DATA = Reason.NO_DATA.given()


def series(values: dict[int, float]) -> pd.Series:
    """Make a yearly series from year -> value."""
    index = pd.Index(list(values), dtype="int64", name="year")
    return pd.Series(list(values.values()), index=index, dtype="float64", name="value")


def projection(
    *paths: list[float],
    history: dict[int, float] | None = None,
    first: int = 2026,
    has_probability: bool = True,
    method: str = "手写",
    **other: Any,
) -> Projection:
    """Make a projection of the drawn paths, one list a draw, from year ``first`` on."""
    draws = np.array(paths, dtype="float64")
    years = tuple(range(first, first + draws.shape[1]))
    known = series({2025: 100.0} if history is None else history)
    return Projection(years, draws, known, method, Rung.FULL, has_probability, **other)


def nothing(history: dict[int, float], reason: ReasonGiven = NO_DATA) -> Projection:
    """Make what stands for a series that cannot be projected."""
    empty = np.empty((4, 0))
    return Projection((), empty, series(history), "不作预测", Rung.NONE, False, (reason,))


def metric(observed: dict[int, float], *paths: list[float], first: int = 2026, **fields):
    """Make a metric path of observed values and drawn paths."""
    drawn = projection(*paths, first=first) if paths else nothing({})
    return MetricPath(series(observed), drawn.years, drawn.draws, **fields)


def indicator(name: str, op: str = "", *of: str, **fields) -> Indicator:
    """Make an indicator, with an identity of this kind and these parts where ``op`` is given."""
    link = Identity(op=op, of=of, threshold=fields.pop("threshold", None)) if op else None
    known = {"unit": "亿元", "kind": Kind.LEVEL, "definition_zh": "手写", "identity": link} | fields
    return Indicator(id=name, name_zh=name, name_en=name, **known)


def indicators(*declared: Indicator) -> dict[str, Indicator]:
    """Index indicators by their id, as a catalog does."""
    return {one.id: one for one in declared}
