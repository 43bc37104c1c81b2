"""What imported figures replace, and what follows from them.

An illustrative series goes when the district's own figures of that indicator arrive, and with
it every illustrative series that was computed from it or bounded by it: an invented figure and
a real one never stand in one sum. Where all parts of an identity are real and one of them was
imported, the whole is worked out from them, year by year, and marked 推算.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.sources.illustrative import combine
from analytics.data.sources.vintages import number_vintages
from analytics.domain import (
    COMPUTED,
    JINSHAN,
    Confidence,
    Identity,
    Indicator,
    PeriodKind,
    RowStatus,
)

Row = dict[str, Any]
_REPLACED = (PeriodKind.YEAR, PeriodKind.CUMULATIVE, PeriodKind.MONTH, PeriodKind.POINT)
_BOUND = (*COMPUTED, "at_least")
_GRADES = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def imported_indicators(observations: Iterable[Mapping[Any, Any]]) -> set[str]:
    """List the indicators the district has handed in outcomes of."""
    return {
        row["indicator_id"]
        for row in observations
        if row["status"] == RowStatus.SUBMITTED
        and row["region"] == JINSHAN
        and row["period_kind"] in _REPLACED
    }


def replaced(imported: set[str], catalog: Catalog) -> set[str]:
    """List the indicators whose illustrative series go: the imported and what rests on them."""
    return catalog.identities(_BOUND).resting_on(imported)


def derived_rows(observations: list[Row], catalog: Catalog) -> list[Row]:
    """Work out the yearly figures that imported figures determine; parts before wholes."""
    imported = imported_indicators(observations)
    if not imported:
        return []
    known = _yearly(observations)
    rows: list[Row] = []
    for indicator, link in catalog.identities(COMPUTED).parts_first():
        if indicator.id in imported:
            continue
        for year, parts in _complete_years(link, known):
            if year not in known.get(indicator.id, {}):
                row = _derived(indicator, link, year, parts, catalog)
                known.setdefault(indicator.id, {})[year] = row
                rows.append(row)
    return rows


def _yearly(observations: list[Row]) -> dict[str, dict[int, Row]]:
    """Return the preferred yearly row of the district, by indicator and year."""
    yearly = [
        row
        for row in observations
        if row["region"] == JINSHAN and row["period_kind"] == PeriodKind.YEAR
    ]
    frame = number_vintages(pd.DataFrame(yearly))
    usable = frame[(frame["vintage"] == 1) & ~frame["lower_bound"]]
    known: dict[str, dict[int, Row]] = {}
    for row in usable.to_dict("records"):
        found = {str(column): value for column, value in row.items()}
        known.setdefault(found["indicator_id"], {})[int(found["year"])] = found
    return known


def _complete_years(
    link: Identity, known: Mapping[str, Mapping[int, Row]]
) -> Iterator[tuple[int, list[Row]]]:
    """Yield the years for which every part is known and one of them was imported."""
    parts = [known.get(name, {}) for name in link.of]
    for year in sorted(set.intersection(*(set(part) for part in parts))):
        rows = [part[year] for part in parts]
        if any(_from_import(row) for row in rows):
            yield year, rows


def _from_import(row: Row) -> bool:
    return row["status"] == RowStatus.SUBMITTED or str(row["origin"]).startswith("derived:")


def _derived(
    indicator: Indicator, link: Identity, year: int, parts: list[Row], catalog: Catalog
) -> Row:
    newest = max(
        (part for part in parts if _from_import(part)), key=lambda part: part["published_on"]
    )
    names = "、".join(catalog.indicators[name].name_zh for name in link.of)
    return {
        **newest,
        "indicator_id": indicator.id,
        "value": combine(link, [part["value"] for part in parts]),
        "unit": indicator.unit,
        "basis": indicator.price_basis,
        "status": RowStatus.DERIVED,
        "confidence": min((part["confidence"] for part in parts), key=_GRADES.index),
        "note": f"由{names}推算",
        "origin": f"derived:{indicator.id}/{year}",
        "revision": 0,
        "rounded": False,
        "month": None,
    }
