"""Figures against the city: no line bridges a missing year, and files say what was chosen."""

import numpy as np
import pytest

from analytics.answers.reports.against_city import compare
from analytics.output.charts import fan
from analytics.output.export import image
from analytics.output.figures.city import city_figure, growth_figure, ratio_figure
from tests.support.outlooks import stamp_of
from tests.support.specifications import values_under

CITY_LEVER = "gross_output_above_scale.g2027"
OWN_LEVER = "gross_output_registered.g2027"


def test_growth_is_drawn_in_years_that_have_it_and_says_its_nature(demo_bench):
    figure = growth_figure(demo_bench, demo_bench.catalog.targets["scale_2035"])
    fields = {"year", "value", "nature"}
    assert fields == set(figure.datasets["growth"].columns)
    assert 2019 not in figure.datasets["growth"]["year"].tolist()
    assert set(values_under(figure.spec(dark=False)["layer"][0]["encoding"], "field")) == {
        "year",
        "value",
        "sentence",
    }


def test_only_published_city_years_are_drawn_and_never_those_between(published_bench):
    view = published_bench.view({})
    figure = city_figure(view, published_bench.catalog.targets["scale_2035"])
    frame = figure.datasets["fan"]
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
    figure = ratio_figure(view, compare(view, target, 0.01, 0.9))
    rows = figure.datasets["fan"].set_index("year")
    assert rows.loc[2025, "median"] == pytest.approx(100)
    assert rows.loc[2035, "target"] == pytest.approx(rows.loc[2035, "required"])
    assert 100 * 1.009**10 < rows.loc[2035, "target"] < 100 * 1.01**10  # city grows a little
    assert np.isnan(rows.loc[2020, "observed"])
    assert figure.demo


def test_a_moved_assumption_is_drawn_beside_the_baseline_it_left(demo_bench):
    before = demo_bench.view({})
    after = demo_bench.view({CITY_LEVER: 0.05}, before=before)
    target = demo_bench.catalog.targets["scale_2035"]
    still, moved = (
        ratio_figure(view, compare(view, target, 0.01, 0.9)).datasets["fan"].set_index("year")
        for view in (before, after)
    )
    assert still["baseline"].isna().all()
    assert moved.loc[2035, "baseline"] == still.loc[2035, "median"]
    assert moved.loc[2035, "median"] < still.loc[2035, "median"]


@pytest.mark.parametrize(("lever", "is_left"), [(CITY_LEVER, True), (OWN_LEVER, False)])
def test_the_citys_baseline_is_drawn_only_where_the_city_is_moved(demo_bench, lever, is_left):
    """On page and in files alike; a lever of the district leaves the city as it was."""
    view = demo_bench.view({lever: 0.01}, before=demo_bench.view({}))
    figure = city_figure(view, demo_bench.catalog.targets["scale_2035"])
    assert figure.datasets["fan"]["baseline"].notna().any() == is_left
    assert (fan.BASELINE in figure.details.table) is is_left
    assert figure.details.assumptions, "the scenario's settings are named all the same"


def test_figures_are_drawn_where_both_sides_or_the_city_have_values(demo_bench):
    view, stamp = demo_bench.view({}), stamp_of(demo_bench)
    drawn = {"ratio": 0, "city": 0, "growth": 0}
    for target in demo_bench.catalog.targets_of("faster_than_city"):
        found = {
            "ratio": ratio_figure(view, compare(view, target, 0.01, 0.9)),
            "city": city_figure(view, target),
            "growth": growth_figure(demo_bench, target),
        }
        for kind, figure in found.items():
            if figure is not None:
                image.check(figure, stamp)
                drawn[kind] += 1
    assert all(drawn.values()), drawn


def test_the_ratio_says_what_counts_as_significant(demo_bench):
    view = demo_bench.view({})
    target = demo_bench.catalog.targets_of("faster_than_city")[0]
    figure = ratio_figure(view, compare(view, target, 0.015, 0.8))
    assert [(x.name, x.value) for x in figure.details.assumptions] == [
        ("“显著”的幅度", "年均高出1.5个百分点"),
        ("“显著”的把握", "80%"),
    ]
