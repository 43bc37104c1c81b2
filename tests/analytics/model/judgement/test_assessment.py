"""Verdicts on drawn histories and draws, with every number worked out by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.domain import (
    Firmness,
    Indicator,
    Kind,
    Reason,
    RowStatus,
    Standing,
    Verdict,
)
from analytics.model.judgement.assessment import assess
from analytics.model.judgement.limits import meets
from analytics.model.judgement.measure import cumulative_path, growth_path, level_path
from analytics.model.projection import Calibration, Coverage, Projection, Rung
from analytics.model.projection.history import History
from analytics.text_zh import reasons_zh
from tests.support.targets import target

BASE = {"base_year": 2023}
ANNUAL = ["year", "value", "status", "lower_bound", "confidence"]
MONTHLY = pd.DataFrame({"year": [], "status": []})


def make_history(values: dict[int, float], kind="level", bounds=(), status="official") -> History:
    indicator = Indicator(
        id="x", name_zh="指标", name_en="x", unit="亿元", kind=Kind(kind), definition_zh="…"
    )
    rows = [(year, value, status, year in bounds, "high") for year, value in values.items()]
    annual = pd.DataFrame(rows, columns=ANNUAL).astype({"lower_bound": bool})
    return History(indicator, "金山区", annual, MONTHLY)


def make_projection(history: History, columns: dict[int, list[float]]) -> Projection:
    draws = np.column_stack([np.array(column, dtype="float64") for column in columns.values()])
    return Projection(tuple(columns), draws, history.values, "手算", Rung.FULL, True)


LEAD = {"measure": "relative_growth", "margin": 0.01}
# Operators on the exact boundary: 突破 excludes the number, the others include it.
BOUNDARY = [
    # operator  value  other            below      on the number  above
    ("gt", 100.0, {}, 99.999, (100.0, False), 100.001),
    ("ge", 100.0, {}, 99.999, (100.0, True), 100.001),
    # 左右 with 5 %: 100 × 0.95 = 95
    ("approx", 100.0, {"tolerance": 0.05}, 94.999, (95.0, True), 95.001),
    ("range", 1.0, {"value_high": 2.0}, 0.0, (1.0, True), 2.0),
    ("faster", None, LEAD, 0.0099, (0.01, True), 0.0101),
]


@pytest.mark.parametrize(("operator", "value", "other", "below", "on", "above"), BOUNDARY)
def test_an_operator_is_exact_on_its_boundary(operator, value, other, below, on, above):
    aim = target(value, operator=operator, **other)
    assert not meets(aim, below)
    assert meets(aim, on[0]) is on[1]
    assert meets(aim, above)


def test_a_range_is_met_from_its_lower_bound_on():
    assert target(1.0, operator="range", value_high=2.0).threshold == 1.0


def test_probability_is_the_share_of_draws_that_meet_the_target():
    history = make_history({2022: 80.0, 2023: 84.0, 2024: 88.0, 2025: 92.0})
    projection = make_projection(history, {2026: [94, 96, 98, 99], 2027: [99, 100, 101, 102]})
    path = level_path(history.values, projection, 2023)
    strict = assess(target(operator="gt"), path, [history], base_year=2023)
    loose = assess(target(), path, [history], base_year=2023)
    assert strict.probability == 0.5  # 101 and 102 of four
    assert loose.probability == 0.75  # 100 too
    assert strict.due.mc_error == pytest.approx(0.25)  # sqrt(0.5 × 0.5 / 4)


def test_required_growth_leads_from_the_latest_value_to_the_target():
    history = make_history({2023: 81.0, 2024: 90.0, 2025: 100.0})
    projection = make_projection(history, {2026: [1.0], 2027: [1.0]})
    path = level_path(history.values, projection, 2023)
    found = assess(target(121.0), path, [history], base_year=2023)
    assert found.needed.growth == pytest.approx(0.10)  # 100 × 1.1² = 121
    assert found.gap == 21.0


def test_a_cumulative_target_counts_from_the_year_after_the_base():
    history = make_history({2023: 50.0, 2024: 10.0, 2025: 20.0}, kind="flow")
    projection = make_projection(history, {2026: [10, 30], 2027: [10, 40]})
    path = cumulative_path(history.values, projection, 2023)
    aim = target(100.0, measure="cumulative")
    found = assess(aim, path, [history], base_year=2023)
    assert found.latest == 30.0  # 10 + 20, without 2023
    assert found.expected_now == 50.0  # half of the time, half of the sum
    assert found.standing is Standing.BEHIND  # 30 of 50 due
    assert found.probability == 0.5  # 30+10+10 = 50 misses, 30+30+40 = 100 meets
    assert found.needed.step == 35.0  # (100 − 30) / 2


def test_a_growth_target_asks_more_of_the_years_left_when_the_first_fell_short():
    history = make_history({2023: 100.0, 2024: 100.0, 2025: 100.0})
    projection = make_projection(history, {2026: [110.0], 2027: [121.0]})
    aim = target(0.05, measure="cagr", unit="1")
    path = growth_path(history.values, projection, 2023)
    found = assess(aim, path, [history], base_year=2023)
    assert found.latest == 0.0
    assert found.needed.growth == pytest.approx(1.05**2 - 1)  # 1.05⁴ in two years
    assert found.median == pytest.approx(1.21**0.25 - 1)
    assert found.standing is Standing.BEHIND


# Level 100 → 121 by 2027 from 2023; by 2025 the geometric path stands at 110.
PACE = [
    (111.0, Standing.AHEAD),  # 11 of 10 due
    (110.0, Standing.ON_TRACK),
    (109.51, Standing.ON_TRACK),  # 9.51 of 10
    (109.4, Standing.BEHIND),
    (121.0, Standing.EARLY),
]


@pytest.mark.parametrize(("latest", "standing"), PACE)
def test_the_word_follows_progress_made_over_progress_due(latest, standing):
    history = make_history({2023: 100.0, 2025: latest})
    projection = make_projection(history, {2027: [120.0]})
    path = level_path(history.values, projection, 2023)
    found = assess(target(121.0), path, [history], base_year=2023)
    assert found.standing is standing


def test_a_milestone_in_the_past_is_met_or_missed_by_its_own_year():
    history = make_history({2024: 1.0, 2025: 2.0, 2026: 1.0}, kind="count")
    projection = make_projection(history, {2027: [3.0]})
    path = level_path(history.values, projection, 2023)
    met = assess(target(2.0, due_year=2025), path, [history], base_year=2023)
    missed = assess(target(3.0, due_year=2025), path, [history], base_year=2023)
    assert met.standing is Standing.MET
    assert missed.standing is Standing.MISSED
    assert met.probability is None
    assert met.reasons == (Reason.DUE_YEAR_OBSERVED.given(),)


def test_without_history_nothing_is_invented_and_the_gap_is_named():
    history = make_history({})
    projection = Projection((), np.empty((4, 0)), history.values, "不作预测", Rung.NONE, False)
    path = level_path(history.values, projection, 2023)
    found = assess(target(), path, [history], base_year=2023)
    assert found.standing is Standing.NO_DATA
    assert found.latest is found.probability is found.median is found.needed.growth is None
    needed = Reason.NEEDS_YEARS.given(fewest=5, base=2023)
    assert found.reasons == (Reason.HELD_NOTHING.given(), needed)


def test_a_bound_is_reported_as_a_bound_and_never_as_the_latest_value():
    history = make_history({2024: 3000.0}, bounds=(2024,), status="reported")
    projection = Projection((), np.empty((4, 0)), history.values, "不作预测", Rung.NONE, False)
    path = level_path(history.values, projection, 2023)
    found = assess(target(3000.0, operator="gt"), path, [history], base_year=2023)
    assert found.latest is None
    assert (found.bound.year, found.bound.value) == (2024, 3000.0)
    assert found.standing is Standing.NO_DATA
    assert found.statuses == {RowStatus.REPORTED}


def test_a_short_history_gets_a_projection_but_no_probability():
    history = make_history({2023: 80.0, 2024: 85.0, 2025: 90.0})
    projection = Projection(
        (2026, 2027),
        np.array([[95.0, 101.0]]),
        history.values,
        "手算",
        Rung.REFERENCE,
        False,
        (Reason.TOO_SHORT.given(points=3),),
    )
    path = level_path(history.values, projection, 2023)
    found = assess(target(), path, [history], base_year=2023)
    assert found.median == 101.0
    assert found.probability is None
    assert found.reasons == (Reason.TOO_SHORT.given(points=3),)


TREND = [
    # Kendall's tau of n points without ties; exact two-sided p of a perfect order is 2/n!
    ({2020: 1.0, 2021: 2.0, 2022: 3.0, 2023: 4.0, 2024: 5.0, 2025: 6.0}, Standing.ON_TRACK),
    ({2020: 6.0, 2021: 5.0, 2022: 4.0, 2023: 3.0, 2024: 2.0, 2025: 1.0}, Standing.BEHIND),
    # of the 720 orders of six, 12 have at most one pair out of order: p = 0.017; 40 have at
    # most two: p = 0.056, which is clear at 10 % and not at 5 %
    ({2020: 2.0, 2021: 1.0, 2022: 3.0, 2023: 4.0, 2024: 5.0, 2025: 6.0}, Standing.ON_TRACK),
    ({2020: 2.0, 2021: 1.0, 2022: 3.0, 2023: 4.0, 2024: 6.0, 2025: 5.0}, Standing.UNDETERMINED),
    ({2020: 1.0, 2021: 3.0, 2022: 2.0, 2023: 3.5, 2024: 1.5, 2025: 2.5}, Standing.UNDETERMINED),
    ({2023: 1.0, 2024: 2.0, 2025: 3.0}, Standing.NO_DATA),
]


@pytest.mark.parametrize(("values", "standing"), TREND)
def test_a_target_without_a_number_is_judged_by_its_trend(values, standing):
    history = make_history(values, kind="share")
    projection = Projection((), np.empty((4, 0)), history.values, "不作预测", Rung.NONE, False)
    path = level_path(history.values, projection, 2023)
    aim = target(None, operator="rise", measure="qualitative")
    found = assess(aim, path, [history], base_year=2023)
    assert found.standing is standing
    assert found.probability is None
    assert "方案未给数值" in reasons_zh(found.reasons)


def test_a_rise_that_turned_since_the_base_year_is_not_called_a_rise():
    values = dict(zip(range(2014, 2026), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9.5, 9.2], strict=True))
    history = make_history(values, kind="share")
    projection = Projection((), np.empty((4, 0)), history.values, "不作预测", "none", False)
    path = level_path(history.values, projection, 2023)
    aim = target(None, operator="rise", measure="qualitative")
    found = assess(aim, path, [history], base_year=2023)
    assert found.standing is Standing.UNDETERMINED
    assert found.reasons[0].code is Reason.TREND_TURNED
    assert assess(aim, path, [history], base_year=2021).standing is Standing.ON_TRACK


def test_a_good_pace_with_a_poor_outlook_is_called_weak():
    history = make_history({2023: 100.0, 2025: 115.0})
    projection = make_projection(history, {2027: [110.0, 112.0, 115.0, 130.0]})
    path = level_path(history.values, projection, 2023)
    found = assess(target(121.0), path, [history], base_year=2023)
    assert found.standing is Standing.AHEAD
    assert found.probability == 0.25
    assert found.verdict is Verdict.FADING


def test_firmness_is_carried_to_the_verdict_for_its_colour():
    history = make_history({2023: 100.0, 2025: 100.0})
    projection = make_projection(history, {2027: [100.0]})
    path = level_path(history.values, projection, 2023)
    aim = target(121.0, firmness=Firmness.ASPIRATION)
    found = assess(aim, path, [history], base_year=2023)
    assert found.standing is Standing.BEHIND
    assert found.target.firmness is Firmness.ASPIRATION


# ── nothing observed since the base ──────────────────────────────────────────────────────


def test_without_an_observation_since_the_base_the_pace_is_open_and_the_outlook_is_not():
    history = make_history({2023: 100.0})
    projection = make_projection(history, {2026: [120.0] * 4, 2027: [100.0, 140.0, 150.0, 160.0]})
    path = growth_path(history.values, projection, 2023)
    aim = target(0.07, measure="cagr", unit="1")
    found = assess(aim, path, [history], base_year=2023)
    assert found.standing is Standing.UNDETERMINED
    assert found.reasons == (Reason.NOTHING_SINCE_BASE.given(base=2023),)
    assert found.probability == 0.75  # 1.07**4 = 1.3108
    assert (found.latest, found.gap) == (None, None)


# ── the last few years ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "growth_years", "step_years"),
    [
        # values 2025 back to   growth over   changes of a stock
        (2015, 5, 5),
        (2020, 5, 5),
        (2021, 4, 4),
        (2024, 1, 1),
        (2025, 0, 0),
    ],
)
def test_recent_growth_says_how_many_years_it_covers(first, growth_years, step_years):
    history = make_history({year: 100 * 1.1 ** (year - 2015) for year in range(first, 2026)})
    path = level_path(history.values, make_projection(history, {2027: [400.0]}), 2023)
    found = assess(target(300.0), path, [history], base_year=2023)
    assert (found.recent.growth_years, found.recent.step_years) == (growth_years, step_years)
    if growth_years:
        assert found.recent.growth == pytest.approx(0.1)
    else:
        assert (found.recent.growth, found.recent.step) == (None, None)


# ── what a verdict quotes ────────────────────────────────────────────────────────────────


def test_the_intervals_hold_the_middle_80_and_95_percent_of_the_draws():
    history = make_history({2023: 100.0, 2025: 110.0})
    projection = make_projection(history, {2027: np.arange(0.0, 1001.0)})
    found = assess(target(500.0), level_path(history.values, projection, 2023), [history], **BASE)
    assert found.median == 500.0
    assert found.interval_80 == (100.0, 900.0)  # a tenth on either side
    assert found.due.interval_95 == (25.0, 975.0)


@pytest.mark.parametrize(("last", "ahead"), [(2023, 4), (2024, 3), (2026, 1)])
def test_coverage_is_quoted_for_as_many_years_ahead_as_the_due_year_is(last, ahead):
    cells = tuple(Coverage(8, h, 0.80 + h / 1000, 0.95, 1.0, 322) for h in range(1, 9))
    history = make_history({last: 100.0})
    years = {year: [100.0, 120.0] for year in range(last + 1, 2028)}
    projection = replace(
        make_projection(history, years), calibration=Calibration("2026-01-01", 322, cells)
    )
    found = assess(target(), level_path(history.values, projection, 2023), [history], **BASE)
    assert found.due.coverage.horizon == ahead


@pytest.mark.parametrize(
    ("due_year", "standing"),
    [
        (2024, Standing.MISSED),  # the due year was observed, and missed
        (2025, Standing.MISSED),  # the newest year is the due year: no pace, an outcome
        (2026, Standing.AHEAD),  # 96 of 100 with a year to go
    ],
)
def test_from_the_due_year_on_only_the_outcome_counts(due_year, standing):
    history = make_history({2023: 80.0, 2024: 88.0, 2025: 96.0})
    path = level_path(history.values, make_projection(history, {2026: [101.0, 102.0]}), 2023)
    found = assess(target(100.0, due_year=due_year), path, [history], **BASE)
    assert found.standing is standing
    assert (found.expected_now is None) == (due_year <= 2025)


def test_a_level_reached_early_may_be_lost_again_and_a_sum_may_not():
    history = make_history({2023: 50.0, 2024: 60.0, 2025: 70.0}, kind="flow")
    projection = make_projection(history, {2026: [1.0], 2027: [1.0]})
    level = assess(target(70.0), level_path(history.values, projection, 2023), [history], **BASE)
    total = cumulative_path(history.values, projection, 2023)
    sums = assess(target(130.0, measure="cumulative"), total, [history], **BASE)
    assert level.standing is Standing.EARLY
    assert sums.standing is Standing.MET  # 60 + 70 = 130


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        # half of the way from 100 to 144: 100 × 1.44^½ = 120 where growth compounds, else 122
        ("level", 120.0),
        ("flow", 120.0),
        ("ratio", 120.0),
        ("count", 122.0),
        ("share", 122.0),
        ("index", 122.0),
    ],
)
def test_quantities_and_quotients_are_paced_by_growth_and_all_else_by_steps(kind, expected):
    history = make_history({2023: 100.0, 2025: 110.0}, kind=kind)
    path = level_path(history.values, make_projection(history, {2027: [1.0]}), 2023)
    found = assess(target(144.0), path, [history], **BASE)
    assert found.expected_now == pytest.approx(expected)
