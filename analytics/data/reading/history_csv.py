"""A series handed to the command line as a CSV with the columns year and value."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pandas as pd

from analytics.data.reading.parsing import ParseError, parse_number, parse_year

T = TypeVar("T")


def read_history(path: Path) -> pd.Series:
    """Read a CSV with columns year and value; mistakes name file, row and column in Chinese."""
    values: dict[int, float] = {}
    for line, row in _rows(path):
        year = _cell(path, line, row, "year", parse_year)
        if year in values:
            raise ValueError(f"{path.name}：第{line}行的 year：{year}年重复")
        values[year] = _cell(path, line, row, "value", parse_number)
    if not values:
        raise ValueError(f"{path.name}：没有数据行")
    index = pd.Index(values, dtype="int64", name="year")
    return pd.Series(list(values.values()), index=index, dtype="float64").sort_index()


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of every row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path.name}：不是UTF-8编码的文本，请另存为UTF-8编码的CSV") from None
    except OSError:
        raise ValueError(f"{path.name}：文件不存在或无法读取") from None
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        if missing := {"year", "value"} - set(reader.fieldnames or ()):
            raise ValueError(f"{path.name}：第1行缺少列 {'、'.join(sorted(missing))}")
        for row in reader:
            if None in row:
                raise ValueError(f"{path.name}：第{reader.line_num}行的列多于表头")
            yield reader.line_num, row
    except csv.Error:
        raise ValueError(f"{path.name}：第{reader.line_num + 1}行不是可读的CSV") from None


def _cell(path: Path, line: int, row: dict[str, str], column: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(row[column] or "")
    except ParseError as error:
        raise ValueError(f"{path.name}：第{line}行的 {column}：{error}") from None
