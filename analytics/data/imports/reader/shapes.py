"""The shape of a table: what stays the same when it comes again with another month's figures."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypedDict

from analytics.data.reading.parsing import plain

_PERIOD = re.compile(
    r"前[二两三]季度|(?<![-0-9])第?[一二三四1-4]季度|(?<=[0-9年])[Qq][1-4]|上半年|下半年|全年"
)
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Hint(TypedDict):
    """What a kept mapping says of the headings of tables of one shape or title."""

    shape: str
    title_has: Sequence[str]
    headings: dict[str, str]  # heading as :func:`pattern` writes it -> what it means


@lru_cache(maxsize=4096)
def pattern(words: object) -> str:
    """Write words without what changes from month to month: 2025年1—9月 → #年#-#月."""
    text = re.sub(r"\s+", "", plain(words))
    return _DIGITS.sub("#", _PERIOD.sub(_part_of_year, text))


def _part_of_year(match: re.Match[str]) -> str:
    """Tell a part alone from the year so far, whose parts come again as one another."""
    return "单季" if match[0].lstrip("第Qq")[0] in "二三四下234" else "#"


def shape_of(title: str, headings: Iterable[str]) -> str:
    """Return a short name of a table's title and headings, the same for every month."""
    said = "\n".join([pattern(title), *sorted({pattern(word) for word in headings if word})])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def fits(shape: str, title_has: Sequence[str], of_table: str, title: str) -> bool:
    """Say whether a mapping is meant for a table: by its shape, or by words of its title."""
    if shape:
        return shape == of_table
    return bool(title_has) and all(
        any(word in plain(title) for word in words.split("|")) for words in title_has
    )


def meanings(hints: Iterable[Hint], shape: str, title: str) -> dict[str, str]:
    """Join what all fitting mappings say of a table's headings."""
    said: dict[str, str] = {}
    for hint in hints:
        if fits(hint["shape"], hint["title_has"], shape, title):
            said |= hint["headings"]
    return said
