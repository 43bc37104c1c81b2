"""Targets by their outlook: how many have which, and which to look at first."""

from collections import Counter
from collections.abc import Iterable

from analytics.domain import Firmness, Prospect
from analytics.model.judgement.assessment import Assessment

AT_RISK = (Prospect.EVEN, Prospect.WEAK)


def counts(assessments: Iterable[Assessment]) -> dict[Prospect, int]:
    """Count the targets by outlook, from done to open; none is left out."""
    found = Counter(item.prospect for item in assessments)
    return {prospect: found[prospect] for prospect in Prospect}


def most_urgent(assessments: Iterable[Assessment], limit: int) -> list[Assessment]:
    """Pick the targets least likely to be met, commitments before aspirations."""
    at_risk = [item for item in assessments if item.prospect in AT_RISK]
    return sorted(at_risk, key=_urgency)[:limit]


def _urgency(item: Assessment) -> tuple[bool, float]:
    return item.target.firmness is Firmness.ASPIRATION, item.probability or 0.0
