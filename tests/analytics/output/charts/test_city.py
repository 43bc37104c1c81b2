"""How the charts against the city look."""

import json

import pytest

from analytics.output.charts.city import SAME_PACE, ratio_spec
from analytics.text_zh import DEMO_MARK


def layer_of(spec: dict, mark: str) -> dict:
    """The layer of a mark that brings data of its own."""
    return next(
        x for x in spec["layer"] if x["mark"]["type"] == mark and "values" in x.get("data", {})
    )


@pytest.mark.parametrize("dark", [False, True])
def test_the_line_of_equal_growth_stands_at_the_level_of_the_base_year(dark):
    spec = ratio_spec("规模：金山÷全市", "2025年＝100", 100.0, dark=dark, demo=True)
    assert layer_of(spec, "rule")["encoding"]["y"]["datum"] == 100.0
    assert layer_of(spec, "text")["mark"]["text"] == SAME_PACE
    assert DEMO_MARK in spec["title"]["subtitle"]


def test_a_ratio_is_drawn_on_a_log_scale_in_every_layer():
    spec = ratio_spec("规模：金山÷全市", "2025年＝100", 100.0, dark=False, demo=False)
    scales = [x["encoding"]["y"]["scale"]["type"] for x in spec["layer"] if "y" in x["encoding"]]
    assert set(scales) == {"log"}
    assert json.loads(json.dumps(spec)) == spec
