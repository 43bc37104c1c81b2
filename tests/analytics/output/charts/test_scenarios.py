"""Charts of scenarios hold the numbers they claim, and can be read without colour."""

import json

import numpy as np
import pytest

from analytics.answers.steering.decomposition import decompose
from analytics.answers.steering.sensitivity import tornado
from analytics.domain import JINSHAN
from analytics.output.charts import scenarios as drawn
from analytics.output.figures.scenarios import (
    MOST_BARS,
    decomposition_figure,
    scenario_figure,
    tornado_figure,
)
from analytics.text_zh import DEMO_MARK
from tests.analytics.output.charts.test_fan import _values

REGISTERED, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
LAND = "enterprise_land_output_growth_2027"
SCENARIO = {LEVER: 0.03, "enterprise_land.g2027": -0.01, "stress.repeat_2022": 1.0}
NAMES = ("基准", "加力", "重演")
SPECS = {
    "scenarios": lambda dark, demo: drawn.scenarios_spec("题", "亿元", NAMES, dark=dark, demo=demo),
    "tornado": lambda dark, demo: drawn.tornado_spec("题", "亿元", 3, dark=dark, demo=demo),
    "gap": lambda dark, demo: drawn.gap_spec("题", "亿元", 3, dark=dark, demo=demo),
}


@pytest.fixture(scope="module")
def views(demo_bench):
    """The baseline and two scenarios."""
    settings = ({}, {LEVER: 0.03}, SCENARIO)
    return [(name, demo_bench.view(x)) for name, x in zip(NAMES, settings, strict=True)]


# ── numbers ──────────────────────────────────────────────────────────────────────────────


def test_each_scenario_shows_its_own_quantiles_joined_to_the_history(demo_bench, views):
    frame = scenario_figure(views, REGISTERED, last_year=2030).frame
    for name, view in views:
        own = frame[frame["scenario"] == name].set_index("year")
        draws = view.projections[JINSHAN]["gross_output_registered"]
        low, median, high = np.quantile(draws.draws, [0.1, 0.5, 0.9], axis=0)
        assert own.index.tolist() == [2025, *range(2026, 2031)]
        np.testing.assert_allclose(own.loc[2026:, "median"], median[:5])
        np.testing.assert_allclose(own.loc[2026:, "low80"], low[:5])
        np.testing.assert_allclose(own.loc[2026:, "high80"], high[:5])
        last = demo_bench.history("gross_output_registered").values[2025]
        assert own.loc[2025, ["low80", "median", "high80"]].tolist() == [last] * 3
    assert frame["target"].dropna().tolist() == [2000.0]
    assert frame["year"].min() == 2020


def test_a_share_is_drawn_in_percent(views):
    figure = scenario_figure(views, "strategic_emerging_share_2027", last_year=2027)
    assert figure.unit == "%"
    assert figure.frame["target"].dropna().tolist() == [30.0]
    assert figure.frame["median"].dropna().between(20, 45).all()


def test_the_takeaway_names_every_scenario_with_median_and_chance(demo_bench, views):
    said = scenario_figure(views, REGISTERED, last_year=2027).takeaway
    for name, view in views:
        item = view.verdict(REGISTERED)
        assert f"{name}中位数{item.median:,.1f}亿元，达成概率{item.probability:.0%}" in said


def test_bars_of_a_lever_run_from_the_present_median_down_and_up(demo_bench, views):
    found = tornado(demo_bench, {}, LAND)
    figure = tornado_figure(views[0][1], found)
    assert figure.rows == len(found.bars)
    rows = figure.frame[figure.frame["order"] == 0].set_index("side")
    assert rows.loc["下调", "value"] == pytest.approx(found.bars[0].median_down * 100)
    assert rows.loc["上调", "value"] == pytest.approx(found.bars[0].median_up * 100)
    assert (figure.frame["median"] == found.median * 100).all()
    assert figure.unit == "%（年均）"
    assert rows.loc["上调", "name"] == "规模以上工业企业用地面积（2025—2027年）±1.0个百分点"


def test_an_assumption_is_marked_as_such_in_the_bars(demo_bench, views):
    figure = tornado_figure(views[0][1], tornado(demo_bench, {}, "scale_2035"))
    city = [name for name in figure.frame["name"] if name.startswith("全市")]
    assert city
    assert all("，假设）" in name for name in city)


def test_a_far_target_is_left_out_so_that_the_bars_can_be_read(demo_bench, views):
    near = tornado_figure(views[0][1], tornado(demo_bench, {}, REGISTERED))
    far = tornado_figure(views[0][1], tornado(demo_bench, {}, "drone_output_2027"))
    assert near.marks["limit"].tolist() == [2000.0]
    assert far.marks["limit"].isna().all()
    assert far.takeaway.endswith("达标线100.0亿元在图外。")
    assert "图外" not in near.takeaway


def test_steps_lead_from_the_baseline_to_the_scenario_without_a_gap(demo_bench, views):
    found = decompose(demo_bench, SCENARIO, LAND)
    frame = decomposition_figure(views[0][1], found).frame
    assert frame["name"].iloc[0].startswith("基准")
    assert frame["name"].iloc[-1].startswith("本情景")
    np.testing.assert_allclose(frame["start"].iloc[1:-1], frame["end"].iloc[:-2])
    assert frame["end"].iloc[-2] == pytest.approx(frame["end"].iloc[-1])
    assert frame["end"].iloc[-1] == pytest.approx(found.scenario * 100)
    kinds = np.where(frame["end"] >= frame["start"], "提高", "降低")[1:-1]
    assert frame["kind"].tolist()[1:-1] == kinds.tolist()


def test_many_parts_are_summed_up_in_one_last_step(demo_bench, views, monkeypatch):
    monkeypatch.setattr("analytics.output.figures.scenarios.MOST_BARS", 1)
    found = decompose(demo_bench, SCENARIO, LAND)
    frame = decomposition_figure(views[0][1], found).frame
    assert len(found.parts) == 3 < MOST_BARS
    assert [name.split("−")[0].split("+")[0] for name in frame["name"]][2] == "其余各项"
    assert frame["end"].iloc[-2] == pytest.approx(found.scenario * 100)


def test_nothing_to_draw_makes_no_figure(demo_bench, published_bench, views):
    base = views[0][1]
    assert decomposition_figure(base, decompose(demo_bench, {}, LAND)) is None
    assert tornado_figure(base, tornado(published_bench, {}, LAND)) is None


def test_a_release_without_history_still_makes_a_frame(published_bench):
    figure = scenario_figure([("基准", published_bench.view({}))], REGISTERED, last_year=2027)
    assert figure.frame["median"].isna().all()
    assert figure.frame["target"].dropna().tolist() == [2000.0]


def test_every_target_has_figures_whose_numbers_are_finite_or_absent(demo_bench, views):
    for target in demo_bench.catalog.targets:
        figures = [
            scenario_figure(views, target, last_year=2035),
            tornado_figure(views[0][1], tornado(demo_bench, {}, target)),
            decomposition_figure(views[0][1], decompose(demo_bench, SCENARIO, target)),
        ]
        for figure in figures:
            if figure is not None:
                numbers = figure.frame.select_dtypes("number").to_numpy(dtype="float64")
                assert not np.isinf(numbers).any(), target
                assert "nan" not in figure.takeaway
                assert figure.demo


# ── specifications ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", SPECS)
def test_the_demo_mark_stands_inside_the_chart_iff_it_uses_demo_data(kind):
    assert DEMO_MARK in SPECS[kind](False, True)["title"]["subtitle"]
    assert DEMO_MARK not in json.dumps(SPECS[kind](False, False), ensure_ascii=False)


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_specification_holds_no_data_but_names_for_them(kind, dark):
    spec = SPECS[kind](dark, False)
    assert "datasets" not in spec
    named = [data for data in _values(spec, "data") if data]
    assert all(set(data) == {"name"} for data in named)
    assert SPECS[kind](dark, False) == spec


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("scenarios", lambda bench, view: scenario_figure([("基准", view)], LAND, last_year=2027)),
        ("tornado", lambda bench, view: tornado_figure(view, tornado(bench, {}, LAND))),
        ("gap", lambda bench, view: decomposition_figure(view, decompose(bench, SCENARIO, LAND))),
    ],
)
def test_every_field_of_the_specification_is_a_column_of_its_frames(
    demo_bench, views, kind, figure
):
    made = figure(demo_bench, views[0][1])
    columns = set(made.frame) | set(made.frame if made.marks is None else made.marks)
    fields = {x for x in _values(SPECS[kind](False, False), "field") if isinstance(x, str)}
    assert fields <= columns


def test_scenarios_can_be_told_apart_without_colour():
    spec = drawn.scenarios_spec("题", "亿元", ("基准", *"甲乙丙丁"), dark=False, demo=False)
    dashes = {json.dumps(scale) for scale in _values(spec, "range")}
    assert len(dashes) == 2  # one scale of colours, one of dashes
    assert len({tuple(dash) for dash in drawn.DASHES}) == len(set(drawn.COLOURS)) == 5


def test_directions_differ_in_lightness_not_only_in_hue():
    for dark in (False, True):
        (colours,) = [x for x in _values(SPECS["tornado"](dark, False), "range") if len(x) == 2]
        down, up = (_lightness(colour) for colour in colours)
        assert abs(down - up) > 0.25


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
