"""Published figures: data/source/*.csv → observations, sources and rejections.

Every row of the files ends up in one of two lists: loaded, or rejected with a reason.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analytics.catalog.load import Catalog
from analytics.catalog.series import SeriesMapping, SeriesRule
from analytics.data.reading.parsing import ParseError, parse_date, parse_number
from analytics.data.reading.periods import Period, parse_period
from analytics.data.reading.units import convert, standard_unit
from analytics.data.reading.wording import is_lower_bound, is_rounded, status_of
from analytics.domain import Confidence, PeriodKind, Source

FILES = ("published_jinshan.csv", "published_shanghai.csv")
COLUMNS = (
    "indicator",
    "indicator_zh",
    "region",
    "year",
    "period",
    "value",
    "unit",
    "basis",
    "definition_note",
    "source_title",
    "source_url",
    "source_date",
    "confidence",
)
_PEER_MARK = "[对照]"
_ID = re.compile(r"[a-z][a-z0-9_]*")


class SourceFileError(ValueError):
    """A source file cannot be read at all; the message is Chinese and names it."""


@dataclass
class Extracted:
    """What was read from the source files; lists keep the order of the files."""

    observations: list[dict[str, Any]] = field(default_factory=list)
    rejections: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # indicator id -> name
    units: dict[str, str] = field(default_factory=dict)  # indicator id -> unit
    source_rows: list[dict[str, Any]] = field(default_factory=list)


def extract_published(folder: Path, catalog: Catalog, mapping: SeriesMapping) -> Extracted:
    """Read every row of the source files, or record why it cannot be used."""
    found = Extracted()
    found.units.update({key: item.unit for key, item in catalog.indicators.items()})
    found.names.update({key: item.name_zh for key, item in catalog.indicators.items()})
    for name in FILES:
        rows = list(read_rows(folder / name))
        found.source_rows.append({"file": name, "rows": len(rows)})
        for row in rows:
            _take(row, found, catalog, mapping)
    _grade_sources(found)
    return found


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of one source file with their origin (file:line).

    Raises
    ------
    SourceFileError
        When the file is missing, empty, not UTF-8 or has other columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise SourceFileError(f"{path.name}：表头与约定的{len(COLUMNS)}列不符")
            for row in reader:
                yield _cells(row, f"{path.name}:{reader.line_num}")
    except FileNotFoundError:
        raise SourceFileError(f"{path.name}：文件不存在") from None
    except UnicodeDecodeError:
        raise SourceFileError(f"{path.name}：不是 UTF-8 编码的文本") from None


def _cells(row: dict[str | None, Any], origin: str) -> dict[str, str]:
    """Give a row every column; a row with too few or too many cells says so."""
    broken = None in row or None in row.values()
    problem = "单元格个数与表头不符" if broken else ""
    return {name: row[name] or "" for name in COLUMNS} | {"origin": origin, "problem": problem}


def _take(row: dict[str, str], found: Extracted, catalog: Catalog, mapping: SeriesMapping) -> None:
    rule = mapping.rule_for(row)
    try:
        observation = _observe(row, rule, found, catalog)
    except ParseError as reason:
        found.rejections.append(_reject(row, rule, str(reason)))
        return
    found.observations.append(observation)
    found.units.setdefault(rule.indicator, observation["unit"])
    printed_name = row["indicator_zh"].removeprefix(_PEER_MARK)
    found.names.setdefault(rule.indicator, rule.name_zh or printed_name)


def _observe(
    row: dict[str, str], rule: SeriesRule, found: Extracted, catalog: Catalog
) -> dict[str, Any]:
    _require_usable(row)
    period = _period(row, rule)
    unit = found.units.get(rule.indicator, standard_unit(row["unit"]))
    value = convert(parse_number(row["value"]), row["unit"], unit)
    words = f"{row['basis']}｜{row['definition_note']}"
    source = _source(row, found, catalog)
    official = catalog.source_rules.is_official(row["source_url"], row["source_title"])
    return {
        "indicator_id": rule.indicator,
        "region": rule.region or row["region"],
        "period_kind": period.kind,
        "period_start": period.start,
        "period_end": period.end,
        "year": period.end.year,
        "month": _month(period),
        "value": value,
        "unit": unit,
        "basis": row["basis"],
        "status": status_of(official, words),
        "lower_bound": is_lower_bound(row["indicator"], row["value"], words),
        "confidence": Confidence(row["confidence"]),
        "source_id": source.id,
        "published_on": source.published_on,
        "note": row["definition_note"],
        "origin": row["origin"],
        "revision": rule.revision,
        "rounded": is_rounded(row["indicator"], period.end.year, words),
    }


def _require_usable(row: dict[str, str]) -> None:
    if row["problem"]:
        raise ParseError(row["problem"])
    if not _ID.fullmatch(row["indicator"]):
        raise ParseError(f"指标标识无效：“{row['indicator']}”")
    for column, label in (("region", "地区"), ("unit", "单位")):
        if not row[column].strip():
            raise ParseError(f"缺{label}")
    if row["confidence"] not in [str(grade) for grade in Confidence]:
        raise ParseError(f"可信度无法识别：“{row['confidence']}”")


def _period(row: dict[str, str], rule: SeriesRule) -> Period:
    period = parse_period(row["year"], row["period"])
    if rule.stock and period.kind is PeriodKind.MONTH:
        return Period(PeriodKind.POINT, period.start, period.end)
    return period


def _month(period: Period) -> int | None:
    monthly = period.kind in (PeriodKind.MONTH, PeriodKind.CUMULATIVE)
    return period.end.month if monthly else None


def _reject(row: dict[str, str], rule: SeriesRule, reason: str) -> dict[str, Any]:
    return {
        "origin": row["origin"],
        "indicator": row["indicator"],
        "indicator_id": rule.indicator,
        "region": row["region"],
        "year_text": row["year"],
        "period_text": row["period"],
        "value_text": f"{row['value']}{row['unit']}",
        "reason_zh": reason,
    }


def _source(row: dict[str, str], found: Extracted, catalog: Catalog) -> Source:
    """Note where a row was read; the same title, address and date are one source."""
    title, url, printed = row["source_title"], row["source_url"], row["source_date"]
    digest = hashlib.sha256("\n".join((title, url, printed)).encode()).hexdigest()[:8]
    host = urlsplit(url).hostname or ""
    key = f"{host or 'no-address'}-{digest}"
    if key not in found.sources:
        found.sources[key] = Source(
            id=key,
            title=title,
            publisher=host,
            url=url or None,
            published_on=parse_date(printed),
            published_text=printed,
            licence=catalog.source_rules.licence,
        )
    return found.sources[key]


def _grade_sources(found: Extracted) -> None:
    """Give each source the confidence most of its rows have, the lower of equals."""
    grades: dict[str, Counter[Confidence]] = {}
    for row in found.observations:
        grades.setdefault(row["source_id"], Counter())[row["confidence"]] += 1
    lowest_first = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    for key, counts in grades.items():
        usual = max(lowest_first, key=counts.__getitem__)
        found.sources[key] = found.sources[key].model_copy(update={"confidence": usual})
