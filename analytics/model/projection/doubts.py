"""What looks wrong in a history: found here, said in ``text_zh``, acted on by the engine."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.domain import Reason, ReasonGiven, Reasons

_UNIT_JUMP = 1000.0  # a factor no economy shows in a year, 万元/亿元 is 10⁴
_SLIP = (7.0, 14.0)  # around ten: a digit too many or too few
_ALIKE = 2.0  # neighbours within this factor frame a slip between them
_CALM = 3.0  # no earlier step of a calm history exceeds this factor
_FEWEST_CALM = 3
_FEWEST_FOR_BREAK = 6
_BREAK_Z = 5.0  # robust z of a step
_BREAK_SIZE = 0.2  # log points away from the usual step
_QUIETEST = 0.03  # log points: smaller scatter is rounding or smoothing
_REBOUND_Z = 2.5  # a neighbouring step so far the other way: a shock, not a break
_LARGEST_GROWTH = 50.0  # percent
_DWARFED = 20.0  # a growth rate is this much smaller than the level it stands in
_FEWEST_COUNTED = 20.0  # below this counts jump tenfold by chance
# What the calibrated widths lacked after a break on the calibration series (the 80 %
# quantile of error over bound, years 1-4 averaged): 373 newest steps, 1656 earlier ones.
_WIDER_AFTER_NEW_BREAK = 1.25
_WIDER_AFTER_OLD_BREAK = 1.1
_LEVELS = ("level", "flow", "ratio", "index", "stock")


class DoubtKind(StrEnum):
    """What is suspected."""

    UNIT_JUMP = "unit_jump"  # a thousandfold step
    TENFOLD_INSIDE = "tenfold_inside"
    TENFOLD_AT_END = "tenfold_at_end"
    LEVEL_BREAK = "level_break"
    ZERO = "zero"  # a single zero among positive values
    GROWTH_IN_LEVEL = "growth_in_level"  # a growth rate typed where a level belongs
    PERCENT_FOR_FRACTION = "percent_for_fraction"


class Effect(StrEnum):
    """What the engine does about it."""

    WITHHOLDS = "until_checked"  # no probability until it is checked
    LEFT_OUT = "left_out"  # taken as a missing year, which widens
    WIDENS = "widens"  # kept, with a wider spread


@dataclass(frozen=True)
class Doubt:
    """One suspicion about one year: the facts, no sentence."""

    kind: DoubtKind
    effect: Effect
    year: int
    value: float  # as published, in the indicator's unit


def find_doubts(history: pd.Series, kind: str, upper: float = 1.0) -> tuple[Doubt, ...]:
    """Return what looks wrong in a history, at most one doubt a year, by year.

    Parameters
    ----------
    history : Series
        Observed values by ascending year, without missing ones.
    kind : str
        As for :func:`analytics.model.projection.project`.
    upper : float
        Upper bound of a share: percent is suspected only in fractions.
    """
    if len(history) < 2:
        return ()
    found = _unit_jumps(history)
    if kind == "share":
        found += _percent(history) if upper == 1.0 else ()
    else:
        found += _single_values(history, kind)
    if kind in _LEVELS and not found:
        found += _level_break(history)
    by_year = {doubt.year: doubt for doubt in reversed(found)}
    return tuple(by_year[year] for year in sorted(by_year))


def without_doubtful(history: pd.Series, doubts: tuple[Doubt, ...]) -> pd.Series:
    """Return the history without the values that are taken as missing."""
    return history.drop([doubt.year for doubt in doubts if doubt.effect is Effect.LEFT_OUT])


def reasons(doubts: tuple[Doubt, ...]) -> Reasons:
    """Return doubts as reasons, the years of one kind and one effect in one reason."""
    alike = dict.fromkeys((doubt.kind, doubt.effect) for doubt in doubts)
    return tuple(_reason(doubts, kind, effect) for kind, effect in alike)


def _reason(doubts: tuple[Doubt, ...], kind: DoubtKind, effect: Effect) -> ReasonGiven:
    alike = [doubt for doubt in doubts if (doubt.kind, doubt.effect) == (kind, effect)]
    return Reason(kind.value).given(
        years=tuple(doubt.year for doubt in alike),
        values=tuple(doubt.value for doubt in alike),
        because=Reason(effect.value).given(),
    )


def withheld(doubts: tuple[Doubt, ...]) -> bool:
    """Tell whether a doubt forbids a probability."""
    return any(doubt.effect is Effect.WITHHOLDS for doubt in doubts)


def widening(doubts: tuple[Doubt, ...], last_year: int) -> float:
    """Return what the spread is multiplied by: most where the newest step is the break."""
    years = [doubt.year for doubt in doubts if doubt.effect is Effect.WIDENS]
    if not years:
        return 1.0
    return _WIDER_AFTER_NEW_BREAK if last_year in years else _WIDER_AFTER_OLD_BREAK


def _doubt(history: pd.Series, at: int, kind: DoubtKind, effect: Effect) -> Doubt:
    return Doubt(kind, effect, int(history.index[at]), float(history.iloc[at]))


def _unit_jumps(history: pd.Series) -> tuple[Doubt, ...]:
    sizes = np.abs(history.to_numpy())
    low, high = np.minimum(sizes[:-1], sizes[1:]), np.maximum(sizes[:-1], sizes[1:])
    jumped = np.flatnonzero((low > 0) & (low <= high / _UNIT_JUMP)) + 1
    kind, effect = DoubtKind.UNIT_JUMP, Effect.WITHHOLDS
    return tuple(_doubt(history, int(at), kind, effect) for at in jumped)


def _single_values(history: pd.Series, kind: str) -> tuple[Doubt, ...]:
    """Look at every value but the first beside its neighbours."""
    values = history.to_numpy()
    found: tuple[Doubt, ...] = ()
    for at in range(1, len(values)):
        last = at == len(values) - 1
        if kind in _LEVELS and _is_lone_zero(values, at):
            suspected = DoubtKind.ZERO
        elif kind in _LEVELS and _is_growth(values, at):
            suspected = DoubtKind.GROWTH_IN_LEVEL
        elif _is_slip(values, at) and (kind != "count" or np.median(values) >= _FEWEST_COUNTED):
            suspected = DoubtKind.TENFOLD_AT_END if last else DoubtKind.TENFOLD_INSIDE
        else:
            continue
        effect = Effect.WITHHOLDS if last else Effect.LEFT_OUT
        found += (_doubt(history, at, suspected, effect),)
    return found


def _neighbours(values: np.ndarray, at: int) -> np.ndarray:
    return values[[at - 1]] if at == len(values) - 1 else values[[at - 1, at + 1]]


def _alike(values: np.ndarray) -> bool:
    return bool(values.min() > 0 and values.max() / _ALIKE <= values.min())


def _is_calm(values: np.ndarray) -> bool:
    """Tell whether a history of positive values never moved much in a year."""
    if len(values) < _FEWEST_CALM or (values <= 0).any():
        return False
    return bool(np.abs(np.diff(np.log(values))).max() <= np.log(_CALM))


def _is_slip(values: np.ndarray, at: int) -> bool:
    beside = _neighbours(values, at)
    if values[at] <= 0 or not _alike(beside):
        return False
    if at == len(values) - 1 and not _is_calm(values[:at]):
        return False
    away = np.log(values[at]) - np.log(beside)
    same_way = (away > 0).all() or (away < 0).all()
    low, high = np.log(_SLIP)
    return bool(same_way and (low <= np.abs(away)).all() and (np.abs(away) <= high).all())


def _is_lone_zero(values: np.ndarray, at: int) -> bool:
    others = np.delete(values, at)
    return bool(values[at] == 0 and (others > 0).all() and _is_calm(others))


def _is_growth(values: np.ndarray, at: int) -> bool:
    beside = _neighbours(values, at)
    size = abs(values[at])
    if not 0 < size <= _LARGEST_GROWTH or not _alike(beside):
        return False
    calm = _is_calm(np.delete(values, at))
    return bool(calm and beside.min() >= _DWARFED * max(size, 1.0))


def _percent(history: pd.Series) -> tuple[Doubt, ...]:
    values = history.to_numpy()
    inside = values[(values > 0) & (values <= 1)]
    found: tuple[Doubt, ...] = ()
    for at in np.flatnonzero((values > 1) & (values <= 100)):
        alike = not len(inside) or _alike(np.array([values[at] / 100.0, np.median(inside)]))
        left_out = len(inside) > 0 and 0 < at < len(values) - 1
        effect = Effect.LEFT_OUT if left_out else Effect.WITHHOLDS
        if alike:
            found += (_doubt(history, int(at), DoubtKind.PERCENT_FOR_FRACTION, effect),)
    return found


def _level_break(history: pd.Series) -> tuple[Doubt, ...]:
    """Find the one step that stands far outside the others and is not undone."""
    at = _break_at(history.to_numpy())
    if at is None:
        return ()
    return (_doubt(history, at, DoubtKind.LEVEL_BREAK, Effect.WIDENS),)


def _break_at(values: np.ndarray) -> int | None:
    """Return the position of the first value after a break, None where there is none."""
    if len(values) < _FEWEST_FOR_BREAK or (values <= 0).any():
        return None
    steps = np.diff(np.log(values))
    usual = np.median(steps)
    largest = int(np.argmax(np.abs(steps - usual)))
    others = np.delete(steps, largest)
    center = np.median(others)
    scatter = max(1.4826 * float(np.median(np.abs(others - center))), _QUIETEST)
    z = (steps - center) / scatter
    away = abs(steps[largest] - center)
    if abs(z[largest]) < _BREAK_Z or away < _BREAK_SIZE:
        return None
    beside = np.delete(z[max(largest - 1, 0) : largest + 2], min(largest, 1))
    undone = (beside * -np.sign(z[largest]) >= _REBOUND_Z).any()
    return None if undone else largest + 1
