"""Units of published figures, and the few conversions this project allows itself.

Every unit is declared once as a multiple of its family's base unit. Only units of one
family convert into each other; anything else is refused rather than guessed.
"""

import re
from fractions import Fraction
from functools import lru_cache

from analytics.data.reading.parsing import ParseError, plain
from analytics.domain import FRACTION, MU_PER_SQUARE_KILOMETRE

_FAMILIES: tuple[dict[str, Fraction], ...] = (
    {FRACTION: Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000), "比值": Fraction(1)},
    {
        "亿元": Fraction(1),
        "万亿元": Fraction(10**4),
        "百亿元": Fraction(100),
        "千万元": Fraction(1, 10),
        "百万元": Fraction(1, 100),
        "万元": Fraction(1, 10**4),
        "千元": Fraction(1, 10**5),
        "元": Fraction(1, 10**8),
    },
    {
        "平方公里": Fraction(1),
        "公顷": Fraction(1, 100),
        "亩": Fraction(1, MU_PER_SQUARE_KILOMETRE),
        "万亩": Fraction(10**4, MU_PER_SQUARE_KILOMETRE),
        "万平方米": Fraction(1, 100),
        "平方米": Fraction(1, 10**6),
    },
    {
        "亿元/平方公里": Fraction(1),
        "亿元/公顷": Fraction(100),
        "万元/亩": Fraction(MU_PER_SQUARE_KILOMETRE, 10**4),
        "万元/公顷": Fraction(100, 10**4),
    },
    {
        **dict.fromkeys(("家", "个", "户", "项", "件", "座", "种"), Fraction(1)),
        **dict.fromkeys(("万家", "万个", "万户", "万件"), Fraction(10**4)),
    },
    {"人": Fraction(1), "万人": Fraction(10**4)},
    {"吨标准煤": Fraction(1), "万吨标准煤": Fraction(10**4)},
    {"吨标准煤/万元": Fraction(1)},
    {"亿千瓦时": Fraction(1), "万千瓦时": Fraction(1, 10**4)},
)
_ALIASES = {
    "亿": "亿元",
    "km²": "平方公里",
    "km2": "平方公里",
    "㎢": "平方公里",
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "比例": "比值",
    "小数": "比值",
    "百分比": "%",
    "百分数": "%",
    "百分之": "%",
    "percent": "%",
    "千分比": "‰",
    "公顷(ha)": "公顷",
    "吨标煤/万元": "吨标准煤/万元",
}
_TRANSLATION = re.compile(  # 亿元 100 million yuan; of another measure (亿 kWh) none is taken
    r"(?<=[^\x00-\x7f亿万])\s+(?:(?:100|10)?[ ,]?(?:000|thousand|million)\s+)?"
    r"(?:yuan|RMB|CNY|units?|persons?|households?|enterprises?|items?"
    r"|hectares?|mu|sq\.? ?km|percent)$",
    re.IGNORECASE,
)
_FRACTIONS = {"%", "‰", "比值", FRACTION}


def standard_unit(unit: str) -> str:
    """Return the unit a figure is stored in when no catalogued indicator decides it."""
    name = _name(unit)
    return FRACTION if name in _FRACTIONS else name


def convert(value: float, unit: str, to: str) -> float:
    """Express a value in another unit of the same family, correctly rounded.

    Raises
    ------
    ParseError
        When the two units do not measure the same thing.
    """
    times = _times(_name(unit), _name(to))
    if times is None:
        raise ParseError(f"单位无法换算：“{unit}”不能换算为“{to}”")
    return value if times == 1 else float(Fraction(repr(value)) * times)


@lru_cache(maxsize=4096)
def _times(source: str, goal: str) -> Fraction | None:
    """Return one unit in another, None where they do not measure the same."""
    if source == goal:
        return Fraction(1)
    for family in _FAMILIES:
        if source in family and goal in family:
            return family[source] / family[goal]
    return None


def units_in(text: str) -> list[str]:
    """Return the units that a text lists: 亿元、% → 亿元, %."""
    return re.split(r"[、,，;；]", text)


def is_unit(text: str) -> bool:
    """Say whether a text names a unit declared here; a bare 1 is taken for a mark."""
    name = _name(text)
    return name != FRACTION and any(name in family for family in _FAMILIES)


@lru_cache(maxsize=4096)
def _name(unit: str) -> str:
    """Write a unit as it is declared: 亿 元, （亿元）, 亿元人民币 and 个(家) are known."""
    name = re.sub(r"\s+", "", _TRANSLATION.sub("", plain(unit)))
    if match := re.fullmatch(r"[(](.+)[)]", name):
        name = match[1]
    name = name.removesuffix("人民币").replace("平方千米", "平方公里")
    if match := re.fullmatch(r"(家|个|户)[(](?:家|个|户)[)]", name):
        name = match[1]
    return _ALIASES.get(name, name)
