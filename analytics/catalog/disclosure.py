"""What may not be shown although it could be computed: ``data/catalog/disclosure.toml``."""

import re
from pathlib import Path

from analytics.catalog.toml import FOLDER, read, record
from analytics.domain import Frozen

FILE = "disclosure.toml"
_COUNTED = re.compile(r"企业(?:数|户数|家数)\s*[:：为]?\s*(\d+)")


class Pair(Frozen):
    """Two aggregates whose difference singles out one enterprise."""

    whole: str
    part: str
    reason_zh: str


class Dominance(Frozen):
    """When the largest enterprises say too much of a sum: the (2, k) and the p% rule.

    Shares are fractions; both rules as in Hundepool et al., Statistical Disclosure Control
    (Wiley, 2012), chapter 4. The values are this project's, for each office to set.
    """

    two_largest: float
    p: float


class Disclosure(Frozen):
    """The rules, as declared."""

    fewest_enterprises: int
    basis_zh: str
    pairs: tuple[Pair, ...]
    dominance: Dominance

    def notes_on(self, indicator_id: str) -> tuple[str, ...]:
        """Return what must be said beside an indicator."""
        pairs = [pair for pair in self.pairs if indicator_id in (pair.whole, pair.part)]
        return tuple(f"{pair.reason_zh}；两数分别列示，不列示差额" for pair in pairs)

    def withheld(self, note: str) -> str:
        """Return why a value may not be published, by what its note says; empty when it may."""
        counts = [int(digits) for digits in _COUNTED.findall(note)]
        if counts and min(counts) < self.fewest_enterprises:
            return f"涉及企业不足{self.fewest_enterprises}家，按披露规则不予发布"
        return ""


def load_disclosure(root: Path) -> Disclosure:
    """Read the rules; raise CatalogError naming file and key."""
    return record(Disclosure, FILE, "", read(root / FOLDER, FILE))
