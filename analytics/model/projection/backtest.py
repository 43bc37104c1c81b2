"""What we would have said of a history's own past, beside what came."""

import pandas as pd

from analytics.model.projection.engine import project
from analytics.model.projection.models import SHORT

COLUMNS = ("origin", "year", "horizon", "lower_80", "median", "upper_80", "actual", "inside")


def backtest(
    history: pd.Series,
    *,
    kind: str = "level",
    longest: int = 4,
    n_draws: int = 2000,
    seed: int = 0,
    lower: float | None = None,
    upper: float | None = None,
    prior: str = "pooled",
    method: str = "combined",
) -> pd.DataFrame:
    """Project from every past year that had five points behind it.

    Parameters
    ----------
    history : Series
        Indexed by year, as for :func:`analytics.model.projection.project`.
    longest : int
        Years ahead to look.
    kind, n_draws, seed, lower, upper, prior, method
        As for ``project``.

    Returns
    -------
    DataFrame
        One row for each origin and outcome, columns ``COLUMNS``; ``origin`` is
        the last year known, values are in the unit of the history. Empty when
        no past year had five points and a later outcome.
    """
    known = history.dropna()
    rows = []
    for cut in range(SHORT + 1, len(known)):
        past, origin = known.iloc[:cut], int(known.index[cut - 1])
        result = project(
            past,
            end_year=origin + longest,
            kind=kind,
            n_draws=n_draws,
            seed=seed,
            lower=lower,
            upper=upper,
            prior=prior,
            method=method,
        )
        table = result.quantiles([0.1, 0.5, 0.9])
        for year in table.index.intersection(known.index):
            low, median, high = table.loc[year]
            actual = float(known[year])
            inside = bool(low <= actual <= high)
            rows.append((origin, year, year - origin, low, median, high, actual, inside))
    return pd.DataFrame(rows, columns=list(COLUMNS))
