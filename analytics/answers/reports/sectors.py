"""An output by sector, as far as the release holds the sectors' own yearly values."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.answers.land import median_at
from analytics.domain import JINSHAN, Indicator, SectorsBlock
from analytics.workbench import View


@dataclass(frozen=True)
class Sector:
    """One sector in the newest year that it and the whole are both known for."""

    indicator: Indicator
    year: int
    value: float
    share: float  # of the whole, as a fraction
    pull: float | None  # on the whole's growth over the year before, as a fraction
    ahead: float | None  # projected median


def sectors(view: View, block: SectorsBlock) -> tuple[Sector, ...]:
    """Return the sectors that are held, in the block's order; what they leave over is not given.

    The rest is left out on purpose: a difference of two aggregates may single out one plant.
    """
    return tuple(_sectors(view, block))


def _sectors(view: View, block: SectorsBlock) -> Iterator[Sector]:
    whole = view.bench.history(block.whole).values
    for name in block.parts:
        part = view.bench.history(name).values
        years = part.index.intersection(whole.index)
        if years.empty:
            continue
        year = int(years[-1])
        pull = None
        if year - 1 in years:
            pull = float((part[year] - part[year - 1]) / whole[year - 1])
        yield Sector(
            indicator=view.bench.catalog.indicators[name],
            year=year,
            value=float(part[year]),
            share=float(part[year] / whole[year]),
            pull=pull,
            ahead=median_at(view.projections[JINSHAN][name]),
        )
