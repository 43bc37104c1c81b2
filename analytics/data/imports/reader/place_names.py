"""Names of places that may stand beside or over figures."""

import re
from functools import lru_cache

from analytics.data.reading.parsing import plain
from analytics.domain import DISTRICTS, SHANGHAI

_PARTS = re.compile(
    r"(?:朱泾|枫泾|张堰|亭林|吕巷|廊下|金山卫|漕泾|山阳)镇?|石化(?:街道)?|金山工业区|(?:上海)?湾区高新区"
    r"|碳谷绿湾(?:产业园)?"
)
_PLACES = DISTRICTS | {"金山", "本区", "全区", SHANGHAI, "上海", "全市", "崇明县"}


@lru_cache(maxsize=2**12)
def is_place(text: str) -> bool:
    """Say whether a word names the city, a district, all of either, or a part of the district."""
    return re.sub(r"\s+", "", plain(text)) in _PLACES or is_part(text)


@lru_cache(maxsize=2**12)
def is_part(text: str) -> bool:
    """Say whether a word names a town, street or park of the district."""
    return bool(_PARTS.fullmatch(re.sub(r"\s+", "", plain(text))))
