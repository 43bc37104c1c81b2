"""A chart's specification never depends on numbers."""

import json
from copy import deepcopy

import pytest

from analytics.output.charts.fan import fan_spec
from analytics.text_zh import DEMO_MARK
from tests.support.specifications import values_under

SPEC = {"title": "产值：走势与2027年目标", "unit": "亿元"}


def test_the_same_chart_has_the_same_specification_whenever_it_is_built():
    """Otherwise the browser would build the picture anew instead of updating it."""
    first = deepcopy(fan_spec(**SPEC, dark=False, demo=True))
    fan_spec("另一张图", "家", dark=True, demo=False)
    assert fan_spec(**SPEC, dark=False, demo=True) == first


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("demo", [False, True])
def test_a_specification_holds_no_data_but_a_name_for_them(dark, demo):
    spec = fan_spec(**SPEC, dark=dark, demo=demo)
    assert "datasets" not in spec
    named = {data["name"] for data in values_under(spec, "data") if data}
    assert named == {"fan", "span", "labels"}
    assert all(set(named) == {"expr"} for named in values_under(spec, "values"))  # no numbers
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("dark", [False, True])
def test_the_demo_mark_stands_inside_the_chart_iff_it_uses_demo_data(dark):
    marked, plain = (fan_spec(**SPEC, dark=dark, demo=demo) for demo in (True, False))
    assert DEMO_MARK in marked["title"]["subtitle"]
    assert DEMO_MARK not in json.dumps(plain, ensure_ascii=False)


def test_title_and_unit_are_printed_in_the_chart():
    spec = fan_spec(**SPEC, dark=False, demo=False)
    assert spec["title"]["text"] == SPEC["title"]
    assert spec["title"]["subtitle"] == "单位：亿元"


def test_light_and_dark_differ_in_colour_only():
    light, dark = (fan_spec(**SPEC, dark=dark, demo=False) for dark in (False, True))

    def without_colour(node):
        if isinstance(node, dict):
            kept = {k: v for k, v in node.items() if "olor" not in k and k not in ("name", "views")}
            return {k: without_colour(v) for k, v in kept.items()}
        return [without_colour(x) for x in node] if isinstance(node, list) else node

    assert light != dark
    assert without_colour(light) == without_colour(dark)


def test_lines_can_be_told_apart_without_colour():
    layers = fan_spec(**SPEC, dark=False, demo=False)["layer"]
    lines = [layer["mark"] for layer in layers if layer["mark"]["type"] == "line"]
    looks = {(tuple(line["strokeDash"]), line["strokeWidth"]) for line in lines}
    assert len(looks) == len(lines) == 4


def test_lines_are_named_where_they_end_and_not_in_a_legend():
    spec = fan_spec(**SPEC, dark=False, demo=False)
    assert not any(values_under(spec["layer"], "legend"))
    assert "text" in {layer["mark"]["type"] for layer in spec["layer"]}


@pytest.mark.parametrize(("unit", "step"), [("家", [1]), ("亿元", [])])
def test_whole_things_have_whole_ticks(unit, step):
    spec = fan_spec("数量", unit, dark=False, demo=False)
    axes = [x["axis"] for x in values_under(spec, "y") if "axis" in x]
    assert axes
    assert [axis["tickMinStep"] for axis in axes if "tickMinStep" in axis][:1] == step


def test_a_value_axis_has_about_five_lines_and_its_end_labels_stand_at_their_lines():
    encoded = values_under(fan_spec(**SPEC, dark=False, demo=False), "y")
    axes = [x["axis"] for x in encoded if "axis" in x]
    assert axes
    assert {(x["tickCount"], x["labelFlush"]) for x in axes} == {(5, False)}


@pytest.mark.parametrize("dark", [False, True])
def test_the_line_of_nought_is_told_from_the_others(dark):
    lines = fan_spec(**SPEC, dark=dark, demo=False)["config"]["axis"]["gridColor"]
    assert lines["condition"]["test"] == "datum.value === 0"
    assert lines["condition"]["value"] != lines["value"]


def test_words_within_a_chart_are_all_of_one_size():
    sizes = set(values_under(fan_spec(**SPEC, dark=False, demo=False)["layer"], "fontSize"))
    assert sizes == {12.5}


def test_chinese_is_set_in_a_chinese_font():
    assert "Noto Sans SC" in fan_spec(**SPEC, dark=False, demo=False)["config"]["font"]
