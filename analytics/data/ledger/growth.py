"""How a sum grew over the same enterprises, and what entering and leaving ones added.

With the sides staying (amounts S now, S₀ a year before), entering (E) and leaving (L):
comparable growth = S/S₀ − 1, and the nominal growth (S + E)/(S₀ + L) − 1 is the sum of
(S − S₀)/(S₀ + L), E/(S₀ + L) and −L/(S₀ + L).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from analytics.catalog.disclosure import Disclosure
from analytics.data.ledger.figures import Side
from analytics.data.ledger.partitions import Month

_NOTHING = Side(0, 0, "", 0, 0, 0, 0)


@dataclass(frozen=True)
class Growth:
    """Growth of one period against the same a year before; fractions."""

    year: int
    month: int
    comparable: float
    staying: float
    entering: float
    leaving: float
    units: int  # enterprises of the smallest side that has any

    @property
    def nominal(self) -> float:
        """Return the growth of the totals."""
        return self.staying + self.entering + self.leaving


def growths(
    sides: Iterable[Side], disclosure: Disclosure, years_withheld: Collection[int]
) -> tuple[list[Growth], list[Month]]:
    """Work out growth by period, and list the periods that are withheld.

    All or nothing: with the totals known, any of the four figures gives the others away, so
    that one side too small or dominated withholds them all. Dominance is judged from the
    largest amount alone, the second taken to be as large.
    """
    periods: dict[Month, dict[str, Side]] = defaultdict(dict)
    for side in sides:
        periods[side.year, side.month][side.side] = side
    found, hidden = [], []
    for (year, month), parts in sorted(periods.items()):
        known_total = not {year, year - 1} & set(years_withheld)
        if month == 1 or parts.get("staying", _NOTHING).amount_before <= 0:
            continue
        if known_total and not any(_tells(side, disclosure) for side in parts.values()):
            found.append(_growth(year, month, parts))
        else:
            hidden.append((year, month))
    return found, hidden


def _growth(year: int, month: int, parts: dict[str, Side]) -> Growth:
    staying = parts["staying"]
    entering, leaving = parts.get("entering", _NOTHING), parts.get("leaving", _NOTHING)
    before = staying.amount_before + leaving.amount_before
    return Growth(
        year=year,
        month=month,
        comparable=staying.amount / staying.amount_before - 1,
        staying=(staying.amount - staying.amount_before) / before,
        entering=entering.amount / before,
        leaving=-leaving.amount_before / before,
        units=min(side.units for side in parts.values()),
    )


def _tells(side: Side, disclosure: Disclosure) -> bool:
    """Say whether a side may be too small or too dominated to be shown."""
    size = max(side.amount, side.amount_before)
    if size == 0:
        return False
    rules = disclosure.dominance
    rest = size - 2 * side.first
    return (
        side.units < disclosure.fewest_enterprises
        or rest < rules.p * side.first
        or 2 * side.first > rules.two_largest * size
    )
