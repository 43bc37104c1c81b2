"""Scales on which yearly steps add up, and the way back to the indicator's unit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from analytics.domain import Reason, ReasonGiven, Reasons

_EXP_RANGE = (-700.0, 700.0)  # exp stays finite and above zero
_EDGE = 1e-3  # a share on its bound is moved inside by this part of the range


@dataclass(frozen=True)
class Scale:
    """Pair of transformations, here the logarithm; ``family`` names the factors."""

    name_zh: str = "对数"
    family: str = "log"
    warnings: Reasons = ()

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Map values in the indicator's unit to the additive scale."""
        z: np.ndarray = np.log(values)
        return z

    def backward(self, z: np.ndarray) -> np.ndarray:
        """Map back to the indicator's unit; never NaN, never infinite."""
        values: np.ndarray = np.exp(np.clip(z, *_EXP_RANGE))
        return values


@dataclass(frozen=True)
class LogitScale(Scale):
    """Shares strictly between two bounds."""

    name_zh: str = "logit"
    family: str = "logit"
    lower: float = 0.0
    upper: float = 1.0

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return the logit of the position between the bounds."""
        position = (values - self.lower) / (self.upper - self.lower)
        z: np.ndarray = logit(np.clip(position, _EDGE, 1.0 - _EDGE))
        return z

    def backward(self, z: np.ndarray) -> np.ndarray:
        """Return values inside the bounds."""
        values: np.ndarray = self.lower + (self.upper - self.lower) * expit(z)
        return values


@dataclass(frozen=True)
class LinearScale(Scale):
    """Values measured in multiples of ``unit``; the fallback for zero and negative."""

    name_zh: str = "加法"
    family: str = "linear"
    unit: float = 1.0
    floor: float = -np.inf

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return values in multiples of the unit."""
        return values / self.unit

    def backward(self, z: np.ndarray) -> np.ndarray:
        """Return values in the indicator's unit, not below the floor."""
        limit = 1e300 / max(self.unit, 1.0)
        values: np.ndarray = np.maximum(np.clip(z, -limit, limit) * self.unit, self.floor)
        return values


def share_bounds(lower: float | None, upper: float | None) -> tuple[float, float]:
    """Return the bounds of a share, 0 and 1 unless given; refused the wrong way round."""
    bounds = (0.0 if lower is None else lower, 1.0 if upper is None else upper)
    if not bounds[0] < bounds[1]:
        raise ValueError(f"占比的下限须小于上限，收到 {bounds[0]:g} 与 {bounds[1]:g}")
    return bounds


def choose_scale(history: pd.Series, kind: str, lower: float, upper: float) -> Scale:
    """Return the scale for a kind of indicator; the bounds are a share's."""
    values = history.to_numpy()
    if kind == "share":
        warnings = _edge_warning(values, lower, upper)
        return LogitScale(warnings=warnings, lower=lower, upper=upper)
    if (values > 0).all():
        return Scale()
    return LinearScale(
        warnings=(_fallback_warning(values),),
        unit=float(np.abs(values).max()),
        floor=-np.inf if (values < 0).any() else 0.0,
    )


def _edge_warning(values: np.ndarray, lower: float, upper: float) -> Reasons:
    edge = _EDGE * (upper - lower)
    if ((values - lower >= edge) & (upper - values >= edge)).all():
        return ()
    return (Reason.NEAR_ITS_BOUNDS.given(edge=_EDGE),)


def _fallback_warning(values: np.ndarray) -> ReasonGiven:
    return (Reason.HAS_NEGATIVES if (values < 0).any() else Reason.HAS_ZEROS).given()
