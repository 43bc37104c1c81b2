"""The least proportional effort on targets simple enough to solve by hand."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.answers.steering.progressive import Effect, LeveredTarget, Way, least_common
from analytics.domain import Measure


def target(limit: float, helps: dict[str, float], hurts: dict[str, float] | None = None, **fields):
    """Make a target met when Σ helps·share − Σ hurts·share reaches the limit."""
    weights = helps | {name: -weight for name, weight in (hurts or {}).items()}
    ways = {
        name: Way(None, 0.0, 1.0, Effect.NEARER if weight > 0 else Effect.FURTHER)
        for name, weight in weights.items()
    }
    measure = fields.get("measure", Measure.LEVEL)
    step = np.floor if measure is Measure.COUNT_OVER_THRESHOLD else float

    def excess(values):
        return step(sum(weights[name] * value for name, value in values.items()) + 1e-12) - limit

    itself = SimpleNamespace(measure=measure, id=fields.get("id", "t"))
    return LeveredTarget(SimpleNamespace(excess=excess, target=itself), ways)


def shares(*targets) -> dict[str, float]:
    """Solve and round."""
    found, dropped = least_common(list(targets))
    assert dropped == []
    return {name: round(share, 6) for name, share in found.items() if share > 1e-9}


def test_one_lever_moves_as_far_as_its_target_asks():
    assert shares(target(0.3, {"a": 1})) == {"a": 0.3}


def test_levers_of_one_target_share_the_effort_equally_whatever_their_strength():
    # 3s + s = 0.8
    assert shares(target(0.8, {"a": 3, "b": 1})) == {"a": 0.2, "b": 0.2}


def test_a_lever_that_no_binding_target_needs_moves_less():
    # a alone must reach 0.5; with it there, b needs 0.3, not 0.4
    assert shares(target(0.5, {"a": 1}), target(0.8, {"a": 1, "b": 1})) == {"a": 0.5, "b": 0.3}


def test_the_third_lever_is_lowered_after_the_second():
    # s = 0.6 for c; then a + b = 1 − 0.6 → 0.2 each
    assert shares(target(0.6, {"c": 1}), target(1.0, {"a": 1, "b": 1, "c": 1})) == {
        "c": 0.6,
        "a": 0.2,
        "b": 0.2,
    }


def test_unconnected_targets_do_not_touch_each_other():
    assert shares(target(0.9, {"a": 1}), target(0.1, {"b": 1})) == {"a": 0.9, "b": 0.1}


def test_a_met_target_asks_for_nothing():
    assert shares(target(-0.1, {"a": 1})) == {}


def test_a_lever_that_works_against_another_target_is_made_good_there():
    # a = 0.5 costs the second target 0.5: b = 0.2 + 0.5, though no common share meets both
    assert shares(target(0.5, {"a": 1}), target(0.2, {"b": 1}, {"a": 1})) == {"a": 0.5, "b": 0.7}


def test_targets_that_pull_at_each_other_settle():
    # a = 0.3 + b/2 and b = 0.3 + a/2: both 0.6
    found = shares(target(0.3, {"a": 1}, {"b": 0.5}), target(0.3, {"b": 1}, {"a": 0.5}))
    assert found == {"a": pytest.approx(0.6, abs=1e-6), "b": pytest.approx(0.6, abs=1e-6)}


def test_of_conflicting_targets_the_one_out_of_reach_is_given_up_and_nothing_moves_for_it():
    first, second = target(0.9, {"a": 1}), target(0.5, {"b": 1}, {"a": 1})
    found, dropped = least_common([first, second])
    assert dropped == [second]
    assert found == {"a": pytest.approx(0.9)}


def test_a_count_takes_the_least_share_at_which_it_suffices():
    found = shares(target(2, {"a": 5}, measure=Measure.COUNT_OVER_THRESHOLD))
    assert found == {"a": pytest.approx(0.4, abs=1e-6)}


weights = st.dictionaries(st.sampled_from("abcd"), st.floats(0.1, 3.0), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 0.95), weights), min_size=1, max_size=4))
def test_every_target_is_met_and_no_lever_can_give_way_alone(asked):
    targets = [target(part * sum(helps.values()), helps) for part, helps in asked]
    found, dropped = least_common(targets)
    assert dropped == []
    assert all(one.excess(found) > -1e-7 for one in targets)
    for name, share in found.items():
        if share > 1e-3:
            less = {**found, name: share * 0.99}
            assert any(one.excess(less) < 0 for one in targets), name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 0.95), weights), min_size=1, max_size=4))
def test_the_largest_effort_is_the_least_possible(asked):
    targets = [target(part * sum(helps.values()), helps) for part, helps in asked]
    found, _ = least_common(targets)
    largest = max(found.values())
    # with every lever a little below it, some target is missed: no smaller maximum exists
    assert any(one.excess(dict.fromkeys("abcd", largest - 1e-6)) < 0 for one in map(_all, targets))


def _all(one: LeveredTarget) -> LeveredTarget:
    """Return the target as it is; levers it does not know are ignored."""
    return SimpleNamespace(
        excess=lambda x: one.excess({k: v for k, v in x.items() if k in one.ways})
    )
