"""前景: the word for the odds that a target is met when due."""

from analytics.domain import Prospect, Standing

GOOD_FROM = 0.66
WEAK_BELOW = 0.33


def prospect(standing: Standing, probability: float | None) -> Prospect:
    """Return the outlook: what is settled first, then the odds (a fraction)."""
    if standing is Standing.MET:
        return Prospect.DONE
    if standing is Standing.MISSED:
        return Prospect.MISSED
    if probability is None:
        return Prospect.OPEN
    if probability >= GOOD_FROM:
        return Prospect.GOOD
    return Prospect.EVEN if probability >= WEAK_BELOW else Prospect.WEAK
