"""Remarks below a table that date some of its rows otherwise: 注：研发经费支出为2024年数."""

import re
from collections.abc import Iterator

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, titles
from analytics.data.imports.reader.entries import Entries
from analytics.data.imports.reader.table import Row
from analytics.data.imports.reader.written import text_of

MOST = 20  # remarks of a sheet that are looked at; no table has more
_CLAUSE = re.compile(r"[;；。]")
_DATED = re.compile(
    r"(?:[(]?(?:注|备注|说明)[0-9]*[)]?:?)?(?P<things>[^:,]{2,40}?)(?:指标)?(?:的?数据|数值)?[均都]?"
    r"(?:为|系|是|截[-止]到?)(?:(?:19|20)[0-9]{2}年|(?:1-)?[0-9]{1,2}月).*"
)
_SEVERAL = re.compile(r"[、和与及]")


def take_remark(entries: Entries, table: int, row: Row) -> bool:
    """Write a remark that dates a thing beside the figures of it, and tell whether it dates one.

    The check of notes then holds those of another time.
    """
    found = list(_dated("".join(text_of(cell) for cell in row)))
    names, notes = (entries.columns[name] for name in (layout.INDICATOR, layout.NOTE))
    for thing, said in found:
        meant = {name for name in set(names) if _is_of(thing, name)}
        for at, number in enumerate(entries.columns["sheet"]):
            if number == table and names[at] in meant:
                notes[at] = f"{notes[at]}；{said}" if notes[at] else said
    return bool(found)


def _dated(line: str) -> Iterator[tuple[str, str]]:
    """Yield each thing that a remark dates, and the words that do."""
    for clause in _CLAUSE.split(line):
        if match := _DATED.fullmatch(titles.without_numbering(clause)):
            for thing in _SEVERAL.split(match["things"]):
                if len(thing) > 1:
                    yield thing, clause.strip()


def _is_of(thing: str, name: str) -> bool:
    """Say whether a remark's thing is a row's: its name, or the beginning of either."""
    own = titles.without_numbering(headings.split_unit(name.rpartition("\n")[2])[0])
    return bool(own) and (own.startswith(thing) or thing.startswith(own))
