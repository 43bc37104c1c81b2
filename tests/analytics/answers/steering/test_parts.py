"""What is said about scenarios: parts of a gap, one move of a lever, side by side, presets."""

import itertools
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from analytics.answers.steering import compare
from analytics.answers.steering.decomposition import (
    EXACT_ZH,
    GROUPED_ZH,
    SEQUENTIAL_ZH,
    decompose,
    sequential,
    shapley,
)
from analytics.answers.steering.effort import least_effort
from analytics.answers.steering.presets import presets
from analytics.answers.steering.rates import recent_span
from analytics.answers.steering.sensitivity import tornado
from analytics.domain import JINSHAN, SHANGHAI, LeverClass
from analytics.model.projection import YearSoFar
from analytics.model.scenarios.levers import snapped
from analytics.model.scenarios.links import scenario_of
from analytics.model.scenarios.stress import stress_effect
from tests.support.drawn import projection, series

REGISTERED, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"
LAND = "enterprise_land_output_growth_2027"
A, B, C = ("a",), ("b",), ("c",)


@pytest.fixture(scope="module")
def drawn_bench(demo_bench):
    """A bench whose registered output is one path: 100, 110, 121."""
    drawn = projection([110.0, 121.0], [110.0, 121.0], history={2023: 90.0, 2025: 100.0})
    own = {**demo_bench.baseline[JINSHAN], "gross_output_registered": drawn}
    return replace(
        demo_bench,
        baseline=MappingProxyType({**demo_bench.baseline, JINSHAN: MappingProxyType(own)}),
    )


@pytest.fixture(scope="module")
def computed(demo_bench):
    """The presets of the demo release by name."""
    return {one.name: one for one in presets(demo_bench)}


# ── parts of a gap ───────────────────────────────────────────────────────────────────────


def _worth(table):
    """Return a value function from a table of coalitions; the second measure is half of it."""
    return lambda players: (
        np.array([1.0, 0.5]) * table[frozenset(x for ids in players for x in ids)]
    )


def test_shapley_shares_of_the_glove_game():
    # a owns a left glove, b and c a right one each; a pair is worth 1: 2/3, 1/6, 1/6
    table = {
        frozenset(s): float("a" in s and len(s) > 1)
        for n in range(4)
        for s in itertools.combinations("abc", n)
    }
    shares = shapley([A, B, C], _worth(table))
    assert [shares[x][0] for x in (A, B, C)] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert [shares[x][1] for x in (A, B, C)] == pytest.approx([1 / 3, 1 / 12, 1 / 12])


def test_shapley_shares_by_hand_where_two_settings_strengthen_each_other():
    table = {frozenset(): 10.0, frozenset("a"): 12.0, frozenset("b"): 13.0, frozenset("ab"): 18.0}
    shares = shapley([A, B], _worth(table))
    # a: (12−10 + 18−13)/2; b: (13−10 + 18−12)/2
    assert (shares[A][0], shares[B][0]) == (3.5, 4.5)
    in_order = sequential([A, B], _worth(table))
    assert (in_order[A][0], in_order[B][0]) == (2.0, 6.0)


def _moved(bench, target, count):
    """Move as many levers that reach the target as asked for, each a little."""
    names = [one.id for one in bench.catalog.levers_of(bench.catalog.targets[target].indicator)]
    steps = {name: bench.catalog.levers[name].step * 10 for name in names if "2027" in name}
    return dict(list(steps.items())[:count])


def test_the_parts_add_up_to_the_whole_change(demo_bench):
    settings = {**_moved(demo_bench, LAND, 4), "stress.repeat_2022": 1.0, "park_tax.g2027": 0.05}
    found = decompose(demo_bench, settings, LAND)
    before, after = (demo_bench.view(x).verdict(LAND) for x in ({}, settings))
    assert (found.baseline, found.scenario) == (before.median, after.median)
    assert sum(part.median for part in found.parts) == pytest.approx(after.median - before.median)
    total = after.probability - before.probability
    assert sum(part.probability for part in found.parts) == pytest.approx(total)
    assert found.gap == pytest.approx(0.0665 - before.median)
    shares = sum(part.of_gap for part in found.parts)
    assert shares == pytest.approx((after.median - before.median) / found.gap)
    assert found.method_zh == EXACT_ZH
    # the tax of parks has nothing to do with enterprises' output per land
    assert ("park_tax.g2027",) not in [part.ids for part in found.parts]


def test_eight_settings_are_still_parted_exactly(demo_bench):
    outputs = ("gross_output_registered", "gross_output_territorial", "gross_output_above_scale")
    levers = [x for x in demo_bench.catalog.levers.values() if x.applies_to in outputs]
    settings = {lever.id: lever.move for lever in levers} | dict.fromkeys(
        demo_bench.catalog.stresses, 1.0
    )
    found = decompose(demo_bench, settings, "scale_2035")
    assert len(settings) == len(found.parts) == 8
    assert found.method_zh == EXACT_ZH


@pytest.mark.parametrize(("most", "method"), [(3, GROUPED_ZH), (1, SEQUENTIAL_ZH)])
def test_the_way_of_parting_is_stated_and_still_adds_up(demo_bench, monkeypatch, most, method):
    monkeypatch.setattr("analytics.answers.steering.decomposition.MOST_EXACT", most)
    settings = {
        LEVER: 0.02,
        "gross_output_registered.g2035": 0.01,
        "gross_output_above_scale.g2027": 0.01,
        "gross_output_above_scale.g2035": 0.01,
    }
    found = decompose(demo_bench, settings, "scale_2035")
    assert found.method_zh == method
    assert found.exact == (most == 3)
    assert {part.ids for part in found.parts} == {
        (LEVER, "gross_output_registered.g2035"),
        ("gross_output_above_scale.g2027", "gross_output_above_scale.g2035"),
    }
    change = found.scenario - found.baseline
    assert sum(part.median for part in found.parts) == pytest.approx(change)


@pytest.mark.parametrize(
    ("settings", "target", "reason"),
    [
        ({}, REGISTERED, "没有变动影响这一目标"),
        ({"park_tax.g2027": 0.01}, REGISTERED, "没有变动影响这一目标"),
        # drones are not part of what this lever moves
        ({LEVER: 0.01}, "drone_output_2027", "没有变动影响这一目标"),
        ({LEVER: 0.01}, "green_capacity_coverage_2027", "方案未给数值"),
        ({LEVER: 0.01}, "density_2035", "无对标"),
    ],
)
def test_a_gap_that_cannot_be_parted_says_why(demo_bench, settings, target, reason):
    found = decompose(demo_bench, settings, target)
    assert found.parts == ()
    assert reason in found.reason


# ── one move of each lever ───────────────────────────────────────────────────────────────


def test_one_move_of_a_lever_by_hand(drawn_bench):
    found = tornado(drawn_bench, {}, REGISTERED)
    (bar,) = found.bars
    assert found.median == 121.0
    # one point of growth a year: 100·1.09² and 100·1.11²
    assert bar.median_down == pytest.approx(118.81)
    assert bar.median_up == pytest.approx(123.21)
    assert bar.move == "±1.0个百分点"
    assert bar.swing == pytest.approx(4.4)


def test_a_move_stops_at_the_levers_bound(drawn_bench):
    (bar,) = tornado(drawn_bench, {LEVER: 0.1}, REGISTERED).bars
    assert bar.median_up == pytest.approx(100 * 1.2**2)
    assert bar.median_down == pytest.approx(100 * 1.19**2)


def test_bars_are_the_verdicts_of_the_moved_scenario_longest_first(demo_bench):
    found = tornado(demo_bench, {}, LAND)
    assert [bar.swing for bar in found.bars] == sorted((x.swing for x in found.bars), reverse=True)
    for bar in found.bars:
        lever = demo_bench.catalog.levers[bar.lever_id]
        up = demo_bench.view({lever.id: lever.move}).verdict(LAND)
        assert (bar.median_up, bar.probability_up) == (up.median, up.probability)


def test_nothing_to_move_is_said(demo_bench, published_bench):
    assert "方案未给数值" in tornado(demo_bench, {}, "new_energy_use_2027").reason
    assert tornado(published_bench, {}, REGISTERED).reason


# ── side by side ─────────────────────────────────────────────────────────────────────────


def _scenarios():
    return (
        scenario_of("甲", {LEVER: 0.02, "gross_output_above_scale.g2027": 0.01}),
        scenario_of("乙", {"large_projects.f2027": 10.0, "stress.repeat_2022": 1.0}),
    )


def test_assumptions_are_listed_apart_and_the_changed_ones_first(catalog):
    rows = compare.assumption_rows(catalog, _scenarios())
    assert [(row.id, row.policy, row.texts) for row in rows] == [
        (LEVER, True, ("+2.0个百分点", "0.0个百分点")),
        ("large_projects.f2027", True, ("0个", "+10个")),
        ("gross_output_above_scale.g2027", False, ("+1.0个百分点", "0.0个百分点")),
        ("stress.repeat_2022", False, ("未启用", "启用")),
    ]
    every = compare.assumption_rows(catalog, _scenarios(), unchanged=True)
    assert len(every) == len(catalog.levers) + len(catalog.stresses)
    assert [row.changed for row in every if row.policy][:3] == [True, True, False]


def test_verdicts_stand_side_by_side_with_their_change_from_the_baseline(demo_bench):
    base, views = compare.views(demo_bench, _scenarios())
    rows = {row.target.id: row for row in compare.verdict_rows(base, views)}
    assert list(rows) == list(demo_bench.catalog.targets)
    first, second = rows[REGISTERED].outcomes
    own = demo_bench.view({LEVER: 0.02}).verdict(REGISTERED)
    before = base.verdict(REGISTERED)
    assert first.assessment.median == own.median
    assert first.median_change == own.median - before.median
    assert first.probability_change == own.probability - before.probability
    assert second.probability_change < 0 < first.probability_change
    assert rows["listed_firms_2027"].changed is False
    assert rows["density_2035"].outcomes[0].median_change is None


def test_joint_chances_are_those_of_the_outlook_with_their_change(demo_bench):
    base, views = compare.views(demo_bench, _scenarios())
    rows = compare.joint_rows(base, views)
    assert [row.name_zh for row in rows][-1] == "全部目标"
    assert [row.action_id for row in rows] == [*demo_bench.catalog.actions, None]
    for row in rows:
        for view, outcome in zip(views, row.outcomes, strict=True):
            after, before = view.outlook(row.action_id), base.outlook(row.action_id)
            assert outcome.outlook == after
            assert outcome.expected_change == after.expected - before.expected


def test_the_effect_of_assumptions_alone_leaves_policy_out(demo_bench):
    settings = {LEVER: 0.02, "gross_output_above_scale.g2027": 0.03}
    base = demo_bench.view({})
    found = compare.assumption_effect(base, settings)
    assert found.settings == {"gross_output_above_scale.g2027": 0.03}
    assert [row.target.id for row in found.rows] == ["scale_2035"]
    alone = demo_bench.view(found.settings).verdict("scale_2035")
    (outcome,) = found.rows[0].outcomes
    assert outcome.assessment.probability == alone.probability
    assert outcome.probability_change < 0
    assert found.sentence_zh.startswith("仅假设变动（全市规模以上工业总产值年均增速增减")
    nothing = compare.assumption_effect(base, {LEVER: 0.02})
    assert nothing.sentence_zh == "本情景没有改变任何假设。"


# ── stress tests ─────────────────────────────────────────────────────────────────────────


def test_a_repeated_year_hits_as_hard_as_it_did_less_the_usual_growth(demo_bench):
    effect = demo_bench.stress_effects["stress.repeat_2022"]
    values = demo_bench.history("gross_output_registered").values
    growth = values / values.shift(1) - 1
    shock = next(x for x in effect.shocks if x.indicator == "gross_output_registered")
    assert shock.change == pytest.approx(growth[2022] - growth[[2017, 2018, 2019]].mean())
    assert shock.year == 2026
    # ten months of 2026 are out: their sum is fixed, so the whole shock acts on the rest
    assert shock.effect == shock.change
    yearly = next(x for x in effect.shocks if x.indicator == "strategic_emerging_output")
    assert yearly.effect == pytest.approx(yearly.change * 2 / 12)
    assert ("全市规模以上工业总产值", "缺少2019、2022年的增速") in effect.left_out


def test_a_price_fall_reaches_the_total_by_its_weight_and_no_other_scope(demo_bench):
    effect = demo_bench.stress_effects["stress.chemical_price_fall"]
    changes = {shock.indicator: shock.change for shock in effect.shocks}
    chemical, total = (
        demo_bench.history(name).values[2025]
        for name in ("green_chemical_output", "gross_output_territorial")
    )
    assert changes == {
        "green_chemical_output": -0.1,
        "gross_output_territorial": pytest.approx(-0.1 * chemical / total),
    }
    assert demo_bench.catalog.stresses["stress.chemical_price_fall"].basis_zh == "设定假设"


def test_a_shock_lowers_one_years_growth_and_the_level_stays_lower(demo_bench):
    before = demo_bench.baseline[JINSHAN]["green_chemical_output"]
    settings = {"stress.chemical_price_fall": 1.0}
    after = demo_bench.projections(settings)[JINSHAN]["green_chemical_output"]
    last = before.history.iloc[-1]
    np.testing.assert_allclose(
        after.draws[:, 0] / last - 1, before.draws[:, 0] / last - 1 - 0.1 * 2 / 12, atol=1e-12
    )
    np.testing.assert_allclose(
        after.draws[:, 5] / after.draws[:, 4], before.draws[:, 5] / before.draws[:, 4]
    )


def test_a_yearly_part_and_its_monthly_whole_are_hit_for_the_same_part_of_the_year(demo_bench):
    # 战新 is held by years, 产值 by months; hit for all of 2026 and for two months the share
    # fell by a quarter, and its probability from .65 to .05
    share = "strategic_emerging_share"
    before, after = (
        demo_bench.projections(x)[JINSHAN][share].median() for x in ({}, {"stress.repeat_2022": 1})
    )
    assert after[2026] == pytest.approx(before[2026], rel=0.02)
    assert after[2027] == pytest.approx(before[2027], rel=0.02)


@pytest.mark.parametrize(
    ("as_of", "yearly", "monthly"),
    [
        # nothing of 2026 is over: a whole year for both, whatever is known of its months
        (YearSoFar(2025, 12, 0.0), 1.0, 1.0),
        (YearSoFar(2026, 6, 0.0), 6 / 12, 1.0),
        # months are out until October: of the two left, one is over too
        (YearSoFar(2026, 11, 0.0), 1 / 12, 1 / 2),
    ],
)
def test_a_shock_takes_the_part_of_the_year_that_is_open(demo_bench, as_of, yearly, monthly):
    bench, stress = demo_bench, demo_bench.catalog.stresses["stress.repeat_2022"]
    effect = stress_effect(stress, bench.catalog.indicators, bench.histories, bench.baseline, as_of)
    shares = {one.indicator: one.open_share for one in effect.shocks}
    assert shares["strategic_emerging_output"] == pytest.approx(yearly)
    assert shares["gross_output_registered"] == pytest.approx(monthly)


def test_a_year_that_is_over_is_not_hit(demo_bench):
    bench, stress = demo_bench, demo_bench.catalog.stresses["stress.repeat_2022"]
    over = YearSoFar(2026, 12, 0.0)
    effect = stress_effect(stress, bench.catalog.indicators, bench.histories, bench.baseline, over)
    assert effect.shocks == ()
    assert {why for _, why in effect.left_out} == {"2026年已无尚未发生的月份"}


def test_a_release_without_history_is_not_hit_and_says_so(published_bench):
    effect = published_bench.stress_effects["stress.repeat_2022"]
    assert effect.shocks == ()
    assert ("规模以上工业属地产值", "没有年度数值") in effect.left_out
    view = published_bench.view({"stress.repeat_2022": 1.0})
    assert not view.moved


# ── presets ──────────────────────────────────────────────────────────────────────────────


def test_every_preset_of_the_catalog_is_computed_with_rule_and_rationale(demo_bench, computed):
    assert list(computed) == ["基准", "达标所需", "加压", "偏低情景", "与全市同速"]
    for one in computed.values():
        assert one.rule_zh
        assert one.rationale_zh
        for name, value in one.settings:
            assert snapped(demo_bench.catalog.adjustables[name], value) == value
    assert computed["基准"].settings == ()


def test_what_is_required_is_the_least_effort_for_all_targets(demo_bench, computed):
    effort = least_effort(demo_bench, {}, demo_bench.catalog.targets)
    assert dict(computed["达标所需"].settings) == effort.on_step
    notes = "\n".join(computed["达标所需"].notes)
    assert "无人机产值达不到：受限于" in notes
    assert "未计入（方案未给数值，不能按数值求解）：绿色产能覆盖率、风电光伏等新能源利用率" in notes


def test_pressure_adds_a_quarter_of_the_room_left(demo_bench, computed):
    pressed, required = dict(computed["加压"].settings), dict(computed["达标所需"].settings)
    # 0.097 of 0.1 is required: + a quarter of the 0.003 left, to the step
    assert required[LEVER] == 0.097
    assert pressed[LEVER] == snapped(demo_bench.catalog.levers[LEVER], 0.097 + 0.25 * 0.003)
    assert pressed["biomedicine_output.g2027"] == 0.05  # nothing required, of 0.2
    assert pressed["enterprise_land.g2027"] < 0  # less land in use is the helpful way
    levers = demo_bench.catalog.levers
    assert all(levers[name].lever_class is LeverClass.POLICY for name in pressed)


def test_caution_takes_each_projection_to_its_lower_quartile(demo_bench, computed):
    cautious = dict(computed["偏低情景"].settings)
    draws = demo_bench.baseline[JINSHAN]["gross_output_registered"]
    at = draws.years.index(2027)
    last = draws.history.iloc[-1]
    wanted = np.quantile((draws.draws[:, at] / last) ** 0.5 - 1, 0.25)
    moved = demo_bench.projections({LEVER: cautious[LEVER]})[JINSHAN]["gross_output_registered"]
    found = np.quantile((moved.draws[:, at] / last) ** 0.5 - 1, 0.5)
    assert found == pytest.approx(wanted, abs=0.0005)  # half a step
    assert cautious["gross_output_above_scale.g2027"] > 0  # a faster city is the harder case


def test_at_the_citys_pace_the_median_grows_as_the_city_did(demo_bench, computed):
    settings = dict(computed["与全市同速"].settings)
    moved = demo_bench.projections(settings)[JINSHAN]["gross_output_registered"]
    last = moved.history.iloc[-1]
    rate = (np.median(moved.draws[:, moved.years.index(2027)]) / last) ** 0.5 - 1
    city, years = recent_span(demo_bench.history("gross_output_above_scale", SHANGHAI).values)
    assert years == "2018—2025年"
    assert rate == pytest.approx(city, abs=0.0005)
    notes = "\n".join(computed["与全市同速"].notes)
    assert "不动（全市最近公布值为2017年，过旧）：工业固定资产投资" in notes
    assert "不动（全市没有同口径序列）" in notes


@pytest.mark.parametrize(
    ("values", "expected", "years"),
    [
        ({2018: 100, 2019: 1, 2025: 121}, (121 / 1) ** (1 / 6) - 1, "2019—2025年"),
        ({2024: 100, 2025: 110}, 0.10, "2024—2025年"),
        ({2010: 100, 2025: 110}, None, "2025年以前10年内没有数值"),
        ({2025: 100}, None, "年度数值不足两个"),
    ],
)
def test_the_citys_rate_never_bridges_more_than_ten_years(values, expected, years):
    rate, said = recent_span(series(values))
    assert said == years
    assert rate == (None if expected is None else pytest.approx(expected))


def test_presets_of_a_release_without_history_are_empty_and_say_so(published_bench):
    for one in presets(published_bench)[1:]:
        assert one.settings == ()
        assert one.notes[0] == "没有可调整的项：现有数据不足以推算"
