"""States in which figures of a release are saved."""

from collections.abc import Mapping
from datetime import date

from analytics.domain import Scenario
from analytics.output.figures.note import Stamp
from analytics.workbench import Workbench

DAY = date(2026, 11, 23)


def stamp_of(bench: Workbench, settings: Mapping[str, float] | None = None) -> Stamp:
    """Return the state of a release under a scenario, the baseline unless told otherwise."""
    scenario = Scenario(settings=tuple((settings or {}).items()), release=bench.release.id)
    return Stamp(scenario, bench.release, DAY)
