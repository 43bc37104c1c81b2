"""Does a verdict survive another base year, another method, another window?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from analytics.domain import GrowthTarget, LeadTarget, Reason, Reasons, SumTarget, Target
from analytics.model.judgement.joint import met_draws, why_left_out
from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import Projection

EVEN = 0.5  # from here on a target counts as met
OTHER_BASE_YEARS = (2022, 2024)
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
    path_of: PathOf,
    others: Iterable[tuple[str, str, Projection]],
    *,
    projection: Projection,
    base_year: int,
    is_computed: bool = False,
) -> Robustness:
    """Judge a target again with other base years, methods and windows.

    Parameters
    ----------
    target : Target
    path_of : callable
        Makes the target's measure from a projection of the indicator and a base
        year; everything else, such as the city's side, stays as it is.
    others : iterable of (key, name, projection)
        The indicator by other methods and windows, see :mod:`.other_methods`.
    projection : Projection
        The one the verdict rests on.
    is_computed : bool
        True where the indicator is computed from others by an identity: then its parts
        were projected again.

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
    notes: Reasons = (Reason.LINKED.given(),) if is_computed else ()
    if projection.rung == "monthly" and not is_computed:
        notes += (Reason.YEARLY_ONLY.given(),)
    tried = ((key, name, path_of(other, base_year)) for key, name, other in others)
    other_bases = _other_bases(target, projection, path_of, base_year, whole)
    bases, without = _compare(target, before, other_bases)
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
