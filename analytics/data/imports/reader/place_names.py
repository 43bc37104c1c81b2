"""Names of places that may stand beside or over figures."""

import re
from functools import lru_cache

from analytics.data.reading.parsing import plain
from analytics.domain import DISTRICTS, SHANGHAI

_PLACES = DISTRICTS | {"金山", "本区", "全区", SHANGHAI, "上海", "全市", "崇明县"}


@lru_cache(maxsize=2**12)
def is_place(text: str) -> bool:
    """Say whether a word names the city, a district, or all of either."""
    return re.sub(r"\s+", "", plain(text)) in _PLACES
