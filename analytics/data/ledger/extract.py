"""What leaves a ledger: a table for the import, what is withheld, and the findings."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.data.imports.batch import KIND_ZH, Fault
from analytics.data.imports.template import TableRow, fill_csv
from analytics.data.ledger.aggregate import Aggregated
from analytics.data.ledger.contract import is_monthly
from analytics.data.ledger.growth import Growth, growths
from analytics.data.ledger.protection import Withheld, withheld
from analytics.data.ledger.values import LAST, Value, Values, values
from analytics.data.reading.spreadsheet_text import neutral
from analytics.domain import FRACTION, Kind

TABLE, HIDDEN, FINDINGS = "台账汇总.csv", "不予列示.csv", "核对结果.csv"
ILLUSTRATIVE = "演示台账，不作决策依据"
_GROWTH_WITHHELD = "持续、新进或退出企业过少或过于集中，按披露规则不列示"


@dataclass(frozen=True)
class Extract:
    """The figures that may leave, and the names of those that may not."""

    rows: tuple[TableRow, ...]
    hidden: tuple[Withheld, ...]


def extract(found: Aggregated, region: str) -> Extract:
    """Take out what may be published; every figure is shown, or named as withheld."""
    known = values(found)
    hidden = withheld(found.question, known)
    own = {(one.name, one.year) for one in hidden}
    names = [name for name in found.question.catalog.indicators if _is_own(found, name)]
    rows = [
        _row(found, region, value.name, value.key, value.value, value.units)
        for name in names
        for value in _of(found, known, name)
        if (name, value.year) not in own
    ]
    compared, hidden_periods = _growths(found, own)
    for growth in compared:
        rows += _growth_rows(found, region, growth)
    hidden += tuple(_hidden_growth(found, hidden_periods))
    return Extract(tuple(rows), hidden)


def _is_own(found: Aggregated, name: str) -> bool:
    return name in found.question.contract.indicators


def _of(found: Aggregated, known: Values, name: str) -> Iterator[Value]:
    """Yield an indicator's periods that are published: years, and months where monthly."""
    monthly = is_monthly(name, found.question.catalog)
    for key in sorted(known):
        if name in known[key] and (monthly or key[1] == LAST):
            yield known[key][name]


def _growths(
    found: Aggregated, own: set[tuple[str, int]]
) -> tuple[list[Growth], list[tuple[int, int]]]:
    name = found.question.contract.like_for_like.of
    sides = (side for month in found.months for side in month.sides)
    years = {year for hidden, year in own if hidden == name}
    return growths(sides, found.question.disclosure, years)


def _growth_rows(found: Aggregated, region: str, growth: Growth) -> list[TableRow]:
    names = found.question.contract.like_for_like
    shown = {
        names.comparable: growth.comparable,
        names.staying: growth.staying,
        names.entering: growth.entering,
        names.leaving: growth.leaving,
    }
    key = (growth.year, growth.month)
    return [_row(found, region, name, key, value, growth.units) for name, value in shown.items()]


def _hidden_growth(found: Aggregated, periods: Iterable[tuple[int, int]]) -> Iterator[Withheld]:
    name = found.question.contract.like_for_like.comparable
    for year in sorted({year for year, _ in periods}):
        months = "、".join(f"1—{month}月" for at, month in periods if at == year)
        yield Withheld(name, year, f"{months}：{_GROWTH_WITHHELD}")


def _row(
    found: Aggregated, region: str, name: str, key: tuple[int, int], value: float, units: int
) -> TableRow:
    item = found.question.catalog.indicators[name]
    source = found.question.contract.published_scope_zh
    notes = [source, *([] if item.kind is Kind.COUNT else [f"企业数：{units}"])]
    return TableRow(
        indicator=item.name_zh,
        id=name,
        region=region,
        year=key[0],
        period="全年" if key[1] == LAST else f"1—{key[1]}月",
        value=value,
        unit="比值" if item.unit == FRACTION else item.unit,
        scope=item.scope,
        basis=item.price_basis,
        note="；".join([*notes, *([ILLUSTRATIVE] if found.illustrative else [])]),
    )


def write(found: Aggregated, made: Extract | None, out: Path) -> list[Path]:
    """Write the table, what is withheld and the findings; return the files."""
    catalog = found.question.catalog
    files = {FINDINGS: _findings(found.faults)}
    if made is not None:
        files |= {
            TABLE: fill_csv(catalog, made.rows),
            HIDDEN: _csv(
                ("指标", "指标标识", "年份", "原因"),
                [
                    (catalog.indicators[one.name].name_zh, one.name, one.year, one.reason_zh)
                    for one in made.hidden
                ],
            ),
        }
    for name in (TABLE, HIDDEN):  # what an earlier run wrote does not stand beside new faults
        (out / name).unlink(missing_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return [out / name for name in files]


def _findings(faults: Sequence[Fault]) -> bytes:
    rows = [
        (KIND_ZH[one.kind], one.rule, one.place_zh, one.value, one.message_zh, one.remedy_zh)
        for one in faults
    ]
    return _csv(("处理", "规则", "位置", "填的是", "说明", "怎么改"), rows)


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
