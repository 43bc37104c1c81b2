"""Does a verdict survive another base year, another method, another window?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analytics.domain import GrowthTarget, LeadTarget, Prior, Reason, Reasons, SumTarget, Target
from analytics.model.draws.dependence import follow
from analytics.model.judgement.joint import met_draws, why_left_out
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import METHODS, Projection, project

EVEN = 0.5  # from here on a target counts as met
OTHER_BASE_YEARS = (2022, 2024)
RECENT = 8  # years of the short window
UNUSUAL = (2020, 2022)  # years of the epidemic
OTHER_METHODS = (*METHODS, "recent", "usual")  # keys of all that is tried
_FROM_BASE = SumTarget | GrowthTarget | LeadTarget

PathOf = Callable[[Projection, int], MetricPath]


@dataclass(frozen=True)
class Variant:
    """The same target judged in another way."""

    name_zh: str
    probability: float
    holds: bool  # same side of even odds as the verdict itself
    # 10 %, 50 % and 90 % quantile in the due year, in the measure's own unit
    due: tuple[float, float, float] | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)  # of another method, as links write it


@dataclass(frozen=True)
class Robustness:
    """The other ways; None probability where there is none to test.

    Another base year means another target (基期 is a definition), another method
    or window is another opinion on the same one: the two are kept apart.
    """

    probability: float | None
    bases: tuple[Variant, ...]
    methods: tuple[Variant, ...]
    notes: Reasons  # what could not be tried, and why

    @property
    def flips(self) -> tuple[Variant, ...]:
        """Variants that turn the verdict, those of the base year first."""
        return tuple(one for one in (*self.bases, *self.methods) if not one.holds)

    @property
    def spread(self) -> tuple[float, float] | None:
        """Least and largest probability over methods and windows, the verdict's own included."""
        if self.probability is None or not self.methods:
            return None
        found = [self.probability, *(one.probability for one in self.methods)]
        return min(found), max(found)


def robustness(
    target: Target,
    history: pd.Series,
    kind: str,
    path_of: PathOf,
    *,
    projection: Projection,
    base_year: int,
    linked: bool = False,
    seed: int = 0,
) -> Robustness:
    """Judge a target again with other base years, methods and windows.

    Parameters
    ----------
    target : Target
    history : Series
        Yearly values the projection was made from.
    kind : str
        As in :func:`analytics.model.projection.project`.
    path_of : callable
        Makes the target's measure from a projection of the indicator and a base
        year; everything else, such as the city's side, stays as it is.
    projection : Projection
        The one the verdict rests on.
    linked : bool
        True where the indicator is computed from others by an identity; it is
        then not projected again.
    seed : int
        Of the projection, so that variants differ by what was changed only.

    Returns
    -------
    Robustness
        A verdict is "met" at a probability of at least one half. A variant
        without a probability, or that comes to the same draws as an earlier one,
        is left out with a note or silently if it is no variant at all.
    """
    whole = path_of(projection, base_year)
    before = _probability(target, whole)
    if before is None:
        return Robustness(None, (), (), (why_left_out(target, whole),))
    notes: Reasons = ()
    tried: list[tuple[str, str, MetricPath]] = []
    if linked:
        notes += (Reason.LINKED.given(),)
    else:
        again = other_projections(history, kind, projection, target.due_year, seed)
        tried = [(key, name, path_of(other, base_year)) for key, name, other in again]
    if projection.rung == "monthly" and not linked:
        notes += (Reason.YEARLY_ONLY.given(),)
    others = _other_bases(target, projection, path_of, base_year, whole)
    bases, without = _compare(target, before, others)
    methods, failed = _compare(target, before, tried)
    return Robustness(before, bases, methods, (*notes, *without, *failed))


def _probability(target: Target, path: MetricPath) -> float | None:
    met = met_draws(target, path)
    return None if met is None else float(np.mean(met))


def _compare(
    target: Target,
    before: float,
    tried: Iterable[tuple[str, str, MetricPath]],
) -> tuple[tuple[Variant, ...], Reasons]:
    """Judge each way; a way without a probability is no variant, and named."""
    variants: tuple[Variant, ...] = ()
    notes: Reasons = ()
    for key, name, path in tried:
        share = _probability(target, path)
        if share is None:
            why = why_left_out(target, path)
            notes += (Reason.VARIANT_WITHOUT_PROBABILITY.given(because=why, variant=name),)
        else:
            holds = (share >= EVEN) == (before >= EVEN)
            variants += (Variant(name, share, holds, _due(path, target.due_year), key),)
    return variants, notes


def _due(path: MetricPath, year: int) -> tuple[float, float, float] | None:
    draws = path.at(year)
    if draws is None or not len(draws):
        return None
    low, median, high = np.quantile(draws, [0.1, 0.5, 0.9])
    return float(low), float(median), float(high)


def _other_bases(
    target: Target, projection: Projection, path_of: PathOf, base_year: int, whole: MetricPath
) -> Iterator[tuple[str, str, MetricPath]]:
    if not isinstance(target, _FROM_BASE):
        return
    for year in OTHER_BASE_YEARS:
        path = path_of(projection, year)
        moved = path.since is None or path.since != whole.since  # a missing year moves nothing
        if year != base_year and moved:
            yield "", f"基期改为{year}年", path


def other_projections(
    history: pd.Series, kind: str, projection: Projection, due_year: int, seed: int
) -> Iterator[tuple[str, str, Projection]]:
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
