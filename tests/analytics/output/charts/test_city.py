"""Charts against the city: no line bridges a missing year."""

import json

import numpy as np
import pandas as pd
import pytest

from analytics.output.charts.city import SAME_PACE, growth_spec, ratio_spec, with_gaps
from analytics.output.figures.city import city_figure, compare, growth_figure, ratio_figure
from analytics.text_zh import DEMO_MARK


def layer_of(spec: dict, mark: str) -> dict:
    return next(x for x in spec["layer"] if x["mark"]["type"] == mark and "data" in x)


def test_a_missing_year_is_an_empty_row_so_that_no_line_crosses_it():
    frame = with_gaps(pd.DataFrame({"year": [2018, 2021], "observed": [1.0, 2.0]}))
    assert frame["year"].tolist() == [2018, 2019, 2020, 2021]
    assert frame["observed"].isna().tolist() == [False, True, True, False]


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


def test_growth_is_drawn_in_years_that_have_it_and_says_its_nature(demo_bench):
    target = demo_bench.catalog.targets["scale_2035"]
    figure = growth_figure(demo_bench, target)
    fields = {"year", "value", "nature"}
    assert fields == set(figure.frame.columns)
    assert 2019 not in figure.frame["year"].tolist()
    spec = growth_spec(figure.title, figure.unit, dark=False)
    drawn = {value["field"] for value in spec["layer"][0]["encoding"]["tooltip"]}
    assert drawn == fields


def test_only_published_city_years_are_drawn_and_never_those_between(published_bench):
    view = published_bench.view({})
    frame = city_figure(view, published_bench.catalog.targets["scale_2035"]).frame
    observed = frame.set_index("year")["observed"].dropna()
    assert observed.index.tolist() == [2015, 2016, 2017, 2018, 2025]
    assert frame["year"].diff().dropna().eq(1).all()


def test_without_a_city_value_there_is_no_picture(demo_bench):
    view = demo_bench.view({})
    for name in ("density_2035", "quality_2035"):
        target = demo_bench.catalog.targets[name]
        assert city_figure(view, target) is None
        assert growth_figure(demo_bench, target) is None


def test_the_ratio_fan_starts_at_100_and_its_goal_exceeds_it(demo_bench):
    view = demo_bench.view({})
    target = demo_bench.catalog.targets["scale_2035"]
    figure = ratio_figure(view, compare(view, target, 0.01, 0.9), 0.01)
    rows = figure.frame.set_index("year")
    assert rows.loc[2025, "median"] == pytest.approx(100)
    assert rows.loc[2035, "target"] == pytest.approx(rows.loc[2035, "required"])
    assert 100 * 1.009**10 < rows.loc[2035, "target"] < 100 * 1.01**10  # city grows a little
    assert np.isnan(rows.loc[2020, "observed"])
    assert figure.demo


def test_a_moved_assumption_is_drawn_beside_the_baseline_it_left(demo_bench):
    before = demo_bench.view({})
    after = demo_bench.view({"gross_output_above_scale.g2027": 0.05}, before=before)
    target = demo_bench.catalog.targets["scale_2035"]
    still, moved = (
        ratio_figure(view, compare(view, target, 0.01, 0.9), 0.01).frame.set_index("year")
        for view in (before, after)
    )
    assert still["baseline"].isna().all()
    assert moved.loc[2035, "baseline"] == still.loc[2035, "median"]
    assert moved.loc[2035, "median"] < still.loc[2035, "median"]
