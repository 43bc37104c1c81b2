"""A chart's specification never depends on numbers."""

import json

import pytest

from analytics.output.charts.fan import fan_spec
from analytics.text_zh import DEMO_MARK
from tests.support.specifications import values_under

SPEC = {"title": "产值：走势与2027年目标", "unit": "亿元"}


def test_the_same_chart_has_the_same_specification_whenever_it_is_built():
    """Otherwise the browser would build the picture anew instead of updating it."""
    first = fan_spec(**SPEC, dark=False, demo=True)
    fan_spec("另一张图", "家", dark=True, demo=False)
    fan_spec.cache_clear()
    assert fan_spec(**SPEC, dark=False, demo=True) == first


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("demo", [False, True])
def test_a_specification_holds_no_data_but_a_name_for_them(dark, demo):
    spec = fan_spec(**SPEC, dark=dark, demo=demo)
    assert "datasets" not in spec
    assert list(values_under(spec, "data")) == [{"name": "fan"}]
    assert list(values_under(spec, "values")) == []
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
    spec = fan_spec(**SPEC, dark=False, demo=False)
    dash, shape = (spec["encoding"][name]["scale"] for name in ("strokeDash", "shape"))
    assert dash["domain"] == shape["domain"] == spec["encoding"]["color"]["scale"]["domain"]
    looks = list(zip(map(tuple, dash["range"]), shape["range"], strict=True))
    assert len(set(looks)) == len(looks) == 5


def test_a_legend_names_only_what_is_shown_when_told_so():
    spec = fan_spec(**SPEC, dark=False, demo=False, shown=("历史", "目标"))
    legends = [x["values"] for x in values_under(spec["encoding"], "legend")]
    assert legends == [["历史", "目标"]] * 3


def test_chinese_is_set_in_a_chinese_font():
    assert "Noto Sans SC" in fan_spec(**SPEC, dark=False, demo=False)["config"]["font"]
