"""Where a function crosses zero, by SciPy, without anything being kept of the function.

SciPy wraps what it is given in a function that knows itself: a circle, which keeps the wrapped
one, and with it a whole release, until the collector comes by; what lies frozen it passes over.
"""

from collections.abc import Callable

from scipy import optimize

Function = Callable[[float], float]
FINEST = 8.9e-16  # of the root, relative: the least that SciPy takes


def crossing(
    excess: Function, low: float, high: float, *, close: float, relative: float = FINEST
) -> float:
    """Find by Brent's method where a function that changes sign between two values is zero."""
    with _Lent(excess) as lent:
        return float(optimize.brentq(lent, low, high, xtol=close, rtol=relative))


def halved(excess: Function, low: float, high: float, *, close: float) -> float:
    """Find it by halving, for a function that has steps."""
    with _Lent(excess) as lent:
        return float(optimize.bisect(lent, low, high, xtol=close))


class _Lent:
    """A function that is lent for one search."""

    def __init__(self, function: Function) -> None:
        self._function: list[Function] = [function]

    def __call__(self, value: float) -> float:
        return self._function[0](value)

    def __enter__(self) -> "_Lent":
        return self

    def __exit__(self, *_: object) -> None:
        self._function.clear()
