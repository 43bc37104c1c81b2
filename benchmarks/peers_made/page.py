"""What every re-making of the page shows: a sentence, 13 odds, one fan chart, four levers.

The same numbers for all of them, so that only the way to the browser differs.
"""

from dataclasses import dataclass

import numpy as np

TARGETS, DRAWS, YEARS = 13, 4000, tuple(range(2024, 2036))
LEVERS = ("甲", "乙", "丙", "丁")
LOW, HIGH, STEP = -5.0, 5.0, 0.1  # percentage points a year
_RNG = np.random.default_rng(7)
_GROWTH = _RNG.normal(0.05, 0.03, (TARGETS, DRAWS, len(YEARS)))


@dataclass(frozen=True)
class Shown:
    """What a page shows for the present levers."""

    sentence: str
    odds: list[tuple[str, str]]  # name of a target, chance of reaching it
    bands: dict[str, list[float]]  # quantile -> value by year


def shown(levers: list[float]) -> Shown:
    """Work out a page: each lever moves the growth of every fourth target."""
    moved = np.array([levers[number % len(levers)] for number in range(TARGETS)]) / 100
    levels = 100 * np.cumprod(1 + _GROWTH + moved[:, None, None], axis=2)
    chances = (levels[:, :, 3] > 121.6).mean(axis=1)
    quantiles = np.quantile(levels[0], [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975], axis=0)
    names = ("low95", "low80", "low50", "median", "high50", "high80", "high95")
    return Shown(
        f"2027年中位数{quantiles[3, 3]:.2f}，达成概率{chances[0]:.1%}",
        [(f"目标{number + 1}", f"{chance:.1%}") for number, chance in enumerate(chances)],
        {name: row.tolist() for name, row in zip(names, quantiles, strict=True)},
    )
