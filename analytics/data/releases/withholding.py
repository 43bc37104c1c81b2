"""Which imported figures stay out of a release: those that may not be shown, and those that tell.

What is withheld in one period of a year is withheld in all of them, and an earlier version of
it with it. Where everything else of an identity can be seen, one more imported figure goes, so
that the withheld one cannot be worked out. What others have published is public already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analytics.catalog.disclosure import Disclosure
from analytics.catalog.load import Catalog
from analytics.data.imports.batch import KEY
from analytics.domain import COMPUTED

Row = dict[str, Any]
Series = tuple[str, str, int]  # indicator, region, year
SAME_YEAR = "同一指标当年有不予列示的数，按披露规则一并不列示"
SECOND = "可推算出不予列示的数，按披露规则一并不列示"


def withheld(
    imported: Sequence[Row], published: Sequence[Row], catalog: Catalog, rules: Disclosure
) -> dict[int, str]:
    """Return why imported rows may not be shown, by their place.

    Parameters
    ----------
    published : what others have published; it is seen whatever is withheld here.
    """
    own = {n: why for n, row in enumerate(imported) if (why := rules.withheld(row["note"]))}
    audit = _Audit(imported, published, catalog)
    for place in own:
        audit.hidden[_series(imported[place])] = SAME_YEAR
    while more := audit.telling():
        audit.hidden[more] = SECOND
    return {
        n: own.get(n, audit.hidden[_series(row)])
        for n, row in enumerate(imported)
        if _series(row) in audit.hidden
    }


@dataclass
class _Audit:
    """What a reader sees, and what that lets him work out."""

    imported: Sequence[Row]
    published: Sequence[Row]
    catalog: Catalog
    hidden: dict[Series, str] = field(default_factory=dict)

    @cached_property
    def _values(self) -> dict[tuple[Any, ...], float]:
        return {_key(row): row["value"] for row in self.imported}

    @cached_property
    def _public(self) -> set[tuple[Any, ...]]:
        return {_key(row) for row in self.published}

    @cached_property
    def _relations(self) -> tuple[tuple[str, ...], ...]:
        links = self.catalog.identities(COMPUTED).parts_first()
        return tuple((whole.id, *link.of) for whole, link in links)

    def telling(self) -> Series | None:
        """Return a figure that, with all others of an identity, tells one that is hidden."""
        for key in self._hidden_keys():
            for relation in self._relations:
                if key[0] not in relation:
                    continue
                others = [(name, *key[1:]) for name in relation if name != key[0]]
                if all(self._is_seen(other) for other in others):
                    ours = [other for other in others if other not in self._public]
                    if ours:
                        return self._series_of(min(ours, key=self._cost))
        return None

    def _hidden_keys(self) -> Iterator[tuple[Any, ...]]:
        return (key for key in self._values if self._series_of(key) in self.hidden)

    def _is_seen(self, key: tuple[Any, ...]) -> bool:
        if key in self._public:
            return True
        return key in self._values and self._series_of(key) not in self.hidden

    def _series_of(self, key: tuple[Any, ...]) -> Series:
        name, region, _, _, end = key
        return name, region, end.year

    def _cost(self, key: tuple[Any, ...]) -> tuple[bool, float, str]:
        """Rank what is withheld first: not what the plan aims at, then what is smallest."""
        aimed_at = {target.indicator for target in self.catalog.targets.values()}
        return key[0] in aimed_at, abs(self._values[key]), key[0]


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _series(row: Row) -> Series:
    return row["indicator_id"], row["region"], row["period_end"].year
