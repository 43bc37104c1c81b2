"""Early warning of a count over a threshold, through its members."""

import math
from collections.abc import Sequence

import numpy as np

from analytics import text_zh
from analytics.domain import CountTarget, Kind
from analytics.model.judgement.early_warning import (
    Carried,
    Chance,
    LastChance,
    SustainedPace,
    last_chance,
    safe,
)
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import MetricPath
from analytics.model.judgement.members import Member, as_level, members_wanted
from analytics.model.projection import YearSoFar


def last_chance_of_count(
    target: CountTarget,
    path: MetricPath,
    members: Sequence[Member],
    *,
    base_year: int,
    so_far: YearSoFar | None = None,
) -> LastChance | None:
    """Find until when enough members can still cross the threshold at their sustained paces.

    Each member is judged by :func:`last_chance` as a level; with k members
    wanted, the k-th latest of their years counts.
    """
    due = path.at(target.due_year)
    if due is None or not members:
        return None
    if meets(target, float(np.median(due))):
        return safe(None)
    judged = [(one, _member_chance(target, one, base_year, so_far)) for one in members]
    able = [(one, found) for one, found in judged if found and found.chance is not Chance.LOST]
    able.sort(key=lambda pair: -(pair[1].last_year or math.inf))
    wanted = members_wanted(target)
    if len(able) < wanted:
        said = f"即使各成员一直保持历史上三年平均80%分位的增速，也至多{len(able)}{target.unit}"
        said += f"达到{_size(members[0], members[0].threshold)}"
        return LastChance(
            Chance.LOST, None, None, said + _nearest_zh(target, judged, base_year, so_far)
        )
    member, found = able[wanted - 1]
    text = f"第{wanted}{target.unit}是{member.name_zh}：{found.text_zh}"
    return LastChance(found.chance, found.last_year, found.pace, text)


def _member_chance(
    target: CountTarget, member: Member, base_year: int, so_far: YearSoFar | None
) -> LastChance | None:
    return last_chance(
        as_level(target, member),
        member.history,
        member.path,
        kind=Kind.LEVEL,
        base_year=base_year,
        so_far=so_far,
    )


def _nearest_zh(
    target: CountTarget,
    judged: Sequence[tuple[Member, LastChance | None]],
    base_year: int,
    so_far: YearSoFar | None,
) -> str:
    """Name the member that comes nearest among those that cannot cross."""
    lost = [
        (_at_best(target, one, found.pace, base_year, so_far), one)
        for one, found in judged
        if found and found.chance is Chance.LOST and found.pace
    ]
    if not lost:
        return ""
    best, nearest = max(lost, key=lambda pair: pair[0])
    return f"；其次的{nearest.name_zh}到{target.due_year}年至多{_size(nearest, best)}"


def _at_best(
    target: CountTarget,
    member: Member,
    pace: SustainedPace,
    base_year: int,
    so_far: YearSoFar | None,
) -> float:
    carried = Carried(as_level(target, member), pace, base_year)
    year, value = carried.earliest(member.path, so_far)
    return carried.to_due(value, year)


def _size(member: Member, value: float) -> str:
    return text_zh.quantity(value, member.unit, 0)
