"""The plan held against itself: what its own words and numbers imply."""

from analytics.answers.consistency.check import check_plan
from analytics.answers.consistency.finding import (
    BASE_YEARS,
    TOTALS,
    Finding,
    FindingKind,
    Reading,
    Severity,
    Switch,
    summary_zh,
)
from analytics.answers.consistency.outlook import (
    BaseShift,
    Group,
    Together,
    base_shifts,
    group_zh,
    is_complete,
    judge,
    low_ambition,
    together,
)
from analytics.answers.consistency.plan import Plan, clauses

__all__ = [
    "BASE_YEARS",
    "TOTALS",
    "BaseShift",
    "Finding",
    "FindingKind",
    "Group",
    "Plan",
    "Reading",
    "Severity",
    "Switch",
    "Together",
    "base_shifts",
    "check_plan",
    "clauses",
    "group_zh",
    "is_complete",
    "judge",
    "low_ambition",
    "summary_zh",
    "together",
]
