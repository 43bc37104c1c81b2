"""Charts of scenarios can be read without colour, and hold no data."""

import json

import pytest

from analytics.output.charts import scenarios as drawn
from analytics.text_zh import DEMO_MARK
from tests.support.specifications import values_under

NAMES = ("基准", "加力", "重演")
SPECS = {
    "scenarios": lambda dark, demo: drawn.scenarios_spec("题", "亿元", NAMES, dark=dark, demo=demo),
    "tornado": lambda dark, demo: drawn.tornado_spec("题", "亿元", 3, dark=dark, demo=demo),
    "gap": lambda dark, demo: drawn.gap_spec("题", "亿元", 3, dark=dark, demo=demo),
}


@pytest.mark.parametrize("kind", SPECS)
def test_the_demo_mark_stands_inside_the_chart_iff_it_uses_demo_data(kind):
    assert DEMO_MARK in SPECS[kind](False, True)["title"]["subtitle"]
    assert DEMO_MARK not in json.dumps(SPECS[kind](False, False), ensure_ascii=False)


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_specification_holds_no_data_but_names_for_them(kind, dark):
    spec = SPECS[kind](dark, False)
    assert "datasets" not in spec
    named = [data for data in values_under(spec, "data") if data]
    assert all(set(data) == {"name"} for data in named)
    assert SPECS[kind](dark, False) == spec


def test_scenarios_can_be_told_apart_without_colour():
    spec = drawn.scenarios_spec("题", "亿元", ("基准", *"甲乙丙丁"), dark=False, demo=False)
    dashes = {json.dumps(scale) for scale in values_under(spec, "range")}
    assert len(dashes) == 2  # one scale of colours, one of dashes
    assert len({tuple(dash) for dash in drawn.DASHES}) == len(set(drawn.COLOURS)) == 5


def test_directions_differ_in_lightness_not_only_in_hue():
    for dark in (False, True):
        (colours,) = [
            x for x in values_under(SPECS["tornado"](dark, False), "range") if len(x) == 2
        ]
        down, up = (_lightness(colour) for colour in colours)
        assert abs(down - up) > 0.25


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
