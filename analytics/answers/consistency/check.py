"""All checks of the plan against itself, in the order of reading."""

from analytics.answers.consistency.conflicts import conflicts
from analytics.answers.consistency.finding import Finding, FindingKind
from analytics.answers.consistency.implied import (
    below_its_part,
    implied_parts,
    shares_of_totals,
    slower_parts,
)
from analytics.answers.consistency.land import implied_denominators
from analytics.answers.consistency.plan import Plan
from analytics.answers.consistency.unstated import unstated_base

CHECKS = (
    conflicts,
    below_its_part,
    implied_denominators,
    slower_parts,
    implied_parts,
    shares_of_totals,
    unstated_base,
)
_ORDER = list(FindingKind)


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Hold the plan's targets against each other; statements that agree are not reported.

    The reading changes the arithmetic, never what is listed; figures of a
    release add lines to the arithmetic where they are known.
    """
    found = (finding for check in CHECKS for finding in check(plan))
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.kind)))
