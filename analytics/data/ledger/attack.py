"""What a reader can work out of figures withheld from those published beside them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True)
class Relation:
    """``whole`` is the sum of ``parts``; every reader knows it."""

    whole: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Return everything it ties together."""
        return (self.whole, *self.parts)


def bounds(
    name: str,
    relations: Iterable[Relation],
    published: Mapping[str, float],
    signed: Collection[str] = (),
) -> tuple[float, float]:
    """Return the least and the largest that an unpublished figure can be.

    Parameters
    ----------
    published : what the reader sees, by name; everything else in the relations is unknown.
    signed : figures that may be negative; all others are known to be at least zero.

    Returns
    -------
    tuple of float
        Solutions of two linear programs over the relations; infinite where nothing bounds it.
    """
    told = [one for one in relations if not set(one.members) <= published.keys()]
    unknown = sorted({part for one in told for part in one.members if part not in published})
    if name not in unknown:
        return (-inf if name in signed else 0.0), inf
    place = {part: number for number, part in enumerate(unknown)}
    left, right = np.zeros((len(told), len(unknown))), np.zeros(len(told))
    for row, one in enumerate(told):
        for part, sign in ((one.whole, 1.0), *((part, -1.0) for part in one.parts)):
            if part in place:
                left[row, place[part]] += sign
            else:
                right[row] -= sign * published[part]
    limits: list[tuple[float | None, None]] = [
        (None if part in signed else 0.0, None) for part in unknown
    ]
    return (
        _extreme(place[name], 1.0, left, right, limits),
        _extreme(place[name], -1.0, left, right, limits),
    )


def _extreme(
    place: int,
    sign: float,
    left: np.ndarray,
    right: np.ndarray,
    limits: list[tuple[float | None, None]],
) -> float:
    goal = np.zeros(left.shape[1])
    goal[place] = sign
    solved = linprog(goal, A_eq=left, b_eq=right, bounds=limits, method="highs")
    if solved.status == 0:
        return sign * float(solved.fun)
    if solved.status == 3:  # unbounded
        return -sign * inf
    raise ArithmeticError(f"linear program without a solution: {solved.message}")
