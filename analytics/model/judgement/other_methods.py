"""An indicator by other methods and windows; a computed one by its parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.domain import Indicator, Prior, Reason
from analytics.model.draws import identities
from analytics.model.draws.dependence import follow
from analytics.model.projection import METHODS, Projection, project

RECENT = 8  # years of the short window
UNUSUAL = (2020, 2022)  # years of the epidemic
OTHER_METHODS = (*METHODS, "recent", "usual")  # keys of all that is tried

Others = Iterator[tuple[str, str, Projection]]  # key, name, projection


def other_projections(
    history: pd.Series, kind: str, projection: Projection, due_year: int, seed: int
) -> Others:
    """Project again by each method and window: its key, its name, its draws.

    What comes to draws already seen is no other opinion.
    """
    seen = [_fingerprint(projection, due_year)]
    for key, name, window, method in _variations(history):
        if method == "combined" and window is history and projection.rung != "monthly":
            continue  # the verdict itself
        other = project(
            window,
            end_year=projection.years[-1],
            kind=kind,
            n_draws=len(projection.draws),
            seed=seed,
            method=method,
            prior=projection.prior or Prior.POOLED,
        )
        if other.is_reference and not projection.is_reference:
            # What its kind usually does is no second opinion about the series.
            short = Reason.TOO_SHORT.given(points=int(window.notna().sum()))
            other = replace(other, has_probability=False, warnings=(short, *other.warnings))
        mark = _fingerprint(other, due_year)
        if not any(np.array_equal(mark, known) for known in seen):
            seen.append(mark)
            yield key, name, follow(other, projection, year=due_year)


def by_parts(
    whole: str,
    parts: Iterable[str],
    indicators: Mapping[str, Indicator],
    baseline: Mapping[str, Projection],
    others_of: Callable[[str], Others],
) -> Iterator[tuple[str, str, Mapping[str, Projection]]]:
    """Project the parts of a computed indicator again, all by the same method.

    A part for which a method comes to nothing new keeps its projection.

    Parameters
    ----------
    whole : id of the indicator.
    parts : ids of what it is computed from in the end.
    indicators, baseline : all of one region.
    others_of : yields the other projections of a part.

    Yields
    ------
    key, name, projections
        Those of the parts, and that of the whole put together from them.
    """
    found: dict[str, tuple[str, dict[str, Projection]]] = {}
    for part in parts:
        for key, name, other in others_of(part):
            found.setdefault(key, (name, {}))[1][part] = other
    for key in sorted(found, key=OTHER_METHODS.index):
        name, changed = found[key]
        yield (
            key,
            name,
            {**changed, whole: identities.derive(indicators, {**baseline, **changed})[whole]},
        )


def _variations(history: pd.Series) -> Iterator[tuple[str, str, pd.Series, str]]:
    for method, name in METHODS.items():
        yield method, f"方法：{name}", history, method
    known = history.dropna()
    if len(known) > RECENT:
        yield "recent", f"只用最近{RECENT}年", known.iloc[-RECENT:], "combined"
    # The last year stays: the projection starts from it.
    usual = known[~known.index.isin(UNUSUAL) | (known.index == known.index[-1])]
    if len(usual) < len(known):
        left_out = sorted(set(known.index) - set(usual.index))
        yield "usual", f"剔除{'、'.join(map(str, left_out))}年", usual, "combined"


def _fingerprint(projection: Projection, year: int) -> np.ndarray:
    """Return what tells two projections apart whatever the order of their rows."""
    if year not in projection.years:
        return np.empty(0)
    return np.sort(projection.draws[:, projection.years.index(year)])
