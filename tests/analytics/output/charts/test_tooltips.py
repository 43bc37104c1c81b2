"""A tooltip is one sentence: no field name, no empty field is ever shown."""

from functools import cache

import pytest

from analytics.output.charts import city, contributions, coverage, fan, multiples, scenarios
from analytics.output.charts import track_record as record
from tests.support.specifications import values_under

NAMES = ("基准", "加力")
UNIT = {"unit": "亿元", "dark": False}
MAKERS = {
    "fan": lambda: fan.fan_spec("题", **UNIT, demo=True),
    "sheet": lambda: multiples.multiples_spec(("一", "二"), dark=False, demo=True),
    "ratio": lambda: city.ratio_spec("题", "2025年＝100", 100.0, dark=False, demo=True),
    "growth": lambda: city.growth_spec("题", **UNIT),
    "scenarios": lambda: scenarios.scenarios_spec("题", "亿元", NAMES, dark=False, demo=True),
    "sensitivity": lambda: scenarios.tornado_spec("题", "亿元", 3, dark=False, demo=True),
    "gap": lambda: scenarios.gap_spec("题", "亿元", 3, dark=False, demo=True),
    "backtest": lambda: record.backtest_spec("题", **UNIT, demo=True),
    "coverage": lambda: record.coverage_spec("题", NAMES, 0.8, dark=False),
    "heat map": lambda: coverage.heat_map_spec("题", NAMES, dark=False, demo=True),
    "contributions": lambda: contributions.contributions_spec("题", **UNIT),
}


@cache
def made(kind: str) -> dict:
    """Make a chart when its turn has come, once."""
    return MAKERS[kind]()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_tooltip_is_a_sentence_and_a_mark_without_one_has_none(kind):
    told = [one for one in values_under(made(kind), "tooltip") if one is not None]
    assert all(one == {"field": "sentence", "type": "nominal"} for one in told)
    assert made(kind)["config"]["mark"]["tooltip"] is None


@pytest.mark.parametrize("kind", ["fan", "ratio", "scenarios", "growth"])
def test_years_lie_on_a_real_time_axis(kind):
    axes = [x for x in values_under(made(kind), "x") if isinstance(x, dict) and "field" in x]
    assert axes
    assert {axis["type"] for axis in axes} == {"quantitative"}


def test_only_one_scenarios_fan_is_drawn_at_a_time_the_last_ones_at_first():
    spec = made("scenarios")
    fans = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    (parameter,) = spec["params"]
    assert [fan["transform"] for fan in fans] == [[{"filter": {"param": "pointed"}}]]
    assert parameter["value"] == [{"scenario": NAMES[-1]}]


def test_small_charts_stand_on_a_fixed_grid():
    sheet = made("sheet")
    assert sheet["bounds"] == "flush"
    assert set(sheet["spacing"]) == {"row", "column"}
