"""What of a ledger's figures may not be shown, and why: primary and secondary suppression.

A sum is withheld when too few enterprises make it up or the largest of them dominate it; then
others with it (:mod:`analytics.data.ledger.audit`). A figure withheld in one period of a year
is withheld in all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.catalog.disclosure import Disclosure
from analytics.data.ledger.audit import Audit
from analytics.data.ledger.figures import Question, Total
from analytics.data.ledger.values import Value, Values, formulas, is_sum

_FOLLOWS = "由不予列示的数计算，按披露规则不列示"
_SECOND = "可推算出不予列示的数，按披露规则一并不列示"


@dataclass(frozen=True)
class Withheld:
    """One indicator of one year that is not shown."""

    name: str
    year: int
    reason_zh: str


def reason_withheld(total: Total, rules: Disclosure) -> str:
    """Return why a sum by itself may not be shown; empty when it may."""
    if total.units == 0 or total.size == 0:
        return ""
    if total.units < rules.fewest_enterprises:
        return f"涉及企业不足{rules.fewest_enterprises}家，按披露规则不列示"
    if total.second < 0:  # the largest amount alone has shown that it is safe
        return ""
    largest, rest = total.first + total.second, total.size - total.first - total.second
    limits = rules.dominance
    if largest > limits.two_largest * total.size or rest < limits.p * total.first:
        return "最大的企业所占比重过高，按披露规则不列示"
    return ""


def withheld(question: Question, found: Values) -> tuple[Withheld, ...]:
    """Decide what is withheld of every year."""
    years = sorted({year for year, _ in found})
    decided = (
        (year, _of_year(question, [found[key] for key in sorted(found) if key[0] == year]))
        for year in years
    )
    return tuple(
        Withheld(name, year, reason) for year, names in decided for name, reason in names.items()
    )


def _of_year(question: Question, periods: list[dict[str, Value]]) -> dict[str, str]:
    """Return what is withheld in every period of a year, with the reasons."""
    primary = _primary(question, periods)
    hidden = dict(primary)
    audits = [Audit(question, known, frozenset(primary)) for known in periods]
    unsettled = True
    while unsettled:
        unsettled = False
        for audit in audits:
            while more := audit.repair(frozenset(hidden)):
                hidden |= dict.fromkeys(more, _SECOND)
                unsettled = True
    return _with_followers(question, hidden)


def _primary(question: Question, periods: Iterable[dict[str, Value]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for known in periods:
        for name, value in known.items():
            if value.total is not None:
                reason = reason_withheld(value.total, question.disclosure)
            elif name in question.contract.counts:
                reason = _few(question, name, value)
            else:
                continue
            if reason:
                found.setdefault(name, reason)
    for name, parts in formulas(question):  # the same as a withheld figure is itself sensitive
        if is_sum(question, name) and len(parts) == 1 and parts[0] in found:
            found.setdefault(name, found[parts[0]])
    return found


def _few(question: Question, name: str, value: Value) -> str:
    fewest = question.disclosure.fewest_enterprises
    if question.contract.counts[name].public_list_zh or not 0 < value.units < fewest:
        return ""
    return f"涉及企业不足{fewest}家，按披露规则不列示"


def _with_followers(question: Question, hidden: dict[str, str]) -> dict[str, str]:
    """Withhold what is no plain sum (a ratio, a count over a threshold) with any of its parts."""
    found = dict(hidden)
    for name, parts in formulas(question):
        if not is_sum(question, name) and found.keys() & set(parts):
            found.setdefault(name, _FOLLOWS)
    own = set(question.contract.indicators)
    return {name: reason for name, reason in found.items() if name in own}
