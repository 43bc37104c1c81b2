"""Draws that two releases have in common are held once."""

from types import MappingProxyType

import numpy as np
import pandas as pd

from analytics.domain import JINSHAN, SHANGHAI
from analytics.model.draws.shared import shared
from analytics.model.projection import Projection
from analytics.model.projection.result import Rung


def drawn(*values: float) -> Projection:
    """A projection of one year, a draw each."""
    history = pd.Series([1.0], index=pd.Index([2025], name="year"))
    draws = np.array(values)[:, None]
    return Projection((2026,), draws, history, "试验", Rung.REFERENCE, has_probability=False)


def test_equal_draws_are_taken_from_another_release_and_others_stay_their_own():
    older = {JINSHAN: {"same": drawn(1.0, 2.0), "changed": drawn(3.0, 4.0), "gone": drawn(5.0)}}
    newer = {
        JINSHAN: MappingProxyType({"same": drawn(1.0, 2.0), "changed": drawn(3.0, 4.5)}),
        SHANGHAI: MappingProxyType({"new": drawn(1.0, 2.0)}),
    }
    found = shared(newer, [older])
    assert found[JINSHAN]["same"].draws is older[JINSHAN]["same"].draws
    assert found[JINSHAN]["changed"] is newer[JINSHAN]["changed"]
    assert found[SHANGHAI]["new"] is newer[SHANGHAI]["new"]
    assert found[JINSHAN].keys() == newer[JINSHAN].keys()


def test_draws_of_another_number_are_not_taken_for_equal():
    newer = {JINSHAN: MappingProxyType({"same": drawn(1.0)})}
    found = shared(newer, [{JINSHAN: {"same": drawn(1.0, 1.0)}}])
    assert found[JINSHAN]["same"] is newer[JINSHAN]["same"]
