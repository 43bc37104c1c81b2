"""History -> draws: one call, a ladder of methods behind it."""

from analytics.projection.assumption import assumption_line
from analytics.projection.backtest import backtest
from analytics.projection.engine import KINDS, METHODS, project
from analytics.projection.monthly import project_monthly
from analytics.projection.result import Calibration, Coverage, Projection, quantile_paths

__all__ = [
    "KINDS",
    "METHODS",
    "Calibration",
    "Coverage",
    "Projection",
    "assumption_line",
    "backtest",
    "project",
    "project_monthly",
    "quantile_paths",
]
