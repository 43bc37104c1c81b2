"""A line that follows from an assumption, where there is too little history to project."""

import numpy as np
import pandas as pd

from analytics.domain import Reason
from analytics.model.projection.result import Projection

RUNG = "assumption"
_METHOD = "假设线：自最新值起按所设增速推移（未设增速即保持不变），不是预测"


def assumption_line(history: pd.Series, *, end_year: int, n_draws: int = 4000) -> Projection:
    """Carry the last value forward unchanged, for levers to bend; never a probability.

    Parameters
    ----------
    history : Series
        One or two yearly values.
    end_year : int
        Last year of the line.
    n_draws : int
        Rows, all alike, so that the line can be combined with drawn ones.
    """
    years = tuple(range(int(history.index[-1]) + 1, end_year + 1))
    draws = np.full((n_draws, len(years)), float(history.iloc[-1]))
    reason = Reason.ASSUMED.given(points=len(history))
    return Projection(years, draws, history, _METHOD, RUNG, False, (reason,))
