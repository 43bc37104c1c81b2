"""Goal-seek lands on the target; the least effort moves nothing more than is needed."""

from dataclasses import replace
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pytest

from analytics.answers.steering.effort import _on_steps, least_effort
from analytics.answers.steering.goal_seek import goal_seek
from analytics.answers.steering.influence import contributions, influences
from analytics.answers.steering.margin import margin
from analytics.answers.steering.progressive import Effect, LeveredTarget, Way
from analytics.answers.steering.reference_rates import marks, required
from analytics.domain import JINSHAN, LeverClass, Operator, Reason
from analytics.model.judgement.limits import meets
from analytics.model.scenarios.levers import snapped
from analytics.text_zh import reason_zh
from tests.support.drawn import projection

REGISTERED, REGISTERED_LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
HARDER = {"stress.repeat_2022": 1.0}  # with it 2000亿元 is missed at the median
PROJECTS, PROJECTS_LEVER = "large_projects_2027", "large_projects.f2027"
SCENARIO = {REGISTERED_LEVER: 0.01, "park_tax.g2027": -0.02, "stress.repeat_2022": 1.0}


def _with(bench, **drawn):
    """Replace the baseline draws of some district series by drawn ones."""
    own = {**bench.baseline[JINSHAN], **drawn}
    return replace(
        bench, baseline=MappingProxyType({**bench.baseline, JINSHAN: MappingProxyType(own)})
    )


@pytest.fixture(scope="module")
def drawn_bench(demo_bench):
    """A bench whose registered output is three paths that can be solved by hand."""
    drawn = projection(
        [110.0, 121.0], [100.0, 100.0], [120.0, 144.0], history={2023: 90.0, 2025: 100.0}
    )
    return _with(demo_bench, gross_output_registered=drawn)


# ── goal-seek ────────────────────────────────────────────────────────────────────────────


def _solved_pairs(bench):
    """Yield every numeric target that can be solved with every lever that reaches it."""
    for target in bench.catalog.targets.values():
        for lever in influences(bench, target):
            yield target, lever


@pytest.mark.parametrize("probability", [None, 0.8])
@pytest.mark.parametrize("settings", [{}, SCENARIO], ids=["baseline", "moved"])
def test_every_numeric_target_is_hit_exactly_by_every_lever_that_moves_it(
    demo_bench, settings, probability
):
    hit, counted = set(), 0
    for target, lever in _solved_pairs(demo_bench):
        found = goal_seek(demo_bench, settings, target.id, lever, probability=probability)
        if found.value is None or found.bound:
            assert found.reason
            continue
        hit.add(target.id)
        counted += 1
        assert abs(found.residual) < 1e-6, (target.id, lever)
        moved = {**settings, lever: found.on_step}
        assert snapped(demo_bench.catalog.levers[lever], found.on_step) == found.on_step
        verdict = demo_bench.view(moved).verdict(target.id)
        if probability is None:
            assert meets(target, verdict.median), (target.id, lever)
        else:
            assert verdict.probability >= probability, (target.id, lever)
    assert counted >= 20
    assert {PROJECTS, "industrial_land_supply_2027", "scale_2035"} <= hit


def test_one_step_less_than_the_solution_does_not_do(demo_bench):
    found = goal_seek(demo_bench, {}, REGISTERED, REGISTERED_LEVER)
    step = demo_bench.catalog.levers[REGISTERED_LEVER].step
    less = demo_bench.view({REGISTERED_LEVER: found.on_step - step}).verdict(REGISTERED)
    assert not meets(less.target, less.median)
    assert found.on_step - step < found.value <= found.on_step


def test_the_growth_that_meets_a_target_is_found_by_hand(drawn_bench):
    # the median path grows 10 % a year: 100 → 110 → 121; needed: 100·(1.1 + x)² = 2000
    found = goal_seek(drawn_bench, {}, REGISTERED, REGISTERED_LEVER)
    assert not found.reached  # +337 points: far beyond the ten points of the lever
    assert found.value == found.on_step == 0.1
    assert (
        found.bound
        == "“规模以上工业属地产值年均增速增减（2026年11月—2027年）”的上限（+10.0个百分点）"
    )
    assert found.reason == Reason.BOUND_BINDS.given(bound=found.bound)
    assert reason_zh(found.reason) == f"达不到目标：受限于{found.bound}"
    assert found.residual == pytest.approx(100 * 1.2**2 / 2000 - 1)


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (None, np.sqrt(1.33) - 1.1),  # the middle path: (1.1 + x)² = 1.33
        (0.3, np.sqrt(1.33) - 1.2),  # one of three draws suffices: the best path
        (0.34, np.sqrt(1.33) - 1.1),  # two are needed
        (0.67, np.sqrt(1.33) - 1.0),  # all three are needed; beyond the bound
    ],
)
def test_a_probability_is_met_by_the_draw_that_decides_it(drawn_bench, probability, expected):
    target = drawn_bench.catalog.targets[REGISTERED].model_copy(update={"value": 133.0})
    catalog = drawn_bench.catalog.model_copy(
        update={"targets": {**drawn_bench.catalog.targets, REGISTERED: target}}
    )
    bench = replace(drawn_bench, catalog=catalog)
    found = goal_seek(bench, {}, REGISTERED, REGISTERED_LEVER, probability=probability)
    assert found.value == pytest.approx(min(expected, 0.1), abs=1e-9)
    assert found.reached == (expected <= 0.1)


@pytest.mark.parametrize(("operator", "on_step"), [("ge", 28.0), ("gt", 29.0)])
def test_a_target_to_be_exceeded_takes_one_step_more_where_a_step_just_equals_it(
    drawn_bench, operator, on_step
):
    # 84 in 2024–2025, then 30 + x twice: 84 + 60 + 2·28 = 200 exactly
    drawn = projection(*([[30.0, 30.0]] * 3), history={2023: 40.0, 2024: 40.0, 2025: 44.0})
    target = drawn_bench.catalog.targets[PROJECTS].model_copy(
        update={"operator": Operator(operator)}
    )
    targets = {**drawn_bench.catalog.targets, PROJECTS: target}
    bench = replace(
        _with(drawn_bench, large_projects=drawn),
        catalog=drawn_bench.catalog.model_copy(update={"targets": targets}),
    )
    found = goal_seek(bench, {}, PROJECTS, PROJECTS_LEVER)
    assert found.value == pytest.approx(28.0)
    assert found.on_step == on_step


def test_a_count_is_solved_to_a_bracket_and_the_meeting_side_is_given(demo_bench):
    # three clusters of four are asked for: two are there, the third is pushed over 500
    target = "clusters_over_50bn_2027"
    lever = "new_materials_output.g2027"
    last = float(demo_bench.history("new_materials_output").values.iloc[-1])
    near = projection(*([[last, 495.0]] * 3), history={2023: last, 2025: last})
    others = {
        name: projection(*([[600.0, 600.0]] * 3), history={2023: 600.0, 2025: 600.0})
        for name in ("intelligent_equipment_output", "life_health_output")
    }
    small = projection(*([[100.0, 100.0]] * 3), history={2023: 100.0, 2025: 100.0})
    bench = _with(
        demo_bench, new_materials_output=near, information_technology_output=small, **others
    )
    found = goal_seek(bench, {}, target, lever)
    # 2026 grows by 1 + x, 2027 by 495/last + x: last·(1 + x)·(495/last + x) = 500
    roots = np.roots([last, last + 495.0, 495.0 - 500.0])
    assert found.value == pytest.approx(roots.max(), abs=1e-6)
    assert 0 < found.residual < 1e-6
    assert bench.view({lever: found.value}).verdict(target).median == 3


@pytest.mark.parametrize(
    ("target", "lever", "reason"),
    [
        ("green_capacity_coverage_2027", "green_capacity_coverage.g2027", "no_number_to_solve"),
        ("clusters_over_50bn_2025", "new_materials_output.g2027", "outcome_settled"),
        ("density_2035", REGISTERED_LEVER, "city_unpublished"),
        (REGISTERED, "gross_output_registered.g2035", "lever_too_late"),
        (REGISTERED, "park_tax.g2027", "lever_elsewhere"),
    ],
)
def test_what_cannot_be_solved_says_why(demo_bench, target, lever, reason):
    found = goal_seek(demo_bench, {}, target, lever)
    assert found.value is None
    assert not found.reached
    assert str(found.reason.code) == reason


def test_a_release_without_history_is_answered_in_words(published_bench):
    found = goal_seek(published_bench, {}, REGISTERED, REGISTERED_LEVER)
    assert (found.value, found.on_step) == (None, None)
    assert found.reason


def test_a_target_met_over_the_whole_range_names_the_bound_that_still_does(demo_bench):
    found = goal_seek(demo_bench, {}, "srdi_firms_2027", "srdi_firms.f2027")
    assert found.reached
    assert found.value == demo_bench.catalog.levers["srdi_firms.f2027"].minimum
    assert reason_zh(found.reason).startswith(
        "在“专精特新企业每年新增量增减（2026—2027年）”的下限（−38家）"
    )


# ── which levers reach which targets ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("gross_output_registered", {("gross_output_registered", 1)}),
        (
            "gross_output_territorial",
            {("gross_output_territorial", 1), ("gross_output_registered", 1)},
        ),
        (
            "park_land_output",
            {
                ("park_output", 1),
                ("park_land", -1),
                ("industrial_land_supply", -1),
                ("low_efficiency_land", 1),
            },
        ),
        (
            "strategic_emerging_share",
            {("strategic_emerging_output", 1), ("gross_output_registered", -1)},
        ),
    ],
)
def test_the_sign_of_an_effect_is_read_from_the_identities(catalog, indicator, expected):
    found = contributions(catalog, indicator)
    with_lever = {lever.applies_to for lever in catalog.levers.values()}
    assert {one for one in found if one[0] in with_lever} == expected


def test_the_city_works_against_a_relative_target(demo_bench):
    found = influences(demo_bench, demo_bench.catalog.targets["scale_2035"])
    assert found["gross_output_above_scale.g2027"] == -1
    assert found["gross_output_territorial.g2035"] == 1


# ── least effort ─────────────────────────────────────────────────────────────────────────


def test_one_target_with_one_lever_takes_the_goal_seek_value(demo_bench):
    alone = goal_seek(demo_bench, HARDER, REGISTERED, REGISTERED_LEVER)
    effort = least_effort(demo_bench, HARDER, [REGISTERED])
    assert effort.fractions == ((REGISTERED_LEVER, pytest.approx(alone.value / 0.1)),)
    assert effort.on_step == {**HARDER, REGISTERED_LEVER: alone.on_step}
    assert effort.met == (REGISTERED,)
    assert effort.reached


def test_effort_is_the_same_share_of_each_levers_way_for_one_target(demo_bench):
    effort = least_effort(demo_bench, {}, ["enterprise_land_output_growth_2027"])
    assert [name for name, _ in effort.fractions] == [
        REGISTERED_LEVER,
        "enterprise_land.g2027",
        "low_efficiency_land.f2027",
    ]
    shares = [share for _, share in effort.fractions]
    assert shares == pytest.approx([shares[0]] * 3)
    assert effort.exact["enterprise_land.g2027"] == pytest.approx(-0.05 * shares[0])
    assert effort.exact["low_efficiency_land.f2027"] == pytest.approx(1250 * shares[0])


def test_effort_by_hand_for_a_flow(drawn_bench):
    # 30 and 30 a year are projected after 84 in 2024–2025: 84 + 60 + 2x = 200 → x = 28 of 50
    drawn = projection(*([[30.0, 30.0]] * 3), history={2023: 40.0, 2024: 40.0, 2025: 44.0})
    bench = _with(drawn_bench, large_projects=drawn)
    effort = least_effort(bench, {}, [PROJECTS])
    assert effort.fractions == ((PROJECTS_LEVER, pytest.approx(28 / 50)),)
    assert effort.on_step == {PROJECTS_LEVER: 28.0}


def _shortened(bench, effort, lever: str, by: float) -> dict[str, float]:
    """Give up part of one lever's way."""
    shares = dict(effort.fractions)
    return {
        name: value * (1 - by) if name == lever else value
        for name, value in effort.exact.items()
        if name in shares
    }


def test_no_lever_moves_more_than_some_target_needs(demo_bench):
    chosen = [
        REGISTERED,
        "strategic_emerging_share_2027",
        "park_land_output_growth_2027",
        "park_land_tax_growth_2027",
        PROJECTS,
    ]
    effort = least_effort(demo_bench, {}, chosen)
    assert set(effort.met) == set(chosen)
    margins = {name: margin(demo_bench, {}, name) for name in chosen}
    for name in chosen:
        assert margins[name].excess(dict(effort.exact)) > -1e-8
    for lever, _ in effort.fractions:
        less = _shortened(demo_bench, effort, lever, 0.02)
        assert any(margins[name].excess(less) < -1e-9 for name in chosen), lever


def test_rounding_to_the_sliders_steps_keeps_every_target_met(demo_bench):
    effort = least_effort(demo_bench, {}, demo_bench.catalog.targets)
    view = demo_bench.view(effort.on_step)
    for name in effort.met:
        assert meets(view.verdict(name).target, view.verdict(name).median), name
    for lever, value in effort.on_step.items():
        assert snapped(demo_bench.catalog.levers[lever], value) == value


def test_what_rounding_one_lever_costs_another_targets_lever_makes_good(catalog):
    supply = catalog.levers["industrial_land_supply.f2027"]
    output = catalog.levers["park_output.g2027"]
    ways = {
        supply.id: Way(supply, 0.0, supply.maximum, Effect.FURTHER),  # works against the target
        output.id: Way(output, 0.0, output.maximum, Effect.NEARER),
    }

    def met(settings):
        return settings[output.id] >= 0.01 + 0.0004 * (settings[supply.id] - 51.0)

    target = LeveredTarget(SimpleNamespace(met=met), ways)
    # 51 is rounded up to 55, which asks for 0.0116 of growth: not 0.010, which was enough
    stepped = _on_steps({supply.id: 51.0, output.id: 0.01}, ways, [target])
    assert stepped == {supply.id: 55.0, output.id: 0.012}


def test_a_target_out_of_reach_names_the_bounds_and_moves_nothing(demo_bench):
    effort = least_effort(demo_bench, HARDER, ["drone_output_2027", REGISTERED])
    assert effort.met == (REGISTERED,)
    assert effort.on_step.keys() - HARDER.keys() == {REGISTERED_LEVER}
    (lost,) = effort.unreachable
    assert lost.target_id == "drone_output_2027"
    assert lost.bounds == ("“无人机产值年均增速增减（2026—2027年）”的上限（+20.0个百分点）",)
    assert lost.reason.startswith(f"达不到：受限于{lost.bounds[0]}，至多")
    assert not effort.reached


def test_effort_starts_from_what_is_set_and_leaves_assumptions_alone(demo_bench):
    start = {
        "gross_output_above_scale.g2027": 0.02,
        "stress.repeat_2022": 1.0,
        "park_tax.g2027": 0.01,
    }
    effort = least_effort(demo_bench, start, [REGISTERED])
    assert {name: effort.on_step[name] for name in start} == start
    moved = [name for name, _ in effort.fractions]
    assert moved == [REGISTERED_LEVER]
    levers = demo_bench.catalog.levers
    assert all(levers[name].lever_class is LeverClass.POLICY for name in moved)


def test_the_least_effort_can_be_asked_for_at_a_probability(demo_bench):
    chosen = [REGISTERED, PROJECTS]
    at_median = least_effort(demo_bench, {}, chosen)
    surer = least_effort(demo_bench, {}, chosen, probability=0.8)
    assert surer.largest > at_median.largest
    view = demo_bench.view(surer.on_step)
    assert all(view.verdict(name).probability >= 0.8 for name in surer.met)
    assert surer.met == tuple(chosen)


@pytest.mark.parametrize("probability", [0.0, -0.1, 1.1, float("nan")])
def test_a_probability_that_is_none_is_refused(demo_bench, probability):
    with pytest.raises(ValueError, match="达成概率须大于0且不超过1"):
        goal_seek(demo_bench, {}, REGISTERED, REGISTERED_LEVER, probability=probability)


def test_a_target_already_met_asks_for_nothing(demo_bench):
    effort = least_effort(demo_bench, {}, ["gross_output_territorial_2027"])
    assert effort.fractions == ()
    assert effort.on_step == {}
    assert effort.met == ("gross_output_territorial_2027",)


def test_supply_and_clearance_that_pull_apart_still_meet_both(demo_bench):
    chosen = ["industrial_land_supply_2027", "park_land_output_growth_2027"]
    both = least_effort(demo_bench, {}, chosen)
    alone = least_effort(demo_bench, {}, chosen[1:])
    assert both.met == tuple(chosen)
    # more land supplied lowers output per land: the rest must do more
    assert dict(both.fractions)["park_output.g2027"] > dict(alone.fractions)["park_output.g2027"]


# ── marks ────────────────────────────────────────────────────────────────────────────────


def test_marks_beside_a_lever_are_rates_with_the_setting_that_gives_them(demo_bench):
    trend, recent, required, city = marks(demo_bench.view({}), REGISTERED_LEVER, REGISTERED)
    assert [one.name for one in (trend, recent, required, city)] == [
        "趋势",
        "近五年",
        "所需",
        "全市",
    ]
    values = demo_bench.history("gross_output_registered").values
    medians = demo_bench.baseline[JINSHAN]["gross_output_registered"].median()
    assert trend.value == pytest.approx((medians[2027] / values[2025]) ** (1 / 2) - 1)
    assert trend.setting == 0.0
    assert recent.value == pytest.approx((values[2025] / values[2020]) ** (1 / 5) - 1)
    assert required.value == pytest.approx((2000 / values[2025]) ** (1 / 2) - 1)
    assert required.setting == goal_seek(demo_bench, {}, REGISTERED, REGISTERED_LEVER).on_step
    # the city's latest published value and the last one at least five years before
    assert city.value == pytest.approx((40700 / 34800) ** (1 / 7) - 1)
    assert city.note == "2018—2025年"


@pytest.mark.parametrize(
    ("lever", "place", "reason"),
    [
        ("industrial_fixed_investment.g2027", 3, "全市最近公布值为2017年，过旧"),
        ("drone_output.g2027", 3, "全市没有同口径序列"),
        ("drone_output.g2027", 2, "达不到目标：受限于"),
        ("drone_output.g2035", 2, "没有到期年份在本项作用期内的数值目标"),
        ("large_projects.f2027", 3, "数量类指标规模不同"),
        ("gross_output_above_scale.g2027", 2, "假设项不由本区决定"),
        ("gross_output_above_scale.g2027", 3, "本项就是全市指标"),
    ],
)
def test_a_mark_without_a_value_says_why(demo_bench, lever, place, reason):
    mark = marks(demo_bench.view({}), lever)[place]
    assert (mark.value, mark.setting) == (None, None)
    assert reason in mark.reason


def test_marks_follow_the_other_levers_not_their_own(demo_bench):
    land = "park_land_output_growth_2027"
    alone = marks(demo_bench.view({}), "park_output.g2027", land)
    own = marks(demo_bench.view({"park_output.g2027": 0.05}), "park_output.g2027", land)
    helped = marks(demo_bench.view({"park_land.g2027": -0.01}), "park_output.g2027", land)
    assert own == alone
    assert helped[2].value < alone[2].value
    assert helped[:2] == alone[:2]


def test_the_button_takes_the_target_of_the_levers_own_indicator_first(demo_bench):
    view = demo_bench.view({})
    assert required(view.bench, view.settings, REGISTERED_LEVER).target_id == REGISTERED
    assert (
        required(view.bench, view.settings, "park_output.g2027").target_id
        == "park_land_output_growth_2027"
    )
    chosen = required(view.bench, view.settings, REGISTERED_LEVER, "enterprise_output_growth_2027")
    assert chosen.target_id == "enterprise_output_growth_2027"
    assert chosen.on_step > required(view.bench, view.settings, REGISTERED_LEVER).on_step


# ── what the catalog declares of levers ──────────────────────────────────────────────────


def test_a_levers_declared_direction_is_the_one_it_works_in(demo_bench):
    catalog = demo_bench.catalog
    with_target = {target.indicator for target in catalog.targets.values()}
    for lever in catalog.levers.values():
        reached = [t for t in catalog.targets.values() if lever.id in influences(demo_bench, t)]
        own = [t for t in reached if t.indicator == lever.applies_to]
        # what has a target of its own is judged by that, whatever else it costs
        judged = own if lever.applies_to in with_target else reached
        signs = {influences(demo_bench, target)[lever.id] for target in judged}
        assert not lever.effect_sign or signs <= {lever.effect_sign}, lever.id


def test_every_lever_states_why_its_bounds_are_what_they_are(catalog):
    for lever in catalog.levers.values():
        assert len(lever.rationale_zh) >= 15, lever.id
        assert "上下" in lever.rationale_zh or "均摊" in lever.rationale_zh, lever.id
    classes = {lever.lever_class for lever in catalog.levers.values()}
    assert classes == set(LeverClass)
