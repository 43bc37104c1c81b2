"""What should be there by now: sums by their usual way, counts by the member that is next."""

import pytest

from analytics.domain import Kind, Reason, Standing
from analytics.model.judgement.measure import cumulative_path
from analytics.model.judgement.members import Member
from analytics.model.judgement.pace import judge_pace, usual_share
from tests.analytics.model.judgement.test_assessment import make_history
from tests.support.drawn import metric, nothing, series
from tests.support.targets import target

# ── sums ─────────────────────────────────────────────────────────────────────────────────

LATE = [1.0, 1.0, 1.0, 5.0] * 3  # of every four years that follow one another the sum is 8


def test_the_usual_share_is_the_median_over_spans_that_follow_one_another():
    additions = series(dict(zip(range(2012, 2024), LATE, strict=True)))
    # nine spans of four years: their first two hold 2, 2, 6, 6, 2, 2, 6, 6, 2 of 8
    assert usual_share(additions, 2, 4) == pytest.approx(2 / 8)


@pytest.mark.parametrize(
    ("years", "gone"),
    [
        (range(2018, 2023), 2),  # five years are two spans of four
        (range(2012, 2024), 0),
        (range(2012, 2024), 4),
    ],
)
def test_without_three_spans_or_inside_none_there_is_no_usual_share(years, gone):
    assert usual_share(series(dict.fromkeys(years, 1.0)), gone, 4) is None


def test_a_gap_breaks_a_span_and_a_span_of_nothing_has_no_share():
    with_gap = series({year: 1.0 for year in range(2012, 2024) if year != 2018})
    assert usual_share(with_gap, 1, 4) == pytest.approx(1 / 4)
    assert usual_share(series(dict.fromkeys(range(2012, 2024), 0.0)), 1, 4) is None


@pytest.mark.parametrize(
    ("ratio", "first", "standing"),
    [
        # even additions: half of the sum is due after two of four years
        (1.0, 25.0, Standing.ON_TRACK),
        (1.0, 22.0, Standing.BEHIND),
        # doubling every year: (1 + 2)/(1 + 2 + 4 + 8), a fifth is; 3 · 6.5 = 19.5 is on its way
        (2.0, 6.5, Standing.ON_TRACK),
        (2.0, 6.0, Standing.BEHIND),
        (2.0, 7.0, Standing.AHEAD),
    ],
)
def test_a_sum_is_held_against_its_own_way_in_the_past(ratio, first, standing):
    values = {year: first * ratio ** (year - 2024) for year in range(2016, 2026)}
    history = make_history(values, kind="count")
    path = cumulative_path(history.values, nothing(values), 2023)
    found = judge_pace(target(100.0, measure="cumulative"), path, history, 2023)
    assert found.expected_now == pytest.approx(50.0 if ratio == 1 else 20.0)
    assert found.standing is standing


def test_a_sum_with_too_short_a_past_is_held_against_the_time():
    history = make_history({2024: 22.0, 2025: 28.0}, kind="count")
    path = cumulative_path(history.values, nothing({}), 2023)
    found = judge_pace(target(100.0, measure="cumulative"), path, history, 2023)
    assert (found.expected_now, found.standing) == (50.0, Standing.ON_TRACK)


# ── counts over a threshold ──────────────────────────────────────────────────────────────


def _member(name: str, base: float, latest: float) -> Member:
    past = series({2023: base, 2025: latest})
    return Member(name, "亿元", 500.0, past, metric(past.to_dict(), base=base))


@pytest.mark.parametrize(
    ("second", "standing"),
    [
        # half of the four years are gone: from 320 the even path to 500 is √(320·500) = 400
        ((320.0, 410.0), Standing.AHEAD),
        ((320.0, 400.0), Standing.ON_TRACK),
        ((320.0, 380.0), Standing.BEHIND),
        ((490.0, 510.0), Standing.AHEAD),  # there, but the count is not said to be
    ],
)
def test_a_count_is_as_far_as_the_member_that_makes_it_complete(second, standing):
    history = make_history({2023: 1.0, 2025: 1.0}, kind=Kind.COUNT)
    members = [_member("小", 100.0, 110.0), _member("乙", *second), _member("大", 600.0, 610.0)]
    path = metric({2023: 1.0, 2025: 1.0}, base=1.0)
    aim = target(2.0, measure="count_over_threshold", unit="个")
    found = judge_pace(aim, path, history, 2023, members)
    assert found.standing is standing
    (said,) = found.rests_on
    assert said.code is Reason.JUDGED_BY_MEMBER
    assert dict(said.facts)["member"] == "乙"


def test_a_count_that_is_complete_is_so_whatever_its_members_do():
    history = make_history({2023: 1.0, 2025: 2.0}, kind=Kind.COUNT)
    path = metric({2023: 1.0, 2025: 2.0}, base=1.0)
    aim = target(2.0, measure="count_over_threshold", unit="个")
    found = judge_pace(aim, path, history, 2023, [_member("大", 600.0, 610.0)])
    assert found.standing is Standing.EARLY


def test_a_member_without_a_base_leaves_the_pace_open():
    history = make_history({2023: 0.0, 2025: 0.0}, kind=Kind.COUNT)
    past = series({2025: 300.0})
    member = Member("乙", "亿元", 500.0, past, metric(past.to_dict()))
    path = metric({2023: 0.0, 2025: 0.0}, base=0.0)
    aim = target(1.0, measure="count_over_threshold", unit="个")
    found = judge_pace(aim, path, history, 2023, [member])
    assert found.standing is Standing.UNDETERMINED
    assert found.reasons == (Reason.PACE_WITHOUT_BASE.given(base=2023),)
