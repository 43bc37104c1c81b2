"""The tables of a release: columns, parquet types, and their assembly from rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analytics.catalog.load import Catalog
from analytics.catalog.series import Break
from analytics.data.sources.published import Extracted
from analytics.data.sources.vintages import number_vintages
from analytics.domain import Source

_TEXT, _DAY, _WHOLE, _REAL = pa.string(), pa.date32(), pa.int32(), pa.float64()


def _schema(*, optional: tuple[str, ...] = (), **columns: pa.DataType) -> pa.Schema:
    return pa.schema(
        [pa.field(name, kind, nullable=name in optional) for name, kind in columns.items()]
    )


SCHEMAS: dict[str, pa.Schema] = {
    "observations": _schema(
        indicator_id=_TEXT,
        region=_TEXT,
        period_kind=_TEXT,
        period_start=_DAY,
        period_end=_DAY,
        year=_WHOLE,
        month=_WHOLE,
        value=_REAL,
        unit=_TEXT,
        basis=_TEXT,
        status=_TEXT,
        lower_bound=pa.bool_(),
        confidence=_TEXT,
        source_id=_TEXT,
        published_on=_DAY,
        vintage=_WHOLE,
        note=_TEXT,
        origin=_TEXT,
        optional=("month", "published_on"),
    ),
    "series": _schema(
        indicator_id=_TEXT,
        name_zh=_TEXT,
        unit=_TEXT,
        catalogued=pa.bool_(),
        rows=_WHOLE,
        note_zh=_TEXT,
    ),
    "breaks": _schema(indicator_id=_TEXT, region=_TEXT, year=_WHOLE, note_zh=_TEXT),
    "sources": _schema(
        id=_TEXT,
        title=_TEXT,
        publisher=_TEXT,
        url=_TEXT,
        published_on=_DAY,
        published_text=_TEXT,
        confidence=_TEXT,
        licence=_TEXT,
        rows=_WHOLE,
        optional=("url", "published_on"),
    ),
    "rejections": _schema(
        origin=_TEXT,
        indicator=_TEXT,
        indicator_id=_TEXT,
        region=_TEXT,
        year_text=_TEXT,
        period_text=_TEXT,
        value_text=_TEXT,
        reason_zh=_TEXT,
    ),
    "indicators": _schema(
        id=_TEXT,
        name_zh=_TEXT,
        unit=_TEXT,
        kind=_TEXT,
        accumulates=pa.bool_(),
        lower=_REAL,
        upper=_REAL,
        optional=("lower", "upper"),
    ),
    "identities": _schema(
        indicator_id=_TEXT,
        op=_TEXT,
        place=_WHOLE,
        part_id=_TEXT,
        threshold=_REAL,
        optional=("threshold",),
    ),
    "source_rows": _schema(file=_TEXT, rows=_WHOLE),
    "metadata": _schema(name=_TEXT, title_zh=_TEXT, as_of=_DAY),
}

Frames = dict[str, pd.DataFrame]


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Give a table its parquet types; no pandas metadata, so that bytes depend on data only."""
    table = pa.Table.from_pandas(frame, schema=SCHEMAS[name], preserve_index=False, safe=True)
    return table.replace_schema_metadata(None)


def assemble(
    found: Extracted,
    catalog: Catalog,
    breaks: Iterable[Break],
    *,
    name: str,
    title_zh: str,
    as_of: date,
) -> Frames:
    """Build every table of a release from what was extracted or generated."""
    observations = number_vintages(pd.DataFrame(found.observations))
    return {
        "observations": observations[SCHEMAS["observations"].names],
        "series": _series(found, catalog, breaks),
        "breaks": _frame("breaks", _break_rows(breaks)),
        "sources": _sources(found),
        "rejections": _frame("rejections", found.rejections),
        "indicators": _frame("indicators", map(_indicator_row, catalog.indicators.values())),
        "identities": _frame("identities", _identity_rows(catalog)),
        "source_rows": _frame("source_rows", found.source_rows),
        "metadata": _frame("metadata", [{"name": name, "title_zh": title_zh, "as_of": as_of}]),
    }


def latest_day(observations: Iterable[Mapping[str, Any]]) -> date:
    """Return the last day the outcomes speak of or were published; plans do not count."""
    days: list[date] = [row["period_end"] for row in observations if row["period_kind"] != "plan"]
    days += [row["published_on"] for row in observations if row["published_on"]]
    return max(days)


def _frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=SCHEMAS[name].names)


def _series(found: Extracted, catalog: Catalog, breaks: Iterable[Break]) -> pd.DataFrame:
    counts = Counter(row["indicator_id"] for row in found.observations)
    notes: dict[str, list[str]] = {}
    for item in breaks:
        notes.setdefault(item.indicator, []).append(item.note_zh)
    rows = (
        {
            "indicator_id": key,
            "name_zh": found.names[key],
            "unit": found.units[key],
            "catalogued": key in catalog.indicators,
            "rows": counts[key],
            "note_zh": "；".join(notes.get(key, [])),
        }
        for key in sorted(counts)
    )
    return _frame("series", rows)


def _break_rows(breaks: Iterable[Break]) -> list[dict[str, Any]]:
    rows = [{**item.model_dump(), "indicator_id": item.indicator} for item in breaks]
    return sorted(rows, key=lambda row: (row["indicator_id"], row["region"], row["year"]))


def _sources(found: Extracted) -> pd.DataFrame:
    counts = Counter(row["source_id"] for row in found.observations)
    rows = (_source_row(found.sources[key], counts[key]) for key in sorted(counts))
    return _frame("sources", rows)


def _source_row(source: Source, rows: int) -> dict[str, Any]:
    return {**source.model_dump(), "rows": rows}


def _indicator_row(indicator: Any) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in SCHEMAS["indicators"].names}


def _identity_rows(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "indicator_id": key,
            "op": item.identity.op,
            "place": place,
            "part_id": part,
            "threshold": item.identity.threshold,
        }
        for key, item in catalog.indicators.items()
        if item.identity
        for place, part in enumerate(item.identity.of, start=1)
    ]
