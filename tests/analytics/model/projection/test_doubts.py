"""What looks wrong in a history is noticed, worded once, and widens or withholds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.projection import Doubt, DoubtKind, Effect, project
from analytics.model.projection.doubts import find_doubts, reasons
from analytics.text_zh import reason_zh
from tests.support.drawn import series

FIRST = 2016
CALM = [100.0, 104.0, 109.0, 112.0, 116.0, 120.0, 124.0]


def history(values):
    return series(dict(zip(range(FIRST, FIRST + len(values)), values, strict=True)))


def changed(year: int, value: float, values=CALM):
    return history([value if FIRST + at == year else old for at, old in enumerate(values)])


def of(known, kind: str = "level"):
    return [(doubt.kind, doubt.effect, doubt.year) for doubt in find_doubts(known, kind)]


def width(known, **options) -> float:
    result = project(known, end_year=FIRST + len(known) + 3, n_draws=4000, **options)
    return float(np.ptp(np.log(result.quantiles([0.1, 0.9]).iloc[-1])))


@pytest.mark.parametrize(
    ("known", "kind", "effect"),
    [
        (changed(2020, 1160.0), DoubtKind.TENFOLD_INSIDE, Effect.LEFT_OUT),
        (changed(2020, 11.6), DoubtKind.TENFOLD_INSIDE, Effect.LEFT_OUT),
        (changed(2022, 1240.0), DoubtKind.TENFOLD_AT_END, Effect.WITHHOLDS),
        (changed(2022, 12.4), DoubtKind.TENFOLD_AT_END, Effect.WITHHOLDS),
        (changed(2020, 0.0), DoubtKind.ZERO, Effect.LEFT_OUT),
        (changed(2022, 0.0), DoubtKind.ZERO, Effect.WITHHOLDS),
        (changed(2020, 3.6), DoubtKind.GROWTH_IN_LEVEL, Effect.LEFT_OUT),
        (changed(2020, -3.6), DoubtKind.GROWTH_IN_LEVEL, Effect.LEFT_OUT),
        (changed(2022, 3.3), DoubtKind.GROWTH_IN_LEVEL, Effect.WITHHOLDS),
    ],
)
def test_one_wrong_value_is_named_with_its_year(known, kind, effect):
    (found,) = find_doubts(known, "level")
    assert (found.kind, found.effect) == (kind, effect)
    assert found.value == known[found.year]


def test_a_value_left_out_is_treated_as_a_missing_year():
    wrong = project(changed(2020, 1160.0), end_year=2026)
    missing = project(changed(2020, np.nan), end_year=2026)
    np.testing.assert_array_equal(wrong.draws, missing.draws)
    assert wrong.has_probability
    assert wrong.history[2020] == 1160.0  # what was published stays published


@pytest.mark.parametrize("last", [1240.0, 12.4, 0.0, 3.3])
def test_a_suspicious_newest_value_withholds_the_probability(last):
    result = project(changed(2022, last), end_year=2026)
    assert not result.has_probability
    assert "核实前不给出概率" in reason_zh(result.warnings[0])
    assert result.warnings[0].withholds_probability
    assert np.isfinite(result.draws).all()


BROKEN = [120.0, 128.0, 135.0, 142.0, 150.0, 160.0, 112.0, 118.0, 125.0]


def test_a_broken_level_is_named_and_widens():
    known = history(BROKEN)
    assert of(known) == [(DoubtKind.LEVEL_BREAK, Effect.WIDENS, 2022)]
    spliced = history([value * 0.65 for value in BROKEN[:6]] + BROKEN[6:])
    assert of(spliced) == []
    assert width(known) > 1.5 * width(spliced)


def test_a_break_in_the_newest_step_widens_more_than_an_older_one():
    newest = history(BROKEN[:7])
    assert of(newest) == [(DoubtKind.LEVEL_BREAK, Effect.WIDENS, 2022)]
    assert width(newest) > width(history(BROKEN))


def test_a_shock_that_is_made_up_for_is_no_break():
    assert of(history([100.0, 107.0, 114.0, 122.0, 85.0, 131.0, 139.0, 150.0])) == []


@pytest.mark.parametrize(
    "known",
    [
        history(CALM),
        history([0.0, 3.0, 5.0, 0.0, 8.0, 1.0]),  # zeros are usual here
        history([31.0, 0.0, 0.0, 0.0, 0.0]),  # a policy that stopped
        history([1.0, 11.0, 3.0, 28.0, 6.0]),  # wild from the start
        history([-3.0, 3.0, 5.0, -4.0, 8.0, 9.0]),
        history([5.0]),
    ],
)
def test_nothing_is_suspected_without_a_calm_past(known):
    assert find_doubts(known, "level") == ()


def test_small_counts_may_jump_tenfold():
    known = history([1.0, 2.0, 1.0, 12.0, 1.0, 2.0])
    assert find_doubts(known, "count") == ()


def test_percent_among_fractions_is_left_out_inside_and_refused_at_the_end():
    inside = history([0.20, 0.21, 22.0, 0.23, 0.235])
    assert of(inside, "share") == [(DoubtKind.PERCENT_FOR_FRACTION, Effect.LEFT_OUT, 2018)]
    assert project(inside, end_year=2024, kind="share").has_probability
    for values in ([0.20, 0.21, 0.22, 23.0], [20.0, 21.0, 22.0]):
        result = project(history(values), end_year=2024, kind="share")
        assert (result.rung, result.has_probability) == ("none", False)
        assert result.doubts[-1].kind is DoubtKind.PERCENT_FOR_FRACTION


def test_every_doubt_and_effect_has_words():
    for kind in DoubtKind:
        for effect in Effect:
            (reason,) = reasons((Doubt(kind, effect, 2020, 12.0),))
            assert reason_zh(reason).startswith("2020年")
            assert reason.withholds_probability == (effect is Effect.WITHHOLDS)


def test_the_years_of_one_doubt_are_said_together():
    pair = tuple(Doubt(DoubtKind.UNIT_JUMP, Effect.WITHHOLDS, year, 9.0) for year in (2019, 2021))
    (reason,) = reasons(pair)
    assert reason_zh(reason) == (
        "2019、2021年与上一数值相差千倍以上（9、9），疑为单位错误，核实前不给出概率"
    )


@settings(deadline=None)
@given(values=st.lists(st.floats(0.01, 1e5), min_size=2, max_size=10), factor=st.floats(100.0, 1e4))
def test_a_larger_unit_hides_no_slip(values, factor):
    slips = {DoubtKind.TENFOLD_INSIDE, DoubtKind.TENFOLD_AT_END, DoubtKind.LEVEL_BREAK}

    def found(known):
        return [entry for entry in of(history(known)) if entry[0] in slips]

    def growths(known):
        return DoubtKind.GROWTH_IN_LEVEL in [entry[0] for entry in of(history(known))]

    larger = [value * factor for value in values]
    if not growths(values) and not growths(larger):
        assert found(larger) == found(values)
