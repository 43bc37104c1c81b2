"""Rows and columns a person does not see, read off a sheet's markup."""

import re
from collections.abc import Collection
from itertools import groupby

from analytics.data.imports.reader.columns import column_letters, joined

_HIDDEN = re.compile(rb"hidden=[\"'](?:1|true)[\"']")
_NUMBER_OF = re.compile(rb"\s(r|min|max)=[\"']([0-9]{1,7})[\"']")
_LONGEST_TAG = 1000  # bytes; keeps the search for its ends short
_MOST_COLUMNS = 16_384
_MOST_NAMED = 12


def hidden_places(text: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hidden rows and the hidden columns of a sheet, counted from 0."""
    rows: set[int] = set()
    columns: set[int] = set()
    for match in _HIDDEN.finditer(text):
        start = text.rfind(b"<", max(0, match.start() - _LONGEST_TAG), match.start())
        end = text.find(b">", match.end(), match.end() + _LONGEST_TAG)
        if start < 0:
            continue
        tag = text[start : max(end, match.end())]
        name = tag[1:].split(None, 1)[0].rpartition(b":")[2]
        said = {key: int(number) for key, number in _NUMBER_OF.findall(tag)}
        if name == b"row" and b"r" in said:
            rows.add(said[b"r"] - 1)
        elif name == b"col" and b"min" in said:
            last = min(said.get(b"max", said[b"min"]), _MOST_COLUMNS)
            columns.update(range(said[b"min"] - 1, last))
    return frozenset(rows), frozenset(columns)


def rows_zh(rows: Collection[int]) -> str:
    """Name rows counted from 0: 第3—5行、第9行."""
    return joined(
        (
            f"第{first + 1}行" if first == last else f"第{first + 1}—{last + 1}行"
            for first, last in _runs(rows)
        ),
        _MOST_NAMED,
    )


def columns_zh(columns: Collection[int]) -> str:
    """Name columns counted from 0: C—E列、H列."""
    named = [tuple(map(column_letters, run)) for run in _runs(columns)]
    return joined(
        (f"{first}列" if first == last else f"{first}—{last}列" for first, last in named),
        _MOST_NAMED,
    )


def _runs(places: Collection[int]) -> list[tuple[int, int]]:
    """Join neighbours: 2, 3, 4, 8 → (2, 4), (8, 8)."""
    groups = groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0])
    return [(members[0][1], members[-1][1]) for _, some in groups if (members := list(some))]
