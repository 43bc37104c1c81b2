"""Where functions cross zero, and that nothing of them is kept."""

import gc
from weakref import ref

import pytest

from analytics.model.judgement.crossing import crossing, halved


class Owner:
    """What a function knows, as a release is known by those of the goal-seek."""

    root = 0.25

    def excess(self, value: float) -> float:
        """Return how far a value lies beyond the root."""
        return value - self.root


@pytest.mark.parametrize("search", [crossing, halved])
def test_the_root_is_found_and_what_the_function_knows_goes_at_once(search):
    owner = Owner()
    gone = ref(owner)
    gc.disable()  # frozen objects are found by no collection for a long time
    try:
        assert search(owner.excess, 0.0, 1.0, close=1e-12) == pytest.approx(0.25, abs=1e-11)
        del owner
        assert gone() is None
    finally:
        gc.enable()
