"""Hand-made parquet tables of a few rows, in the columns and types of a real release."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.data.sources.tables import SCHEMAS

PLAIN = {
    "indicator_id": "gdp",
    "region": "上海市",
    "period_kind": "year",
    "month": None,
    "unit": "亿元",
    "basis": "当年价格",
    "status": "official",
    "lower_bound": False,
    "confidence": "high",
    "source_id": "communique",
    "published_on": date(2024, 3, 1),
    "vintage": 1,
    "note": "",
    "origin": "hand.csv:1",
}
SOURCE = {
    "id": "communique",
    "title": "统计公报",
    "publisher": "上海市统计局",
    "url": "https://tjj.sh.gov.cn/x.html",
    "published_on": date(2024, 3, 1),
    "published_text": "2024-03-01",
    "confidence": "high",
    "licence": "公开信息",
    "rows": 1,
}
SERIES = {"name_zh": "指标", "catalogued": True, "rows": 1, "note_zh": ""}


def yearly(year: int, value: float, **changes) -> dict:
    """Make one yearly row; ``changes`` replace what is plain about it."""
    period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "year": year}
    return PLAIN | period | {"value": value} | changes


def monthly(year: int, first: int, last: int, value: float, **changes) -> dict:
    """Make one row for the months from first to last, a single month or a running total."""
    kind = "month" if first == last else "cumulative"
    period = {"period_start": date(year, first, 1), "period_end": date(year, last, 28)}
    row = yearly(year, value, period_kind=kind, month=last)
    return row | period | changes


def write_tables(folder: Path, observations: list[dict], sources: list[dict] | None = None) -> Path:
    """Write observations, their series and sources as parquet files; return the folder."""
    names = {row["indicator_id"]: row["unit"] for row in observations}
    tables = {
        "observations": observations,
        "sources": [SOURCE] if sources is None else sources,
        "series": [SERIES | {"indicator_id": name, "unit": unit} for name, unit in names.items()],
    }
    for name, rows in tables.items():
        table = pa.Table.from_pylist(rows, schema=SCHEMAS[name])
        pq.write_table(table, folder / f"{name}.parquet")
    return folder
