"""What the draws add to the plan's own faults: low targets, clashes, the base year."""

from types import SimpleNamespace

import numpy as np
import pytest

from analytics.answers.consistency import (
    BASE_YEARS,
    FindingKind,
    Group,
    Reading,
    base_shifts,
    judge,
    low_ambition,
    together,
)
from analytics.answers.consistency.outlook import is_low
from analytics.catalog.load import load_catalog
from analytics.domain import Measure, RowStatus, Standing
from analytics.model.judgement.assessment import Assessment, Observed
from analytics.model.judgement.due_outlook import DueOutlook
from analytics.model.judgement.effort import Needed, Recent
from tests.support.drawn import metric
from tests.support.paths import ROOT
from tests.support.targets import target as make_target

CATALOG = load_catalog(ROOT)
TARGETS = tuple(CATALOG.targets.values())
COUNTED = [t for t in TARGETS if t.measure in (Measure.CUMULATIVE, Measure.CAGR)]

# ── 目标偏低 ─────────────────────────────────────────────────────────────────────────────


def assessment(target=None, standing=Standing.AHEAD, value=90.0, **fields):
    figures = {"probability": 0.95, "required": 0.02, "recent": 0.08} | fields
    return Assessment(
        target or make_target(),
        standing,
        observed=Observed(value, 2025, RowStatus.OFFICIAL),
        due=DueOutlook(probability=figures["probability"]),
        needed=Needed(growth=figures["required"]),
        recent=Recent(growth=figures["recent"]),
    )


@pytest.mark.parametrize(
    ("fields", "low"),
    [
        ({}, True),
        ({"probability": 0.90}, False),  # not more than 90 %
        ({"probability": None}, False),
        ({"required": 0.07}, False),  # only one point below the recent growth
        ({"required": 0.059}, True),
        ({"required": None}, False),
        ({"recent": None}, False),
    ],
)
def test_a_target_is_low_when_nearly_certain_and_well_below_recent_growth(fields, low):
    assert is_low(assessment(**fields)) is low


@pytest.mark.parametrize(
    ("high", "low"),
    [(None, True), (2.0, False)],  # a range of 1—2 with 1 reached still has its upper end
)
def test_a_sum_complete_before_its_time_is_low_but_a_range_only_at_its_upper_end(high, low):
    goal = make_target(1.0, measure="cumulative", operator="range", value_high=high)
    item = assessment(goal, Standing.MET, 1.0, probability=1.0, required=None, recent=0.0)
    assert is_low(item) is low


def test_low_targets_of_a_release_are_nearly_certain_by_its_own_verdicts(demo_bench):
    view = demo_bench.view({})
    found = low_ambition(view, Reading())
    assert len(found) >= 5
    for item in found:
        assert view.verdict(item.target.id).probability > 0.90
        assert RowStatus.ILLUSTRATIVE in item.statuses


def test_without_probabilities_no_target_is_called_low(published_bench):
    assert low_ambition(published_bench.view({}), Reading()) == ()


# ── 难以并立 ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("probability", "product", "clashes"),
    # independence promises 1000 of 4000; four deviations are 126
    [(0.10, 0.25, True), (0.13, 0.25, False), (0.25, 0.25, False), (0.40, 0.25, False)],
)
def test_targets_clash_when_met_together_far_less_often_than_chance(probability, product, clashes):
    assert Group((), probability, product, 4000).clashes is clashes


def test_a_rarity_within_chance_is_no_clash():
    # 20 promised, 5 seen: less than four deviations (17.9) short
    assert not Group((), 5 / 4000, 20 / 4000, 4000).clashes


def stub_view(**met):
    """A view of level targets of 100, each met in the draws listed."""
    targets = {name: make_target(id=name, name_zh=name) for name in met}
    paths = {
        name: metric({2025: 90.0}, *[[0, 100.0 * hit] for hit in hits], has_probability=True)
        for name, hits in met.items()
    }
    return SimpleNamespace(
        projections={},
        bench=SimpleNamespace(
            catalog=SimpleNamespace(targets=targets),
            path=lambda target, projections, until: paths[target.id],
            history=lambda name: SimpleNamespace(statuses=frozenset()),
        ),
    )


def test_two_targets_never_met_together_are_found_and_named():
    half = np.arange(400) % 2
    found = together(stub_view(甲=half, 乙=1 - half), Reading())
    assert [finding.title_zh for finding in found.findings] == ["甲、乙难以同时达成"]
    assert "同时达成0.0%；若互不相干应为25.0%" in found.findings[0].arithmetic_zh[0]
    assert found.findings[0].kind is FindingKind.INCOMPATIBLE


def test_independent_targets_do_not_clash_and_the_tightest_pair_is_told():
    rows = np.arange(400)
    found = together(stub_view(甲=rows % 2, 乙=rows // 2 % 2), Reading())
    assert found.findings == ()
    assert found.n_pairs == 1
    assert found.tightest.probability == found.tightest.product == 0.25


def test_three_targets_of_one_action_may_clash_though_no_pair_does():
    # each met in half the draws, any two in a quarter, all three never
    rows = np.arange(400)
    a, b = rows % 2, rows // 2 % 2
    found = together(stub_view(甲=a, 乙=b, 丙=1 - (a ^ b ^ 1)), Reading())
    assert [len(finding.readings) for finding in found.findings] == [3]
    assert found.n_sets == 1


def test_what_is_certain_either_way_is_not_tried():
    rows = np.arange(400)
    found = together(stub_view(甲=rows % 2, 乙=np.ones(400)), Reading())
    assert (found.n_pairs, found.findings) == (0, ())


def test_no_targets_of_the_demo_release_exclude_each_other(demo_bench):
    found = together(demo_bench.view({}), Reading())
    assert found.n_pairs > 100
    assert found.findings == ()


# ── 基期 ─────────────────────────────────────────────────────────────────────────────────


def test_both_verdicts_are_kept_where_the_base_year_turns_them(demo_bench):
    view = demo_bench.view({})
    shifts = base_shifts(view, COUNTED, Reading())
    assert shifts
    for shift in shifts:
        assert set(shift.by_year) == set(BASE_YEARS)
        assert len({item.verdict for item in shift.by_year.values()}) > 1
        assert shift.by_year[2023].verdict is view.verdict(shift.target.id).verdict


def test_counting_from_one_base_year_alone_turns_nothing(demo_bench):
    view = demo_bench.view({})
    assert base_shifts(view, COUNTED, Reading(), years=(2023,)) == ()


def test_without_figures_no_verdict_depends_on_the_base_year(published_bench):
    assert base_shifts(published_bench.view({}), COUNTED, Reading()) == ()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_the_usual_reading_judges_as_the_board_does(target, demo_bench):
    view = demo_bench.view({})
    mine, board = judge(view, Reading().apply(target)), view.verdict(target.id)
    assert (mine.verdict, mine.probability) == (board.verdict, board.probability)


def test_a_wider_tolerance_makes_an_approximate_target_easier(demo_bench):
    view, goal = demo_bench.view({}), CATALOG.targets["enterprise_output_growth_2027"]
    strict, wide = (judge(view, Reading(tolerance=x).apply(goal)) for x in (0.0, 0.1))
    assert strict.probability < wide.probability
