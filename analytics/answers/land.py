"""What more land supplied means for output per land, on the draws of a view."""

from dataclasses import dataclass

import numpy as np

from analytics.catalog.blocks import part_and_whole
from analytics.domain import JINSHAN, LandBlock
from analytics.model.draws.identities import area_moved_by, ratio
from analytics.model.projection import Projection
from analytics.model.scenarios.levers import apply_levers
from analytics.workbench import View

YEAR = 2027  # when the plan's own targets are due


@dataclass(frozen=True)
class Dilution:
    """Output per land of the due year, and its change if more land were supplied each year.

    Attributes
    ----------
    median : of the output per land, in the indicator's unit
    change : of the median, as a fraction of it
    """

    indicator: str
    median: float
    change: float


def diluted(view: View, block: LandBlock, density: str) -> Dilution | None:
    """Compare an output per land with and without more land, the output itself unmoved.

    None where the history of output, land, supply or clearance is too short to project.
    """
    here, indicators = view.projections[JINSHAN], view.bench.catalog.indicators
    output, land = part_and_whole(indicators[density])
    moving = indicators[land].identity
    if moving is None:
        return None
    before = median_at(here[density])
    if before is None or not all(here[name].years for name in (output, land, *moving.of)):
        return None
    lever = view.bench.catalog.levers[block.lever]
    starts = [here[name] for name in moving.of]
    members = [
        apply_levers(start, [lever], {lever.id: block.extra}, accumulates=True)
        if name == lever.applies_to
        else start
        for name, start in zip(moving.of, starts, strict=True)
    ]
    more = ratio(here[output], area_moved_by(here[land], members, starts), here[density])
    after = median_at(more)
    return None if after is None else Dilution(density, before, after / before - 1)


def median_at(projection: Projection, year: int = YEAR) -> float | None:
    """Return the median of a projected year, None where the year is not projected."""
    if year not in projection.years:
        return None
    return float(np.median(projection.draws[:, projection.years.index(year)]))
