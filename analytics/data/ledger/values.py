"""Sums in the ledger's units → values of indicators, with what their protection needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analytics.data.ledger.aggregate import Aggregated
from analytics.data.ledger.contract import Contract
from analytics.data.ledger.figures import Question, Total
from analytics.data.ledger.partitions import Month
from analytics.data.reading.units import convert
from analytics.data.sources.illustrative import combine

LAST = 12


@dataclass(frozen=True)
class Value:
    """One indicator of one period, before anything is withheld."""

    name: str
    year: int
    month: int  # December stands for the year, another month for January to it
    value: float  # in the catalog's unit
    units: int  # enterprises behind it
    total: Total | None = None  # of a declared sum

    @property
    def key(self) -> Month:
        """Return year and month."""
        return self.year, self.month


Values = dict[Month, dict[str, Value]]


def values(found: Aggregated) -> Values:
    """Return the values of every period by indicator; helper sums and rests are among them."""
    question = found.question
    periods: Values = defaultdict(dict)
    for month in found.months:
        for total in month.totals:
            if month.key[1] > 1:  # January is published together with February
                periods[month.key][total.sum_id] = _value(question, total)
        for counted in month.counted:
            one = Value(counted.count_id, *month.key, float(counted.number), counted.number)
            periods[month.key][one.name] = one
    for key, known in periods.items():
        for one in _worked_out(question, known, key):
            known[one.name] = one
    return dict(periods)


def _value(question: Question, total: Total) -> Value:
    contract, indicators = question.contract, question.catalog.indicators
    declared = {**contract.sums, **contract.rests}[total.sum_id]
    unit = contract.columns[declared.measure].unit
    # a helper has no indicator: it stands in the unit of money or land of those beside it
    goal = indicators[total.sum_id].unit if total.sum_id in indicators else _BIG[unit]
    value = convert(total.total, unit, goal)
    return Value(total.sum_id, total.year, total.month, value, total.units, total)


_BIG = {"千元": "亿元", "平方米": "平方公里"}


def _worked_out(question: Question, known: Mapping[str, Value], key: Month) -> Iterator[Value]:
    """Yield ratios and identities; each after those it is made of."""
    have = dict(known)
    for name, parts in formulas(question):
        members = [have.get(part) for part in parts]
        found = [one for one in members if one is not None]
        if len(found) < len(members) or not _divides(question, name, found):
            continue
        numbers = [one.value for one in found]
        identity = question.catalog.indicators[name].identity
        value = (
            numbers[0] / numbers[1]
            if name in question.contract.ratios or identity is None
            else combine(identity, numbers)
        )
        have[name] = Value(name, *key, value, _units(question, name, found))
        yield have[name]


def _units(question: Question, name: str, parts: list[Value]) -> int:
    """Count enterprises: different ones in a sum of one measure, the same ones otherwise."""
    numbers = [part.units for part in parts]
    if not is_sum(question, name):
        return min(numbers)
    declared = question.contract.sums
    measures = {declared[part.name].measure for part in parts if part.name in declared}
    return sum(numbers) if len(measures) == 1 else max(numbers)


def formulas(question: Question) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Return what is worked out from what, parts first."""
    contract, indicators = question.contract, question.catalog.indicators
    for name, ratio in contract.ratios.items():
        yield name, ratio.of
    left = {name: _parts(contract, indicators[name].identity) for name in contract.computed}
    while left:
        ready = [name for name, parts in left.items() if not left.keys() & set(parts)]
        for name in ready:
            yield name, left.pop(name)


def _parts(contract: Contract, identity: object) -> tuple[str, ...]:
    return tuple(getattr(identity, "of", ()))


def is_sum(question: Question, name: str) -> bool:
    """Say whether an indicator is a plain sum of its parts (or the same as its one part)."""
    identity = question.catalog.indicators[name].identity
    return identity is not None and identity.op in ("sum", "same")


def _divides(question: Question, name: str, parts: list[Value]) -> bool:
    identity = question.catalog.indicators[name].identity
    is_ratio = name in question.contract.ratios or (identity is not None and identity.op == "ratio")
    return not is_ratio or parts[1].value != 0
