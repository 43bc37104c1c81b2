"""A tooltip is one sentence: no field name, no empty field is ever shown."""

import pytest

from analytics.output.charts import city, contributions, coverage, fan, multiples, scenarios
from analytics.output.charts import track_record as record
from tests.support.specifications import values_under

NAMES = ("基准", "加力")
UNIT = {"unit": "亿元", "dark": False}
SPECS = {
    "fan": fan.fan_spec("题", **UNIT, demo=True),
    "sheet": multiples.multiples_spec(("一", "二"), dark=False, demo=True),
    "ratio": city.ratio_spec("题", "2025年＝100", 100.0, dark=False, demo=True),
    "growth": city.growth_spec("题", **UNIT),
    "scenarios": scenarios.scenarios_spec("题", "亿元", NAMES, dark=False, demo=True),
    "sensitivity": scenarios.tornado_spec("题", "亿元", 3, dark=False, demo=True),
    "gap": scenarios.gap_spec("题", "亿元", 3, dark=False, demo=True),
    "backtest": record.backtest_spec("题", **UNIT, demo=True),
    "coverage": record.coverage_spec("题", NAMES, 0.8, dark=False),
    "heat map": coverage.heat_map_spec("题", NAMES, dark=False, demo=True),
    "contributions": contributions.contributions_spec("题", **UNIT),
}


@pytest.mark.parametrize("kind", SPECS)
def test_a_tooltip_is_a_sentence_and_a_mark_without_one_has_none(kind):
    told = [one for one in values_under(SPECS[kind], "tooltip") if one is not None]
    assert all(one == {"field": "sentence", "type": "nominal"} for one in told)
    assert SPECS[kind]["config"]["mark"]["tooltip"] is None


@pytest.mark.parametrize("kind", ["fan", "ratio", "scenarios", "growth"])
def test_years_lie_on_a_real_time_axis(kind):
    axes = [x for x in values_under(SPECS[kind], "x") if isinstance(x, dict) and "field" in x]
    assert axes
    assert {axis["type"] for axis in axes} == {"quantitative"}


def test_only_one_scenarios_fan_is_drawn_at_a_time_the_last_ones_at_first():
    spec = SPECS["scenarios"]
    fans = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    (parameter,) = spec["params"]
    assert [fan["transform"] for fan in fans] == [[{"filter": {"param": "pointed"}}]]
    assert parameter["value"] == [{"scenario": NAMES[-1]}]


def test_small_charts_stand_on_a_fixed_grid():
    sheet = SPECS["sheet"]
    assert sheet["bounds"] == "flush"
    assert set(sheet["spacing"]) == {"row", "column"}
