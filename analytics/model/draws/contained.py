"""在地 contains 属地: the difference is projected by itself and added."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analytics.model.projection import Projection
from analytics.model.projection.history import History

_PERIOD = ["year", "month_from", "month_to"]


def rest_of(whole: History, part: History) -> History | None:
    """Return the history of a whole without its part; None where it is not positive.

    Years and months count in which both are held.
    """
    annual = _less(whole.annual, part.annual, ["year"])
    annual = annual[~annual["lower_bound"] & ~annual["lower_bound_part"].astype(bool)]
    if annual.empty or (annual["value"] <= 0).any():
        return None
    if whole.monthly.empty or part.monthly.empty:
        return History(whole.indicator, whole.region, annual, whole.monthly.iloc[:0])
    monthly = _less(whole.monthly, part.monthly, _PERIOD)
    return History(whole.indicator, whole.region, annual, monthly)


def _less(whole: pd.DataFrame, part: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    both = whole.merge(part, on=keys, suffixes=("", "_part"))
    return both.assign(value=both["value"] - both["value_part"])


def with_rest(whole: Projection, part: Projection, rest: Projection) -> Projection:
    """Replace the draws of a whole by part and rest, draw by draw."""
    if not whole.years or whole.years != part.years or whole.years != rest.years:
        return whole
    return replace(whole, draws=part.draws + rest.draws)


def pairs(histories: Mapping[str, History]) -> list[tuple[str, str]]:
    """Return whole and part of every indicator that is declared never below another."""
    links = [(name, one.indicator.identity) for name, one in histories.items()]
    return [(x, link.of[0]) for x, link in links if link and link.op == "at_least"]
