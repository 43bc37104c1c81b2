"""The scenarios a visitor has at hand: baseline, saved ones and the present settings."""

from analytics.domain import Scenario
from analytics.model.scenarios import links
from pages.common.session import session

BASELINE = "基准"


def compared() -> list[Scenario]:
    """Return what is compared: baseline, saved scenarios, and the present settings if new.

    No two bear the same name, whatever a link says.
    """
    found = [Scenario(name=BASELINE, release=session().release_id), *session().saved]
    present = session().scenario
    if present.settings not in [one.settings for one in found]:
        found.append(present)
    names: list[str] = []
    for one in found:
        names.append(unique(one.name, names))
    return [one.model_copy(update={"name": name}) for one, name in zip(found, names, strict=True)]


def unique(name: str, others: list[str]) -> str:
    """Return a name that no other scenario bears."""
    number, candidate = 2, name
    while candidate in others:
        tail = str(number)
        candidate = name[: links.LONGEST_NAME - len(tail)] + tail
        number += 1
    return candidate
