"""Columns of words → columns of the contract's types, and every cell that cannot be read."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from analytics.data.ledger.contract import Column
from analytics.data.reading.parsing import ParseError, parse_date, parse_number, plain

TYPES = {
    "code": pa.string(),
    "text": pa.string(),
    "name": pa.string(),
    "amount": pa.int64(),
    "since": pa.date32(),
}
_EMPTY = {"", "-", "--", "/", "无", "否"}


@dataclass(frozen=True)
class Unreadable:
    """One cell that is not what its column holds; rows count from 0."""

    row: int
    column: str
    value: str
    reason: str


def typed(
    texts: Mapping[str, pa.Array], columns: Mapping[str, Column]
) -> tuple[pa.Table, list[Unreadable]]:
    """Give every column of the contract its type; a cell that cannot be read is left empty."""
    faults: list[Unreadable] = []
    arrays = {name: _array(name, texts[name], one, faults) for name, one in columns.items()}
    fields = [pa.field(name, TYPES[one.kind]) for name, one in columns.items()]
    return pa.table(list(arrays.values()), schema=pa.schema(fields)), faults


def _array(name: str, cells: pa.Array, column: Column, faults: list[Unreadable]) -> pa.Array:
    if column.kind == "amount":
        try:
            return pc.cast(cells, pa.int64())
        except pa.ArrowInvalid:
            pass
    read = _READERS[column.kind]
    values: list[object] = []
    for row, cell in enumerate(cells.to_pylist()):
        try:
            values.append(read(cell or "", column))
        except ParseError as error:
            values.append(None)
            faults.append(Unreadable(row, name, cell or "", str(error)))
    return pa.array(values, type=TYPES[column.kind])


def _word(cell: str, column: Column) -> str | None:
    return plain(cell) or None


def _hashed(cell: str, column: Column) -> str | None:
    """Keep no name, only what tells one from another."""
    word = plain(cell)
    return hashlib.sha256(word.encode()).hexdigest() if word else None


def _amount(cell: str, column: Column) -> int:
    value = parse_number(cell)
    if value != int(value):
        raise ParseError(f"不是整数（单位：{column.unit}）：“{cell}”")
    return int(value)


def _day(cell: str, column: Column) -> date | None:
    word = plain(cell)
    if word in _EMPTY:
        return None
    found = parse_date(word.replace("/", "-").replace(".", "-"))
    if found is None:
        raise ParseError(f"日期无法识别：“{cell}”")
    return found


_READERS: dict[str, Callable[[str, Column], object]] = {
    "code": _word,
    "text": _word,
    "name": _hashed,
    "amount": _amount,
    "since": _day,
}
