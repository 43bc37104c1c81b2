"""What a release holds of each indicator, year by year, and what its targets still lack."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics import text_zh
from analytics.catalog.load import Catalog
from analytics.domain import COMPUTED, Indicator, RowStatus, Target
from analytics.model.projection.history import History
from analytics.workbench import Workbench, base_year_of

BEFORE_BASE = 4  # years wanted ahead of the base, so that a history has at least five
BOUND, MONTHS = "下限", "仅月度"
NATURES = (*(text_zh.NATURE_ZH[status] for status in RowStatus), BOUND, MONTHS)
COLUMNS = ("indicator_id", "name", "year", "nature", "mark", "value")


@dataclass(frozen=True, eq=False)
class CoverageFigure:
    """What the heat map shows: the same for page and export."""

    frame: pd.DataFrame
    names: tuple[str, ...]  # rows, in their order
    title: str
    takeaway: str
    demo: bool


READING = "空白为没有年度数据；“仅月度”为只有月度或累计值；“下限”为只公布“超过、突破”"


def coverage_figure(
    bench: Workbench, group: str, indicator_ids: Sequence[str], years: Sequence[int]
) -> CoverageFigure:
    """Lay out the heat map of a group of indicators."""
    frame = coverage(bench, indicator_ids, years)
    names = tuple(dict.fromkeys(bench.catalog.indicators[name].name_zh for name in indicator_ids))
    held = frame["indicator_id"].nunique()
    return CoverageFigure(
        frame=frame,
        names=names,
        title=f"{group}：各年数据的性质",
        takeaway=f"{group}的{len(names)}个指标中，{held}个在{years[0]}年以来有数据。",
        demo=bool((frame["nature"] == text_zh.NATURE_ZH[RowStatus.ILLUSTRATIVE]).any()),
    )


def coverage(bench: Workbench, indicator_ids: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Lay out one row per indicator and year that holds anything, in the region it is about.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``; ``mark`` is the first character of the nature, ``value`` the
        figure in words.
    """
    rows = [
        {"indicator_id": name, "name": bench.catalog.indicators[name].name_zh, **cell}
        for name in indicator_ids
        for cell in _cells(bench.history(name, bench.catalog.indicators[name].home_region), years)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _cells(history: History, years: Sequence[int]) -> Iterator[dict]:
    monthly = {int(year): rows for year, rows in history.monthly.groupby("year")}
    annual = {int(row.year): row for row in history.annual.itertuples()}
    for year in years:
        if year in annual:
            row = annual[year]
            nature = BOUND if row.lower_bound else text_zh.NATURE_ZH[RowStatus(row.status)]
            value = _value(history.indicator, row.value, row.lower_bound)
            yield {"year": year, "nature": nature, "mark": nature[0], "value": value}
        elif year in monthly:
            rows = monthly[year]
            invented = (rows["status"] == RowStatus.ILLUSTRATIVE).all()
            nature = text_zh.NATURE_ZH[RowStatus.ILLUSTRATIVE] if invented else MONTHS
            yield {"year": year, "nature": nature, "mark": "月", "value": f"{len(rows)}个月度值"}


def _value(indicator: Indicator, value: float, lower_bound: bool) -> str:
    sign = "＞" if lower_bound else ""
    return sign + text_zh.quantity(float(value), indicator.unit, indicator.decimals)


@dataclass(frozen=True)
class Want:
    """A yearly series that a target rests on, and what is missing of it."""

    indicator: Indicator
    region: str
    targets: tuple[Target, ...]
    held: tuple[int, ...]  # real exact values
    missing: tuple[int, ...]
    invented: tuple[int, ...]  # only illustrative
    bounds: tuple[int, ...]  # only a lower bound
    months: int  # real monthly rows

    @property
    def wanted(self) -> tuple[int, ...]:
        """Return every year still to be supplied."""
        return tuple(sorted({*self.missing, *self.invented, *self.bounds}))


def shopping_list(bench: Workbench, catalog: Catalog) -> tuple[Want, ...]:
    """List what the data owner is asked for, the series with most targets first.

    The parts asked for are those of the catalog as declared: the workbench leaves out the
    identities that its illustrative rows would spoil.
    """
    graph = catalog.identities(COMPUTED)
    uses: dict[tuple[str, str], list[Target]] = {}
    for target in bench.catalog.targets.values():
        for name, region in bench.sides(target):
            for leaf in graph.leaves(name):
                uses.setdefault((leaf, region), []).append(target)
    wants = (_want(bench, *key, targets) for key, targets in uses.items())
    lacking = [want for want in wants if want.wanted]
    return tuple(sorted(lacking, key=lambda want: (-len(want.targets), want.targets[0].order)))


def _want(bench: Workbench, name: str, region: str, targets: Iterable[Target]) -> Want:
    history, found = bench.history(name, region), tuple(dict.fromkeys(targets))
    years = range(min(map(base_year_of, found)) - BEFORE_BASE, bench.release.as_of.year)
    rows = {int(row.year): row for row in history.annual.itertuples()}
    held, bounds, invented = [], [], []
    for year in years:
        if year in rows:
            row = rows[year]
            kind = bounds if row.lower_bound else held
            (invented if row.status == RowStatus.ILLUSTRATIVE else kind).append(year)
    real = history.monthly["status"] != RowStatus.ILLUSTRATIVE
    return Want(
        indicator=history.indicator,
        region=region,
        targets=found,
        held=tuple(held),
        missing=tuple(year for year in years if year not in rows),
        invented=tuple(invented),
        bounds=tuple(bounds),
        months=int(real.sum()),
    )


def shopping_table(wants: Iterable[Want]) -> pd.DataFrame:
    """Write the shopping list as a table for page and download."""
    return pd.DataFrame([_line(want) for want in wants])


def _line(want: Want) -> dict[str, object]:
    item, frequency = want.indicator, {"monthly": "月度", "quarterly": "季度"}
    return {
        "指标": item.name_zh,
        "指标代码": item.id,
        "地区": want.region,
        "口径": item.scope,
        "价格": item.price_basis,
        "单位": text_zh.unit_zh(item.unit),
        "频率": frequency.get(item.frequency, "年度"),
        "请提供的年份": text_zh.years(want.wanted),
        "其中仅有演示值": text_zh.years(want.invented),
        "其中仅有下限": text_zh.years(want.bounds),
        "已有实际值": text_zh.years(want.held),
        "用于目标（项）": len(want.targets),
        "用于哪些目标": "、".join(dict.fromkeys(t.name_zh for t in want.targets)),
        "指标解释": item.definition_zh,
    }
