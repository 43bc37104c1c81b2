"""What is made of what: the identities between indicators as one graph."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import TopologicalSorter

from analytics.domain import Identity, Indicator


class IdentityGraph:
    """The identities of a set of indicators, from the parts to the wholes.

    Parameters
    ----------
    indicators : the indicators by id; a part may be missing among them.
    ops : kinds of identity that count, all when None.
    """

    def __init__(
        self, indicators: Mapping[str, Indicator], ops: Collection[str] | None = None
    ) -> None:
        self._indicators = indicators
        self._links = {
            name: indicator.identity
            for name, indicator in indicators.items()
            if indicator.identity and (ops is None or indicator.identity.op in ops)
        }

    @cached_property
    def _order(self) -> tuple[str, ...]:
        parts = {name: link.of for name, link in self._links.items()}
        return tuple(TopologicalSorter(parts).static_order())

    def parts_first(self) -> Iterator[tuple[Indicator, Identity]]:
        """Yield each whole with its identity, after the wholes that it is made of.

        Raises
        ------
        graphlib.CycleError
            If identities run in a circle; its second argument lists the indicators in it.
        """
        for name in self._order:
            if name in self._links:
                yield self._indicators[name], self._links[name]

    def parts_of(self, name: str) -> tuple[str, ...]:
        """Return what an indicator is directly made of."""
        return self._links[name].of if name in self._links else ()

    def wholes_of(self, names: Collection[str]) -> set[str]:
        """Return the indicators that are directly made of any of these."""
        return {whole for whole, link in self._links.items() if not set(names).isdisjoint(link.of)}

    def below(self, name: str) -> tuple[str, ...]:
        """Return an indicator and all it is made of, step by step; parts first, itself last."""
        inside = self._reached([name])
        return tuple(one for one in self._order if one in inside) or (name,)

    def leaves(self, name: str) -> tuple[str, ...]:
        """Return what an indicator is made of in the end, itself where it has no parts."""
        found = (leaf for part in self.parts_of(name) for leaf in self.leaves(part))
        return tuple(dict.fromkeys(found)) or (name,)

    def resting_on(self, names: Iterable[str]) -> set[str]:
        """Return these indicators and everything that is made of them, step by step."""
        found = set(names)
        for indicator, link in self.parts_first():
            if not found.isdisjoint(link.of):
                found.add(indicator.id)
        return found

    def _reached(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self.parts_of(name)
        return found
