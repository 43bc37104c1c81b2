"""Which published figures must go with the sensitive ones, so that nobody can work these out.

A sensitive figure must stay uncertain by the p of the dominance rule on either side, and one
withheld for its sake must not be determined. Among the published figures tied to one that is
not safe, the fewest of the plan's targets, then the fewest and smallest figures, are withheld.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from analytics.data.ledger.attack import Relation, bounds
from analytics.data.ledger.figures import Question
from analytics.data.ledger.values import Value, formulas, is_sum

SIGNED = ("industrial_profit", "industrial_tax", "industrial_profit_tax")
_TOGETHER = 3  # figures tried together before all that are tied are withheld
_DETERMINED = 1e-9  # width of an interval, relative, that leaves nothing open


def relations(question: Question) -> tuple[Relation, ...]:
    """Return every declared sum of published figures, the rests among their parts."""
    sums = [Relation(name, parts) for name, parts in formulas(question) if is_sum(question, name)]
    rests = [
        Relation(rest.whole, (*rest.parts, name)) for name, rest in question.contract.rests.items()
    ]
    return (*sums, *rests)


def published(
    question: Question, known: Mapping[str, Value], hidden: Collection[str]
) -> dict[str, float]:
    """Return the figures of a period that readers see."""
    shown = set(question.contract.indicators) - set(hidden)
    return {name: value.value for name, value in known.items() if name in shown}


@dataclass(frozen=True)
class Audit:
    """One period's figures, and what of them is sensitive by itself."""

    question: Question
    known: Mapping[str, Value]
    primary: frozenset[str]

    @cached_property
    def links(self) -> tuple[Relation, ...]:
        """Return the relations that this period's figures take part in."""
        found = relations(self.question)
        return tuple(one for one in found if self.known.keys() >= set(one.members))

    def repair(self, hidden: frozenset[str]) -> frozenset[str]:
        """Return figures to withhold next; none when everything withheld is safe."""
        tied = {name for one in self.links for name in one.members}
        for name in sorted((hidden | self.primary) & tied, key=lambda one: one not in self.primary):
            if not self.is_safe(name, hidden):
                return self._cheapest(name, hidden)
        return frozenset()

    def is_safe(self, name: str, hidden: frozenset[str]) -> bool:
        """Say whether a withheld figure stays as uncertain as it must."""
        value = self.known[name].value
        if value == 0:
            return True
        seen = published(self.question, self.known, hidden)
        low, high = bounds(name, self.links, seen, SIGNED)
        if name not in self.primary:
            return high - low > _DETERMINED * abs(value)
        room = self.question.disclosure.dominance.p * abs(value)
        return low <= value - room and value + room <= high

    def _cheapest(self, name: str, hidden: frozenset[str]) -> frozenset[str]:
        groups = list(self._groups(name, hidden))
        for size in range(1, _TOGETHER + 1):
            chosen = (frozenset().union(*some) for some in combinations(groups, size))
            for more in sorted(chosen, key=self._cost):
                if self.is_safe(name, hidden | more):
                    return more
        return frozenset().union(*groups)

    def _groups(self, name: str, hidden: frozenset[str]) -> Iterator[frozenset[str]]:
        """Yield the published figures tied to one, the same under two names together."""
        near = {name}
        while (
            more := {one for link in self.links if near & set(link.members) for one in link.members}
            - near
        ):
            near |= more
        left = near & published(self.question, self.known, hidden).keys()
        while left:
            group = self._same_as(min(left))
            left -= group
            yield group - hidden

    def _same_as(self, name: str) -> frozenset[str]:
        same = [set(link.members) for link in self.links if len(link.parts) == 1]
        return frozenset({name}.union(*(members for members in same if name in members)))

    def _cost(self, names: frozenset[str]) -> tuple[int, int, float, list[str]]:
        targets = {target.indicator for target in self.question.catalog.targets.values()}
        size = sum(abs(self.known[name].value) for name in names)
        return len(names & targets), len(names), size, sorted(names)
