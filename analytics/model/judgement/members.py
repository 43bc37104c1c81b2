"""The members that a count over a threshold counts."""

import math
from dataclasses import dataclass

import pandas as pd

from analytics.domain import CountTarget, LevelTarget, Operator
from analytics.model.judgement.measure import MetricPath


@dataclass(frozen=True, eq=False)
class Member:
    """One member of a group: its own values, observed and drawn, and the size that counts."""

    name_zh: str
    unit: str
    threshold: float
    history: pd.Series
    path: MetricPath


def members_wanted(target: CountTarget) -> int:
    """Return how many members have to reach the threshold."""
    least = math.ceil(target.threshold)
    return least + 1 if target.excludes_its_number and least == target.threshold else least


def as_level(target: CountTarget, member: Member) -> LevelTarget:
    """Return what the target asks of one member: the threshold, by the same year."""
    asked = {
        "measure": LevelTarget.model_fields["measure"].default,
        "operator": Operator.GE,
        "value": member.threshold,
        "stated_value": member.threshold,
        "unit": member.unit,
        "stated_unit": member.unit,
    }
    return LevelTarget.model_validate(target.model_dump() | asked)
