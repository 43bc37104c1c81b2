"""Names of exported files, the same on every system that opens them."""

import re
from datetime import date

from analytics.domain import Scenario

PLACE = "金山"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\s_.]+')  # what Windows refuses, and our separator
_LONGEST = 40


def file_name(subject: str, scenario: Scenario, made_on: date, suffix: str) -> str:
    """Name a file by place, subject, scenario and day: 金山_规上属地产值_基准_2026-11-23.png.

    A scenario other than the baseline adds its id, because names may be reused.
    """
    state = scenario.name
    if scenario.settings:
        state = f"{part(scenario.name)}-{scenario.id}"
    return f"{PLACE}_{part(subject)}_{part(state)}_{made_on:%Y-%m-%d}.{suffix}"


def part(text: str) -> str:
    """Keep a text short and free of signs that a file name may not hold."""
    return _FORBIDDEN.sub("-", text).strip("-")[:_LONGEST].strip("-") or "未命名"
