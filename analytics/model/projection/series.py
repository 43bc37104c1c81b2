"""What a history must be before anything is fitted to it, and what is said about it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.domain import Reason, Reasons

_SAME = 1e-12  # relative difference below which values are equal
LARGEST = 1e15  # beyond it a number has lost its last digits
LARGEST_DRAWS = 100_000
LONGEST_HORIZON = 60
_RECENT = 3  # years at the end that follow one another where older ones still say how they move
_BRIDGED = 1  # missing years among them over which a step is still one


def check_history(history: pd.Series) -> pd.Series:
    """Return the observed values of a history as floats, missing years dropped.

    Raises
    ------
    ValueError
        With a Chinese message when the index is not ascending whole years
        without repetition, or a value is not a number, infinite or too large to be exact.
    """
    index = history.index
    if len(index) and not pd.api.types.is_integer_dtype(index.dtype):
        raise ValueError(f"历史序列的索引须为整数年份，收到 {index.dtype}")
    repeated = index[index.duplicated()].unique()
    if len(repeated):
        raise ValueError(f"年份重复：{_years(repeated)}")
    if not index.is_monotonic_increasing:
        raise ValueError("年份须按先后顺序排列")
    try:
        values = history.astype("float64")
    except (TypeError, ValueError) as error:
        raise ValueError("历史序列含无法识别为数字的值") from error
    infinite = index[np.isinf(values.to_numpy())]
    if len(infinite):
        raise ValueError(f"历史序列含无穷大：{_years(infinite)}年")
    largest = index[values.abs().to_numpy() > LARGEST]
    if len(largest):
        raise ValueError(f"历史序列的数值过大，无法准确计算：{_years(largest)}年")
    return values.dropna()


def check_request(history: pd.Series, end_year: int, n_draws: int) -> None:
    """Refuse a number of draws or a horizon that makes no sense, in Chinese."""
    if not 1 <= n_draws <= LARGEST_DRAWS:
        raise ValueError(f"模拟次数须在1至{LARGEST_DRAWS}之间，收到 {n_draws}")
    if len(history) and end_year - int(history.index[-1]) > LONGEST_HORIZON:
        raise ValueError(f"预测年限不得超过{LONGEST_HORIZON}年，收到截止年份 {end_year}")


def is_constant(history: pd.Series) -> bool:
    """Tell whether a history never moved; one value other than zero has not shown it."""
    values = history.to_numpy()
    largest = np.abs(values).max()
    return largest == 0 or (len(values) > 1 and bool(np.ptp(values / largest) <= _SAME))


def recent_run(history: pd.Series, *, running: int = 0) -> tuple[pd.Series, Reasons]:
    """Return the years after a gap among the recent ones, and which are missing.

    Two values years apart are no yearly step. A single missing year, and a gap that lies
    farther back, is bridged instead (:func:`fill_gaps`).

    Parameters
    ----------
    history : pandas.Series
        Observed values by year.
    running : int
        Further years at the end that are known in part.
    """
    years = history.index.to_numpy()
    gaps = np.flatnonzero(np.diff(years) > 1 + _BRIDGED)
    if not len(gaps) or len(years) - 1 - gaps[-1] + running >= _RECENT:
        return history, ()
    before, since = int(years[gaps[-1]]), int(years[gaps[-1] + 1])
    missing = tuple(range(before + 1, since))
    return history.iloc[gaps[-1] + 1 :], (Reason.RECENT_GAP.given(years=missing, since=since),)


@dataclass(frozen=True, eq=False)
class Regular:
    """A history on every year: ``values`` [n_years], ``gaps`` [n_years - 1].

    ``gaps`` holds for each yearly step the number of years between the
    observations it lies between (1 where both ends were observed).
    """

    values: np.ndarray
    gaps: np.ndarray
    points: int
    warnings: Reasons


def fill_gaps(years: np.ndarray, z: np.ndarray) -> Regular:
    """Bridge missing years by a straight line on the model's scale."""
    every = np.arange(years[0], years[-1] + 1)
    spans = np.diff(years)
    missing = np.setdiff1d(every, years)
    warnings: Reasons = ()
    if len(missing):
        warnings = (Reason.GAPS_BRIDGED.given(years=tuple(map(int, missing))),)
    return Regular(np.interp(every, years, z), np.repeat(spans, spans), len(years), warnings)


def _years(years: pd.Index | np.ndarray) -> str:
    return "、".join(str(int(year)) for year in years)
