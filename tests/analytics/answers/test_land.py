"""What more land does to output per land, by hand: 1500 亩 are one square kilometre."""

from types import SimpleNamespace

import pytest

from analytics.answers.land import diluted, median_at
from analytics.domain import JINSHAN, Indicator, LandBlock, Lever, NamedSeries
from tests.support.drawn import indicator, indicators, nothing, projection

BLOCK = LandBlock(
    kind="land",
    areas=("supply", "clearance"),
    densities=(NamedSeries(indicator="density", name_zh="单位土地产值"),),
    lever="supply.f2027",
    extra=750.0,
)
LEVER = Lever(
    id="supply.f2027",
    code="xs27",
    applies_to="supply",
    name_zh="多供地",
    lever_class="policy",
    effect="flow",
    minimum=0.0,
    maximum=1500.0,
    step=50.0,
    first_year=2026,
    last_year=2027,
    rationale_zh="手写",
)
DECLARED: dict[str, Indicator] = indicators(
    indicator("output"),
    indicator("land", "area_moved_by", "supply", "clearance"),
    indicator("density", "ratio", "output", "land"),
    indicator("supply", accumulates=True, unit="亩"),
    indicator("clearance", accumulates=True, unit="亩"),
)
HERE = {
    "output": projection([90.0, 100.0]),
    "land": projection([9.0, 10.0]),
    "density": projection([10.0, 10.0]),
    "supply": projection([300.0, 300.0]),
    "clearance": projection([300.0, 300.0]),
}


def view(**changed):
    """A view of hand-made projections of 2026 and 2027."""
    catalog = SimpleNamespace(indicators=DECLARED, levers={LEVER.id: LEVER})
    return SimpleNamespace(
        projections={JINSHAN: HERE | changed}, bench=SimpleNamespace(catalog=catalog)
    )


def test_land_added_each_year_piles_up_and_thins_the_output_out():
    """750 亩 in each of two years are 1 km²: 100 on 11 in place of 100 on 10."""
    found = diluted(view(), BLOCK, "density")
    assert found.median == pytest.approx(10.0)
    assert found.change == pytest.approx(10 / 11 - 1)


@pytest.mark.parametrize("missing", ["output", "land", "density", "supply", "clearance"])
def test_without_a_projection_of_every_part_nothing_is_said(missing):
    assert diluted(view(**{missing: nothing({})}), BLOCK, "density") is None


def test_the_median_of_a_year_beyond_the_projection_is_unknown():
    assert median_at(HERE["output"], 2027) == 100.0
    assert median_at(HERE["output"], 2028) is None
