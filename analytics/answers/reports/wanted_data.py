"""What data the targets still lack, for the data owner and for the 2035 page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics import text_zh
from analytics.catalog.load import Catalog
from analytics.domain import COMPUTED, Indicator, RowStatus, Target
from analytics.model.projection.history import History
from analytics.workbench import Workbench, base_year_of

BEFORE_BASE = 4  # years wanted ahead of the base, so that a history has at least five
_FREQUENCY_ZH = {"monthly": "月度", "quarterly": "季度"}


@dataclass(frozen=True, eq=False)
class Want:
    """A yearly series that targets rest on, the years wanted of it, and what there is."""

    history: History
    targets: tuple[Target, ...]
    years: range

    @property
    def indicator(self) -> Indicator:
        """Return the series' indicator."""
        return self.history.indicator

    @property
    def region(self) -> str:
        """Return the region the series is about."""
        return self.history.region

    @cached_property
    def held(self) -> tuple[int, ...]:
        """Wanted years with a real exact value."""
        return self._years_with(invented=False, lower_bound=False)

    @cached_property
    def bounds(self) -> tuple[int, ...]:
        """Wanted years with no more than a lower bound."""
        return self._years_with(invented=False, lower_bound=True)

    @cached_property
    def invented(self) -> tuple[int, ...]:
        """Wanted years whose value is only illustrative."""
        rows = self.history.annual
        return self._among(rows[rows["status"] == RowStatus.ILLUSTRATIVE])

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """Wanted years without any figure."""
        there = set(self._among(self.history.annual))
        return tuple(year for year in self.years if year not in there)

    @property
    def wanted(self) -> tuple[int, ...]:
        """Return every year still to be supplied."""
        return tuple(sorted({*self.missing, *self.invented, *self.bounds}))

    @property
    def exact(self) -> tuple[int, ...]:
        """Return every year with an exact value, illustrative ones included."""
        return tuple(int(year) for year in self.history.values.index)

    @property
    def without_value(self) -> tuple[int, ...]:
        """Return the wanted years without an exact value."""
        there = set(self.exact)
        return tuple(year for year in self.years if year not in there)

    @property
    def bounds_zh(self) -> tuple[str, ...]:
        """Write every lower bound, which is no value, with its confidence."""
        one, rows = self.indicator, self.history.annual
        bounds = rows[rows["lower_bound"]]
        return tuple(
            f"{year}年＞{text_zh.quantity(value, one.unit, one.decimals)}"
            f"（{text_zh.CONFIDENCE_ZH[confidence]}可信度）"
            for year, value, confidence in zip(
                bounds["year"], bounds["value"], bounds["confidence"], strict=True
            )
        )

    def _years_with(self, *, invented: bool, lower_bound: bool) -> tuple[int, ...]:
        rows = self.history.annual
        is_invented = rows["status"] == RowStatus.ILLUSTRATIVE
        return self._among(rows[(is_invented == invented) & (rows["lower_bound"] == lower_bound)])

    def _among(self, rows: pd.DataFrame) -> tuple[int, ...]:
        found = {int(year) for year in rows["year"]}
        return tuple(year for year in self.years if year in found)


def shopping_list(bench: Workbench, catalog: Catalog) -> tuple[Want, ...]:
    """List what the data owner is asked for, the series with most targets first.

    The parts asked for are those of the catalog as declared: the workbench leaves out the
    identities that its illustrative rows would spoil.
    """
    graph = catalog.identities(COMPUTED)
    uses: dict[tuple[str, str], dict[Target, None]] = {}
    for target in bench.catalog.targets.values():
        for name, region in bench.sides(target):
            for leaf in graph.leaves(name):
                uses.setdefault((leaf, region), {})[target] = None
    wants = (_want(bench, *key, tuple(targets)) for key, targets in uses.items())
    lacking = [want for want in wants if want.wanted]
    return tuple(sorted(lacking, key=lambda want: (-len(want.targets), want.targets[0].order)))


def behind(bench: Workbench, targets: Iterable[Target]) -> tuple[Want, ...]:
    """List the series that targets rest on here, both sides of a comparison, each once."""
    graph = bench.catalog.identities(COMPUTED)
    found: dict[tuple[str, str, range], Want] = {}
    for target in targets:
        for name, region in bench.sides(target):
            for leaf in graph.leaves(name):
                want = _want(bench, leaf, region, (target,))
                found.setdefault((leaf, region, want.years), want)
    return tuple(found.values())


def _want(bench: Workbench, name: str, region: str, targets: tuple[Target, ...]) -> Want:
    first = min(map(base_year_of, targets)) - BEFORE_BASE
    years = range(first, bench.release.as_of.year)
    return Want(bench.history(name, region), targets, years)


def shopping_table(wants: Iterable[Want]) -> pd.DataFrame:
    """Write the shopping list as a table for page and download."""
    return pd.DataFrame([_line(want) for want in wants])


def _line(want: Want) -> dict[str, object]:
    item = want.indicator
    return {
        "指标": item.name_zh,
        "指标代码": item.id,
        "地区": want.region,
        "口径": item.scope,
        "价格": item.price_basis,
        "单位": text_zh.unit_zh(item.unit),
        "频率": _FREQUENCY_ZH.get(item.frequency, "年度"),
        "请提供的年份": text_zh.years(want.wanted),
        "其中仅有演示值": text_zh.years(want.invented),
        "其中仅有下限": text_zh.years(want.bounds),
        "已有实际值": text_zh.years(want.held),
        "用于目标（项）": len(want.targets),
        "用于哪些目标": "、".join(dict.fromkeys(t.name_zh for t in want.targets)),
        "指标解释": item.definition_zh,
    }
