"""Yearly and monthly paths of the illustrative series; seeded, exact at their anchors."""

import math
import zlib

import numpy as np

PERIODS = tuple(range(2, 13))  # last month of each period: January–February, March, …


def generator(seed: int, name: str) -> np.random.Generator:
    """Return a generator of its own for each series, so that none shifts another."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def interpolate(anchors: dict[int, float], years: np.ndarray) -> np.ndarray:
    """Join the anchors by straight lines; the first and last year must be anchors."""
    known = sorted(anchors)
    joined: np.ndarray = np.interp(years, known, [anchors[year] for year in known])
    return joined


def bridge(
    rng: np.random.Generator, years: np.ndarray, anchors: list[int], sd: float
) -> np.ndarray:
    """Draw an AR(1) disturbance (coefficient 0.5) that is zero in every anchor year."""
    walk = np.zeros(len(years))
    for step, shock in enumerate(rng.standard_normal(len(years)) * sd):
        walk[step] = 0.5 * walk[step - 1] + shock if step else shock
    at_anchors = {year: walk[year - years[0]] for year in anchors}
    bridged: np.ndarray = walk - interpolate(at_anchors, years)
    return bridged


def anchored_path(
    anchors: dict[int, float],
    years: np.ndarray,
    disturbance: np.ndarray,
    shocks: dict[int, float],
) -> np.ndarray:
    """Return exp(trend + shock + disturbance) through the anchors.

    The trend is straight in logs between anchors freed of the shock of their year, so
    that an anchor in a bad year does not pull its neighbours down.
    """
    dips = np.array([shocks.get(year, 0.0) for year in years.tolist()])
    freed = {year: math.log(value) - shocks.get(year, 0.0) for year, value in anchors.items()}
    path: np.ndarray = np.exp(interpolate(freed, years) + dips + disturbance)
    return path


def share_path(anchors: dict[int, float], years: np.ndarray, disturbance: np.ndarray) -> np.ndarray:
    """Return a path straight in logits between the anchors, inside (0, 1)."""
    logits = {year: math.log(value / (1 - value)) for year, value in anchors.items()}
    path: np.ndarray = 1 / (1 + np.exp(-(interpolate(logits, years) + disturbance)))
    return path


def addition_path(
    anchors: dict[int, float], years: np.ndarray, disturbance: np.ndarray
) -> np.ndarray:
    """Return whole yearly additions around straight lines between the anchors."""
    whole: np.ndarray = np.rint(interpolate(anchors, years) * np.exp(disturbance))
    return whole


def stock_path(anchors: dict[int, float], years: np.ndarray, disturbance: np.ndarray) -> np.ndarray:
    """Return whole stocks that never fall and meet every anchor."""
    path = np.rint(anchored_path(anchors, years, disturbance, {}))
    ceilings = [min(value for y, value in anchors.items() if y >= year) for year in years]
    rising: np.ndarray = np.maximum.accumulate(np.minimum(path, ceilings))
    return rising


def split_exactly(total: int, weights: np.ndarray) -> np.ndarray:
    """Split a whole number in proportion to weights (largest remainder)."""
    raw = total * weights / weights.sum()
    parts: np.ndarray = np.floor(raw).astype("int64")
    order = np.argsort(-(raw - parts), kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts


def split_year(total: int, weights: np.ndarray, until: dict[int, int]) -> np.ndarray:
    """Split a year into January–February and the months from March.

    Parameters
    ----------
    total : the year's value in whole hundredths.
    weights : 11 positive weights, see ``PERIODS``.
    until : published January-to-month values in hundredths that the parts must meet.
    """
    parts, start, used = [], 0, 0
    for month in sorted(until):
        stop = PERIODS.index(month) + 1
        parts.append(split_exactly(until[month] - used, weights[start:stop]))
        start, used = stop, until[month]
    parts.append(split_exactly(total - used, weights[start:]))
    return np.concatenate(parts)
