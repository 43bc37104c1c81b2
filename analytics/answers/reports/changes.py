"""What differs between two releases: numbers and verdicts."""

from dataclasses import dataclass

import pandas as pd

from analytics.domain import RowStatus
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import Workbench

KEY = ["indicator_id", "region", "period_kind", "period_start", "period_end"]
NEW, REVISED, GONE, NATURE = "新增", "改动", "撤下", "性质改变"
_ORDER = {word: place for place, word in enumerate((REVISED, NEW, NATURE, GONE))}
_POINT = 0.01  # about the sampling error of a probability
_SAME = 1e-9  # relative difference below which two values are one


@dataclass(frozen=True, eq=False)
class Changes:
    """Values and verdicts that are not the same in two releases."""

    values: pd.DataFrame  # KEY, old_value, value, old_status, status, change
    verdicts: tuple[tuple[Assessment, Assessment], ...]  # before and after

    @property
    def uses_illustration(self) -> bool:
        """Tell whether any number on either side is illustrative."""
        sides = (self.values["old_status"], self.values["status"])
        return any((side == RowStatus.ILLUSTRATIVE).any() for side in sides)

    def count(self, change: str) -> int:
        """Return how many values changed in this way."""
        return int((self.values["change"] == change).sum())


def compare(old: Workbench, new: Workbench) -> Changes:
    """Compare the preferred values of two releases, and the verdicts that rest on them."""
    before, after = (bench.view({}).verdicts() for bench in (old, new))
    pairs = [(before[name], item) for name, item in after.items() if name in before]
    return Changes(
        values=changed_values(
            old.store.query("preferred_values"), new.store.query("preferred_values")
        ),
        verdicts=tuple(pair for pair in pairs if _differs(*pair)),
    )


def _differs(old: Assessment, new: Assessment) -> bool:
    """Tell whether a reader would see a difference; a probability moves by a point or more."""
    seen = [(item.verdict, item.latest, item.latest_status) for item in (old, new)]
    if old.probability is None or new.probability is None:
        return old.probability is not new.probability or seen[0] != seen[1]
    return abs(new.probability - old.probability) >= _POINT or seen[0] != seen[1]


def changed_values(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return every key whose preferred value or nature is not the same, and how."""
    columns = [*KEY, "value", "status"]
    both = old[columns].merge(new[columns], on=KEY, how="outer", suffixes=("_old", ""))
    both = both.rename(columns={"value_old": "old_value", "status_old": "old_status"})
    gap = (both["value"] - both["old_value"]).abs() > _SAME * both["old_value"].abs()
    change = pd.Series("", index=both.index)
    change[both["status"] != both["old_status"]] = NATURE
    change[gap] = REVISED
    change[both["old_value"].isna()] = NEW
    change[both["value"].isna()] = GONE
    found = both.assign(change=change, _order=change.map(_ORDER))[change != ""]
    found = found.sort_values("_order", kind="stable", ignore_index=True)
    return found.drop(columns="_order")
