"""History -> draws: one call, a ladder of methods behind it."""

from analytics.model.projection.backtest import backtest
from analytics.model.projection.doubts import Doubt, DoubtKind, Effect
from analytics.model.projection.engine import KINDS, METHODS, project
from analytics.model.projection.monthly import project_monthly
from analytics.model.projection.result import (
    Calibration,
    Coverage,
    Projection,
    Rung,
    YearSoFar,
    quantile_paths,
)

__all__ = [
    "KINDS",
    "METHODS",
    "Calibration",
    "Coverage",
    "Doubt",
    "DoubtKind",
    "Effect",
    "Projection",
    "Rung",
    "YearSoFar",
    "backtest",
    "project",
    "project_monthly",
    "quantile_paths",
]
