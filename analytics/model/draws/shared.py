"""Draws that two releases have in common, held once.

An import changes a few series; the others are drawn as before, number by number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from analytics.model.draws.baseline import Projections
from analytics.model.projection import Projection


def shared(own: Projections, others: Sequence[Projections]) -> Projections:
    """Return the same projections, with draws taken from the others where they are equal."""
    return MappingProxyType(
        {
            region: _shared_in_region(here, [other[region] for other in others if region in other])
            for region, here in own.items()
        }
    )


def _shared_in_region(
    own: Mapping[str, Projection], others: Sequence[Mapping[str, Projection]]
) -> Mapping[str, Projection]:
    return MappingProxyType(
        {
            name: _shared(one, [other[name] for other in others if name in other])
            for name, one in own.items()
        }
    )


def _shared(one: Projection, others: Sequence[Projection]) -> Projection:
    for other in others:
        if np.array_equal(one.draws, other.draws):
            return replace(one, draws=other.draws)
    return one
