"""The laboratory's figures hold the numbers they claim."""

import numpy as np
import pytest

from analytics.answers.steering.decomposition import decompose
from analytics.answers.steering.sensitivity import tornado
from analytics.domain import JINSHAN, Scenario
from analytics.output.figures.gap import MOST_STEPS, gap_figure
from analytics.output.figures.scenarios import scenarios_figure
from analytics.output.figures.sensitivity import reading, tornado_figure
from tests.support.specifications import values_under

REGISTERED, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
LAND = "enterprise_land_output_growth_2027"
PUSHED = {LEVER: 0.03, "enterprise_land.g2027": -0.01, "stress.repeat_2022": 1.0}
BASE, PLAN = Scenario(name="基准"), Scenario(name="重演", settings=tuple(PUSHED.items()))


@pytest.fixture(scope="module")
def scenarios(demo_bench):
    """The baseline and two scenarios, each with its outlook."""
    pushed = Scenario(name="加力", settings=((LEVER, 0.03),))
    return [(one, demo_bench.view(dict(one.settings))) for one in (BASE, pushed, PLAN)]


@pytest.fixture(scope="module")
def base(scenarios):
    """The baseline's outlook."""
    return scenarios[0][1]


# ── side by side ─────────────────────────────────────────────────────────────────────────


def test_each_scenario_shows_its_own_quantiles_joined_to_the_history(demo_bench, scenarios):
    frame = scenarios_figure(scenarios, REGISTERED, last_year=2030).datasets["scenarios"]
    for one, view in scenarios:
        own = frame[frame["scenario"] == one.name].set_index("year")
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


def test_a_share_is_drawn_in_percent(scenarios):
    figure = scenarios_figure(scenarios, "strategic_emerging_share_2027", last_year=2027)
    frame = figure.datasets["scenarios"]
    assert figure.unit == "%"
    assert frame["target"].dropna().tolist() == [30.0]
    assert frame["median"].dropna().between(20, 45).all()


def test_the_takeaway_names_every_scenario_with_median_and_chance(scenarios):
    said = scenarios_figure(scenarios, REGISTERED, last_year=2027).takeaway
    for one, view in scenarios:
        item = view.verdict(REGISTERED)
        assert f"{one.name}中位数{item.median:,.1f}亿元，达成概率{item.probability:.0%}" in said


def test_a_release_without_history_still_makes_a_frame(published_bench):
    view = published_bench.view({})
    frame = scenarios_figure([(BASE, view)], REGISTERED, last_year=2027).datasets["scenarios"]
    assert frame["median"].isna().all()
    assert frame["target"].dropna().tolist() == [2000.0]


# ── sensitivity ──────────────────────────────────────────────────────────────────────────


def test_bars_of_a_lever_run_from_the_present_median_down_and_up(demo_bench, base):
    found = tornado(demo_bench, {}, LAND)
    figure = tornado_figure(base, found, BASE)
    frame = figure.datasets["tornado"]
    assert frame["order"].nunique() == len(found.bars)
    rows = frame[frame["order"] == 0].set_index("side")
    assert rows.loc["下调", "value"] == pytest.approx(found.bars[0].median_down * 100)
    assert rows.loc["上调", "value"] == pytest.approx(found.bars[0].median_up * 100)
    assert (frame["median"] == found.median * 100).all()
    assert figure.unit == "%（年均）"
    assert rows.loc["上调", "name"] == "规模以上工业企业用地面积（2026—2027年）±1.0个百分点"


def test_an_assumption_is_marked_as_such_in_the_bars(demo_bench, base):
    figure = tornado_figure(base, tornado(demo_bench, {}, "scale_2035"), BASE)
    names = figure.datasets["tornado"]["name"]
    city = [name for name in names if name.startswith("全市")]
    assert city
    assert all("，假设）" in name for name in city)


def test_a_far_target_is_left_out_so_that_the_bars_can_be_read(demo_bench, base):
    near = tornado_figure(base, tornado(demo_bench, {}, REGISTERED), BASE)
    far = tornado_figure(base, tornado(demo_bench, {}, "drone_output_2027"), BASE)
    assert near.datasets["marks"]["limit"].tolist() == [2000.0]
    assert reading(near) == "竖线为当前中位数，虚线为达标线"
    assert far.datasets["marks"]["limit"].isna().all()
    assert reading(far) == "竖线为当前中位数"
    assert far.takeaway.endswith("达标线100.0亿元在图外。")
    assert "图外" not in near.takeaway


# ── what each setting contributes ────────────────────────────────────────────────────────


def test_steps_lead_from_the_baseline_to_the_scenario_without_a_gap(demo_bench, base):
    found = decompose(demo_bench, PUSHED, LAND)
    frame = gap_figure(base, found, PLAN).datasets["gap"]
    assert frame["name"].iloc[0].startswith("基准")
    assert frame["name"].iloc[-1].startswith("本情景")
    np.testing.assert_allclose(frame["start"].iloc[1:-1], frame["end"].iloc[:-2])
    assert frame["end"].iloc[-2] == pytest.approx(frame["end"].iloc[-1])
    assert frame["end"].iloc[-1] == pytest.approx(found.scenario * 100)
    kinds = np.where(frame["end"] >= frame["start"], "提高", "降低")[1:-1]
    assert frame["kind"].tolist()[1:-1] == kinds.tolist()


def test_many_parts_are_summed_up_in_one_last_step(demo_bench, base, monkeypatch):
    monkeypatch.setattr("analytics.output.figures.gap.MOST_STEPS", 1)
    found = decompose(demo_bench, PUSHED, LAND)
    frame = gap_figure(base, found, PLAN).datasets["gap"]
    assert len(found.parts) == 3 < MOST_STEPS
    assert [name.split("−")[0].split("+")[0] for name in frame["name"]][2] == "其余各项"
    assert frame["end"].iloc[-2] == pytest.approx(found.scenario * 100)


# ── all of them ──────────────────────────────────────────────────────────────────────────


def test_nothing_to_draw_makes_no_figure(demo_bench, published_bench, base):
    assert gap_figure(base, decompose(demo_bench, {}, LAND), BASE) is None
    assert tornado_figure(base, tornado(published_bench, {}, LAND), BASE) is None


def test_every_target_has_figures_whose_numbers_are_finite_or_absent(demo_bench, scenarios, base):
    for target in demo_bench.catalog.targets:
        figures = [
            scenarios_figure(scenarios, target, last_year=2035),
            tornado_figure(base, tornado(demo_bench, {}, target), BASE),
            gap_figure(base, decompose(demo_bench, PUSHED, target), PLAN),
        ]
        for figure in filter(None, figures):
            for frame in figure.datasets.values():
                numbers = frame.select_dtypes("number").to_numpy(dtype="float64")
                assert not np.isinf(numbers).any(), target
            assert "nan" not in figure.takeaway
            assert figure.demo


@pytest.mark.parametrize(
    "make",
    [
        lambda bench, view: scenarios_figure([(BASE, view)], LAND, last_year=2027),
        lambda bench, view: tornado_figure(view, tornado(bench, {}, LAND), BASE),
        lambda bench, view: gap_figure(view, decompose(bench, PUSHED, LAND), PLAN),
    ],
    ids=["scenarios", "tornado", "gap"],
)
def test_every_field_of_the_specification_is_a_column_of_its_frames(demo_bench, base, make):
    figure = make(demo_bench, base)
    columns = {name for frame in figure.datasets.values() for name in frame}
    fields = {x for x in values_under(figure.spec(dark=False), "field") if isinstance(x, str)}
    assert fields <= {*columns, "sentence"}
