"""Rules between indicators: accounting identities of the catalog, and the city's figures."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import KEY
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure
from analytics.data.imports.checks.merged import real
from analytics.data.imports.reader.columns import period_zh
from analytics.domain import JINSHAN, RELATIVE, SHANGHAI, Identity, Indicator, Kind, PeriodKind
from analytics.text_zh import years as years_zh

_TIME = KEY[1:]
_ROUNDING = 0.005  # relative difference that rounding explains
_LEAST = 0.01
_Row = Mapping[Hashable, Any]
_ByName = defaultdict[str, pd.DataFrame]  # rows of each indicator


def check_identities(merged: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Hold imported values against the identities they take part in."""
    rows = real(merged)
    imported = set(rows.loc[rows["imported"], "indicator_id"])
    exact = rows[~rows["lower_bound"].astype(bool)]
    by_name: _ByName = defaultdict(exact.head(0).copy)  # of no rows, and of the same types
    by_name.update((str(name), some) for name, some in exact.groupby("indicator_id", sort=False))
    for indicator in catalog.indicators.values():
        identity = indicator.identity
        check = _CHECKS.get(identity.op) if identity else None
        if not (identity and check and indicator.id in by_name):
            continue
        if {indicator.id, *identity.of} & imported:
            table = _together(by_name, indicator, identity)
            check(table, _Link(indicator, identity, catalog), findings)


@dataclass(frozen=True)
class _Link:
    """A whole, what ties it to its parts, and the parts."""

    whole: Indicator
    identity: Identity
    catalog: Catalog

    @property
    def parts(self) -> list[Indicator]:
        return [self.catalog.indicators[name] for name in self.identity.of]

    @property
    def values(self) -> list[str]:
        """Name the columns of the parts' values."""
        return [f"value_{place}" for place in range(1, len(self.identity.of) + 1)]


def _together(rows: _ByName, indicator: Indicator, identity: Identity) -> pd.DataFrame:
    """Set whole and parts side by side: value_0 the whole, value_1 … the parts."""
    joined = _part(rows, indicator.id, 0)
    for place, name in enumerate(identity.of, start=1):
        joined = joined.merge(_part(rows, name, place), on=_TIME, how="left")
    return joined


def _part(rows: _ByName, name: str, place: int) -> pd.DataFrame:
    part = rows[name][[*_TIME, "value", "entry"]]
    return part.rename(columns={"value": f"value_{place}", "entry": f"entry_{place}"})


def _blamed(row: _Row) -> int:
    """Return the imported row to show the fault at: the whole, else the last part."""
    entries = [int(v) for k, v in row.items() if str(k).startswith("entry_") and pd.notna(v)]
    return entries[0] if entries[0] >= 0 else max(entries)


def _report(
    found: pd.DataFrame, rule: rules.Rule, say: Callable[[_Row], str], findings: Findings
) -> None:
    for row in found.to_dict("records"):
        entry = _blamed(row)
        if entry >= 0:
            findings.add(
                entry, rule, f"{period_zh(row['period_kind'], row['period_end'])}{say(row)}"
            )


def _named(indicator: Indicator, value: float) -> str:
    return f"{indicator.name_zh}{figure(value, indicator.unit)}"


def _at_least(table: pd.DataFrame, link: _Link, findings: Findings) -> None:
    (part,) = link.parts
    _report(
        table[table["value_0"] < table["value_1"]],
        rules.TERRITORIAL,
        lambda row: f"{_named(link.whole, row['value_0'])}小于{_named(part, row['value_1'])}",
        findings,
    )


def _sum(table: pd.DataFrame, link: _Link, findings: Findings) -> None:
    values = table[link.values]
    total, complete = values.sum(axis=1), values.notna().all(axis=1)
    slack = (table["value_0"].abs() * _ROUNDING).clip(lower=_LEAST)
    non_negative = all(part.lower == 0 for part in link.parts)
    off = complete & ((total - table["value_0"]).abs() > slack)
    over = ~complete & (total - table["value_0"] > slack) & non_negative
    said = "分项合计" if len(link.parts) > 1 else "分项"
    _report(
        table.assign(total=total)[off | over],
        rules.PARTS,
        lambda row: (
            f"{_named(link.whole, row['value_0'])}，{said}{figure(row['total'], link.whole.unit)}"
        ),
        findings,
    )


def _same(table: pd.DataFrame, link: _Link, findings: Findings) -> None:
    (other,) = link.parts
    off = (table["value_0"] - table["value_1"]).abs() > table["value_1"].abs() * _ROUNDING
    _report(
        table[off],
        rules.SAME,
        lambda row: f"{_named(link.whole, row['value_0'])}，{_named(other, row['value_1'])}",
        findings,
    )


def _ratio(table: pd.DataFrame, link: _Link, findings: Findings) -> None:
    above, below = link.parts
    computed = table["value_1"] / table["value_2"]
    off = (table["value_0"] - computed).abs() > computed.abs() * 0.02 + 1e-4
    _report(
        table.assign(computed=computed)[off & computed.abs().lt(float("inf"))],
        rules.RATIO,
        lambda row: (
            f"{link.whole.name_zh}按分子分母计算为"
            f"{figure(round(row['computed'], 6), link.whole.unit)}，"
            f"填的是{figure(row['value_0'], link.whole.unit)}"
        ),
        findings,
    )
    if link.whole.kind is Kind.SHARE:
        _report(
            table[table["value_1"] > table["value_2"]],
            rules.PART_OVER,
            lambda row: f"{_named(above, row['value_1'])}大于{_named(below, row['value_2'])}",
            findings,
        )


def _threshold(table: pd.DataFrame, link: _Link, findings: Findings) -> None:
    values = table[link.values]
    count = (values >= link.identity.counted_from).sum(axis=1)
    off = values.notna().all(axis=1) & (count != table["value_0"])
    _report(
        table.assign(count=count)[off],
        rules.THRESHOLD,
        lambda row: f"{link.whole.name_zh}填{row['value_0']:g}，按分项为{row['count']}",
        findings,
    )


_CHECKS: dict[str, Callable[[pd.DataFrame, _Link, Findings], None]] = {
    "at_least": _at_least,
    "sum": _sum,
    "same": _same,
    "ratio": _ratio,
    "count_over_threshold": _threshold,
}


def check_comparators(merged: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Note imported years of targets against the city for which the city's figure is missing."""
    yearly = real(merged)[lambda rows: rows["period_kind"] == PeriodKind.YEAR]
    wanted = {t.indicator for t in catalog.targets.values() if t.measure in RELATIVE}
    city = yearly[yearly["region"] == SHANGHAI]
    for name in sorted(wanted.intersection(yearly.loc[yearly["imported"], "indicator_id"])):
        counterpart = catalog.indicators[name].city_counterpart
        ours = yearly[
            yearly["imported"] & (yearly["indicator_id"] == name) & (yearly["region"] == JINSHAN)
        ]
        known = set(city.loc[city["indicator_id"] == counterpart, "year"])
        missing = ours[~ours["year"].isin(known)]
        if counterpart and len(missing):
            said = (
                f"缺{years_zh(missing['year'].tolist())}的{catalog.indicators[counterpart].name_zh}"
            )
            findings.add(int(missing["entry"].iloc[0]), rules.CITY, said)
