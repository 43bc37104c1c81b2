"""What the plan leaves open: the year from which additions are counted."""

import re
from collections.abc import Iterator

from analytics.answers.consistency.finding import Finding, FindingKind, Severity, Switch
from analytics.answers.consistency.plan import Plan, clauses
from analytics.domain import Measure, Target

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def unstated_base(plan: Plan) -> Iterator[Finding]:
    """List the cumulative targets whose wording names no first year."""
    sums, rates = (
        [t for t in plan.targets if t.measure is measure and not _states_base(t)]
        for measure in (Measure.CUMULATIVE, Measure.CAGR)
    )
    if not sums:
        return
    base, due = plan.reading.base_year, max(target.due_year for target in sums)
    yield Finding(
        id="unstated/base_year",
        kind=FindingKind.UNSTATED,
        title_zh=f"{len(sums)}项累计新增类目标未载明从哪一年起算",
        clauses=clauses(sums),
        arithmetic_zh=(
            f"原文没有起算年份的{len(sums)}项：{'、'.join(target.name_zh for target in sums)}",
            f"现按{base}年末起算，计入{base + 1}—{due}年，共{due - base}年",
            *([f"另有{len(rates)}项年均增长目标也没有写明基期，随之改变"] if rates else []),
        ),
        assumption=(Switch.BASE,),
        consequence_zh="起算早一年，就多计一年的新增，累计目标更容易完成。",
        severity=Severity.NOTE,
        readings=(*sums, *rates),
    )


def _states_base(target: Target) -> bool:
    """Tell whether the wording names a year other than the due one."""
    named = {int(year) for year in _YEAR.findall(target.clause.wording)}
    return bool(named - {target.due_year})
