"""How far a sheet reaches, read off its markup before a cell of it is unpacked.

A reader makes room for every place up to the last: one blank in the last cell of a sheet asks
for half a terabyte.
"""

import re
from functools import reduce

_FAR = re.compile(rb' r="[A-Z]{2,3}[0-9]')
_LETTERS = re.compile(rb' r="([A-Z]{1,3})[0-9]')
_ROW = re.compile(rb'row [^>]*?\br="([0-9]{1,7})"')
_NARROW = 26  # columns that have one letter


def reach(text: bytes) -> tuple[int, int]:
    """Return the last row and the last column of a sheet; of a narrow one, 26 for the column."""
    last = _ROW.match(text, max(text.rfind(b"row "), 0))
    rows = int(last[1]) if last else 0
    if not _FAR.search(text):
        return rows, _NARROW
    return rows, columns(text)


def columns(text: bytes) -> int:
    """Return the last column of a sheet."""
    return max(map(_number, set(_LETTERS.findall(text))), default=0)


def _number(letters: bytes) -> int:
    return reduce(lambda so_far, letter: so_far * 26 + letter - 64, letters, 0)
