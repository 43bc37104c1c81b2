"""The lever value at which one target is just met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import Margin, margin
from analytics.domain import Lever, Measure, Reason, ReasonGiven
from analytics.model.judgement.crossing import crossing
from analytics.model.scenarios.levers import snapped
from analytics.model.scenarios.settings_zh import bound_zh
from analytics.workbench import Workbench

EXACT = 1e-12  # of the lever's range, where the search stops


@dataclass(frozen=True)
class Solution:
    """A lever's value for a target, in code units; None where ``reason`` says why.

    ``value`` is exact, ``on_step`` the nearest position of the slider that
    meets the target. ``residual`` is criterion less threshold over threshold
    at ``value``; for a count it is the width of the bracket in which the count
    jumps. Where the bounds do not suffice, ``value`` is the bound that helps
    most, ``reached`` is false and ``bound`` names it.
    """

    target_id: str
    lever_id: str
    probability: float | None
    value: float | None = None
    on_step: float | None = None
    residual: float | None = None
    reached: bool = False
    bound: str = ""
    reason: ReasonGiven | None = None


def goal_seek(
    bench: Workbench,
    settings: Mapping[str, float],
    target_id: str,
    lever_id: str,
    *,
    probability: float | None = None,
) -> Solution:
    """Find the value of one lever at which a target is just met, the others as set.

    Parameters
    ----------
    bench : Workbench
    settings : mapping
        The scenario; what it says of ``lever_id`` does not matter.
    target_id, lever_id : str
    probability : float, optional
        Share of draws (0–1) that must meet the target; by default the median must.

    Notes
    -----
    Every lever moves every draw one way only, so the criterion is monotone and
    Brent's method (``scipy.optimize.brentq``) finds its one crossing.
    """
    lever = bench.catalog.levers[lever_id]
    others = {name: value for name, value in settings.items() if name != lever_id}
    found = margin(bench, others, target_id, probability)
    asked = Solution(target_id, lever_id, probability)
    if isinstance(found, ReasonGiven):
        return replace(asked, reason=found)
    if lever_id not in influences(bench, found.target):
        return replace(asked, reason=_out_of_reach(lever, found))
    return _solved(asked, found, lever)


def _out_of_reach(lever: Lever, found: Margin) -> ReasonGiven:
    due = found.target.due_year
    if lever.first_year > due:
        return Reason.LEVER_TOO_LATE.given(first=lever.first_year, due=due)
    return Reason.LEVER_ELSEWHERE.given()


def _solved(asked: Solution, found: Margin, lever: Lever) -> Solution:
    def excess(value: float) -> float:
        return found.excess({lever.id: value})

    def met(value: float) -> bool:
        return found.met({lever.id: value})

    low, high = excess(lever.minimum), excess(lever.maximum)
    if low == high:
        return replace(asked, reason=Reason.LEVER_WITHOUT_EFFECT.given())
    best, worst = (lever.maximum, lever.minimum) if high > low else (lever.minimum, lever.maximum)
    if max(low, high) < 0 or not met(best):
        return _at_bound(asked, found, lever, best, reached=False)
    if min(low, high) >= 0 and met(worst):
        return _at_bound(asked, found, lever, worst, reached=True)
    if found.target.measure is Measure.COUNT_OVER_THRESHOLD:
        value, residual = _jump(met, worst, best)
    else:
        value = _crossing(excess, lever.minimum, lever.maximum)
        residual = excess(value)
    return replace(
        asked,
        value=value,
        on_step=on_step(lever, value, best, met),
        residual=residual,
        reached=True,
    )


def _at_bound(
    asked: Solution, found: Margin, lever: Lever, value: float, *, reached: bool
) -> Solution:
    name = bound_zh(found.bench.catalog, lever, value)
    code = Reason.BOUND_MEETS if reached else Reason.BOUND_BINDS
    return replace(
        asked,
        value=value,
        on_step=value,
        residual=found.excess({lever.id: value}),
        reached=reached,
        bound=name,
        reason=code.given(bound=name),
    )


def _crossing(excess: Callable[[float], float], low: float, high: float) -> float:
    return crossing(excess, low, high, close=EXACT * (high - low))


def _jump(met: Callable[[float], bool], worst: float, best: float) -> tuple[float, float]:
    """Bisect to where a count begins to suffice; return the meeting side and the width."""
    width = abs(best - worst) * 1e-9
    while abs(best - worst) > width:
        middle = (best + worst) / 2
        best, worst = (middle, worst) if met(middle) else (best, middle)
    return best, abs(best - worst)


def on_step(lever: Lever, value: float, best: float, met: Callable[[float], bool]) -> float:
    """Return the position nearest to ``value`` on its helpful side that meets the target."""
    towards = np.sign(best - value) or np.sign(best)
    near = snapped(lever, value)
    for steps in (-1, 0, 1):
        candidate = snapped(lever, near + steps * towards * lever.step)
        if (candidate - value) * towards >= -1e-9 * lever.step and met(candidate):
            return candidate
    return best
