"""Values against a target's limit, by the operator of the plan's wording."""

from typing import overload

import numpy as np

from analytics.domain import MeasurableTarget


@overload
def meets(target: MeasurableTarget, values: float) -> bool: ...
@overload
def meets(target: MeasurableTarget, values: np.ndarray) -> np.ndarray: ...
def meets(target: MeasurableTarget, values: np.ndarray | float) -> np.ndarray | bool:
    """Compare values with a target, one by one.

    突破 and 超过 exclude the number itself, every other operator includes it.
    """
    return passes(values, target.threshold, strict=target.excludes_its_number)


@overload
def passes(values: float, limit: float | np.ndarray, *, strict: bool) -> bool: ...
@overload
def passes(values: np.ndarray, limit: float | np.ndarray, *, strict: bool) -> np.ndarray: ...
def passes(
    values: np.ndarray | float, limit: float | np.ndarray, *, strict: bool
) -> np.ndarray | bool:
    """Compare values with a limit, which itself is enough unless ``strict``."""
    return values > limit if strict else values >= limit
