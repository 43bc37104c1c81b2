"""What the words beside a figure say about it: a bound, a rounded or a derived value."""

import re

from analytics.domain import RowStatus

# A change against last year shares its sentence with the level: “突破” speaks of the level.
_CHANGE = re.compile(r"_(yoy|mom)$|_growth$|_cagr$")
_BOUND = re.compile(
    r"下限|突破|超过|首超|“超|\"超|surpass|exceed|topp(ed|ing)|more than|\bover \d|above \d"
)
_ROUNDED = re.compile(r"四舍五入(?!到(?:亿|十)元)|约数|around|左右|[“\"]近\d")
_ROUNDED_IN = re.compile(r"(\d{4})为四舍五入")  # of several years under one note
_DERIVED = "[DERIVED]"


def is_change(indicator: str) -> bool:
    """Say whether a published series is a rate of change."""
    return bool(_CHANGE.search(indicator))


def is_lower_bound(indicator: str, value_text: str, text: str) -> bool:
    """Say whether the words make the figure a lower bound (突破, 超过, surpassed, 360多)."""
    if is_change(indicator):
        return False
    return bool(_BOUND.search(text)) or f"{value_text}多" in text


def is_rounded(indicator: str, year: int, text: str) -> bool:
    """Say whether the words call the figure rounded to the hundred or approximate."""
    if is_change(indicator):
        return False
    named = _ROUNDED_IN.search(text)
    if named:
        return int(named[1]) == year
    return bool(_ROUNDED.search(text))


def status_of(official: bool, text: str) -> RowStatus:
    """Derive the nature of a published figure."""
    if _DERIVED in text:
        return RowStatus.DERIVED
    return RowStatus.OFFICIAL if official else RowStatus.REPORTED
